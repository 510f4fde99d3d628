"""Which pages and visits of `places.sqlite` go, and those of one stretch of time. Columns
as in Firefox 3.5 (schema 9) to 153 (86).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from hygiene.contract import SqlValue
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._naming import with_domains
from hygiene_checks.browser.forgetting._rows import as_id, rows_where_in

if TYPE_CHECKING:
    from hygiene.contract import Database, Span

__all__ = [
    "ADDRESS",
    "EVER",
    "Going",
    "Page",
    "bookmarked",
    "bound_pages",
    "bounds_of",
    "expect_places",
    "going_of_span",
    "pages_at",
]

ADDRESS = "substr(url, 1, 8192)"
"""An address in SQL: longer ones than a browser takes are cut."""

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
EVER = (-(1 << 62), 1 << 62)
"""The bounds of all time."""
_NOT_COUNTED = frozenset((0, 4, 7, 8, 9))
"""Kinds of visits that `visit_count` leaves out: embedded, download, framed, reload."""


@dataclass(frozen=True, slots=True)
class Page:
    """One row of `moz_places` some of whose visits go, or which goes itself. The visits
    that it keeps are `left` (those that are counted), the last of them at `last`
    (microseconds since 1970, None without any). `bound` pages are bookmarked or have
    something else of the person's that needs the row.
    """

    url: str
    bound: bool
    visited: bool = False
    remains: bool = False
    left: int = 0
    last: int | None = None

    @property
    def goes(self) -> bool:
        """Whether the row itself goes."""
        return not self.bound and not self.remains


@dataclass(frozen=True)
class Going:
    """What goes: pages by id, and visits by id with their times. `bookmarked` are the
    addresses of all bookmarks. Of a stretch of time, `span` is its start and end in
    microseconds since 1970, `lone_hosts` are hosts without any page left, and
    `kept_hosts` those that have one or were left out. Of a site, `mentions` counts the pages of others in
    whose address or title its name stands, and `told` has those of which a column names
    it.
    """

    pages: Mapping[int, Page]
    visits: Mapping[int, int]
    bookmarked: frozenset[str]
    span: tuple[int, int] | None = None
    lone_hosts: frozenset[str] = frozenset()
    kept_hosts: frozenset[str] = frozenset()
    mentions: int = 0
    told: Mapping[str, frozenset[SqlValue]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> frozenset[int]:
        """Ids of the pages whose rows go."""
        return frozenset(key for key, page in self.pages.items() if page.goes)

    @cached_property
    def emptied(self) -> frozenset[int]:
        """Ids of the pages that have no visit left, bookmarked ones too."""
        return frozenset(key for key, page in self.pages.items() if not page.remains)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Addresses of the pages that have no visit left, bookmarked ones too."""
        return frozenset(page.url for page in self.pages.values() if not page.remains)

    @property
    def everything(self) -> bool:
        """Whether it is all of a history, with what has no time."""
        return self.span == EVER

    @cached_property
    def _lone_domains(self) -> frozenset[str]:
        return with_domains(self.lone_hosts)

    @cached_property
    def _kept_domains(self) -> frozenset[str]:
        return with_domains(self.kept_hosts)

    def loses(self, host: str) -> bool:
        """Whether a host, or the domain above one, goes with all that is below it."""
        return (
            self.everything or host in self._lone_domains
        ) and host not in self._kept_domains

    def was_then(self, time: SqlValue) -> bool:
        """Whether a moment in microseconds since 1970 lies in the stretch of time."""
        if self.span is None or not isinstance(time, int | float):
            return False
        first, last = self.span
        return first <= time <= last


