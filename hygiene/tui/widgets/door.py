"""A choice among others on the same level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

__all__ = ["Door", "Doors"]


class Door(Static, can_focus=True):
    """One line that can be pressed. `name` says which it is, `label` what it says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False),
        Binding("left,up", "screen.focus_previous", show=False),
        Binding("right,down", "screen.focus_next", show=False),
    ]

    @dataclass
    class Pressed(Message):
        """This door was chosen."""

        door: Door

    def __init__(self, name: str, label: str) -> None:
        super().__init__(label, markup=False, name=name)

    def action_press(self) -> None:
        """Choose it."""
        self.post_message(self.Pressed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        event.stop()
        self.action_press()


class Doors(Horizontal):
    """Doors beside each other; below each other where they do not fit."""

    def __init__(self, doors: Iterable[Door]) -> None:
        super().__init__(*doors)
