"""A list of any number of sentences, each on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from hygiene.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TextLines", "cut"]


def cut(text: str, width: int) -> str:
    """As much of the text as fits, with an ellipsis where some is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1) + "…"


class TextLines(LineList):
    """Sentences are made when they come into view."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = 0
        self._line: Callable[[int], str] = str

    def show(self, number: int, line: Callable[[int], str]) -> None:
        """Show so many; `line` says each."""
        self._number = number
        self._line = line
        self.rows_changed(0)

    def row_count(self) -> int:
        """How many there are."""
        return self._number

    def cut_line(self) -> str:
        """The whole line with the cursor, if the row shows it cut."""
        if not self._number:
            return ""
        line = self._line(self.cursor)
        return line if cell_len(line) > self.scrollable_content_region.width else ""

    def row_segments(self, row: int, width: int) -> list[Segment]:
        """The sentence, or its beginning."""
        return [Segment(cut(self._line(row), width))]
