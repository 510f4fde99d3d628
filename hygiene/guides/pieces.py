"""The body of a guide in pieces, as every way of showing it wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hygiene.contract.untrusted import clean

__all__ = ["HEADING", "Piece", "pieces"]

Piece = tuple[str, str]
"""A marker and a text. The marker is `HEADING`, a list marker (`- `, `1. `) or empty."""

HEADING = "#"

_HEADING = re.compile(r"#+ +")
_ITEM = re.compile(r"(?P<marker>- |\d+\. )")


def pieces(body: str) -> Iterator[Piece]:
    """The headings, paragraphs and list items of a body in order, each text on one line
    and without marks.
    """
    marker, text = "", ""
    for line in [*body.splitlines(), ""]:
        heading = _HEADING.match(line)
        item = _ITEM.match(line)
        if (heading or item or not line.strip()) and text:
            yield marker, _unmarked(text)
            marker, text = "", ""
        if heading:
            yield HEADING, _unmarked(line[heading.end() :])
        elif item:
            marker, text = item["marker"], line[item.end() :]
        else:
            text = f"{text} {line.strip()}".strip()


def _unmarked(text: str) -> str:
    return clean(text.replace("**", ""), limit=len(text))
