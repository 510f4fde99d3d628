"""What all pages share: first line, last lines, back, help, guides."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen

from hygiene.tui.widgets.door import Door
from hygiene.tui.widgets.hints import Hint, Hints
from hygiene.tui.widgets.leave_control import LeaveControl
from hygiene.tui.widgets.text import Text
from hygiene.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.tui.visit import Visit

__all__ = ["Page", "Text", "TextPage"]


class Body(Vertical):
    """What stands between the first line and the last. It scrolls where a window is too
    low for the least that a page shows, so that both lines stay where they are.
    """


class Page(Screen[None]):
    """A page: Escape is back, Leave now is in its corner, the keys stand below."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("question_mark", "help", show=False),
        Binding("g", "guides", show=False),
    ]

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        self.words = visit.words

    def say(self, key: str, **values: object) -> str:
        """A sentence of the program."""
        return self.words.say(key, **values)

    def compose(self) -> ComposeResult:
        """First line, the page's own, last lines."""
        leave = LeaveControl(
            self.say("gate.leave"), self.visit.leave_key, self.visit.leave
        )
        yield TopBar(leave, self.visit.note)
        with Body():
            yield from self.content()
        yield Hints(self.hints())

    @abstractmethod
    def content(self) -> ComposeResult:
        """What stands between the first and the last line."""

    def hints(self) -> list[Hint]:
        """The keys of this page."""
        return [self.hint("back"), self.hint("guides"), self.hint("help")]

    def rare_hints(self) -> list[Hint]:
        """More keys, told on the help page only."""
        return []

    def hint(self, name: str) -> Hint:
        """A hint by its name in the catalogue; its action has the same name."""
        return Hint(
            self.say(f"screens.key.{name}"),
            self.say(f"screens.does.{name}"),
            f"screen.{name.replace('-', '_')}",
        )

    def action_go_to_door(self, step: int) -> None:
        """The focus to the next door, or the one before."""
        if step > 0:
            self.focus_next(Door)
        else:
            self.focus_previous(Door)

    async def action_back(self) -> None:
        """One page back."""
        self.app.pop_screen()

    @property
    def is_start(self) -> bool:
        """Whether ways of clearing begin here, and end here."""
        return False

    def go_home(self) -> None:
        """Back to the page where the way of clearing began."""
        for page in reversed(self.app.screen_stack[1:]):
            if isinstance(page, Page) and page.is_start:
                page.begin_anew()
                return
            self.app.pop_screen()

    def begin_anew(self) -> None:
        """Here again at the end of such a way."""

    def action_help(self) -> None:
        """What the keys do."""
        from hygiene.tui.screens.help import Help  # noqa: PLC0415 - a page too

        self.app.push_screen(Help(self.visit, [*self.hints(), *self.rare_hints()]))

    def action_guides(self) -> None:
        """The guides."""
        from hygiene.tui.screens.contents import Contents  # noqa: PLC0415 - a page too

        self.app.push_screen(Contents(self.visit))


class TextPage(Page):
    """A page of sentences that scrolls, with the focus on its text."""

    AUTO_FOCUS = "#text"

    def content(self) -> ComposeResult:
        """Title and paragraphs."""
        with VerticalScroll(id="text", classes="text"):
            yield Text(self.title_text(), classes="title")
            yield from self.paragraphs()

    @abstractmethod
    def title_text(self) -> str:
        """The title."""

    @abstractmethod
    def paragraphs(self) -> ComposeResult:
        """What stands below the title."""
