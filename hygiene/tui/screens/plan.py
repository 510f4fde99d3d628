"""One plan on one page: what goes, what stays, and the one way to consent (SR-22 to 29)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from hygiene.engine.applying import Changed, StillOpen
from hygiene.engine.decision import Decision, Proof, Wanted
from hygiene.engine.evidence import stores_of
from hygiene.report.plan_details import PlanDetails
from hygiene.report.plans import PROOF, Part, Plans
from hygiene.report.ticks import Tickable, Ticks
from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import Applied, InUse, PlanCame
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.page import Page, Text, lines_of
from hygiene.tui.widgets.consent import Ask, Consent, Labels, Step
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.tick_list import Ticked, TickList

if TYPE_CHECKING:
    from collections.abc import Iterator

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

_LOOKS_AGAIN_SECONDS = 1.0
_PROFILE, _PART = "profile:", "part:"
"""What the keys of rows begin with that are a whole profile, or a part of the plan."""

_ABOVE_TICKS = (
    *("open", "changed", "first", "refused", "sync", "goes", "noticed", "undone"),
)
"""What is in view without scrolling: SR-27 in the first place."""

_IN_THE_CONSENT = "stop"
_NOTICES = ("open", "changed", "refused", "sync")


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
        self._rows: dict[str, Tickable] = {}
        self._decision: Decision | None = None
        self._before: Plan | None = None
        self._open: tuple[Place, ...] = ()
        self._told = ""
        self._making = False
        self._watch_ends = threading.Event()

    # --- page

    def content(self) -> ComposeResult:
        """The plan, and below it what is asked."""
        with Horizontal(id="plan-sides"):
            with VerticalScroll(id="plan", classes="text"):
                yield Text(self.say("forget.making"), id="looking", classes="aside")
                yield Vertical(id="above")
                yield TickList(id="ticks")
                yield Vertical(id="below")
            yield VerticalScroll(id="details", classes="text")
        yield Consent(
            Labels(
                go_back=self.say("screens.plan.go-back"),
                copy=self.say("screens.plan.copy"),
                leave_it=self.say("clearing.leave"),
                agree=self.say("screens.plan.agree"),
                answers={each: self._plans.answer(each) for each in PROOF},
            )
        )

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
        session, subject = self._session, self._subject

        def messages() -> Iterator[PlanCame]:
            with one_at_a_time:
                plan = session.plan(subject)
                in_use = tuple(session.in_use(plan))
            yield PlanCame(plan, in_use)

        tell(self, messages)

    async def on_plan_came(self, message: PlanCame) -> None:
        """Show it; after a browser was closed, with the choices made so far."""
        self._making = False
        self._open = message.in_use
        if self._decision is None:
            self._decision = self._session.decide(message.plan)
        else:
            self._anew(message.plan)
        await self._show()
        self._watch()

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
        self.query_one(Consent).rest()
        self.query_one("#plan").scroll_home(animate=False)

    @property
    def _decided(self) -> Decision:
        if self._decision is None:
            raise RuntimeError("there is no plan yet")
        return self._decision

    # --- waiting for browsers

    def _watch(self) -> None:
        """Look about once a second whether a browser has a profile of the plan open."""
        self._watch_ends.set()
        decision = self._decided
        if not any(each.place.locks for each in decision.plan.offered):
            return
        self._watch_ends = ends = threading.Event()

        def messages() -> Iterator[InUse]:
            while not ends.wait(_LOOKS_AGAIN_SECONDS):
                with one_at_a_time:
                    places = tuple(self._session.in_use(decision.plan))
                if ends.is_set():
                    return
                yield InUse(places)

        tell(self, messages)

    async def on_in_use(self, message: InUse) -> None:
        """Go on by itself once all are closed."""
        if message.places == self._open or self._making:
            return
        closed = bool(self._open) and not message.places
        self._open = message.places
        if closed:
            self._watch_ends.set()
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
        self._told = "\n".join(
            line
            for part in parts
            if part.name == _IN_THE_CONSENT
            for line in part.lines
        )
        self.query_one("#looking").display = False
        above, below = self.query_one("#above"), self.query_one("#below")
        with self.app.batch_update():
            await above.remove_children()
            await below.remove_children()
            await above.mount_all(self._texts(parts, above=True))
            await below.mount_all(self._texts(parts, above=False))
        self._show_ticks()
        await self._show_details()
        self.query_one(Hints).show(self.hints())
        self._ask()

    @staticmethod
    def _texts(parts: list[Part], *, above: bool) -> list[Text]:
        texts: list[Text] = []
        for part in parts:
            if part.name == _IN_THE_CONSENT or (part.name in _ABOVE_TICKS) is not above:
                continue
            texts += lines_of(part, notice=part.name in _NOTICES)
        return texts

    def _show_ticks(self) -> None:
        plan = self._decided.plan
        self._rows.clear()
        ticks: list[Ticked] = []
        for group in self._ticks.groups(plan):
            ticks.append(Ticked(group.title))
            for each in group.rows:
                key = f"{_PROFILE if group.profiles else _PART}{each.keys[0]}"
                self._rows[key] = each
                ticks.append(Ticked(each.text, key, each.on, each.notice))
        shown = self.query_one(TickList)
        shown.tick(ticks)
        shown.display = bool(ticks)

    async def _show_details(self) -> None:
        details = self.query_one("#details")
        await details.remove_children()
        if not self.has_class("-more"):
            return
        for part in self._details.lists(self._decided.plan):
            await details.mount(Text(self._details.heading(part), classes="section"))
            await details.mount_all([Text(line) for line in part.lines])

    # --- asking

    def _ask(self) -> None:
        """Show what is wanted now."""
        decision = self._decision
        ask, asked, beside = self._wanted()
        first = bool(decision and decision.plan.count and decision.copy_first)
        if decision is not None and decision.wanted is Wanted.COPY:
            first = True
        step = Step(ask, asked, beside, self._told, first, self._copies)
        self.query_one(Consent).show(step)

    def _wanted(self) -> tuple[Ask, str, str]:
        """What kind of answer, the question, and what stands beside it."""
        decision = self._decision
        if decision is None or self._making:
            return Ask.NOTHING, "", ""
        if self._session.look_only:
            return Ask.NOTHING, self.say("gate.look-only"), ""
        wanted = decision.wanted
        if wanted is Wanted.PROOF:
            *question, beside = self._plans.proof()
            return Ask.PROOF, "\n".join(question), beside
        if wanted is Wanted.COPY:
            return Ask.NOTHING, self.say("evidence.not-whole-clear"), ""
        if self._open and wanted is not Wanted.SOMETHING:
            return Ask.NOTHING, self.say("screens.plan.waiting"), ""
        if wanted is Wanted.SYNC:
            return Ask.SYNC, "", ""
        if wanted is Wanted.NUMBER:
            return Ask.NUMBER, "\n".join(self._plans.number(decision.plan)), ""
        return Ask.NOTHING, "", ""

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
        if self._wanted()[0] is Ask.PROOF:
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
        decision = self._decided
        for key in self._rows[event.key].keys:
            if event.key.startswith(_PROFILE):
                decision.leave_out(key)
            else:
                decision.tick(key)
        self._before = None
        await self._show()

    def on_key(self, event: events.Key) -> None:
        """A digit goes to the number, wherever the focus is."""
        digit = event.character or ""
        if digit.isascii() and digit.isdigit() and self._wanted()[0] is Ask.NUMBER:
            event.stop()
            self.query_one(Consent).type_digit(digit)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on with the right number; with any other nothing happens."""
        if self._wanted()[0] is not Ask.NUMBER or not event.value.strip():
            return
        consent = self._decided.type_number(event.value)
        if consent is None:
            self.query_one(Consent).say(self.say("forget.wrong-number"))
            return
        from hygiene.tui.screens.clearing import ClearingPage  # noqa: PLC0415 - on demand

        self.app.push_screen(
            ClearingPage(self.visit, self._decided.plan, consent, self)
        )

    # --- other keys

    async def action_more(self) -> None:
        """The whole lists, or the short page again."""
        if self._decision is not None:
            self.toggle_class("-more")
            await self._show_details()

    def action_scroll_plan(self, pages: int) -> None:
        """Scroll the plan, wherever the focus is."""
        shown = "#details" if self.has_class("-more") else "#plan"
        page = self.query_one(shown, VerticalScroll)
        page.scroll_relative(y=pages * (page.size.height - 1), animate=False)

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
        self._watch_ends.set()
        self.query_one(Consent).say(self._told)
        if self._decision is not None and not isinstance(self.app.screen, ClearingPage):
            self._decision.leave()

    def on_screen_resume(self) -> None:
        """Here again: after saving copies, for instance."""
        if self._decision is not None:
            self._ask()
            self._watch()

    def on_unmount(self) -> None:
        """Nothing that was agreed to counts any more."""
        self._watch_ends.set()
        if self._decision is not None:
            self._decision.leave()
