"""A short list of rows that wrap: the overview, the places of a check, the contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.style import Style

from hygiene.tui.widgets.laid_out import LaidOut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

__all__ = ["Row", "RowList"]

_CURSOR = "\u203a "
_NO_CURSOR = "  "
_GAP = 2
_COLUMNS_FROM_WIDTH = 60
_MOST_TITLE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Without `key` it is a heading, which the cursor passes over.

    `word` is a mark and a word, drawn in `tone`; `text` says more.
    """

    title: str
    key: str = ""
    word: str = ""
    tone: str = ""
    text: str = ""


class RowList(LaidOut, can_focus=True):
    """Rows with a cursor. In columns where there is room, else below each other.

    It is as high as its rows; what scrolls is the container around it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("home", "move(-9999)", show=False),
        Binding("end", "move(9999)", show=False),
        Binding("enter,space", "open", show=False),
    ]

    @dataclass
    class Opened(Message):
        """Enter, or a click, on a row."""

        list: RowList
        key: str

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        list: RowList
        key: str

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = list(rows)
        self._cursor = 0
        self._tops: list[int] = []

    @property
    def key(self) -> str:
        """The key of the row that has the cursor; empty when there is none."""
        keys = self._keys()
        return self._rows[keys[self._cursor]].key if keys else ""

    def show(self, rows: Sequence[Row], at: str = "") -> None:
        """Show other rows, with the cursor on the key `at`; without one it stays on its
        key when that is still there.
        """
        before = at or self.key
        self._rows = list(rows)
        keys = [self._rows[at].key for at in self._keys()]
        self._cursor = keys.index(before) if before in keys else 0
        self.lay_anew()

    def on_focus(self) -> None:
        """The cursor is seen only with the focus."""
        self.lay_anew()

    def on_blur(self) -> None:
        """The cursor is seen only with the focus."""
        self.lay_anew()

    def action_move(self, rows: int) -> None:
        """Cursor up or down."""
        keys = self._keys()
        if not keys:
            return
        self._cursor = max(0, min(self._cursor + rows, len(keys) - 1))
        self.lay_anew()
        self._show_cursor()
        self.post_message(self.Moved(self, self.key))

    def action_open(self) -> None:
        """Open the row."""
        if self.key:
            self.post_message(self.Opened(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Open the row that was clicked."""
        line = event.get_content_offset(self)
        if line is None:
            return
        for place, at in enumerate(self._keys()):
            if self._tops[at] <= line.y < self._tops[at + 1]:
                self._cursor = place
                self.lay_anew()
                self.action_open()

    # --- layout

    def _keys(self) -> list[int]:
        return [at for at, row in enumerate(self._rows) if row.key]

    def _show_cursor(self) -> None:
        parent = self.parent
        if not isinstance(parent, ScrollableContainer):
            return
        at = self._keys()[self._cursor]
        # A heading right above the first row comes into view with it.
        top = 0 if self._cursor == 0 else self._tops[at]
        region = Region(0, top, 1, self._tops[at + 1] - top)
        parent.scroll_to_region(
            region.translate(self.virtual_region.offset), animate=False, force=True
        )

    def lay(self, width: int) -> list[Content]:
        """The rows for this width."""
        keys = self._keys()
        at_cursor = keys[self._cursor] if keys and self.has_focus else -1
        titles = [cell_len(row.title) for row in self._rows if row.key]
        words = [cell_len(row.word) for row in self._rows]
        alone = not any(row.word or row.text for row in self._rows)
        most = width - len(_CURSOR) if alone else _MOST_TITLE
        columns = (min(max(titles, default=0), most), max(words, default=0))
        lines: list[Content] = []
        self._tops = []
        for at, row in enumerate(self._rows):
            self._tops.append(len(lines))
            lines += self._row(row, width, columns, here=at == at_cursor)
        self._tops.append(len(lines))
        return lines

    def _row(
        self, row: Row, width: int, columns: tuple[int, int], *, here: bool
    ) -> list[Content]:
        if not row.key:
            return [
                *([Content("")] if self._tops[-1] else []),
                Content.styled(row.title, "bold"),
            ]
        marker = Content(_CURSOR if here else _NO_CURSOR)
        body = self.body(row, width - len(_CURSOR), columns, here=here)
        lines = [
            (marker if not place else Content(_NO_CURSOR)) + line
            for place, line in enumerate(body)
        ]
        if here:
            style = self._cursor_style()
            lines = [
                line.pad_right(width - line.cell_length).stylize(style)
                for line in lines
            ]
        return lines

    def body(
        self, row: Row, room: int, columns: tuple[int, int], *, here: bool
    ) -> list[Content]:
        """The lines of one row, none wider than `room`. `columns` are the widths of
        title and word where they stand beside each other; `here` has the cursor.
        """
        del here
        if room + len(_CURSOR) < _COLUMNS_FROM_WIDTH:
            return self._stacked(row, room)
        return self._beside(row, room, columns)

    def _cursor_style(self) -> Style | str:
        if self.app.no_color:
            return "reverse"
        return "$cursor-text on $cursor"

    @staticmethod
    def _stacked(row: Row, room: int) -> list[Content]:
        said = ": ".join(each for each in (row.word.strip(), row.text) if each)
        lines = Content(row.title).wrap(room)
        if said:
            indent = Content("  ")
            lines += [
                indent + each for each in Content.styled(said, "$muted").wrap(room - 2)
            ]
        return lines

    @staticmethod
    def _beside(row: Row, room: int, columns: tuple[int, int]) -> list[Content]:
        cells = [Content(row.title).wrap(columns[0])]
        widths = [columns[0] + _GAP]
        if columns[1]:
            cells.append([Content.styled(row.word, row.tone)])
            widths.append(columns[1] + _GAP)
        if row.text:
            text = Content.styled(row.text, "$muted")
            cells.append(text.wrap(max(10, room - sum(widths))))
            widths.append(0)
        return [
            Content("").join(
                _padded(cell[line] if line < len(cell) else Content(""), wide)
                for cell, wide in zip(cells, widths, strict=True)
            )
            for line in range(max(map(len, cells)))
        ]


def _padded(content: Content, width: int) -> Content:
    return content.pad_right(max(0, width - content.cell_length))
