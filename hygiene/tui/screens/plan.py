"""One plan on one page: what goes, what stays, and the one way to consent (SR-22 to 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.engine.applying import Changed, StillOpen
from hygiene.report.plan_details import PlanDetails
from hygiene.report.plans import PROOF
from hygiene.report.ticks import Ticks
from hygiene.tui.asking import labels
from hygiene.tui.messages import Applied, InUse, PlanCame
from hygiene.tui.screens.consenting import ConsentPage
from hygiene.tui.screens.cover import Cover
from hygiene.tui.watching import Watching, make
from hygiene.tui.widgets.consent import Consent
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.plan_sheet import PlanSheet
from hygiene.tui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.engine.planning import Subject
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint
    from hygiene.tui.widgets.row_list import RowList

__all__ = ["PlanPage"]

_IN_THE_CONSENT = "stop"
"""The part of the plan that stands beside the question."""


class PlanPage(ConsentPage):
    """Makes the plan, shows it with what can be ticked in it, and waits for browsers.

    With `again` something was cleared just before: the pages it came from are out of
    date, and back leads past them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "more", show=False),
        Binding("t", "ticks", show=False),
        Binding("pageup", "scroll_plan(-1)", show=False),
        Binding("pagedown", "scroll_plan(1)", show=False),
    ]

    def __init__(self, visit: Visit, subject: Subject, *, again: bool = False) -> None:
        super().__init__(visit)
        self._subject = subject
        self._again = again
        self._details = PlanDetails(self.session.facts)
        self._ticks = Ticks(self.session.facts)
        self._watching = Watching(self, self.session)

    # --- page

    def content(self) -> ComposeResult:
        """The plan, and below it what is asked."""
        yield PlanSheet(self.say("forget.making"))
        yield Consent(labels(self.plans, self.say))

    def hints(self) -> list[Hint]:
        """The same at every step, so that nothing below the plan moves."""
        names = ["back", "more", "ticks", "copy", "leave-it", "guides", "help"]
        if not self._has_ticks:
            names.remove("ticks")
        if not self.has_copies:
            names.remove("copy")
        return [self.hint(each) for each in names]

    def rare_hints(self) -> list[Hint]:
        """The tick itself, and the answers of the proof question by key."""
        names = ("tick", *PROOF) if self._has_ticks else PROOF
        return [self.hint(each) for each in names]

    @property
    def _has_ticks(self) -> bool:
        return any(each.rows for each in self.query(PlanSheet))

    def on_mount(self) -> None:
        """Make the plan."""
        self.ask()
        self._make()

    # --- the plan

    def _make(self) -> None:
        """Plan, or plan again, on a thread."""
        self.in_hand.making = True
        make(self, self.session, self._subject)

    async def on_plan_came(self, message: PlanCame) -> None:
        """Show it; after a browser was closed, with the choices made so far."""
        self.in_hand.came(message.plan, message.in_use)
        await self._show()
        self._watching.begin(self.in_hand.decided)

    async def on_applied(self, message: Applied) -> None:
        """Nothing was cleared after all: the data had changed, or a browser is open."""
        match message.event:
            case Changed(plan):
                self.in_hand.changed(plan)
            case StillOpen(places):
                self.in_hand.open = places
        await self._show()
        self.consent.rest()
        self.query_one(PlanSheet).to_the_top()

    async def on_in_use(self, message: InUse) -> None:
        """Go on by itself once all browsers are closed."""
        if message.places == self.in_hand.open or self.in_hand.making:
            return
        if self.in_hand.saw_open(message.places):
            self._watching.end()
            self._make()
            self.ask()
        else:
            await self._show()

    # --- drawing

    async def _show(self) -> None:
        now = self.in_hand
        plan = now.decided.plan
        parts = self.plans.page(plan, in_use=now.open, before=now.before, ticks=True)
        beside = [each for each in parts if each.name == _IN_THE_CONSENT]
        self.told = ""
        if plan.count or plan.refused:
            self.told = "\n".join(line for part in beside for line in part.lines)
        shown = [each for each in parts if each not in beside]
        sheet = self.query_one(PlanSheet)
        await sheet.show(shown, self._ticks.groups(plan))
        if sheet.shows_lists:
            await self._show_lists()
        self.query_one(Hints).show(self.hints())
        self.ask()

    async def _show_lists(self) -> None:
        lists = self._details.lists(self.in_hand.decided.plan)
        headed = [(self._details.heading(each), each) for each in lists]
        await self.query_one(PlanSheet).show_lists(headed)

    # --- keys

    async def action_more(self) -> None:
        """The whole lists, or the short page again."""
        if self.in_hand.decision is None:
            return
        if self.query_one(PlanSheet).shows_lists:
            await self.query_one(PlanSheet).show_lists(())
        else:
            await self._show_lists()

    async def action_ticks(self) -> None:
        """To what can be ticked, which the lists may stand in place of."""
        if self._has_ticks:
            if self._lists_cover_the_plan:
                await self.query_one(PlanSheet).show_lists(())
            self.query_one(TickList).focus()

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Tick, or take back."""
        sheet = self.query_one(PlanSheet)
        for key in sheet.rows[event.key].keys:
            self.in_hand.choose(key, is_profile=sheet.is_profile(event.key))
        await self._show()

    def action_scroll_plan(self, pages: int) -> None:
        """Scroll the plan, wherever the focus is."""
        self.query_one(PlanSheet).scroll_pages(pages)

    # --- leaving

    async def action_back(self) -> None:
        """From the lists to the plan, where they stand in its place; then back."""
        if self._lists_cover_the_plan:
            await self.query_one(PlanSheet).show_lists(())
        else:
            self.go_back()

    @property
    def _lists_cover_the_plan(self) -> bool:
        return self.query_one(PlanSheet).shows_lists and not self.has_class("-wide")

    def go_back(self) -> None:
        """One page, or to where clearing began."""
        if self._again:
            self.go_home()
        else:
            self.app.pop_screen()

    def on_screen_suspend(self) -> None:
        """Another page stands on top."""
        if not isinstance(self.app.screen, Cover):
            self._watching.end()

    def on_screen_resume(self) -> None:
        """Here again: after saving copies, for instance."""
        if self.in_hand.decision is not None:
            self.ask()
            self._watching.begin(self.in_hand.decision)

    def on_unmount(self) -> None:
        """Nobody watches it any more."""
        self._watching.end()
