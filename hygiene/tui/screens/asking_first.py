"""Some systems ask, and remember the answer; say so before they do (SR-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.tui.screens.answered import AnsweredPage
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.page import Text
from hygiene.tui.widgets.door import Door, Doors

if TYPE_CHECKING:
    from textual.widget import Widget

    from hygiene.tui.widgets.hints import Hint

__all__ = ["AskingFirst"]


class AskingFirst(AnsweredPage):
    """Look without those folders, or with them. The narrow choice comes first."""

    AUTO_FOCUS = "Door"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "without", show=False),
        Binding("t", "there_too", show=False),
    ]

    def text(self) -> list[Widget]:
        """What the system would do."""
        return [
            Text(self.say("asks.title"), classes="title"),
            Text(self.say("asks.why")),
        ]

    def answers(self) -> list[Widget]:
        """Both ways on."""
        names = ("without", "there-too")
        return [Doors(Door(each, self.say(f"screens.asks.{each}")) for each in names)]

    def hints(self) -> list[Hint]:
        """Both ways, and back."""
        return [self.hint(each) for each in ("back", "without", "there-too", "help")]

    def on_door_pressed(self, event: Door.Pressed) -> None:
        """Look."""
        self._look(agreed=event.door.name == "there-too")

    def action_without(self) -> None:
        """Those folders stay unread."""
        self._look(agreed=False)

    def action_there_too(self) -> None:
        """The system may ask."""
        self._look(agreed=True)

    def _look(self, *, agreed: bool) -> None:
        self.visit.looking_at.agreed = agreed
        self.app.switch_screen(Overview(self.visit))
