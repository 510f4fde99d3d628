"""The sites of one sitting, each of which can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType

from hygiene.tui.widgets.line_list import LineList
from hygiene.tui.widgets.text_lines import cut
from hygiene.tui.widgets.tick_list import TICKED, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from hygiene.contract import Trace

__all__ = ["SiteTicks"]

_NUMBER_WIDTH = 9


class SiteTicks(LineList):
    """All are ticked at first. Space and a click change one; Enter goes on."""

    HEADING = 1
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]

    def __init__(self, headings: tuple[str, str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings = headings
        self._sites: list[Trace] = []
        self._off: set[str] = set()

    @property
    def left_out(self) -> frozenset[str]:
        """The hosts that were unticked."""
        return frozenset(self._off)

    @property
    def ticked(self) -> int:
        """How many are ticked."""
        return len(self._sites) - len(self._off)

    def show(self, sites: Sequence[Trace]) -> None:
        """Show these; what was unticked before stays so."""
        self._sites = list(sites)
        self._off &= {each.key for each in self._sites}
        self.rows_changed(0)

    def row_count(self) -> int:
        """How many there are."""
        return len(self._sites)

    def row_segments(self, row: int, width: int) -> list[Segment]:
        """Tick, name, pages."""
        site = self._sites[row]
        mark = UNTICKED if site.key in self._off else TICKED
        return self._columns(mark, str(site.label), f"{site.count:,}", width)

    def heading_segments(self, width: int) -> list[Segment]:
        """The words above the columns."""
        return self._columns(" " * len(TICKED), *self._headings, width)

    @staticmethod
    def _columns(mark: str, name: str, number: str, width: int) -> list[Segment]:
        room = max(1, width - len(mark) - _NUMBER_WIDTH - 1)
        name = set_cell_size(cut(name, room), room)
        return [Segment(f"{mark}{name}{number:>{_NUMBER_WIDTH}} ")]

    def action_tick(self) -> None:
        """Leave one out, or take it in again, and go on to the next."""
        self._change(self.cursor)
        self.move_to(self.cursor + 1)

    def on_click(self, event: events.Click) -> None:
        """The same for the row below the mouse."""
        event.prevent_default()
        row = self.scroll_offset.y + event.y - self.HEADING
        if event.y >= self.HEADING and row < self.row_count():
            self.move_to(row)
            self._change(row)
            self.refresh()

    def _change(self, row: int) -> None:
        if row < len(self._sites):
            self._off ^= {self._sites[row].key}
            self.post_message(self.Moved(self))
