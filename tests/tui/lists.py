"""An app that holds one list and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from hygiene.tui.themes import DARK, THEMES
from hygiene.tui.widgets.line_list import LineList
from hygiene.tui.widgets.trace_list import TraceHeadings, TraceList

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

__all__ = ["ListApp"]


def _when(moment: datetime) -> str:
    return f"{moment:%d %b %Y, %H:%M}"


class ListApp(App[None]):
    """A trace list over the whole screen; remembers which rows were opened."""

    CSS_PATH = "../../hygiene/tui/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = DARK.name
        self.opened: list[int] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield TraceList(TraceHeadings("Name", "Times", "Last"), _when)

    def on_mount(self) -> None:
        """Keys go to it."""
        self.query_one(TraceList).focus()

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """Remember."""
        self.opened.append(event.row)
