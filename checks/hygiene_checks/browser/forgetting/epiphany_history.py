"""Rows of GNOME Web's `ephy-history.db` (43; 3.4 and newer) that go with a site or with a
stretch of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Step
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser._visit_stores import STORES
from hygiene_checks.browser._visits import at
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
    there,
    update_rows,
)
from hygiene_checks.browser.forgetting.firefox_pages import EVER, bounds_of

if TYPE_CHECKING:
    from hygiene.contract import Database, Place, Span
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["Going", "clear_history", "going_of_site", "going_of_span"]


@dataclass(slots=True)
class Going:
    """Pages by id with their addresses, and visits by id with their stored times."""

    pages: dict[SqlValue, str] = field(default_factory=dict)
    visits: dict[SqlValue, float] = field(default_factory=dict)
    rows: set[SqlValue] = field(default_factory=set)
    """Pages that have no visit left."""
    hosts: set[SqlValue] = field(default_factory=set)
    """Hosts without a page."""
    lone: frozenset[str] = frozenset()
    """Names that only these hosts have."""
    everything: bool = False
    """Whether it is all of a history, with what has no time."""


def _expect(database: Database) -> None:
    STORES[Family.EPIPHANY].expect(database)
    unknown_unless(
        has_columns(database, "urls", "host", "visit_count", "last_visit_time")
        and has_columns(database, "hosts", "id", "url")
    )


def going_of_site(database: Database, naming: Naming) -> Going:
    """Every page of the site. Raises `CannotLook`."""
    _expect(database)
    going = Going()
    query = "SELECT id, substr(url, 1, 8192) FROM urls WHERE instr(lower(url), ?)"
    going.pages = {
        key: str(url)
        for key, url in database.rows(query, (naming.hint,))
        if naming.address(url)
    }
    query = "SELECT id, visit_time FROM visits"
    going.visits = {
        key: time if isinstance(time, int | float) else 0
        for key, time in rows_where_in(database, query, "url", going.pages)
    }
    going.rows = set(going.pages)
    named = keys_naming(
        database, "hosts", ("url",), naming.either, hint=naming.hint, key="id"
    )
    going.hosts = {*named, *_hosts_of(database, going.pages)}
    return going


def _hosts_of(database: Database, pages: dict[SqlValue, str]) -> set[SqlValue]:
    query = "SELECT host FROM urls"
    found = rows_where_in(database, query, "id", pages)
    return there(database, "hosts", (host for (host,) in found))


def clear_history(
    database: Database, place: Place, store: str, going: Going
) -> Iterator[Planned]:
    """Visits, pages, and hosts that no page is left of."""
    used = _used(database, going)
    steps: list[Step] = []
    if has_columns(database, "visits", "referring_visit"):
        query = "SELECT id FROM visits"
        found = rows_where_in(database, query, "referring_visit", going.visits)
        rows: dict[SqlValue, tuple[SqlValue, ...]] = {
            key: (None,) for (key,) in found if key not in going.visits
        }
        steps += update_rows(store, "visits", ("referring_visit",), rows, key="id")
    steps += delete_rows(store, "visits", going.visits, key="id")
    steps += delete_rows(store, "urls", going.rows, key="id")
    steps += _recounted(database, store, going)
    steps += delete_rows(store, "hosts", going.hosts - used, key="id")
    times = [time for each in going.visits.values() if (time := at(_micros(each)))]
    seen = {
        page
        for (page,) in rows_where_in(
            database, "SELECT DISTINCT url FROM visits", "url", going.rows
        )
    }
    yield from Part(place, Kept.PAGES, store).clearing(
        steps,
        {
            "pages": len(seen),
            "visits": len(going.visits),
            "records": len(going.rows - seen)
            or (0 if seen else len(going.hosts - used)),
        },
        first=min(times, default=None),
        last=max(times, default=None),
    )


_SECONDS = 100_000_000_000


def _micros(stored: float) -> float:
    """A stored time in microseconds; before version 3.28 or so it was in seconds."""
    return stored * 1_000_000 if stored < _SECONDS else stored


def _recounted(database: Database, store: str, going: Going) -> tuple[Step, ...]:
    """Pages that keep other visits."""
    query = "SELECT id, url, visit_time FROM visits"
    staying = {key for key in going.pages if key not in going.rows}
    left: dict[SqlValue, list[float]] = {}
    for key, page, time in rows_where_in(database, query, "url", staying):
        if key not in going.visits and isinstance(time, int | float):
            left.setdefault(page, []).append(time)
    rows: dict[SqlValue, tuple[SqlValue, ...]] = {
        page: (len(times), max(times)) for page, times in left.items()
    }
    return update_rows(
        store, "urls", ("visit_count", "last_visit_time"), rows, key="id"
    )


def going_of_span(database: Database, span: Span) -> Going:
    """The visits of that time, without those of hosts that were left out. Raises
    `CannotLook`.
    """
    _expect(database)
    first, last = bounds_of(span)
    names = SiteNames()
    going = Going(everything=(first, last) == EVER)
    found = [
        (key, page, time)
        for key, page, time in database.rows("SELECT id, url, visit_time FROM visits")
        if isinstance(time, int | float) and first <= _micros(time) <= last
    ]
    wanted = {page for _, page, _ in found}
    if going.everything:
        wanted |= _without(database, "urls", "visits", "url")
    query = "SELECT id, substr(url, 1, 8192) FROM urls"
    pages = rows_where_in(database, query, "id", wanted)
    going.pages = {
        key: str(url) for key, url in pages if names.of(url) not in span.left_out
    }
    going.visits = {key: time for key, page, time in found if page in going.pages}
    query = "SELECT id, url FROM visits"
    left = {
        page
        for key, page in rows_where_in(database, query, "url", going.pages)
        if key not in going.visits
    }
    going.rows = set(going.pages) - left
    going.hosts = _hosts_of(database, dict.fromkeys(going.rows, ""))
    hosts = {key: names.of(url) for key, url in database.rows(_HOSTS)}
    if going.everything:
        alone = _without(database, "hosts", "urls", "host")
        going.hosts |= {each for each in alone if hosts[each] not in span.left_out}
    lost = going.hosts - _used(database, going)
    kept = {host for key, host in hosts.items() if key not in lost}
    going.lone = frozenset(
        host for key in lost if (host := hosts.get(key)) and host not in kept
    )
    return going


_HOSTS = "SELECT id, url FROM hosts"


def _without(database: Database, table: str, below: str, column: str) -> set[SqlValue]:
    """Rows of a table that no row of the one below it points to."""
    query = (
        f"SELECT id FROM {table} WHERE id NOT IN"  # noqa: S608
        f" (SELECT {column} FROM {below} WHERE {column} IS NOT NULL)"
    )
    return {key for (key,) in database.rows(query)}


def _used(database: Database, going: Going) -> set[SqlValue]:
    """Those of the hosts that a page which stays is of."""
    query = "SELECT id, host FROM urls"
    rows = rows_where_in(database, query, "host", going.hosts)
    return {host for key, host in rows if key not in going.rows}
