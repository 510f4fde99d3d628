"""Help me decide: three questions, advice, the same doors (SR-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.report.advice import QUESTIONS, Reply, advice
from hygiene.tui.screens.answered import AnsweredPage
from hygiene.tui.screens.page import Text
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from textual.widget import Widget

    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Decide"]


class Decide(AnsweredPage):
    """One question at a time. Answers stand in this page only and go with it. `on` is
    the gate's own third door.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", show=False),
        Binding("n", "no", show=False),
        Binding("u", "not_sure", show=False),
        Binding("l", "look", show=False),
        Binding("f", "forget", show=False),
        Binding("r", "guides", show=False),
    ]

    def __init__(self, visit: Visit, on: str = "look") -> None:
        super().__init__(visit)
        self._on = on
        self._replies: list[Reply] = []

    @property
    def _asking(self) -> bool:
        return len(self._replies) < len(QUESTIONS)

    def text(self) -> list[Widget]:
        """The question, or the advice."""
        title = Text(self.say("decide.title"), classes="title")
        if not self._asking:
            said = advice(*self._replies)
            return [title, *(Text(self.say(each)) for each in said)]
        at = len(self._replies)
        place = self.say("screens.decide.place", n=at + 1, all=len(QUESTIONS))
        return [
            title,
            Text(place, classes="aside"),
            Text(self.say(f"decide.{QUESTIONS[at]}"), classes="question"),
        ]

    def answers(self) -> list[Widget]:
        """Its answers, or the doors of the gate."""
        if self._asking:
            words = {str(each): f"screens.does.{each}" for each in Reply}
        else:
            words = {each: f"gate.{each}" for each in ("leave", "read", self._on)}
        return [Doors(Door(name, self.say(key)) for name, key in words.items())]

    def on_mount(self) -> None:
        """The focus begins on the first answer."""
        self.query(Door).first().focus()

    def hints(self) -> list[Hint]:
        """The answers while a question stands, the doors after."""
        names = ("yes", "no", "not-sure") if self._asking else (self._on, "read")
        return [self.hint(each) for each in ("back", *names, "help")]

    async def _show(self) -> None:
        await self.say_anew()
        self.query_one(Hints).show(self.hints())
        self.set_focus(self.query(Door).first() if self._asking else None)

    async def on_door_pressed(self, event: Door.Pressed) -> None:
        """An answer, or a door."""
        name = event.door.name or ""
        if self._asking:
            await self._reply(Reply(name))
        elif name == "leave":
            self.visit.leave()
        elif name == "read":
            self.action_guides()
        else:
            self._go_on()

    async def _reply(self, reply: Reply) -> None:
        if self._asking:
            self._replies.append(reply)
            await self._show()

    async def action_yes(self) -> None:
        """Yes."""
        await self._reply(Reply.YES)

    async def action_no(self) -> None:
        """No."""
        await self._reply(Reply.NO)

    async def action_not_sure(self) -> None:
        """Not sure."""
        await self._reply(Reply.NOT_SURE)

    def action_read(self) -> None:
        """Read first."""
        self.action_guides()

    def action_look(self) -> None:
        """Look."""
        if self._on == "look":
            self._go_on()

    def action_forget(self) -> None:
        """Forget a site."""
        if self._on == "forget":
            self._go_on()

    def _go_on(self) -> None:
        """The gate's own door, once the questions are answered."""
        if self._asking:
            return
        self.app.pop_screen()
        self.app.call_later(self.app.screen.run_action, self._on)

    async def action_back(self) -> None:
        """One question back, or to the gate."""
        if not self._replies:
            self.app.pop_screen()
            return
        self._replies.pop()
        await self._show()
