"""A short list of things that are ticked or not, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hygiene.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TICKED", "UNTICKED", "TickList", "Ticked"]

TICKED, UNTICKED = "[x] ", "[ ] "
"""Shapes that every terminal has."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One thing, and whether it is ticked; without `key` a sentence above others. The
    notice is shown only with the cursor.
    """

    text: str
    key: str = ""
    on: bool = False
    notice: str = ""


class TickList(RowList):
    """Space, Enter or a click opens a row: whoever holds the list changes its tick.

    Up on the first row and down on the last go on to what stands before and after.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def tick(self, ticks: Sequence[Ticked]) -> None:
        """Show these; the cursor stays on its key."""
        self.show(
            [
                Row(
                    each.text,
                    each.key,
                    word=TICKED if each.on else UNTICKED,
                    text=each.notice,
                )
                for each in ticks
            ]
        )

    def action_step(self, rows: int) -> None:
        """Cursor up or down, or out of the list."""
        before = self.key
        self.action_move(rows)
        if self.key != before:
            return
        if rows < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def body(
        self, row: Row, room: int, columns: tuple[int, int], *, here: bool
    ) -> list[Content]:
        """Tick and text; further lines stand below the text."""
        del columns
        room = max(10, room - len(row.word))
        wrapped = Content(row.title).wrap(room)
        if here and row.text:
            wrapped += Content(row.text).wrap(room)
        indent = " " * len(row.word)
        return [
            Content(indent if at else row.word) + line
            for at, line in enumerate(wrapped)
        ]
