"""The sittings of the home, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.containers import Vertical

from hygiene.contract import CannotLook
from hygiene.tui.background import tell
from hygiene.tui.messages import SittingsCame
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Sitting
    from hygiene.report.facts import Facts
    from hygiene.tui.widgets.hints import Hint

__all__ = ["SittingList", "Sittings"]


class SittingList(LineList):
    """One line a sitting."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts
        self._sittings: list[Sitting] = []

    def show(self, sittings: list[Sitting]) -> None:
        """Show these."""
        self._sittings = sittings
        self.rows_changed(0)

    def row_count(self) -> int:
        """How many there are."""
        return len(self._sittings)

    def cut_line(self) -> str:
        """The whole line with the cursor, if the row shows it cut."""
        if not self._sittings:
            return ""
        line = self._facts.sitting(self._sittings[self.cursor])
        return line if cell_len(line) > self.scrollable_content_region.width else ""

    def row_segments(self, row: int, width: int) -> list[Segment]:
        """When, how much, in which programs."""
        text = self._facts.sitting(self._sittings[row])
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1) + "…"
        return [Segment(text)]


class Sittings(Page):
    """Read anew each time; where a row is cut, it stands in full below the list."""

    AUTO_FOCUS = "SittingList"

    def content(self) -> ComposeResult:
        """What a sitting is, and the list."""
        with Vertical(classes="text wide"):
            yield Text(self.say("sittings.title"), classes="title")
            yield Text(self.say("sittings.what"), classes="aside")
            yield Text(self.say("status.looking"), id="state", classes="aside")
            yield SittingList(self.visit.looking_at.facts)
            yield Text(id="in-full", classes="aside")

    def on_mount(self) -> None:
        """Read them."""
        session = self.visit.looking_at

        def messages() -> Iterator[SittingsCame]:
            try:
                yield SittingsCame(list(session.sittings()))
            except CannotLook:
                yield SittingsCame(None)

        tell(self, messages)

    def on_sittings_came(self, message: SittingsCame) -> None:
        """Show them."""
        if message.sittings is None:
            said = self.say("why.crashed")
        elif message.sittings:
            said = self.words.count("count.sittings", len(message.sittings))
        else:
            said = self.say("screens.sittings.none")
        self.query_one("#state", Text).update(said)
        self.query_one(SittingList).show(message.sittings or [])

    def on_line_list_moved(self) -> None:
        """The line with the cursor, in full."""
        line = self.query_one(SittingList).cut_line()
        self.query_one("#in-full", Text).update(line)

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "guides", "help")]
