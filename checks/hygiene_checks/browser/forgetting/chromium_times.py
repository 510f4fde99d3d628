"""Which pages, visits and downloads of Chromium's `History` belong to a stretch of time.
Schema 70 (Chromium 156) and older.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Span
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._naming import NamingVisited
from hygiene_checks.browser.forgetting._rows import as_id, first_columns, rows_where_in
from hygiene_checks.browser.forgetting.chromium_going import Going
from hygiene_checks.browser.forgetting.chromium_pages import (
    ADDRESSES,
    HISTORY,
    STORE,
    History,
    Seen,
    clearings_of,
    numbers,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue

__all__ = ["history_of_span"]


def history_of_span(
    home: Home, place: Place, span: Span, name: str = HISTORY
) -> History:
    """What was visited in a stretch of time. Raises `CannotLook`."""
    store = f"{place.folder}/{name}"
    if home.entry(store) is None:
        return History(NamingVisited())
    return home.query(store, partial(_of_span, place, store, span))


def _of_span(place: Place, store: str, span: Span, database: Database) -> History:
    STORE.expect(database)
    within = _within(span)
    left_out = _Hosts(span.left_out)
    seen = _visits_within(database, within, left_out)
    partly = _kept_pages(database, within, seen)
    pages = seen.pages - partly
    if within is None:
        pages |= _without_visits(database, left_out)
    names = _naming(database, pages, span.left_out, everything=within is None)
    going = Going(
        pages=frozenset(pages),
        visits=frozenset(seen.ids),
        downloads=frozenset(_downloads_within(database, span, left_out)),
        times=frozenset(seen.times),
        partly=frozenset(partly),
        names=names.address,
    )
    return History(names, tuple(clearings_of(place, store, database, going, seen)))


class _Hosts:
    """Tells addresses of hosts that the person left out."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts
        self._names = SiteNames()

    def __bool__(self) -> bool:
        return bool(self._hosts)

    def __contains__(self, address: object) -> bool:
        return self._names.of(address) in self._hosts


_WEBKIT = datetime(1601, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST = 1 << 62


def _stored(at: datetime) -> int:
    return (at - _WEBKIT) // _MICROSECOND


def _within(span: Span) -> tuple[int, int] | None:
    """The bounds of visits as stored, both included; None for all time."""
    if span.start is None and span.end is None:
        return None
    return (
        0 if span.start is None else _stored(span.start),
        _LATEST if span.end is None else _stored(span.end),
    )


def _visits_within(
    database: Database, within: tuple[int, int] | None, left_out: _Hosts
) -> Seen:
    seen = Seen()
    where = "" if within is None else "WHERE visit_time BETWEEN ? AND ?"
    query = f"SELECT id, visit_time, url FROM visits {where}"
    for row in database.rows(query, within or ()):
        seen.take(*row)
    out = _pages_left_out(database, seen, left_out) if left_out else set()
    if not out:
        return seen
    kept = Seen()
    for visit, time, page in database.rows(query, within or ()):
        if page not in out:
            kept.take(visit, time, page)
    return kept


def _pages_left_out(database: Database, seen: Seen, left_out: _Hosts) -> set[SqlValue]:
    rows = rows_where_in(database, "SELECT id, url FROM urls", "id", seen.pages)
    return {page for page, url in rows if url in left_out}


_FEW = 20_000


def _kept_pages(
    database: Database, within: tuple[int, int] | None, seen: Seen
) -> set[int]:
    """Pages of these visits that have visits at other times, too."""
    if within is None:
        return set()
    if len(seen.pages) > _FEW:
        outside = "(visit_time BETWEEN ? AND ?) IS NOT TRUE"
        query = f"SELECT DISTINCT url FROM visits WHERE {outside}"
        return seen.pages.intersection(row[0] for row in database.rows(query, within))
    select = "SELECT url, id FROM visits"
    rows = rows_where_in(database, select, "url", seen.pages)
    return numbers(page for page, visit in rows if visit not in seen.ids)


def _without_visits(database: Database, left_out: _Hosts) -> set[int]:
    query = "SELECT id, url FROM urls WHERE id NOT IN (SELECT url FROM visits)"
    return numbers(
        page
        for page, url in database.rows(query)
        if not left_out or url not in left_out
    )


def _naming(
    database: Database, pages: set[int], left_out: frozenset[str], *, everything: bool
) -> NamingVisited:
    """How other stores name the pages that go, and the sites and searches that no page
    that stays has; a host that was left out may have no page in this history. Raises
    `CannotLook` for ids of another kind.
    """
    names = SiteNames()
    gone: set[str] = set()
    hosts: tuple[set[str], set[str]] = (set(), set())
    for page, url in database.rows("SELECT id, url FROM urls"):
        goes = as_id(page) in pages
        if goes and url and isinstance(url, str):
            gone.add(url)
        host = names.of(url)
        if host is not None:
            hosts[goes].add(host)
    terms = _terms(database, pages)
    return NamingVisited(
        pages=gone,
        seen=hosts[True] - hosts[False],
        kept=hosts[False] | left_out,
        terms=terms[True] - terms[False],
        kept_terms=terms[False],
        everything=everything,
    )


def _terms(database: Database, pages: set[int]) -> tuple[set[str], set[str]]:
    """Words that were searched for: of pages that stay, and of those that go."""
    terms: tuple[set[str], set[str]] = (set(), set())
    columns = first_columns(
        database, "keyword_search_terms", "normalized_term", "lower_term", "term"
    )
    if columns:
        query = f"SELECT url_id, {columns[0]} FROM keyword_search_terms"
        for page, term in database.rows(query):
            if isinstance(term, str):
                terms[page in pages].add(term.strip().lower())
    return terms


def _downloads_within(database: Database, span: Span, left_out: _Hosts) -> set[int]:
    """Downloads that were begun in that time. Before schema 24 or so the time was
    counted in seconds since 1970.
    """
    if not has_columns(database, "downloads", "id", "start_time"):
        return set()
    columns = first_columns(database, "downloads", "id", "start_time", *ADDRESSES)
    query = f"SELECT {', '.join(columns)} FROM downloads"
    found = set()
    for number, time, *addresses in database.rows(query):
        old = isinstance(time, int) and time < _SECONDS
        at = moment(time, Clock.SECONDS if old else Clock.WEBKIT)
        if _is_within(at, span) and not (
            left_out and any(each in left_out for each in addresses)
        ):
            found.add(number)
    return numbers(found)


_SECONDS = 10**11
"""As a number of seconds, the year 5138; in microseconds since 1601, its second day."""


def _is_within(at: datetime | None, span: Span) -> bool:
    if at is None:
        return span.start is None and span.end is None
    return (span.start is None or at >= span.start) and (
        span.end is None or at <= span.end
    )
