"""What this program leaves behind on this system (SR-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.report import left_behind
from hygiene.tui.screens.page import Text, TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["LeftBehind"]


class LeftBehind(TextPage):
    """What can be cleared, what nobody can hide, what the program prevents."""

    def title_text(self) -> str:
        """The title."""
        return self.say("left.title")

    def paragraphs(self) -> ComposeResult:
        """Each mark as a section, with its lines."""
        yield Text(self.say("left.intro"))
        platform = self.visit.looking_at.platform
        for mark, sentences in left_behind.told(platform, self.words):
            yield Text(mark, classes="section")
            for each in sentences:
                yield Text(each)
