"""The days of one profile's history, to pick one of them (SR-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from hygiene.contract import CannotLook
from hygiene.engine.spans import of_day
from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import TracesCame
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Trace
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Days"]


class Days(Page):
    """Newest first, one line a day. Enter opens the plan of one."""

    AUTO_FOCUS = "#days"

    def __init__(self, visit: Visit, store: str, heading: str) -> None:
        super().__init__(visit)
        self._store = store
        self._heading = heading
        self._days: list[Trace] = []

    def content(self) -> ComposeResult:
        """Whose history it is, and the list."""
        with Vertical(classes="text wide"):
            yield Text(self.say("forget.day"), classes="title")
            yield Text(self._heading, classes="aside")
            yield Text(self.say("status.looking"), id="state", classes="aside")
            yield TextLines(id="days")

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "enter", "guides", "help")]

    def on_mount(self) -> None:
        """Read them."""
        session, store = self.visit.looking_at, self._store

        def messages() -> Iterator[TracesCame]:
            try:
                with one_at_a_time:
                    days = list(session.days_of(store))
            except CannotLook:
                yield TracesCame(None)
            else:
                yield TracesCame(days)

        tell(self, messages)

    def on_traces_came(self, message: TracesCame) -> None:
        """Show them."""
        self._days = days = message.traces or []
        if message.traces is None:
            said = self.say("why.crashed")
        elif days:
            said = self.words.count("screens.forget.days", len(days))
        else:
            said = self.say("forget.no-days")
        self.query_one("#state", Text).update(said)
        self.query_one(TextLines).show(len(days), lambda row: self._line(days[row]))

    def _line(self, day: Trace) -> str:
        facts = self.visit.looking_at.facts
        pages = facts.count("pages", day.count)
        if day.first is None or day.last is None:
            return f"{day.label}: {pages}"
        start, end = facts.clock(day.first), facts.clock(day.last)
        if start == end:
            return f"{facts.when(day.first)}: {pages}"
        return self.say(
            "screens.forget.day-line",
            day=facts.day(day.first),
            start=start,
            end=end,
            pages=pages,
        )

    def on_line_list_opened(self, event: TextLines.Opened) -> None:
        """The plan of that day."""
        span = of_day(self._days[event.row], self._store)
        self.app.push_screen(PlanPage(self.visit, span))

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        self.query_one(TextLines).action_open()
