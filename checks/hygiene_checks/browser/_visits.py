"""What a history store holds: pages, sites, visits, sittings and when."""

# Every name that stands in a query comes from our own table of stores.
# ruff: noqa: S608
from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from hygiene.contract import CannotLook, Database, Home, Trace, Untrusted, Why
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._bounded import MOST
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._pages import NOWHERE, Pages, SiteNumbers
from hygiene_checks.browser._sql import count_rows
from hygiene_checks.browser._stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from hygiene_checks.browser._visit_stores import VisitStore

__all__ = ["SITTING_GAP", "at", "count_visits", "list_sites", "visits_kept"]

SITTING_GAP = 30 * 60 * 1_000_000
"""Microseconds: a longer pause between two visits begins a new sitting."""


def at(microseconds: float | None) -> datetime | None:
    """Microseconds since 1970 as a moment."""
    return moment(microseconds, Clock.MICROSECONDS)


def count_visits(store: VisitStore, home: Home, path: str) -> Stock:
    """Count a store: `pages`, `visits`, `sites`, `sittings` and perhaps `downloads`.
    Raises `CannotLook`.
    """
    return home.query(path, partial(_count, store))


def _count(store: VisitStore, database: Database) -> Stock:
    store.expect(database)
    kept = visits_kept(store, database)
    pages, sites = _pages_and_sites(store, database)
    sittings, first, last = _sittings(store, database, kept)
    counts = {
        "sites": sites,
        "pages": pages,
        "visits": count_rows(database, f"{store.visits} v", kept),
        "sittings": sittings,
        **store.downloads(database),
    }
    return Stock(counts, at(first), at(last))


def visits_kept(store: VisitStore, database: Database) -> str:
    """In SQL, that the page of a visit `v` is still there. Where every page is, this
    asks nothing, so that an index alone can tell the times.
    """
    kept = f"+v.{store.visited} IN (SELECT {store.page_id} FROM {store.pages})"
    lost = count_rows(database, f"{store.visits} v", f"({kept}) IS NOT TRUE")
    return kept if lost else "1"


def _pages_and_sites(store: VisitStore, database: Database) -> tuple[int, int]:
    query = (
        f"SELECT url FROM {store.pages}"
        f" WHERE {store.page_id} IN (SELECT {store.visited} FROM {store.visits})"
    )
    names, sites, pages = SiteNames(), set(), 0
    for (url,) in database.rows(query):
        pages += 1
        sites.add(names.of(url))
        if len(sites) > MOST:
            raise CannotLook(Why.TOO_LARGE)
    return pages, len(sites - {None})


def _sittings(
    store: VisitStore, database: Database, kept: str
) -> tuple[int, int | None, int | None]:
    """How many, and the first and last visit in microseconds since 1970."""
    query = (
        f"SELECT {store.when} FROM {store.visits} v"
        f" WHERE {store.valid} AND {kept} ORDER BY 1"
    )
    # The bounds let nothing pass but numbers.
    rows = cast("Iterator[tuple[float]]", database.rows(query, store.bounds))
    earliest = next(rows, None)
    if earliest is None:
        return 0, None, None
    (first,) = (last,) = earliest
    sittings, gap = 1, SITTING_GAP / store.unit
    for (time,) in rows:
        if time - last > gap:
            sittings += 1
        last = time
    return sittings, store.microseconds(first), store.microseconds(last)


def list_sites(store: VisitStore, home: Home, path: str) -> Iterable[Trace]:
    """Each site with its number of visits, by name. Raises `CannotLook`."""
    return home.query(path, partial(_sites, store))


def _sites(store: VisitStore, database: Database) -> list[Trace]:
    store.expect(database)
    numbers = SiteNumbers()
    pages = Pages(store, database, numbers)
    sites = [_Site(name) for name in numbers.names()]
    query = f"SELECT v.{store.visited}, {store.when} FROM {store.visits} v"
    earliest, latest = store.bounds
    for page, time in database.rows(query):
        place = pages.place(page)
        if place is None or pages.sites[place] == NOWHERE:
            continue
        site = sites[pages.sites[place]]
        site.visits += 1
        if isinstance(time, int | float) and earliest < time < latest:
            site.see(time)
    visited = sorted(
        (each for each in sites if each.visits), key=lambda each: each.name
    )
    return [each.trace(store) for each in visited]


@dataclass(slots=True)
class _Site:
    """What the visits of one site add up to; times as stored."""

    name: str
    visits: int = 0
    first: float | None = None
    last: float | None = None

    def see(self, time: float) -> None:
        """One visit was at this time."""
        if self.first is None or time < self.first:
            self.first = time
        if self.last is None or time > self.last:
            self.last = time

    def trace(self, store: VisitStore) -> Trace:
        """The site as something left behind."""
        first, last = (
            None if stored is None else at(store.microseconds(stored))
            for stored in (self.first, self.last)
        )
        return Trace(
            key=self.name,
            label=Untrusted(self.name),
            kind="site",
            count=self.visits,
            first=first,
            last=last,
        )
