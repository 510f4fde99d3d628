"""The way out, always in the same corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

__all__ = ["LeaveControl"]


class LeaveControl(Static, can_focus=True):
    """`Leave now  Ctrl+Q`. Key or mouse: leaves at once, asks nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "leave", show=False),
    ]

    def __init__(self, label: str, key: str, leave: Callable[[], object]) -> None:
        super().__init__(f"{label}  {key}", markup=False, id="leave")
        self._leave = leave

    def action_leave(self) -> None:
        """Leave."""
        self._leave()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Leave before the button is up again."""
        event.stop()
        self._leave()
