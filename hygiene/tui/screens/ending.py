"""An ordinary end asks once about the lines that stood here before (SR-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.tui.screens.answered import AnsweredPage
from hygiene.tui.screens.page import Text
from hygiene.tui.widgets.door import Door, Doors

if TYPE_CHECKING:
    from textual.widget import Widget

    from hygiene.tui.widgets.hints import Hint

__all__ = ["Ending"]


class Ending(AnsweredPage):
    """Should the earlier lines go too? Escape stays in the program."""

    AUTO_FOCUS = "Door"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "end(True)", show=False),
        Binding("k", "end(False)", show=False),
    ]

    def text(self) -> list[Widget]:
        """The question."""
        return [
            Text(self.say("screens.ending.title"), classes="title"),
            Text(self.say("screens.ending.what")),
        ]

    def answers(self) -> list[Widget]:
        """Its two answers."""
        names = ("clear", "keep")
        return [Doors(Door(each, self.say(f"screens.ending.{each}")) for each in names)]

    def on_mount(self) -> None:
        """With `--keep-scrollback` the answer is known."""
        if self.visit.keep_scrollback:
            self.app.exit(False)

    def hints(self) -> list[Hint]:
        """Both answers, and back."""
        return [self.hint(each) for each in ("back", "clear", "keep")]

    def on_door_pressed(self, event: Door.Pressed) -> None:
        """End."""
        self.action_end(event.door.name == "clear")

    def action_end(self, clear: bool) -> None:
        """End, with the earlier lines or without."""
        self.app.exit(clear)

    def action_clear(self) -> None:
        """End, and the earlier lines go."""
        self.action_end(True)

    def action_keep(self) -> None:
        """End, and the earlier lines stay."""
        self.action_end(False)
