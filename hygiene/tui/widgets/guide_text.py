"""The text of a guide, wrapped, with places that were found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from hygiene.guides.pieces import HEADING, pieces
from hygiene.guides.terms import first_uses
from hygiene.tui.widgets.laid_out import LaidOut

if TYPE_CHECKING:
    from hygiene.guides import Guide

__all__ = ["GuideText"]

_TERM = "underline"
_FOUND = "underline bold"
_HERE = "reverse"


class GuideText(LaidOut):
    """Headings, paragraphs and lists; a term of the glossary is underlined where it is
    used first. Lines are wrapped here, not by the widget below, so that a place that was
    found has a line to scroll to.
    """

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._pieces = list(pieces(guide.text))
        self._terms = first_uses(guide)
        self._wanted = ""
        self._at = 0
        self._found: list[int] = []

    def find(self, text: str) -> int:
        """Underline where `text` stands, whatever its case; return how often."""
        self._wanted = text.strip()
        self._at = 0
        return self._look()

    def go(self, step: int) -> int | None:
        """Go on among the places that were found, round the end; return the line."""
        if not self._found:
            return None
        self._at = (self._at + step) % len(self._found)
        self._look()
        return self._found[self._at]

    def _look(self) -> int:
        self.lay_anew()
        self.render()
        return len(self._found)

    def lay(self, width: int) -> list[Content]:
        """Wrapped, with what was found underlined."""
        lines: list[Content] = []
        listed = False
        for at, (written, text) in enumerate(self._pieces):
            marker = "" if written == HEADING else written
            if not (marker and listed):
                lines.append(Content(""))
            style = "bold $accent" if written == HEADING else ""
            content = self._termed(at, Content.styled(text, style))
            lines += _wrapped(content, marker, width)
            listed = bool(marker)
        self._found = []
        if self._wanted:
            lines = [self._underlined(at, line) for at, line in enumerate(lines)]
        return lines[1:]

    def _termed(self, at: int, content: Content) -> Content:
        for use in self._terms:
            if use.piece == at:
                content = content.stylize(_TERM, use.start, use.end)
        return content

    def _underlined(self, at: int, line: Content) -> Content:
        for match in re.finditer(re.escape(self._wanted), line.plain, re.IGNORECASE):
            here = len(self._found) == self._at
            style = f"{_FOUND} {_HERE}" if here else _FOUND
            # The first line of the list is a blank one that is not shown.
            self._found.append(at - 1)
            line = line.stylize(style, *match.span())
        return line


def _wrapped(content: Content, marker: str, width: int) -> list[Content]:
    bullet = marker.replace("- ", "• ")
    return [
        Content(bullet if not at else " " * len(marker)) + line
        for at, line in enumerate(content.wrap(max(10, width - len(marker))))
    ]
