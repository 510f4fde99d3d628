"""A list of one-line rows of any length: only the rows in view are ever drawn."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

__all__ = ["LineList"]


class LineList(ScrollView, can_focus=True):
    """Rows by number, a cursor on one of them, and a heading line that stays.

    Subclasses say how many rows there are and what a row shows; after a change they
    call `rows_changed`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--heading",
        "line-list--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "open", show=False),
    ]

    HEADING: ClassVar[int] = 0
    """Lines of heading: 0 or 1."""

    @dataclass
    class Opened(Message):
        """Enter, or a click on the row that has the cursor."""

        list: LineList
        row: int

    @dataclass
    class Moved(Message):
        """The cursor may be on another row now."""

        list: LineList

        def can_replace(self, message: Message) -> bool:
            """A later one says all that an earlier one did."""
            return isinstance(message, LineList.Moved)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cursor = 0

    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def row_segments(self, row: int, width: int) -> list[Segment]:
        """What a row shows, in at most `width` cells; styles lie over the row's own."""

    def heading_segments(self, width: int) -> list[Segment]:
        """What the heading shows."""
        del width
        return []

    @property
    def cursor(self) -> int:
        """The row that has the cursor; 0 when there is none."""
        return self._cursor

    def rows_changed(self, cursor: int | None = None) -> None:
        """Draw anew; put the cursor on row `cursor`, or as near as there is one."""
        rows = self.row_count()
        self.virtual_size = Size(self.size.width, rows + self.HEADING)
        wanted = self._cursor if cursor is None else cursor
        self._cursor = max(0, min(wanted, rows - 1))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def move_to(self, row: int) -> None:
        """Put the cursor on a row and bring it into view."""
        before = self._cursor
        self._cursor = max(0, min(row, self.row_count() - 1))
        self._show_cursor()
        for each in {before, self._cursor}:
            self.refresh_line(each + self.HEADING)
        self.post_message(self.Moved(self))

    @property
    def rows_in_view(self) -> int:
        """How many rows fit."""
        return max(1, self.scrollable_content_region.height - self.HEADING)

    def _show_cursor(self) -> None:
        top = self.scroll_offset.y
        if self._cursor < top:
            top = self._cursor
        elif self._cursor >= top + self.rows_in_view:
            top = self._cursor - self.rows_in_view + 1
        else:
            return
        self.scroll_to(y=top, animate=False, force=True)

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y < self.HEADING:
            style = base + self.get_component_rich_style("line-list--heading")
            return self._strip(self.heading_segments(width), width, style)
        row = self.scroll_offset.y + y - self.HEADING
        if row >= self.row_count():
            return Strip.blank(width, base)
        if row == self._cursor:
            base += self.get_component_rich_style("line-list--cursor")
        return self._strip(self.row_segments(row, width), width, base)

    @staticmethod
    def _strip(segments: list[Segment], width: int, base: Style) -> Strip:
        laid = Segment.apply_style(segments, base)
        return Strip(laid).adjust_cell_length(width, base)

    def on_resize(self) -> None:
        """The width of the rows is the width of the view."""
        self.rows_changed()

    def refresh_line(self, y: int) -> None:
        """Refresh one line of the whole list; the heading does not scroll."""
        self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    # --- keys and mouse

    def action_move(self, rows: int) -> None:
        """Cursor up or down."""
        self.move_to(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Cursor up or down by what fits."""
        self.move_to(self._cursor + pages * self.rows_in_view)

    def action_first(self) -> None:
        """Cursor to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Cursor to the last row."""
        self.move_to(self.row_count() - 1)

    def action_open(self) -> None:
        """Open the row that has the cursor."""
        if self.row_count():
            self.post_message(self.Opened(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor there; a second one opens."""
        row = self.scroll_offset.y + event.y - self.HEADING
        if event.y < self.HEADING or row >= self.row_count():
            return
        if row == self._cursor:
            self.action_open()
        else:
            self.move_to(row)
