"""Which pages, visits and downloads of Chromium's `History` are to go: those of one site,
or those of a stretch of time. Schema 70 (Chromium 156) and older.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Clearing, Kept, Span
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser._visit_stores import STORES
from hygiene_checks.browser.forgetting._bytes import mentioned_in
from hygiene_checks.browser.forgetting._naming import Names, Naming, NamingVisited
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import (
    first_columns,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.chromium_going import Going
from hygiene_checks.browser.forgetting.chromium_history import history_steps

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue

__all__ = ["HISTORY", "History", "history_of_site", "history_of_span"]

HISTORY = "History"
_STORE = STORES[Family.CHROMIUM]


@dataclass(frozen=True, slots=True)
class History:
    """What one `History` says: the clearings in it, and how other stores tell the same.
    `mentions` counts pages of other sites in whose address the name only stands.
    """

    names: Names
    clearings: tuple[Clearing, ...] = ()
    mentions: int = 0


@dataclass(slots=True)
class _Seen:
    """Visits that go."""

    ids: set[int] = field(default_factory=set)
    times: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    def take(self, visit: SqlValue, time: SqlValue, page: SqlValue) -> None:
        """One visit."""
        if isinstance(visit, int) and isinstance(page, int):
            self.ids.add(visit)
            self.pages.add(page)
            if isinstance(time, int):
                self.times.add(time)


def history_of_site(home: Home, place: Place, names: Naming) -> History:
    """What names a site in the history of a place. Raises `CannotLook`."""
    store = f"{place.folder}/{HISTORY}"
    if home.entry(store) is None:
        return History(names)
    return home.query(store, partial(_of_site, place, store, names))


def _of_site(place: Place, store: str, names: Naming, database: Database) -> History:
    _STORE.expect(database)
    own = _numbers(
        keys_naming(
            database, "urls", ("url",), names.address, hint=names.hint, key="id"
        )
    )
    pages = own | _searches_for(database, names)
    seen = _Seen()
    select = "SELECT id, visit_time, url FROM visits"
    for row in rows_where_in(database, select, "url", pages):
        seen.take(*row)
    going = Going(
        pages=frozenset(pages),
        visits=frozenset(seen.ids),
        downloads=frozenset(_downloads_of(database, names)),
        times=frozenset(seen.times),
        partly=frozenset(seen.pages - pages),
        names=names.address,
        hint=names.hint,
    )
    mentions = _mentions(database, names, pages)
    clearings = _clearings(place, store, database, going, seen)
    return History(names, tuple(clearings), mentions)


def _mentions(database: Database, names: Naming, pages: set[int]) -> int:
    """Pages of other sites whose address or title has the site's whole name in it, such
    as the results of a search for it that was not typed.
    """
    query = (
        "SELECT id, url, title FROM urls"
        " WHERE instr(lower(url), ?) OR instr(lower(title), ?)"
    )
    return sum(
        page not in pages
        and any(
            isinstance(each, str)
            and mentioned_in(each.encode("utf-8", "ignore"), names)
            for each in texts
        )
        for page, *texts in database.rows(query, (names.hint,) * 2)
    )


def _numbers(values: Iterable[SqlValue]) -> set[int]:
    return {each for each in values if isinstance(each, int)}


def _searches_for(database: Database, names: Names) -> set[int]:
    """Pages of results for the site's own name, typed as a search."""
    found = keys_naming(
        database,
        "keyword_search_terms",
        ("term", "lower_term", "normalized_term"),
        names.typed,
        hint=names.typed_hint,
        key="url_id",
    )
    return _numbers(found)


_ADDRESSES = (
    "referrer",
    "site_url",
    "tab_url",
    "tab_referrer_url",
    "url",
    "by_web_app_id",
)


def _downloads_of(database: Database, names: Names) -> set[int]:
    """Downloads from there, or that were begun on a page there."""
    find = partial(keys_naming, database, hint=names.hint, key="id")
    found = _numbers(find("downloads", _ADDRESSES, names.address))
    return found | _numbers(find("downloads_url_chains", ("url",), names.address))


def _clearings(
    place: Place, store: str, database: Database, going: Going, seen: _Seen
) -> Iterator[Clearing]:
    """Downloads and searches first, then the pages they are found by."""
    steps = history_steps(store, database, going)
    first, last = _bounds(seen.times)
    yield from Part(place, Kept.DOWNLOADS, store).clearing(
        steps.downloads, {"downloads": len(going.downloads)}
    )
    yield from Part(place, Kept.SEARCHES, store).clearing(
        steps.searches, {"searches": steps.searched}, first=first, last=last
    )
    pages, visits = len(seen.pages), len(seen.ids)
    records = 0 if pages else len(going.pages) + steps.records
    yield from Part(place, Kept.PAGES, store).clearing(
        steps.pages,
        {"pages": pages, "visits": visits, "records": records},
        first=first,
        last=last,
    )


