"""The first line of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Static

from hygiene.tui.widgets.leave_control import LeaveControl

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["TopBar"]


class TopBar(Horizontal):
    """Name, notes on this run (practice, look only), and the way out.

    The way out comes first in the order of Tab and stands on the right.
    """

    def __init__(self, leave: LeaveControl, note: str = "") -> None:
        super().__init__()
        self._leave = leave
        self._note = note

    def compose(self) -> ComposeResult:
        """Leave, name, note."""
        yield self._leave
        yield Static("hygiene", id="name", markup=False)
        yield Static(self._note, id="note", markup=False)

    def say(self, note: str) -> None:
        """Change the note."""
        self.query_one("#note", Static).update(note)
