"""Clearing while it runs, and what became of it, counted again (SR-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from hygiene.engine.applying import Changed, Result, StillOpen, UnitDone
from hygiene.report.cleared import Cleared, failure
from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import Applied
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Consent
    from hygiene.engine.planning import Plan
    from hygiene.tui.screens.consenting import ConsentPage
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["ClearingPage"]


class ClearingPage(Page):
    """While it runs there is no way back, only the way out; then the result. Where
    nothing was changed, because a browser is open or the data is not as it was, the plan
    stands here again.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "again", show=False)]

    def __init__(
        self, visit: Visit, plan: Plan, consent: Consent, came_from: ConsentPage
    ) -> None:
        super().__init__(visit)
        self._plan = plan
        self._consent = consent
        self._came_from = came_from
        self._cleared = Cleared(visit.looking_at.facts)
        self._result: Result | None = None
        self._undone: Applied | None = None

    def content(self) -> ComposeResult:
        """How far it is; in its place, later, the result and two doors."""
        with VerticalScroll(id="result", classes="text"):
            yield Text(self.say("forget.clearing"), id="running", classes="title")
            yield Text(id="progress")
            yield Text(
                self.say("screens.result.leaving"), id="leaving", classes="aside"
            )
            yield Vertical(id="became")
        yield Doors(
            [
                Door("back", self.say("screens.result.back"), id="home"),
                Door("again", self.say("screens.result.again")),
            ],
            classes="low",
        )

    def hints(self) -> list[Hint]:
        """None but the way out while it runs."""
        if self._result is None:
            return [self.hint("help")]
        return [self.hint(each) for each in ("back", "again", "guides", "help")]

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(Doors).display = False
        session, plan, consent = self.visit.looking_at, self._plan, self._consent

        def messages() -> Iterator[Applied]:
            with one_at_a_time:
                for event in session.carry_out(plan, consent):
                    yield Applied(event)

        tell(self, messages)

    async def on_applied(self, message: Applied) -> None:
        """One more store is done, or it ended."""
        match message.event:
            case UnitDone() as event:
                self.visit.clears += 1
                said = self._cleared.progress(event)
                self.query_one("#progress", Text).update(said)
            case Result() as result:
                await self._show(result)
            case Changed() | StillOpen():
                self._undone = message
                self._to_the_plan()

    async def _show(self, result: Result) -> None:
        self._result = result
        if why := failure(result):
            self.visit.failed[result.plan.subject] = why
        else:
            self.visit.failed.pop(result.plan.subject, None)
        for each in ("#running", "#progress", "#leaving"):
            self.query_one(each).display = False
        became = self.query_one("#became")
        await became.mount(Text(self.say("result.title"), classes="title"))
        for part in self._cleared.result(result):
            await became.mount_all(lines_of(part))
        self.query_one(Doors).display = True
        self.query_one("#home").focus()
        self.query_one(Hints).show(self.hints())

    def _to_the_plan(self) -> None:
        """Back to the plan, unless another page stands on top: then when it is gone."""
        if self.app.screen is self and self._undone is not None:
            self._came_from.post_message(self._undone)
            self._undone = None
            self.app.pop_screen()

    def on_screen_resume(self) -> None:
        """Here again, from a guide or from below the cover."""
        self._to_the_plan()

    # --- doors

    async def on_door_pressed(self, event: Door.Pressed) -> None:
        """Look again, or back."""
        if event.door.name == "again":
            self.action_again()
        else:
            await self.action_back()

    def action_again(self) -> None:
        """Plan the same once more: what is there now."""
        if self._result is None:
            return
        from hygiene.tui.screens.plan import PlanPage  # noqa: PLC0415 - it imports us

        self.app.pop_screen()
        again = PlanPage(self.visit, self._plan.subject, again=True)
        self.app.switch_screen(again)

    async def action_back(self) -> None:
        """To where this began, once it has ended."""
        if self._result is not None:
            self.go_home()
