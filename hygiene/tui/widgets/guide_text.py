"""The text of a guide, wrapped, with places that were found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from hygiene.guides.plain import pieces
from hygiene.tui.widgets.laid_out import LaidOut

if TYPE_CHECKING:
    from hygiene.guides import Guide

__all__ = ["GuideText"]

_HEADING = re.compile(r"#+ +(?P<text>.+)")
_FOUND = "underline bold"
_HERE = "reverse"


class GuideText(LaidOut):
    """Headings, paragraphs and lists. Lines are wrapped here, not by the widget below,
    so that a place that was found has a line to scroll to.
    """

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._pieces = list(pieces(guide.text))
        self._headings = {
            match["text"].replace("**", "").strip()
            for line in guide.text.splitlines()
            if (match := _HEADING.match(line))
        }
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
        for marker, text in self._pieces:
            if not (marker and listed):
                lines.append(Content(""))
            lines += self._wrapped(marker, text, width)
            listed = bool(marker)
        self._found = []
        if self._wanted:
            lines = [self._underlined(at, line) for at, line in enumerate(lines)]
        return lines[1:]

    def _wrapped(self, marker: str, text: str, width: int) -> list[Content]:
        style = "bold $accent" if not marker and text in self._headings else ""
        wrapped = Content.styled(text, style).wrap(max(10, width - len(marker)))
        bullet = marker.replace("- ", "• ")
        return [
            Content(bullet if not at else " " * len(marker)) + line
            for at, line in enumerate(wrapped)
        ]

    def _underlined(self, at: int, line: Content) -> Content:
        for match in re.finditer(re.escape(self._wanted), line.plain, re.IGNORECASE):
            here = len(self._found) == self._at
            style = f"{_FOUND} {_HERE}" if here else _FOUND
            # The first line of the list is a blank one that is not shown.
            self._found.append(at - 1)
            line = line.stylize(style, *match.span())
        return line
