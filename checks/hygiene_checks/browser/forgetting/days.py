"""What a person could pick from: the sites of a stretch of time, and the days on which a
history has visits.
"""

# Every name that stands in a query comes from our own table of stores.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from hygiene.contract import CannotLook, Trace, Untrusted
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser._visit_stores import STORES, VisitStore
from hygiene_checks.browser._visits import at, visits_kept

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Span, SqlValue

__all__ = ["days_of", "sites_of"]

Answer = TypeVar("Answer")


def _histories(home: Home, store: str | None) -> Iterator[tuple[VisitStore, str]]:
    """Every history of the home with its path, or the one at `store`."""
    for profile in profiles(home):
        if isinstance(profile, Profile) and profile.browser.family in STORES:
            kind = STORES[profile.browser.family]
            path = profile.file(kind.file)
            if store in (None, path):
                yield kind, path


@dataclass(slots=True)
class _Seen:
    """Pages and visits of one site, or of one day; times in microseconds since 1970."""

    pages: set[SqlValue] = field(default_factory=set)
    first: int | None = None
    last: int = 0

    def take(self, page: SqlValue, first: int, last: int) -> None:
        """One page, with visits from `first` to `last`."""
        self.pages.add(page)
        self.first = first if self.first is None else min(self.first, first)
        self.last = max(self.last, last)

    def trace(self, name: str, kind: str) -> Trace:
        """The site or day, with the number of its pages."""
        return Trace(
            key=name,
            label=Untrusted(name),
            kind=kind,
            count=len(self.pages),
            first=at(self.first),
            last=at(self.last),
        )


def sites_of(home: Home, span: Span) -> Iterator[Trace]:
    """The sites that were visited in that time, by name, each address counted once even
    if several browsers have it, as in a sitting. What cannot be read is missing: a plan
    for the same time names it.
    """
    sites: dict[str, _Seen] = {}
    for kind, path in _histories(home, span.store):
        for site, url, first, last in _ask(home, path, partial(_pages_in, kind, span)):
            if site not in span.left_out:
                sites.setdefault(site, _Seen()).take(url, first, last)
    for name, seen in sorted(sites.items()):
        yield seen.trace(name, "site")


_Visited: TypeAlias = "tuple[str, SqlValue, int, int]"
"""A site, an address there, and the first and the last visit of it."""


def _pages_in(kind: VisitStore, span: Span, database: Database) -> list[_Visited]:
    kind.expect(database)
    low, high = _bounds(kind, span)
    query = (
        f"SELECT v.{kind.visited}, min({kind.when}), max({kind.when})"
        f" FROM {kind.visits} v WHERE {kind.valid} AND {kind.when} BETWEEN ? AND ?"
        f" GROUP BY 1"
    )
    times = {
        page: (kind.microseconds(first), kind.microseconds(last))
        for page, first, last in database.rows(query, (*kind.bounds, low, high))
        if isinstance(first, int | float) and isinstance(last, int | float)
    }
    names = SiteNames()
    pages = database.rows(f"SELECT {kind.page_id}, url FROM {kind.pages}")
    visited = ((names.of(url), url, page) for page, url in pages if page in times)
    return [(site, url, *times[page]) for site, url, page in visited if site]


_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ALWAYS = 1 << 62


def _bounds(kind: VisitStore, span: Span) -> tuple[float, float]:
    """The ends of the time as stored; whole numbers where the store has such."""
    return (
        -_ALWAYS if span.start is None else _stored(kind, span.start, 0),
        _ALWAYS if span.end is None else _stored(kind, span.end, 1),
    )


def _stored(kind: VisitStore, moment: datetime, after: int) -> float:
    """A moment as stored. `after` takes what a moment cannot show to the last one."""
    microseconds = (moment - _UNIX) // _MICROSECOND - kind.epoch
    if kind.unit == 1:
        return microseconds
    return (microseconds + after) / kind.unit


def days_of(home: Home, store: str) -> Iterator[Trace]:
    """The days of this computer's time zone on which that history has visits, newest
    first. Nothing where it cannot be read.
    """
    for kind, path in _histories(home, store):
        for name, seen in reversed(_ask(home, path, partial(_days, kind))):
            yield seen.trace(name, "day")


def _days(kind: VisitStore, database: Database) -> list[tuple[str, _Seen]]:
    kind.expect(database)
    query = (
        f"SELECT {kind.when}, v.{kind.visited} FROM {kind.visits} v"
        f" WHERE {kind.valid} AND {visits_kept(kind, database)} ORDER BY 1"
    )
    days: list[tuple[str, _Seen]] = []
    ends = -1
    for stored, page in database.rows(query, kind.bounds):
        if isinstance(stored, int | float):
            time = kind.microseconds(stored)
            if time >= ends:
                name, ends = _day_of(time)
                days.append((name, _Seen()))
            days[-1][1].take(page, time, time)
    return days


def _day_of(microseconds: int) -> tuple[str, int]:
    """The local day of a moment, and the moment at which the next one begins."""
    day = (_UNIX + microseconds * _MICROSECOND).astimezone().date()
    following = day + timedelta(days=1)
    begins = datetime(following.year, following.month, following.day).astimezone()
    return day.isoformat(), (begins - _UNIX) // _MICROSECOND


def _ask(
    home: Home, path: str, ask: Callable[[Database], list[Answer]]
) -> list[Answer]:
    """What a history answers; nothing where there is none or it cannot be read."""
    try:
        return [] if home.entry(path) is None else home.query(path, ask)
    except CannotLook:
        return []