def _bounds(times: set[int]) -> tuple[datetime | None, datetime | None]:
    if not times:
        return None, None
    first, last = min(times), max(times)
    if moment(first, Clock.WEBKIT) is None:
        first = min((each for each in times if moment(each, Clock.WEBKIT)), default=0)
    return moment(first, Clock.WEBKIT), moment(last, Clock.WEBKIT)


def history_of_span(home: Home, place: Place, span: Span) -> History:
    """What was visited in a stretch of time. Raises `CannotLook`."""
    store = f"{place.folder}/{HISTORY}"
    if home.entry(store) is None:
        return History(NamingVisited())
    return home.query(store, partial(_of_span, place, store, span))


def _of_span(place: Place, store: str, span: Span, database: Database) -> History:
    _STORE.expect(database)
    within = _within(span)
    left_out = _Hosts(span.left_out)
    seen = _visits_within(database, within, left_out)
    partly = _kept_pages(database, within, seen)
    pages = seen.pages - partly
    if within is None:
        pages |= _without_visits(database, left_out)
    names = _naming(database, pages, everything=within is None)
    going = Going(
        pages=frozenset(pages),
        visits=frozenset(seen.ids),
        downloads=frozenset(_downloads_within(database, span, left_out)),
        times=frozenset(seen.times),
        partly=frozenset(partly),
        names=names.address,
    )
    return History(names, tuple(_clearings(place, store, database, going, seen)))


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
) -> _Seen:
    seen = _Seen()
    where = "" if within is None else "WHERE visit_time BETWEEN ? AND ?"
    query = f"SELECT id, visit_time, url FROM visits {where}"
    for row in database.rows(query, within or ()):
        seen.take(*row)
    out = _pages_left_out(database, seen, left_out) if left_out else set()
    if not out:
        return seen
    kept = _Seen()
    for visit, time, page in database.rows(query, within or ()):
        if page not in out:
            kept.take(visit, time, page)
    return kept


def _pages_left_out(database: Database, seen: _Seen, left_out: _Hosts) -> set[SqlValue]:
    rows = rows_where_in(database, "SELECT id, url FROM urls", "id", seen.pages)
    return {page for page, url in rows if url in left_out}


_FEW = 20_000


def _kept_pages(
    database: Database, within: tuple[int, int] | None, seen: _Seen
) -> set[int]:
    """Pages of these visits that have visits at other times, too."""
    if within is None:
        return set()
    if len(seen.pages) > _FEW:
        outside = "(visit_time BETWEEN ? AND ?) IS NOT TRUE"
        query = f"SELECT DISTINCT url FROM visits WHERE {outside}"
        return _numbers(row[0] for row in database.rows(query, within)) & seen.pages
    select = "SELECT url, id FROM visits"
    rows = rows_where_in(database, select, "url", seen.pages)
    return _numbers(page for page, visit in rows if visit not in seen.ids)


def _without_visits(database: Database, left_out: _Hosts) -> set[int]:
    query = "SELECT id, url FROM urls WHERE id NOT IN (SELECT url FROM visits)"
    return _numbers(
        page
        for page, url in database.rows(query)
        if not left_out or url not in left_out
    )


def _naming(database: Database, pages: set[int], *, everything: bool) -> NamingVisited:
    """How other stores name the pages that go, and the sites and searches that no page
    that stays has.
    """
    names = SiteNames()
    gone: set[str] = set()
    hosts: tuple[set[str], set[str]] = (set(), set())
    for page, url in database.rows("SELECT id, url FROM urls"):
        goes = page in pages
        if goes and isinstance(url, str):
            gone.add(url)
        host = names.of(url)
        if host is not None:
            hosts[goes].add(host)
    terms = _terms(database, pages)
    return NamingVisited(
        pages=gone,
        seen=hosts[True] - hosts[False],
        kept=hosts[False],
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
    columns = first_columns(database, "downloads", "id", "start_time", *_ADDRESSES)
    query = f"SELECT {', '.join(columns)} FROM downloads"
    found = set()
    for number, time, *addresses in database.rows(query):
        old = isinstance(time, int) and time < _SECONDS
        at = moment(time, Clock.SECONDS if old else Clock.WEBKIT)
        if _is_within(at, span) and not (
            left_out and any(each in left_out for each in addresses)
        ):
            found.add(number)
    return _numbers(found)


_SECONDS = 10**11
"""As a number of seconds, the year 5138; in microseconds since 1601, its second day."""


def _is_within(at: datetime | None, span: Span) -> bool:
    if at is None:
        return span.start is None and span.end is None
    return (span.start is None or at >= span.start) and (
        span.end is None or at <= span.end
    )
