"""A choice among others on the same level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from hygiene.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

__all__ = ["Door", "Doors"]


class Door(Static, can_focus=True):
    """One line that can be pressed. `name` says which it is, `label` what it says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False),
        Binding("left,up", "screen.go_to_door(-1)", show=False),
        Binding("right,down", "screen.go_to_door(1)", show=False),
    ]

    @dataclass
    class Pressed(Message):
        """This door was chosen."""

        door: Door

    def __init__(self, name: str, label: str, *, id: str | None = None) -> None:
        super().__init__(label, markup=False, name=name, id=id)

    def action_press(self) -> None:
        """Choose it."""
        self.post_message(self.Pressed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        event.stop()
        self.action_press()


class Doors(Container):
    """Doors beside each other; below each other where they do not fit."""

    def __init__(
        self, doors: Iterable[Door], *, classes: str = "", id: str | None = None
    ) -> None:
        super().__init__(*doors, classes=classes, id=id)
        self._flow = Flow()

    @property
    def layout(self) -> Flow:
        """Rows as long as the width allows."""
        return self._flow
