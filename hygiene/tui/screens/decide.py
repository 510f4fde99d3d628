"""Help me decide: three questions, advice, the same doors (SR-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from hygiene.report.advice import QUESTIONS, Reply, advice
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Decide"]


class Decide(Page):
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

    def content(self) -> ComposeResult:
        """Filled by `_show`."""
        yield VerticalScroll(id="step", classes="text", can_focus=False)

    async def on_mount(self) -> None:
        """The first question."""
        await self._show()

    def hints(self) -> list[Hint]:
        """The answers while a question stands, the doors after."""
        names = ("yes", "no", "not-sure") if self._asking else (self._on, "read")
        return [self.hint(each) for each in ("back", *names, "help")]

    async def _show(self) -> None:
        step = self.query_one("#step", VerticalScroll)
        await step.remove_children()
        if self._asking:
            widgets = self._question()
        else:
            widgets = self._advice()
        await step.mount_all(widgets)
        self.query_one(Hints).show(self.hints())
        self.set_focus(self.query(Door).first() if self._asking else None)

    def _question(self) -> list[Text | Doors]:
        number = len(self._replies)
        place = self.say("screens.decide.place", n=number + 1, all=len(QUESTIONS))
        return [
            Text(self.say("decide.title"), classes="title"),
            Text(place, classes="aside"),
            Text(self.say(f"decide.{QUESTIONS[number]}"), classes="question"),
            Doors(Door(each, self.say(f"screens.does.{each}")) for each in Reply),
        ]

    def _advice(self) -> list[Text | Doors]:
        return [
            Text(self.say("decide.title"), classes="title"),
            *(Text(self.say(key)) for key in advice(*self._replies)),
            Doors(
                Door(each, self.say(f"gate.{each}"))
                for each in ("leave", "read", self._on)
            ),
        ]

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
