"""A guide as plain text: for a screen reader, a pipe, or paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from hygiene.contract.untrusted import clean
from hygiene.guides.page import Guide

__all__ = ["pieces", "plain_text"]

WIDTH = 72

_HEADING = re.compile(r"#+ +")
_ITEM = re.compile(r"(?P<marker>- |\d+\. )")


def plain_text(guide: Guide, width: int = WIDTH) -> str:
    """The title and the body in lines of at most `width` characters (a longer word
    stands alone on its line). Only printable characters and newlines.
    """
    lines = [*_wrapped(guide.title, "", width)]
    before = ""
    for marker, text in pieces(guide.body):
        if not _same_list(before, marker):
            lines.append("")
        lines += _wrapped(text, marker, width)
        before = marker
    return "\n".join(lines) + "\n"


def pieces(body: str) -> Iterator[tuple[str, str]]:
    """The headings, paragraphs and list items of a body in order, each as its list
    marker (empty for the first two) and its text on one line, without marks.
    """
    marker, text = "", ""
    for line in [*body.splitlines(), ""]:
        heading = _HEADING.match(line)
        item = _ITEM.match(line)
        if (heading or item or not line.strip()) and text:
            yield marker, _unmarked(text)
            marker, text = "", ""
        if heading:
            yield "", _unmarked(line[heading.end() :])
        elif item:
            marker, text = item["marker"], line[item.end() :]
        else:
            text = f"{text} {line.strip()}".strip()


def _same_list(before: str, marker: str) -> bool:
    return bool(before and marker) and before[0].isdigit() is marker[0].isdigit()


def _unmarked(text: str) -> str:
    return clean(text.replace("**", ""), limit=len(text))


def _wrapped(text: str, marker: str, width: int) -> list[str]:
    return wrap(
        text,
        width=max(width, len(marker) + 1),
        initial_indent=marker,
        subsequent_indent=" " * len(marker),
        break_long_words=False,
        break_on_hyphens=False,
    )
