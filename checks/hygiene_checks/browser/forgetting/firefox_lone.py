"""Rows of hosts that no page is left of, in stores that say when: what a redirect was seen
of, and settings of pages (Firefox 153, `bounce-tracking-protection.sqlite` schema 1,
`content-prefs.sqlite` schema 6).

A row goes when its host is gone from the history and its own time lies in the stretch of
time. One of which only the host or only the time speaks for it stays and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Stays
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import Part, in_store
from hygiene_checks.browser.forgetting._rows import delete_rows
from hygiene_checks.browser.forgetting.firefox_rows import (
    PAGE_SETTINGS,
    clear_page_settings,
    expect_page_settings,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = ["plan_lone_hosts"]

_BOUNCES = "bounce-tracking-protection.sqlite"
_SECOND = 1_000_000


def plan_lone_hosts(home: Home, place: Place, going: Going) -> Iterator[Planned]:
    """Rows of these hosts in both stores."""
    for name, ask in ((_BOUNCES, _bounces), (PAGE_SETTINGS, _settings)):
        store = f"{place.folder}/{name}"
        yield from in_store(home, place, store, partial(ask, place, store, going))


def _bounces(
    place: Place, store: str, going: Going, database: Database
) -> Iterator[Planned]:
    """By the domain above the host, in microseconds since 1970."""
    unknown_unless(has_columns(database, "sites", "siteHost", "timeStamp"))
    gone: set[SqlValue] = set()
    stay = 0
    for key, host, time in database.rows(
        "SELECT rowid, siteHost, timeStamp FROM sites"
    ):
        lost, then = going.loses(str(host)), going.was_then(time)
        if lost and then:
            gone.add(key)
        stay += lost != then
    yield from Part(place, Kept.CONNECTIONS, store).clearing(
        delete_rows(store, "sites", gone), {"records": len(gone)}
    )
    if stay:
        yield Stays(kept=Kept.CONNECTIONS, place=place, store=store, count=stay)


def _settings(
    place: Place, store: str, going: Going, database: Database
) -> Iterator[Planned]:
    """By the host itself, in seconds since 1970; a host all of whose settings are of
    that time loses them.
    """
    expect_page_settings(database)
    unknown_unless(has_columns(database, "prefs", "timestamp"))
    query = (
        "SELECT g.id, g.name, p.timestamp FROM groups g"
        " LEFT JOIN prefs p ON p.groupID = g.id"
    )
    gone: set[SqlValue] = set()
    partly: set[SqlValue] = set()
    for group, host, time in database.rows(query):
        lost = going.loses(str(host))
        then = isinstance(time, int | float) and going.was_then(time * _SECOND)
        if lost and (then or time is None):
            # Without any setting the row only names its host.
            gone.add(group)
        elif lost or then:
            partly.add(group)
    yield from clear_page_settings(place, store, gone - partly, database)
    if partly:
        yield Stays(
            kept=Kept.SITE_SETTINGS, place=place, store=store, count=len(partly)
        )
