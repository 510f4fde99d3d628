"""Long lines, broken between words where the terminal ends."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO
from unicodedata import east_asian_width

__all__ = ["fitted", "line_width"]

_LIST = re.compile(r"\s*(?:(?:\d+\.|[-*\u2022])\s+)?")
"""What stands before the first word of a row."""
_KEY = re.compile(r"(?:^|(?<=\. ))(\S|/\w+) (?=\S)")
"""A key at the start of a line or a sentence: `x Leave now.`"""
_TIE, _SECOND_CELL = "\x01", "\x02"
"""Stand for a space that ends no line, and for the second half of a wide character:
no text that is shown holds them.
"""


def fitted(text: str, stream: TextIO | None = None) -> str:
    """The text as it is best printed on `stream` (standard output): on a terminal each
    line is broken between words, elsewhere none is. Rows of a list stay behind their
    number, a key stays with what it does, and a word longer than a line stays whole.
    """
    width = line_width(stream)
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _broken(line, width))


def line_width(stream: TextIO | None = None) -> int | None:
    """Characters that fit on a line of `stream` (standard output); None where that is
    no terminal, or one that does not know its size. The last column stays free, because
    some consoles go on to the next line as soon as it is filled.
    """
    stream = stream or sys.stdout
    if not stream.isatty():
        return None
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return None
    return columns - 1 if columns > 1 else None


def _broken(line: str, width: int) -> list[str]:
    from textwrap import wrap  # noqa: PLC0415 - only where there is a terminal

    found = _LIST.match(line)
    before = found[0] if found else ""
    whole = before.replace(" ", _TIE) + _KEY.sub(rf"\1{_TIE}", line[len(before) :])
    parts = wrap(
        "".join(map(_cells, whole)),
        width,
        subsequent_indent=" " * len(before),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [each.replace(_TIE, " ").replace(_SECOND_CELL, "") for each in parts] or [""]


def _cells(character: str) -> str:
    wide = east_asian_width(character) in {"W", "F"}
    return character + _SECOND_CELL if wide else character
