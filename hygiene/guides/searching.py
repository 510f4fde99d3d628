"""Find a guide by everyday words, with spelling mistakes.

A page is found by the words of its title, its headings and its text, and above all by
the everyday words its header lists. A word that is rare among the pages counts more. A
word that no page knows is read as the closest one that is known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from hygiene.contract.phrases import SOURCE_LANGUAGE
from hygiene.guides.page import Guide
from hygiene.guides.pieces import pieces
from hygiene.guides.shelf import contents
from hygiene.guides.stems import SHORTEST, small_stems, stems

__all__ = ["Hit", "search"]

MOST = 8
"""Guides that one search gives at most."""

_CLOSE = 0.76
_IN_WORDS, _IN_PHRASE, _IN_TITLE = 5.0, 4.0, 4.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A guide that may answer, and the line of it that fits best."""

    guide: Guide
    line: str


@dataclass(frozen=True, slots=True)
class _Page:
    guide: Guide
    weights: dict[str, float]
    phrases: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Index:
    language: str
    pages: tuple[_Page, ...]
    rarity: dict[str, float]


def search(words: str, language: str = SOURCE_LANGUAGE, most: int = MOST) -> list[Hit]:
    """The guides that fit `words` best, best first; none for no words."""
    index = _index(language)
    asked = _understood(words, index)
    if not asked:
        return []
    scored = [(_score(page, asked, index), page) for page in index.pages]
    scored.sort(key=lambda each: (-each[0], each[1].guide.number))
    return [
        Hit(page.guide, _best_line(page.guide, asked, index))
        for score, page in scored[:most]
        if score > 0
    ]


@cache
def _index(language: str) -> _Index:
    pages = tuple(
        _page(guide) for group in contents(language) for guide in group.guides
    )
    seen = Counter(stem for page in pages for stem in page.weights)
    rarity = {stem: math.log((len(pages) + 1) / count) for stem, count in seen.items()}
    return _Index(language, pages, rarity)


def _page(guide: Guide) -> _Page:
    weights: defaultdict[str, float] = defaultdict(float)
    for stem, count in Counter(stems(guide.text, guide.language)).items():
        weights[stem] += 1 + math.log(count)
    for stem in set(stems(guide.title, guide.language)):
        weights[stem] += _IN_TITLE
    phrases = tuple(frozenset(stems(each, guide.language)) for each in guide.words)
    for stem in {stem for phrase in phrases for stem in phrase}:
        weights[stem] += _IN_WORDS
    return _Page(guide, dict(weights), phrases)


def _score(page: _Page, asked: dict[str, float], index: _Index) -> float:
    score = sum(
        sure * index.rarity[stem] * page.weights.get(stem, 0.0)
        for stem, sure in asked.items()
    )
    whole = (each for each in page.phrases if each and each <= asked.keys())
    return score + _IN_PHRASE * sum(
        index.rarity[stem] for stem in frozenset().union(*whole)
    )


def _understood(words: str, index: _Index) -> dict[str, float]:
    """The stems asked for, each with how sure we are that it was meant (0 to 1)."""
    asked: dict[str, float] = {}
    for stem in stems(words, index.language):
        for known, sure in _known(stem, index):
            asked[known] = max(sure, asked.get(known, 0.0))
    return asked


def _known(stem: str, index: _Index) -> list[tuple[str, float]]:
    if stem in index.rarity:
        return [(stem, 1.0)]
    if len(stem) < SHORTEST:
        return []
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415  rarely needed

    begun = [each for each in index.rarity if each.startswith(stem)]
    if begun:
        return [(each, 0.8) for each in begun]
    known = [*index.rarity, *small_stems(index.language)]
    close = get_close_matches(stem, known, 2, _CLOSE)
    return [
        (each, SequenceMatcher(None, stem, each).ratio())
        for each in close
        if each in index.rarity and close[0] in index.rarity
    ]


def _best_line(guide: Guide, asked: dict[str, float], index: _Index) -> str:
    def fit(line: str) -> float:
        there = asked.keys() & stems(line, guide.language)
        return sum(asked[stem] * index.rarity[stem] for stem in there)

    return max((text for _, text in pieces(guide.text)), key=fit, default="")
