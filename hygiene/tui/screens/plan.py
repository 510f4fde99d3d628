"""One plan on one page: what goes, what stays, and the one way to consent (SR-22 to 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.engine.applying import Changed, StillOpen
from hygiene.engine.decision import Decision, Proof
from hygiene.engine.evidence import stores_of
from hygiene.report.plan_details import PlanDetails
from hygiene.report.plans import PROOF, Plans
from hygiene.report.ticks import Ticks
from hygiene.tui.asking import labels, look_only_step, step_of
from hygiene.tui.messages import Applied, InUse, PlanCame
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.page import Page
from hygiene.tui.watching import Watching, make
from hygiene.tui.widgets.consent import Ask, Consent, Step
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.plan_sheet import PlanSheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Input

    from hygiene.contract import Place
    from hygiene.engine.planning import Plan, Subject
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.door import Door
    from hygiene.tui.widgets.hints import Hint
    from hygiene.tui.widgets.row_list import RowList

__all__ = ["PlanPage"]

_IN_THE_CONSENT = "stop"
"""The part of the plan that stands beside the question."""


class PlanPage(Page):
    """Makes the plan, shows it, and asks. The focus rests on "No, go back"; nothing but
    the right number, typed and entered, goes on from here.
    """

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "more", show=False),
        Binding("s,S", "copy", show=False),
        Binding("l,L", "leave_it", show=False),
        Binding("y", "yes", show=False),
        Binding("u", "not_sure", show=False),
        Binding("n", "no", show=False),
        Binding("pageup", "scroll_plan(-1)", show=False),
        Binding("pagedown", "scroll_plan(1)", show=False),
    ]

    def __init__(self, visit: Visit, subject: Subject) -> None:
        super().__init__(visit)
        self._session = visit.looking_at
        self._subject = subject
        self._plans = Plans(self._session.facts)
        self._details = PlanDetails(self._session.facts)
        self._ticks = Ticks(self._session.facts)
        self._decision: Decision | None = None
        self._before: Plan | None = None
        self._open: tuple[Place, ...] = ()
        self._told = ""
        self._making = False
        self._watching = Watching(self, self._session)

    # --- page

    def content(self) -> ComposeResult:
        """The plan, and below it what is asked."""
        yield PlanSheet(self.say("forget.making"))
        yield Consent(labels(self._plans, self.say))

    def hints(self) -> list[Hint]:
        """The same at every step, so that nothing below the plan moves."""
        names = ["back", "more", "copy", "leave-it", "guides", "help"]
        if not self._copies:
            names.remove("copy")
        return [self.hint(each) for each in names]

    @property
    def _copies(self) -> bool:
        """Whether there is anything to save copies of."""
        if self._session.look_only:
            return False
        return self._decision is None or bool(self._decision.plan.offered)

    def rare_hints(self) -> list[Hint]:
        """The answers of the proof question by key."""
        return [self.hint(each) for each in PROOF]

    def on_mount(self) -> None:
        """Make the plan."""
        self._ask()
        self._make()

    # --- the plan

    def _make(self) -> None:
        """Plan, or plan again, on a thread."""
        self._making = True
        make(self, self._session, self._subject)

    async def on_plan_came(self, message: PlanCame) -> None:
        """Show it; after a browser was closed, with the choices made so far."""
        self._making = False
        self._open = message.in_use
        if self._decision is None:
            self._decision = self._session.decide(message.plan)
        else:
            self._anew(message.plan)
        await self._show()
        self._watching.begin(self._decided)

    def _anew(self, plan: Plan) -> None:
        decision = self._decided
        before = decision.plan
        decision.replan(plan)
        self._before = before if decision.changed else None

    async def on_applied(self, message: Applied) -> None:
        """Nothing was cleared after all: the data had changed, or a browser is open."""
        match message.event:
            case Changed(plan):
                self._anew(plan)
            case StillOpen(places):
                self._open = places
        await self._show()
        self._consent.rest()
        self.query_one(PlanSheet).to_the_top()

    @property
    def _decided(self) -> Decision:
        if self._decision is None:
            raise RuntimeError("there is no plan yet")
        return self._decision

    # --- waiting for browsers

    async def on_in_use(self, message: InUse) -> None:
        """Go on by itself once all are closed."""
        if message.places == self._open or self._making:
            return
        closed = bool(self._open) and not message.places
        self._open = message.places
        if closed:
            self._watching.end()
            self._make()
            self._ask()
        else:
            await self._show()

    # --- drawing

    async def _show(self) -> None:
        plan = self._decided.plan
        parts = self._plans.page(
            plan, in_use=self._open, before=self._before, ticks=True
        )
        beside = [each for each in parts if each.name == _IN_THE_CONSENT]
        self._told = "\n".join(line for part in beside for line in part.lines)
        shown = [each for each in parts if each not in beside]
        sheet = self.query_one(PlanSheet)
        await sheet.show(shown, self._ticks.groups(plan))
        if sheet.shows_lists:
            await self._show_lists()
        self.query_one(Hints).show(self.hints())
        self._ask()

    async def _show_lists(self) -> None:
        lists = self._details.lists(self._decided.plan)
        headed = [(self._details.heading(each), each) for each in lists]
        await self.query_one(PlanSheet).show_lists(headed)

    # --- asking

    def _ask(self) -> None:
        """Show what is wanted now."""
        if self._decision is None or self._making:
            step = Step()
        elif self._session.look_only:
            step = look_only_step(self.say)
        else:
            step = step_of(
                self._decision, self._plans, self.say, waiting=bool(self._open)
            )
        self._consent.show(step, self._told, copies=self._copies)

    @property
    def _consent(self) -> Consent:
        return self.query_one(Consent)

    async def on_door_pressed(self, event: Door.Pressed) -> None:
        """An answer, or a way out."""
        name = event.door.name or ""
        if name == "go-back":
            await self.action_back()
        elif name == "copy":
            self.action_copy()
        elif name == "leave-it":
            self.action_leave_it()
        elif name == "agree":
            self._decided.agree_to_sync()
            self._ask()
        else:
            self._answer(Proof(name))

    def _answer(self, proof: Proof) -> None:
        """Answer the proof question, while it is asked."""
        if self._consent.ask is Ask.PROOF:
            self._decided.answer_proof(proof)
            self._ask()

    def action_yes(self) -> None:
        """It could."""
        self._answer(Proof.YES)

    def action_not_sure(self) -> None:
        """That counts as yes."""
        self._answer(Proof.NOT_SURE)

    def action_no(self) -> None:
        """It could not."""
        self._answer(Proof.NO)

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Tick, or take back."""
        decision, sheet = self._decided, self.query_one(PlanSheet)
        for key in sheet.rows[event.key].keys:
            if sheet.is_profile(event.key):
                decision.leave_out(key)
            else:
                decision.tick(key)
        self._before = None
        await self._show()

    def on_key(self, event: events.Key) -> None:
        """A digit goes to the number, wherever the focus is."""
        digit = event.character or ""
        if digit.isascii() and digit.isdigit() and self._consent.ask is Ask.NUMBER:
            event.stop()
            self._consent.type_digit(digit)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on with the right number; with any other nothing happens."""
        if self._consent.ask is not Ask.NUMBER or not event.value.strip():
            return
        consent = self._decided.type_number(event.value)
        if consent is None:
            self._consent.say(self.say("forget.wrong-number"))
            return
        from hygiene.tui.screens.clearing import ClearingPage  # noqa: PLC0415 - on demand

        self.app.push_screen(
            ClearingPage(self.visit, self._decided.plan, consent, self)
        )

    # --- other keys

    async def action_more(self) -> None:
        """The whole lists, or the short page again."""
        if self._decision is None:
            return
        if self.query_one(PlanSheet).shows_lists:
            await self.query_one(PlanSheet).show_lists(())
        else:
            await self._show_lists()

    def action_scroll_plan(self, pages: int) -> None:
        """Scroll the plan, wherever the focus is."""
        self.query_one(PlanSheet).scroll_pages(pages)

    def action_copy(self) -> None:
        """Save a copy first."""
        if self._decision is None or not self._copies:
            return
        from hygiene.tui.screens.copies import Copies  # noqa: PLC0415 - on demand

        stores = stores_of(self._decision.plan)
        self.app.push_screen(Copies(self.visit, stores, self._decision))

    def action_leave_it(self) -> None:
        """A full answer: nothing changes, and nobody asks again."""
        self.go_home()

    # --- leaving

    def on_screen_suspend(self) -> None:
        """Another page stands on top. What was typed is dropped, except below the cover;
        the page that clears has its consent already.
        """
        from hygiene.tui.screens.clearing import ClearingPage  # noqa: PLC0415 - on demand

        if isinstance(self.app.screen, Cover):
            return
        self._watching.end()
        self._consent.say(self._told)
        if self._decision is not None and not isinstance(self.app.screen, ClearingPage):
            self._decision.leave()

    def on_screen_resume(self) -> None:
        """Here again: after saving copies, for instance."""
        if self._decision is not None:
            self._ask()
            self._watching.begin(self._decision)

    def on_unmount(self) -> None:
        """Nothing that was agreed to counts any more."""
        self._watching.end()
        if self._decision is not None:
            self._decision.leave()
