"""What stands behind a finding: 100,000 rows and more, sorted, narrowed, marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message

from hygiene.tui.widgets.line_list import LineList
from hygiene.tui.widgets.traces import Order, TraceRow, TraceRows

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.contract import Trace

__all__ = ["TraceHeadings", "TraceList"]

_MARK = "✓ "
_NO_MARK = "  "
_GAP = "  "
_NUMBER_WIDTH = 9
_LAST_FROM_WIDTH = 50
_SORTED = " ↓"
_MERGE_SECONDS = 0.1

# Every month, with as many digits as a moment can have.
_SAMPLES = [datetime(2000, month, 28, 22, 22, tzinfo=UTC) for month in range(1, 13)]

_FOUND = Style(underline=True, bold=True)
_BOLD = Style(bold=True)


@dataclass(frozen=True, slots=True)
class TraceHeadings:
    """The words above the columns."""

    name: str
    number: str
    last: str


class TraceList(LineList):
    """Name, number and last time of each trace. `when` writes a moment.

    Rows are made anywhere (`TraceRow`) and added on the app's thread, in batches.
    """

    HEADING = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", show=False),
        Binding("shift+up", "run(-1)", show=False),
        Binding("shift+down", "run(1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Rows came, or the view or the marks are others now."""

        list: TraceList

        def can_replace(self, message: Message) -> bool:
            """A later one says all that an earlier one did."""
            return isinstance(message, TraceList.Changed)

    def __init__(
        self,
        headings: TraceHeadings,
        when: Callable[[datetime], str],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._headings = headings
        self._when = when
        self._rows = TraceRows()
        self._waiting: list[TraceRow] = []
        self._last_width = max(cell_len(when(each)) for each in _SAMPLES)
        self._has_last = False
        self._has_number = False
        self._run: dict[TraceRow, bool] = {}
        self._run_from: int | None = None

    # --- what others may ask and tell

    @property
    def total(self) -> int:
        """Rows there are."""
        return len(self._rows)

    @property
    def in_view(self) -> int:
        """Rows that the text lets through."""
        return len(self._rows.view)

    @property
    def order(self) -> Order:
        """What the rows are sorted by."""
        return self._rows.order

    @property
    def marked(self) -> list[Trace]:
        """The marked traces."""
        return [each.trace for each in self._rows.marked()]

    def trace_at(self, row: int) -> Trace:
        """The trace on a row of the view."""
        return self._rows.view[row].trace

    def cut_label(self) -> str:
        """The whole name on the row with the cursor, if the row shows it cut."""
        row = self._row_at_cursor()
        _, width, _ = self._columns(self.scrollable_content_region.width)
        return row.label if row is not None and cell_len(row.label) > width else ""

    def add(self, rows: list[TraceRow]) -> None:
        """Take more rows; they appear within a tenth of a second."""
        if not self._waiting:
            self.set_timer(_MERGE_SECONDS, self._merge)
        self._waiting.extend(rows)

    def clear(self) -> None:
        """Forget everything that was shown."""
        self._waiting = []
        self._rows.clear()
        self._has_last = False
        self._has_number = False
        self._end_run()
        self._changed(0)

    def narrow(self, text: str) -> None:
        """Show only rows whose name holds `text`."""
        keep = self._row_at_cursor()
        self._rows.narrow(text)
        self._end_run()
        self._changed(self._place_of(keep))

    def sort(self, order: Order) -> None:
        """Show the rows in another order, from its first row on."""
        self._rows.sort(order)
        self._end_run()
        self._changed(0)

    # --- rows

    def row_count(self) -> int:
        """Rows in view."""
        return len(self._rows.view)

    def row_segments(self, row: int, width: int) -> list[Segment]:
        """Mark, name, last time where there is room, number where one is more than 1."""
        shown = self._rows.view[row]
        last, name_width, number = self._columns(width)
        when = ""
        if last and shown.trace.last is not None:
            when = self._when(shown.trace.last)
        return [
            Segment(_MARK if shown.marked else _NO_MARK, _BOLD),
            *self._label(shown, name_width),
            Segment(_GAP + set_cell_size(when, last) if last else ""),
            Segment(f"{shown.trace.count:>{number},} " if number else ""),
        ]

    def heading_segments(self, width: int) -> list[Segment]:
        """The words above the columns, an arrow at the one that orders them."""
        last, name_width, number = self._columns(width)
        words = {
            Order.NAME: self._headings.name,
            Order.LAST: self._headings.last,
            Order.NUMBER: self._headings.number,
        }
        words[self.order] += _SORTED
        above = words[Order.NUMBER].rjust(number)[-number:] + " " if number else ""
        return [
            Segment(_NO_MARK + set_cell_size(words[Order.NAME], name_width)),
            Segment(_GAP + set_cell_size(words[Order.LAST], last) if last else ""),
            Segment(above),
        ]

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Widths of last time, name and number; 0 leaves a column out."""
        shown = self._has_last and width >= _LAST_FROM_WIDTH
        last = self._last_width if shown else 0
        number = _NUMBER_WIDTH if self._has_number else 0
        gaps = len(_MARK) + (number + 1 if number else 0)
        gaps += len(_GAP) + last if last else 0
        return last, max(1, width - gaps), number

    def _label(self, row: TraceRow, width: int) -> list[Segment]:
        text = set_cell_size(row.label, width)
        if cell_len(row.label) > width:
            text = set_cell_size(text, width - 1) + "…"
        wanted = self._rows.wanted
        at = row.folded.find(wanted) if wanted else -1
        if at < 0 or len(row.folded) != len(row.label):
            return [Segment(text)]
        end = at + len(wanted)
        return [Segment(text[:at]), Segment(text[at:end], _FOUND), Segment(text[end:])]

    # --- keys

    def action_mark(self) -> None:
        """Mark or unmark the row, and go on to the next."""
        if (row := self._row_at_cursor()) is None:
            return
        row.marked = not row.marked
        self.move_to(self.cursor + 1)
        self.post_message(self.Changed(self))

    def action_run(self, step: int) -> None:
        """Mark all rows from where the run began to where the cursor goes."""
        if not self.row_count():
            return
        if self._run_from is None:
            self._run_from = self.cursor
        super().move_to(self.cursor + step)
        for row, before in self._run.items():
            row.marked = before
        low, high = sorted((self._run_from, self.cursor))
        self._run = {
            row: self._run.get(row, row.marked)
            for row in self._rows.view[low : high + 1]
        }
        for row in self._run:
            row.marked = True
        self.refresh()
        self.post_message(self.Changed(self))

    def move_to(self, row: int) -> None:
        """Put the cursor on a row; this ends a run."""
        self._end_run()
        super().move_to(row)

    # --- inside

    def _merge(self) -> None:
        keep = self._row_at_cursor() if self.cursor else None
        rows, self._waiting = self._waiting, []
        self._has_last |= any(each.trace.last is not None for each in rows)
        self._has_number |= any(each.trace.count > 1 for each in rows)
        self._rows.add(rows)
        self._changed(self._place_of(keep))

    def _changed(self, cursor: int) -> None:
        self.rows_changed(cursor)
        self.post_message(self.Changed(self))

    def _row_at_cursor(self) -> TraceRow | None:
        view = self._rows.view
        return view[self.cursor] if self.cursor < len(view) else None

    def _place_of(self, row: TraceRow | None) -> int:
        return 0 if row is None else self._rows.place_of(row) or 0

    def _end_run(self) -> None:
        self._run = {}
        self._run_from = None
