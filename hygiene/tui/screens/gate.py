"""Plain facts before anything is looked at (SR-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.tui.screens.answered import AnsweredPage
from hygiene.tui.screens.page import Text
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.hints import Hint
from hygiene.words.offered import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from hygiene.tui.visit import Visit

__all__ = ["Gate"]

_MOST_LANGUAGES = 9


class Gate(AnsweredPage):
    """Leave, read, or look. Nothing has the focus, so Enter alone does nothing; with
    administrator rights the way out has it (SR-14). The pages behind the doors are
    imported when one goes through, so that the gate stands sooner. A number goes on in
    another language (SR-12). With `forget` the third door asks for a site instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "look", show=False),
        Binding("f", "forget", show=False),
        Binding("r", "guides", show=False),
        Binding("d", "decide", show=False),
        Binding("m", "more", show=False),
        Binding("left,up", "go_to_door(-1)", show=False),
        Binding("right,down", "go_to_door(1)", show=False),
        *(
            Binding(str(number), f"language({number})", show=False)
            for number in range(1, _MOST_LANGUAGES + 1)
        ),
    ]

    def __init__(self, visit: Visit, *, forget: bool = False) -> None:
        super().__init__(visit)
        self._on = "forget" if forget else "look"

    def text(self) -> Iterator[Widget]:
        """Facts, and what is special about this run."""
        yield Text(self.say("gate.title"), classes="title")
        for key in ("gate.what", "gate.watched"):
            yield Text(self.say(key))
        for key in self._notes():
            yield Text(self.say(key), classes="notice")
        if (recording := self.visit.looking_at.recording) is not None:
            yield Text(self.say(f"recording.{recording}"))
        for each in offered():
            if each.note:
                yield Text(each.note, classes="aside")

    def _notes(self) -> list[str]:
        session = self.visit.looking_at
        which = {
            "gate.practice": session.practice,
            "gate.admin": session.admin,
            "gate.look-only": session.look_only,
        }
        return [key for key, holds in which.items() if holds]

    def answers(self) -> list[Widget]:
        """The doors in the order of safety; lower ones leave room for several notes."""
        doors = (
            Door(name, self.say(f"gate.{name}")) for name in ("leave", "read", self._on)
        )
        return [Doors(doors, classes="low" if len(self._notes()) > 1 else "")]

    def hints(self) -> list[Hint]:
        """The doors by key, and what stands one key away."""
        return [
            *(self.hint(each) for each in (self._on, "read", "decide", "more", "help")),
            *(
                Hint(str(number), each.name, f"screen.language({number})")
                for number, each in enumerate(offered(), 1)
            ),
        ]

    def on_mount(self) -> None:
        """Where the focus begins."""
        if self.visit.looking_at.admin:
            self.query_one("#leave").focus()

    def on_door_pressed(self, event: Door.Pressed) -> None:
        """Go through a door."""
        actions = {
            "leave": self.visit.leave,
            "read": self.action_guides,
            "look": self.action_look,
            "forget": self.action_forget,
        }
        actions[event.door.name or ""]()

    def action_forget(self) -> None:
        """Ask for a site, where that was the command."""
        if self._on != "forget":
            return
        from hygiene.tui.screens.name_site import NameSite  # noqa: PLC0415

        self.app.push_screen(NameSite(self.visit, start=True))

    def action_look(self) -> None:
        """Look; where the system itself would ask, say so first (SR-62)."""
        if self._on != "look":
            return
        from hygiene.tui.screens.asking_first import AskingFirst  # noqa: PLC0415
        from hygiene.tui.screens.overview import Overview  # noqa: PLC0415

        page = AskingFirst if self.visit.looking_at.system_asks else Overview
        self.app.push_screen(page(self.visit))

    async def action_language(self, number: int) -> None:
        """Say all this in another language."""
        choices = offered()
        if number > len(choices) or choices[number - 1].code == self.visit.language:
            return
        self.visit.speak(choices[number - 1].code)
        self.words = self.visit.words
        await self.recompose()
        self.on_mount()

    def action_read(self) -> None:
        """Read first."""
        self.action_guides()

    def action_decide(self) -> None:
        """Help me decide."""
        from hygiene.tui.screens.decide import Decide  # noqa: PLC0415

        self.app.push_screen(Decide(self.visit, self._on))

    def action_more(self) -> None:
        """Limits, and what leaving does."""
        from hygiene.tui.screens.more import More  # noqa: PLC0415

        self.app.push_screen(More(self.visit))

    async def action_back(self) -> None:
        """An ordinary end."""
        from hygiene.tui.screens.ending import Ending  # noqa: PLC0415

        self.app.push_screen(Ending(self.visit))
