"""A guide as plain text: for a screen reader, a pipe, or paper."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from hygiene.guides.page import Guide
from hygiene.guides.pieces import HEADING, Piece, pieces
from hygiene.guides.terms import explained

__all__ = ["lines", "plain_text"]

WIDTH = 72


def plain_text(guide: Guide, width: int = WIDTH) -> str:
    """The title, the text with its terms explained, and where to read more, in lines of
    at most `width` characters (a longer word stands alone on its line). Only printable
    characters and newlines.
    """
    title = (HEADING, guide.title)
    more = pieces(guide.body.removeprefix(guide.text))
    return "\n".join(lines([title, *explained(guide), *more], width)) + "\n"


def lines(all_pieces: Iterable[Piece], width: int = WIDTH) -> list[str]:
    """The pieces as wrapped lines, with a blank one wherever a list does not go on."""
    laid: list[str] = []
    before = ""
    for written, text in all_pieces:
        marker = "" if written == HEADING else written
        if laid and not _same_list(before, marker):
            laid.append("")
        laid += _wrapped(text, marker, width)
        before = marker
    return laid


def _same_list(before: str, marker: str) -> bool:
    return bool(before and marker) and before[0].isdigit() is marker[0].isdigit()


def _wrapped(text: str, marker: str, width: int) -> list[str]:
    return wrap(
        text,
        width=max(width, len(marker) + 1),
        initial_indent=marker,
        subsequent_indent=" " * len(marker),
        break_long_words=False,
        break_on_hyphens=False,
    )
