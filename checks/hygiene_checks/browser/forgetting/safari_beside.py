"""What lies beside the history of Safari: settings of pages, site data, tabs, caches; and
what names the site and stays. Tables as in published schemas of Safari 14 to 16.

What has no published form goes whole, by a tick, or stays and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, NotReached, Planned, Stays
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._planning import (
    Part,
    attempt,
    in_store,
    named_if_there,
    whole,
)
from hygiene_checks.browser.forgetting._rows import delete_rows, keys_naming
from hygiene_checks.browser.forgetting.safari_folders import data_folders, libraries
from hygiene_checks.browser.forgetting.safari_icons import FILE as ICONS
from hygiene_checks.browser.forgetting.webkit import (
    plan_by_hash,
    plan_by_name,
    plan_trackers,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = [
    "name_what_has_no_time",
    "plan_caches",
    "plan_rows_by_host",
    "plan_site_data",
    "plan_tabs",
    "tell_of_site",
]

_BY_HOST = (
    ("PerSitePreferences.db", "preference_values", "domain", Kept.SITE_SETTINGS),
    (
        "Touch Icons Cache/TouchIconCacheSettings.db",
        "cache_settings",
        "host",
        Kept.ICONS,
    ),
)


def plan_rows_by_host(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Rows of small tables with a host in each."""
    for name, table, column, kept in _BY_HOST:
        part = Part(place, kept, f"{place.folder}/{name}")
        ask = partial(_by_host, part, table, column, naming)
        yield from in_store(home, place, part.store, ask)


def _by_host(
    part: Part, table: str, column: str, naming: Naming, database: Database
) -> Iterator[Planned]:
    unknown_unless(has_columns(database, table, column))
    found = frozenset(
        keys_naming(database, table, (column,), naming.either, hint=naming.hint)
    )
    yield from part.clearing(
        delete_rows(part.store, table, found), {"records": len(found)}
    )


def plan_site_data(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """What WebKit keeps for sites, of this profile."""
    for library in libraries(place):
        ask = partial(_site_data, home, place, naming, library)
        yield from attempt(place, f"{library}/WebKit", ask)
    for name in ("LocalStorage", "Databases"):
        yield from plan_by_name(home, place, naming, f"{place.folder}/{name}")


def _site_data(
    home: Home, place: Place, naming: Naming, library: str
) -> Iterator[Planned]:
    for data in data_folders(home, place, library):
        for name in ("LocalStorage", "IndexedDB", "IndexedDB/v1", "Databases"):
            yield from plan_by_name(home, place, naming, f"{data}/{name}")
        yield from plan_by_hash(home, place, naming, f"{data}/Default")
        yield from plan_by_hash(home, place, naming, f"{data}/Origins")
        yield from plan_trackers(
            home, place, naming, f"{data}/ResourceLoadStatistics/observations.db"
        )


_SESSIONS = ("LastSession.plist", "RecentlyClosedTabs.plist")
_TABS = "SafariTabs.db"


def plan_tabs(
    home: Home, place: Place, naming: Naming, *, certain: bool
) -> Iterator[Planned]:
    """The windows of the last session and the tabs that were closed: partly encrypted,
    so that no tab can be taken out.
    """
    for name in (*_SESSIONS, _TABS):
        path = f"{place.folder}/{name}"
        try:
            holds = certain or mentions(home, path, naming)
        except CannotLook as refusal:
            yield NotReached(store=path, why=refusal.why, program=place.program)
            continue
        if holds and name in _SESSIONS:
            yield from whole(home, place, Kept.OPEN_TABS, path)
        elif holds and home.entry(path) is not None and mentions(home, path, naming):
            yield Stays(kept=Kept.OPEN_TABS, place=place, store=path)


_CACHES = (
    *("Cache.db", "Cache.db-wal", "Cache.db-shm", "fsCachedData", "TabSnapshots"),
    *("Webpage Previews", "WebKitCache", "WebKit/NetworkCache"),
)


def plan_caches(home: Home, place: Place) -> Iterator[Planned]:
    """Caches of all profiles: they go whole."""
    for library in libraries(place):
        for name in _CACHES:
            path = f"{library}/Caches/com.apple.Safari/{name}"
            yield from whole(home, place, Kept.CACHE, path)


_PICTURES = ("Touch Icons Cache/Images", "Favicon Cache/favicons")
_ELSEWHERE = (
    ("Cookies/Cookies.binarycookies", Kept.COOKIES),
    ("Cookies/HSTS.plist", Kept.CONNECTIONS),
)
_BESIDE = (
    ("CloudTabs.db", Kept.SYNC),
    ("TopSites.plist", Kept.TOP_SITES),
    ("Bookmarks.plist", Kept.BOOKMARKS),
    ("UserNotificationPermissions.plist", Kept.SITE_SETTINGS),
    ("Form Values", Kept.FORM_WORDS),
    ("AutoFillCorrections.db", Kept.FORM_WORDS),
)


def tell_of_site(
    home: Home, place: Place, naming: Naming, *, certain: bool
) -> Iterator[Planned]:
    """What names the site and is not taken by any plan. Pictures have names that are
    hashes: whose they are cannot be told, and bookmarks show some of them.
    """
    for name in _PICTURES if certain else ():
        path = f"{place.folder}/{name}"
        yield from named_if_there(home, place, Kept.ICONS, path)
    paths = [(f"{place.folder}/{name}", kept) for name, kept in _BESIDE]
    for library in libraries(place):
        paths += ((f"{library}/{name}", kept) for name, kept in _ELSEWHERE)
    for path, kept in paths:
        yield from attempt(
            place, path, partial(_naming, home, place, path, kept, naming)
        )


def _naming(
    home: Home, place: Place, path: str, kept: Kept, naming: Naming
) -> Iterator[Planned]:
    if mentions(home, path, naming):
        yield Stays(kept=kept, place=place, store=path)


_WITHOUT_TIME = (
    *((Kept.OPEN_TABS, name) for name in (*_SESSIONS, _TABS)),
    (Kept.ICONS, ICONS),
)


def name_what_has_no_time(home: Home, place: Place) -> Iterator[Planned]:
    """Stores of which nothing can be taken by time."""
    for kept, name in _WITHOUT_TIME:
        yield from named_if_there(home, place, kept, f"{place.folder}/{name}")
    for library in libraries(place):
        for kept, name in (
            (Kept.COOKIES, "Cookies/Cookies.binarycookies"),
            (Kept.CACHE, "Caches/com.apple.Safari/Cache.db"),
        ):
            yield from named_if_there(home, place, kept, f"{library}/{name}")
        ask = partial(_named_site_data, home, place, library)
        yield from attempt(place, f"{library}/WebKit", ask)


def _named_site_data(home: Home, place: Place, library: str) -> Iterator[Planned]:
    for data in data_folders(home, place, library):
        yield from named_if_there(home, place, Kept.SITE_DATA, data)