def expect_places(database: Database) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` unless the store is Firefox's."""
    unknown_unless(
        has_columns(
            database, "moz_places", "id", "url", "rev_host", "visit_count", "typed"
        )
        and has_columns(
            database,
            *("moz_historyvisits", "id", "place_id", "from_visit"),
            *("visit_date", "visit_type"),
        )
        and has_columns(database, "moz_bookmarks", "id", "fk")
    )


def bounds_of(span: Span) -> tuple[int, int]:
    """The first and last microsecond since 1970 of a stretch of time."""
    microsecond = timedelta(microseconds=1)
    first, last = EVER
    if span.start is not None:
        first = (span.start - _UNIX) // microsecond
    if span.end is not None:
        last = (span.end - _UNIX) // microsecond
    return first, last


def going_of_span(database: Database, span: Span) -> Going:
    """The visits of that time, without those of hosts that were left out. Raises
    `CannotLook`.
    """
    expect_places(database)
    bounds = bounds_of(span)
    query = (
        "SELECT id, place_id, visit_date FROM moz_historyvisits"
        " WHERE visit_date >= ? AND visit_date <= ?"
    )
    found = [
        (as_id(visit), as_id(page), time)
        for visit, page, time in database.rows(query, bounds)
        if isinstance(time, int)
    ]
    visited = {page for _, page, _ in found}
    wanted = visited | (_unvisited(database) if bounds == EVER else set())
    urls = _addresses(database, wanted, span.left_out)
    visits = {visit: time for visit, page, time in found if page in urls}
    left = _left(database, urls, visits)
    bound = bound_pages(database, urls)
    pages = {
        key: Page(
            url,
            bound=key in bound,
            visited=key in visited,
            remains=key in left,
            left=left[key][0] if key in left else 0,
            last=left[key][1] if key in left else None,
        )
        for key, url in urls.items()
    }
    gone = {key: page.url for key, page in pages.items() if page.goes}
    lone, kept = _hosts(database, gone)
    return Going(
        pages,
        visits,
        bookmarked(database),
        span=bounds,
        lone_hosts=lone,
        kept_hosts=kept | span.left_out,
    )


def _hosts(
    database: Database, gone: Mapping[int, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Hosts that no other row is of, and all others. Ports do not count in `rev_host`."""
    names = SiteNames()
    hosts = {host for url in gone.values() if (host := names.of(url))}
    query = "SELECT id, rev_host FROM moz_places"
    mirrored = {f"{host[::-1]}." for host in hosts}
    left = {
        str(name)
        for key, name in rows_where_in(database, query, "rev_host", mirrored)
        if key not in gone
    }
    lone = frozenset(host for host in hosts if f"{host[::-1]}." not in left)
    query = "SELECT DISTINCT rev_host FROM moz_places WHERE rev_host <> ''"
    every = {str(name)[::-1].removeprefix(".") for (name,) in database.rows(query)}
    return lone, frozenset(every - lone)


def bookmarked(database: Database) -> frozenset[str]:
    """Addresses of all bookmarks."""
    query = (
        f"SELECT {ADDRESS} FROM moz_places"  # noqa: S608
        " WHERE id IN (SELECT fk FROM moz_bookmarks)"
    )
    return frozenset(str(url) for (url,) in database.rows(query))


def pages_at(database: Database, addresses: Collection[str]) -> frozenset[str]:
    """Those of the addresses that there is a row of, bookmarked or visited."""
    query = "SELECT url FROM moz_places"
    rows = rows_where_in(database, query, "url", addresses)
    return frozenset(str(url) for (url,) in rows)


def _unvisited(database: Database) -> set[int]:
    """Rows without a visit: of all of a history, they are a part."""
    query = (
        "SELECT id FROM moz_places"
        " WHERE id NOT IN"
        " (SELECT place_id FROM moz_historyvisits WHERE place_id IS NOT NULL)"
    )
    return {as_id(key) for (key,) in database.rows(query)}


def _addresses(
    database: Database, keys: Iterable[int], left_out: frozenset[str]
) -> dict[int, str]:
    names = SiteNames()
    query = f"SELECT id, {ADDRESS} FROM moz_places"  # noqa: S608
    return {
        as_id(key): url
        for key, url in rows_where_in(database, query, "id", keys)
        if isinstance(url, str) and names.of(url) not in left_out
    }


def _left(
    database: Database, urls: Iterable[int], going: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    """Of the pages that keep visits: how many are counted, and when the last one was."""
    query = "SELECT id, place_id, visit_date, visit_type FROM moz_historyvisits"
    left: dict[int, tuple[int, int]] = {}
    for visit, page, time, kind in rows_where_in(database, query, "place_id", urls):
        if visit in going or not isinstance(page, int):
            continue
        number, last = left.get(page, (0, 0))
        at = time if isinstance(time, int) else 0
        left[page] = number + (kind not in _NOT_COUNTED), max(last, at)
    return left


def bound_pages(database: Database, urls: Iterable[int]) -> set[SqlValue]:
    """Pages whose row something of the person's needs: a bookmark, or what else
    `foreign_count` counts. A keyword alone goes with its page.
    """
    keys = tuple(urls)
    query = "SELECT DISTINCT fk FROM moz_bookmarks"
    bound = {fk for (fk,) in rows_where_in(database, query, "fk", keys)}
    if not has_columns(database, "moz_places", "foreign_count"):
        return bound
    keywords: dict[SqlValue, int] = {}
    if has_columns(database, "moz_keywords", "place_id"):
        query = "SELECT place_id FROM moz_keywords"
        for (page,) in rows_where_in(database, query, "place_id", keys):
            keywords[page] = keywords.get(page, 0) + 1
    query = "SELECT id, foreign_count FROM moz_places"
    for key, count in rows_where_in(database, query, "id", keys):
        if isinstance(count, int) and count > keywords.get(key, 0):
            bound.add(key)
    return bound
