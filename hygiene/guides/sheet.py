"""A guide on paper: for a printer, with room to write by hand.

It holds nothing of the person who prints it, and nothing in it opens or fetches.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from hygiene.contract.phrases import Phrases
from hygiene.guides.notes import notes
from hygiene.guides.pieces import HEADING
from hygiene.guides.plain import lines
from hygiene.guides.terms import explained

if TYPE_CHECKING:
    from hygiene.guides.page import Guide
    from hygiene.guides.pieces import Piece

__all__ = ["KINDS", "html_sheet", "sheet", "text_sheet"]

_ROWS = 8
_NAME, _NUMBER = "_" * 34, "_" * 34
_ROOM = "____"
"""What a guide's own text has where it leaves room to write."""

# Black on white in the printer's own fonts; the margin fits A4 and Letter alike.
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
@page {{ margin: 18mm; }}
body {{ font: 12pt/1.4 serif; color: #000; background: #fff; max-width: 42em; \
margin: 1em auto; padding: 0 1em; }}
h1 {{ font-size: 20pt; margin: 0 0 .3em; }}
h2 {{ font-size: 14pt; margin: 1.2em 0 .3em; break-after: avoid; }}
p, ul, ol {{ margin: .4em 0; }}
li {{ break-inside: avoid; }}
.small {{ font-size: 10pt; }}
.room {{ break-inside: avoid; }}
.row {{ display: flex; gap: 2em; }}
.row span {{ flex: 1; height: 2.2em; border-bottom: 1px solid #000; }}
@media print {{ body {{ margin: 0; padding: 0; max-width: none; }} }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def sheet(guide: Guide, kind: str, language: str) -> str:
    """The sheet of `guide` in one of `KINDS`, told to someone who speaks `language`."""
    return KINDS[kind](guide, language)


def text_sheet(guide: Guide, language: str) -> str:
    """The sheet as lines of text."""
    words = Phrases("hygiene", language)
    top_lines = _top(guide, words, language)
    top = lines([(HEADING, guide.title), *(("", each) for each in top_lines)])
    blocks = [top, lines(explained(guide))]
    if _needs_room(guide):
        rows = [each for _ in range(_ROWS) for each in (f"{_NAME}    {_NUMBER}", "")]
        blocks.append([words.say("sheet.numbers"), "", *rows])
    blocks.append(lines(("", each) for each in _foot(words)))
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def html_sheet(guide: Guide, language: str) -> str:
    """The sheet as one page for a browser. Its window's title names no guide: browsers
    keep titles.
    """
    words = Phrases("hygiene", language)
    parts = [
        _element("h1", guide.title),
        *(_element("p", each, "small") for each in _top(guide, words, language)),
        *_elements(explained(guide)),
    ]
    if _needs_room(guide):
        rows = "\n".join(['<div class="row"><span></span><span></span></div>'] * _ROWS)
        title = _element("h2", words.say("sheet.numbers"))
        parts.append(f'<div class="room">\n{title}\n{rows}\n</div>')
    parts += [_element("p", each, "small") for each in _foot(words)]
    return _PAGE.format(
        language=guide.language,
        title=html.escape(words.say("sheet.title")),
        body="\n".join(parts),
    )


KINDS = {".txt": text_sheet, ".html": html_sheet}
"""By how the file's name ends."""


def _top(guide: Guide, words: Phrases, language: str) -> list[str]:
    day = guide.reviewed_on
    month = words.say(f"month.{day.month}")
    reviewed = words.say("sheet.reviewed", day=day.day, month=month, year=day.year)
    return [reviewed, *map(words.say, notes(guide, language))]


def _foot(words: Phrases) -> list[str]:
    return [words.say("disclaimer.general"), words.say("disclaimer.review")]


def _needs_room(guide: Guide) -> bool:
    return _ROOM not in guide.text


def _elements(all_pieces: Iterator[Piece]) -> Iterator[str]:
    for kind, group in groupby(all_pieces, key=lambda piece: _list_of(piece[0])):
        if not kind:
            for marker, text in group:
                yield _element("h2" if marker == HEADING else "p", text)
        else:
            points = "\n".join(_element("li", text) for _, text in group)
            yield f"<{kind}>\n{points}\n</{kind}>"


def _list_of(marker: str) -> str:
    if marker in {"", HEADING}:
        return ""
    return "ol" if marker[0].isdigit() else "ul"


def _element(name: str, text: str, kind: str = "") -> str:
    opening = f'{name} class="{kind}"' if kind else name
    return f"<{opening}>{html.escape(text)}</{name}>"
