"""The words that a guide leans on, and what the glossary says of them (SR-11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hygiene.guides.pieces import HEADING, Piece, pieces
from hygiene.guides.shelf import find, table

if TYPE_CHECKING:
    from hygiene.guides.page import Guide

__all__ = ["Term", "Use", "explained", "first_uses", "glossary_title"]

MARK = "*"
"""Stands behind a word that is explained at the foot, where text has no other way."""

FOOT = f"{MARK} "
"""The list marker of an explanation."""

_GLOSSARY = "glossary"
_UNMARKED = "glossary.toml"
_ENTRY = "- "
_PLURAL = "(?:s|es)?"
_QUOTED = re.compile('"[^"]*"')
"""A menu or a box as another program names it: no place for a mark of ours."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: its names as they stand there, and its explanation."""

    name: str
    text: str

    @property
    def names(self) -> list[str]:
        """Each word or phrase that means it."""
        return self.name.split(", ")


@dataclass(frozen=True, slots=True)
class Use:
    """Where a guide uses a term first: the piece of its text, and from where to where."""

    term: Term
    piece: int
    start: int
    end: int


def first_uses(guide: Guide) -> list[Use]:
    """The first use of every term in the text of `guide`, in order of reading. None in
    the glossary itself.
    """
    if guide.slug == _GLOSSARY:
        return []
    texts = [_unquoted(text) for _, text in pieces(guide.text)]
    found = (_first(term, where, texts) for term, where in _terms(guide.language))
    uses = [use for use in found if use is not None]
    return sorted(uses, key=lambda use: (use.piece, use.start))


def explained(guide: Guide) -> Iterator[Piece]:
    """The pieces of the text, each term marked where it is used first, and after them
    the explanations, under the glossary's own title.
    """
    uses = first_uses(guide)
    for at, (marker, text) in enumerate(pieces(guide.text)):
        ends = [use.end for use in uses if use.piece == at]
        yield marker, _marked(text, ends)
    if uses:
        yield HEADING, glossary_title(guide.language)
    for use in uses:
        yield FOOT, f"{use.term.name}: {use.term.text}"


def glossary_title(language: str) -> str:
    """What stands above explanations."""
    glossary = find(_GLOSSARY, language)
    return glossary.title if glossary is not None else ""


def _unquoted(text: str) -> str:
    """The text with blanks in the place of what stands in quotes."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def _marked(text: str, ends: list[int]) -> str:
    for end in sorted(ends, reverse=True):
        text = f"{text[:end]}{MARK}{text[end:]}"
    return text


def _first(term: Term, where: re.Pattern[str], texts: list[str]) -> Use | None:
    for at, text in enumerate(texts):
        if (match := where.search(text)) is not None:
            return Use(term, at, *match.span())
    return None


@cache
def _terms(language: str) -> list[tuple[Term, re.Pattern[str]]]:
    glossary = find(_GLOSSARY, language)
    if glossary is None:
        return []
    unmarked = table(_UNMARKED, language).get("unmarked", [])
    entries = (
        text.partition(": ")
        for marker, text in pieces(glossary.text)
        if marker == _ENTRY
    )
    terms = [Term(name, text) for name, _, text in entries if name not in unmarked]
    return [(term, _pattern(term)) for term in terms]


def _pattern(term: Term) -> re.Pattern[str]:
    names = "|".join(map(re.escape, term.names))
    return re.compile(rf"(?<![\w-])(?:{names}){_PLURAL}(?![\w-])", re.IGNORECASE)
