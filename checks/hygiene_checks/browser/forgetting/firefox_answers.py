"""Pages in a session document of Firefox that its history never had: answers to forms that
were sent, pages that did not load (Firefox 153 keeps neither in `places.sqlite`).

An entry has no time of its own. Entries of a tab stand in the order in which they were
opened; the tab knows when it was last shown (`lastAccessed`) and closed (`closedAt`, of
the closed tab or window around it), in milliseconds since 1970.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from hygiene.contract import Json
from hygiene_checks.browser.forgetting.firefox_pages import EVER

if TYPE_CHECKING:
    from hygiene_checks.browser.forgetting.firefox_gone import SpanGone

__all__ = ["opened_then"]

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Tab:
    """Addresses in order; moments in microseconds since 1970, None where unknown."""

    addresses: tuple[str, ...]
    shown: float | None
    ended: float | None


class _When(Enum):
    THEN = "then"
    PERHAPS = "perhaps"
    BEFORE = "before"


def opened_then(
    document: Json,
    gone: SpanGone,
    span: tuple[int, int],
    known: Callable[[Collection[str]], Collection[str]],
) -> tuple[frozenset[str], int]:
    """Addresses of such pages that were opened in the stretch of time (microseconds since
    1970) wherever they stand; and how many others may have been. `known` says which
    addresses the history has.
    """
    tabs = tuple(_tabs(document, None, 0))
    asked = {each for tab in tabs for each in tab.addresses if gone.may_go(each)}
    unknown = asked.difference(known(asked)) if asked else asked
    found = Counter(
        (each, when)
        for tab in tabs
        for each, when in zip(tab.addresses, _whens(tab, gone, span), strict=True)
        if each in unknown
    )
    sure = {
        each
        for each in unknown
        if not any(found[each, when] for when in (_When.PERHAPS, _When.BEFORE))
    }
    perhaps = sum(
        number
        for (each, when), number in found.items()
        if each not in sure and when is not _When.BEFORE
    )
    return frozenset(sure), perhaps


def _whens(tab: _Tab, gone: SpanGone, span: tuple[int, int]) -> Iterator[_When]:
    """When each page was opened: by the pages before and behind it, and by when the tab
    was last in use.
    """
    first, last = span
    before = tab.shown is not None and tab.shown < first
    ended = last == EVER[1] or (tab.ended is not None and tab.ended <= last)
    visited = [
        place for place, each in enumerate(tab.addresses) if gone.was_visited(each)
    ]
    earliest, latest = (
        (visited[0], visited[-1]) if visited else (len(tab.addresses), -1)
    )
    for place in range(len(tab.addresses)):
        begun = first == EVER[0] or earliest < place
        over = ended or place < latest
        if before:
            yield _When.BEFORE
        else:
            yield _When.THEN if begun and over else _When.PERHAPS


def _tabs(node: Json, closed: float | None, depth: int) -> Iterator[_Tab]:
    """Every tab of the document, wherever it stands: what has `entries`."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        closed = _moment(node.get("closedAt")) or closed
        entries = node.get("entries")
        if isinstance(entries, list):
            shown = _moment(node.get("lastAccessed"))
            urls = tuple(
                str(each.get("url")) for each in entries if isinstance(each, dict)
            )
            yield _Tab(urls, shown or closed, closed or shown)
    for each in _below(node):
        yield from _tabs(each, closed, depth + 1)


def _below(node: Json) -> Iterable[Json]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _moment(stored: Json) -> float | None:
    return stored * 1000 if isinstance(stored, int | float) and stored else None
