"""A blank page while nobody types (SR-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widgets import Static

from hygiene.tui.widgets.leave_control import LeaveControl
from hygiene.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from hygiene.tui.visit import Visit

__all__ = ["Cover"]


class Cover(Screen[None]):
    """Any key or click goes back to the same place and does nothing else there."""

    AUTO_FOCUS = ""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self._visit = visit

    def compose(self) -> ComposeResult:
        """The way out, and one line."""
        visit = self._visit
        yield TopBar(
            LeaveControl(visit.words.say("gate.leave"), visit.leave_key, visit.leave)
        )
        yield Static(visit.words.say("screens.cover"), id="cover", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Back."""
        event.stop()
        event.prevent_default()
        self.app.pop_screen()

    def on_click(self) -> None:
        """Back."""
        self.app.pop_screen()
