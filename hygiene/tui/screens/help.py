"""What the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from hygiene.tui.screens.page import Text, TextPage
from hygiene.tui.widgets.hints import Hint

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.tui.visit import Visit

__all__ = ["Help"]

_EVERYWHERE = ("back", "guides", "tab", "enter", "help")


class Help(TextPage):
    """The keys of the page one came from, then those that work everywhere."""

    def __init__(self, visit: Visit, page_hints: list[Hint]) -> None:
        super().__init__(visit)
        self._page_hints = page_hints

    def title_text(self) -> str:
        """The title."""
        return self.say("screens.help.title")

    def paragraphs(self) -> ComposeResult:
        """Two tables and a sentence about leaving."""
        everywhere = [self.hint(each) for each in _EVERYWHERE]
        common = {each.key for each in everywhere}
        here = [each for each in self._page_hints if each.key not in common]
        if here:
            yield Text(self.say("screens.help.here"), classes="section")
            yield Static(_table(here))
        yield Text(self.say("screens.help.everywhere"), classes="section")
        leave = Hint(self.visit.leave_key, self.say("gate.leave"))
        yield Static(_table([leave, *everywhere]))
        yield Text(self.say("screens.help.leaving"), classes="aside")

    def hints(self) -> list[Hint]:
        """Back."""
        return [self.hint("back"), self.hint("guides")]


def _table(hints: list[Hint]) -> Content:
    """Keys in one column, what they do in the next."""
    width = max(len(each.key) for each in hints) + 3
    return Content("\n").join(
        Content.assemble((each.key.ljust(width), "bold $accent"), each.label)
        for each in hints
    )
