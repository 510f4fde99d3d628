"""Find a guide by everyday words, with spelling mistakes.

A page is found by the words of its title, its headings and its text, and above all by
the everyday words its header lists. A word that is rare among the pages counts more. A
word that no page knows is read as the closest one that is known.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hygiene.contract.phrases import SOURCE_LANGUAGE
from hygiene.guides.page import Guide
from hygiene.guides.plain import pieces
from hygiene.guides.shelf import contents

__all__ = ["Hit", "search"]

MOST = 8
"""Guides that one search gives at most."""

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "y", "e")
_SHORTEST_STEM = 3
_CLOSE = 0.76
_IN_WORDS, _IN_PHRASE, _IN_TITLE = 5.0, 4.0, 4.0
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """
        a all am an and any are as at be been but by can cannot could did do does for
        from had has have he her him his how i if in into is it its me my no not of off
        on or our out own she so somebody someone that the their them there they this to
        up us was we what when where which who why will with would you your
        """,
    )
)
"""Words that say nothing about what is asked."""


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
    return _Index(pages, rarity)


def _page(guide: Guide) -> _Page:
    weights: defaultdict[str, float] = defaultdict(float)
    for stem, count in Counter(_stems(guide.text)).items():
        weights[stem] += 1 + math.log(count)
    for stem in set(_stems(guide.title)):
        weights[stem] += _IN_TITLE
    phrases = tuple(frozenset(_stems(each)) for each in guide.words)
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
    for stem in _stems(words):
        for known, sure in _known(stem, index):
            asked[known] = max(sure, asked.get(known, 0.0))
    return asked


def _known(stem: str, index: _Index) -> list[tuple[str, float]]:
    if stem in index.rarity:
        return [(stem, 1.0)]
    if len(stem) < _SHORTEST_STEM:
        return []
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415  rarely needed

    begun = [each for each in index.rarity if each.startswith(stem)]
    if begun:
        return [(each, 0.8) for each in begun]
    close = get_close_matches(stem, [*index.rarity, *_small_stems()], 2, _CLOSE)
    return [
        (each, SequenceMatcher(None, stem, each).ratio())
        for each in close
        if each in index.rarity and close[0] in index.rarity
    ]


def _best_line(guide: Guide, asked: dict[str, float], index: _Index) -> str:
    def fit(line: str) -> float:
        return sum(
            asked[stem] * index.rarity[stem] for stem in set(_stems(line)) & set(asked)
        )

    return max((text for _, text in pieces(guide.text)), key=fit, default="")


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if word not in _SMALL:
            yield _stem(word)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _stem_of_rest(word[: -len(ending)])
    return word


def _stem_of_rest(rest: str) -> str:
    """`messag` from message, messages and messaging alike; `typ` from type and typed."""
    return rest[:-1] if rest.endswith("e") and len(rest) > _SHORTEST_STEM else rest


@cache
def _small_stems() -> frozenset[str]:
    return frozenset(_stem(each) for each in _SMALL)
