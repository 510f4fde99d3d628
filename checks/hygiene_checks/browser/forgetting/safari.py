"""Plans for one profile of Safari: its history and downloads, and what lies beside them in
the folders `Library` of the home and of the program's container.

Tables as in published schemas of Safari 15 (`History.db`) and 14 to 16 (the others), not
tried on macOS: a column that is not known stops the plan for its store. What has no
published form goes whole, by a tick, or stays and is named.
"""

from __future__ import annotations

import plistlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    Kept,
    NotReached,
    Planned,
    ReplaceFile,
    SqlValue,
    Stays,
    Why,
)
from hygiene_checks.browser._downloads import SAFARI_LIST
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import (
    Forgetting,
    Part,
    attempt,
    in_store,
    is_there,
    place_of,
    whole,
)
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.safari_history import (
    clear_history_of_site,
    clear_history_of_span,
    is_in,
)
from hygiene_checks.browser.forgetting.webkit import (
    plan_by_hash,
    plan_by_name,
    plan_trackers,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, Site, Span
    from hygiene_checks.browser._layouts import Profile

__all__ = ["SAFARI"]

_HISTORY = "History.db"
_LOCKS = (_HISTORY, f"{_HISTORY}-shm")
"""Safari, and the service that keeps its history, hold the index of the log."""
_CONTAINER = "Library/Containers/com.apple.Safari/Data/Library"
_LARGEST = 8 << 20


def safari_place(home: Home, profile: Profile) -> Place:
    """The profile, and what is locked while it is open. Whoever is signed in to iCloud is
    taken to send the history there: what says otherwise is not in the home.
    """
    try:
        account = home.entry("Library/Preferences/MobileMeAccounts.plist")
        syncs = account is not None and bool(
            _member(home.plist(account.path), "Accounts")
        )
    except CannotLook:
        syncs = True
    return place_of(home, profile, map(profile.file, _LOCKS), syncs=syncs)


def _member(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    """Everything in the profile that keeps the site."""
    naming = Naming(site)
    store = profile.file(_HISTORY)
    history = list(
        in_store(
            home, place, store, partial(clear_history_of_site, place, store, naming)
        )
    )
    parts = [
        *_downloads(
            home, place, lambda entry: naming.address(entry.get("DownloadEntryURL"))
        ),
        *_icons(home, place, naming),
        *_rows_by_host(home, place, naming),
        *_site_data(home, place, naming),
    ]
    yield from parts
    certain = any(isinstance(each, Clearing) for each in (*parts, *history))
    yield from _tabs(home, place, naming, certain=certain)
    if certain:
        yield from _caches(home, place)
    yield from _told(home, place, naming, certain=certain)
    yield from history


def _downloads(
    home: Home, place: Place, goes: Callable[[dict[str, object]], bool]
) -> Iterator[Planned]:
    """Entries of the download list; the rest is written as it was read."""
    path = f"{place.folder}/{SAFARI_LIST}"
    part = Part(place, Kept.DOWNLOADS, path)
    return attempt(place, path, partial(_listed, home, part, goes))


def _listed(
    home: Home, part: Part, goes: Callable[[dict[str, object]], bool]
) -> Iterator[Planned]:
    if not is_there(home, part.store):
        return
    data = home.read(part.store, limit=_LARGEST)
    stored = home.plist(part.store)
    entries = _member(stored, "DownloadHistory")
    if not isinstance(stored, dict) or not isinstance(entries, list):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    left = [each for each in entries if not (isinstance(each, dict) and goes(each))]
    if number := len(entries) - len(left):
        step = ReplaceFile(
            store=part.store,
            before=sha256(data).hexdigest(),
            after=_written(
                {str(name): each for name, each in stored.items()}
                | {"DownloadHistory": left},
                data,
            ),
        )
        yield from part.clearing([step], {"downloads": number})


def _written(stored: dict[str, object], like: bytes) -> bytes:
    """A property list in the form that another one has. Raises `CannotLook`."""
    binary = like.startswith(b"bplist")
    try:
        return plistlib.dumps(
            stored,
            fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML,
            sort_keys=False,
        )
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise CannotLook(Why.UNKNOWN_FORMAT) from None


def _bookmarks(home: Home, place: Place) -> frozenset[str]:
    """Addresses in `Bookmarks.plist`, of all profiles. Raises `CannotLook`."""
    for folder in (place.folder, f"{_library(place)}/Safari"):
        path = f"{folder}/Bookmarks.plist"
        if home.entry(path) is not None:
            return frozenset(_addresses(home.plist(path), 0))
    return frozenset()


_DEEPEST = 50


def _addresses(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    if isinstance(value, dict):
        url = value.get("URLString")
        if isinstance(url, str):
            yield url
        value = value.get("Children")
    if isinstance(value, list):
        for each in value:
            yield from _addresses(each, depth + 1)


def _library(place: Place) -> str:
    """The folder `Library` that the profile lies in."""
    return place.folder.partition("/Safari")[0]


def _libraries(place: Place) -> tuple[str, ...]:
    """It, and that of the container, where newer releases keep most."""
    return tuple(dict.fromkeys((_library(place), _CONTAINER)))


def _icons(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Icons by page, in one store with a file for each."""
    store = f"{place.folder}/Favicon Cache/favicons.db"

    def plan() -> Iterable[Planned]:
        if not is_there(home, store):
            return ()
        ask = partial(_icon_rows, place, store, naming, _bookmarks(home, place))
        return home.query(store, lambda database: tuple(ask(database)))

    yield from attempt(place, store, plan)


def _icon_rows(
    place: Place,
    store: str,
    naming: Naming,
    bookmarks: frozenset[str],
    database: Database,
) -> Iterator[Planned]:
    unknown_unless(
        has_columns(database, "page_url", "url", "uuid")
        and has_columns(database, "icon_info", "uuid", "url")
    )
    pages: set[SqlValue] = set()
    candidates: set[SqlValue] = set()
    left: set[SqlValue] = set()
    for key, url, uuid in database.rows("SELECT rowid, url, uuid FROM page_url"):
        if naming.address(url) and url not in bookmarks:
            pages.add(key)
            candidates.add(uuid)
        else:
            left.add(uuid)
    named = {
        uuid
        for uuid, url in database.rows("SELECT uuid, url FROM icon_info")
        if naming.address(url)
    }
    # A file of a picture is named by a hash of the id: which one is not published.
    lost = (candidates | named) - left
    query = "SELECT uuid FROM icon_info"
    icons = [uuid for (uuid,) in rows_where_in(database, query, "uuid", lost)]
    rejected = frozenset(
        keys_naming(
            database,
            "rejected_resources",
            ("page_url", "icon_url"),
            naming.address,
            hint=naming.hint,
        )
    )
    steps = (
        *delete_rows(store, "page_url", pages),
        *delete_rows(store, "icon_info", icons, key="uuid", rows=len(icons)),
        *delete_rows(store, "rejected_resources", rejected),
    )
    yield from Part(place, Kept.ICONS, store).clearing(
        steps, {"records": len(icons) or len(pages)}
    )
    if kept := len(named & left):
        yield Stays(kept=Kept.ICONS, place=place, store=store, count=kept)


_BY_HOST = (
    ("PerSitePreferences.db", "preference_values", "domain", Kept.SITE_SETTINGS),
    (
        "Touch Icons Cache/TouchIconCacheSettings.db",
        "cache_settings",
        "host",
        Kept.ICONS,
    ),
)


def _rows_by_host(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
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


def _site_data(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """What WebKit keeps for sites, of this profile."""
    for library in _libraries(place):
        for data in _data_folders(place, library):
            for name in ("LocalStorage", "IndexedDB", "IndexedDB/v1", "Databases"):
                yield from plan_by_name(home, place, naming, f"{data}/{name}")
            yield from plan_by_hash(home, place, naming, f"{data}/Default")
            yield from plan_by_hash(home, place, naming, f"{data}/Origins")
            yield from plan_trackers(
                home, place, naming, f"{data}/ResourceLoadStatistics/observations.db"
            )
    for name in ("LocalStorage", "Databases"):
        yield from plan_by_name(home, place, naming, f"{place.folder}/{name}")


def _data_folders(place: Place, library: str) -> Iterator[str]:
    """A profile of its own has a store of its own, by its id."""
    if _is_main(place):
        yield f"{library}/WebKit/WebsiteData"
        yield f"{library}/WebKit/com.apple.Safari/WebsiteData"
    else:
        for name in {basename(place.folder), basename(place.folder).lower()}:
            yield f"{library}/WebKit/WebsiteDataStore/{name}"


def _is_main(place: Place) -> bool:
    return basename(place.folder) == "Safari"


def _tabs(
    home: Home, place: Place, naming: Naming, *, certain: bool
) -> Iterator[Planned]:
    """The windows of the last session and the tabs that were closed: partly encrypted,
    so that no tab can be taken out.
    """
    for name in ("LastSession.plist", "RecentlyClosedTabs.plist", "SafariTabs.db"):
        path = f"{place.folder}/{name}"
        try:
            holds = certain or mentions(home, path, naming)
        except CannotLook as refusal:
            yield NotReached(store=path, why=refusal.why, program=place.program)
            continue
        if holds and name.endswith(".plist"):
            yield from whole(home, place, Kept.OPEN_TABS, path)
        elif holds and home.entry(path) is not None and mentions(home, path, naming):
            yield Stays(kept=Kept.OPEN_TABS, place=place, store=path)


_CACHES = (
    *("Cache.db", "Cache.db-wal", "Cache.db-shm", "fsCachedData", "TabSnapshots"),
    *("Webpage Previews", "WebKitCache", "WebKit/NetworkCache"),
)


def _caches(home: Home, place: Place) -> Iterator[Planned]:
    for library in _libraries(place):
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


def _told(
    home: Home, place: Place, naming: Naming, *, certain: bool
) -> Iterator[Planned]:
    """What names the site and is not taken by any plan. Pictures have names that are
    hashes: whose they are cannot be told, and bookmarks show some of them.
    """
    for name in _PICTURES if certain else ():
        path = f"{place.folder}/{name}"
        yield from attempt(place, path, partial(_there, home, place, path, Kept.ICONS))
    paths = [(f"{place.folder}/{name}", kept) for name, kept in _BESIDE]
    for library in _libraries(place):
        paths += ((f"{library}/{name}", kept) for name, kept in _ELSEWHERE)
    for path, kept in paths:
        yield from attempt(
            place, path, partial(_naming, home, place, path, kept, naming)
        )
    yield from _searches(
        home, place, lambda words, _: naming.typed(words) or naming.address(words)
    )


def _naming(
    home: Home, place: Place, path: str, kept: Kept, naming: Naming
) -> Iterator[Planned]:
    if mentions(home, path, naming):
        yield Stays(kept=kept, place=place, store=path)


def _searches(
    home: Home, place: Place, wanted: Callable[[object, object], bool]
) -> Iterator[Planned]:
    """Recent searches stand among the settings, which macOS holds in its own memory."""
    for library in _libraries(place) if _is_main(place) else ():
        path = f"{library}/Preferences/com.apple.Safari.plist"
        yield from attempt(place, path, partial(_recent, home, place, path, wanted))


def _recent(
    home: Home, place: Place, path: str, wanted: Callable[[object, object], bool]
) -> Iterator[Planned]:
    if home.entry(path) is None:
        return
    recent = _member(home.plist(path), "RecentWebSearches")
    number = sum(
        wanted(_member(each, "SearchString"), _member(each, "Date"))
        for each in (recent if isinstance(recent, list) else ())
    )
    if number:
        yield Stays(kept=Kept.SEARCHES, place=place, store=path, count=number)


def plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    """What was done in the profile in that time. Stores that have no times are named."""
    store = profile.file(_HISTORY)
    yield from _downloads(home, place, lambda entry: _downloaded(entry, span))
    yield from _searches(home, place, lambda _, date: _was_then(date, span))
    history = list(
        in_store(home, place, store, partial(clear_history_of_span, place, store, span))
    )
    if any(isinstance(each, Clearing) for each in history):
        for kept, name in (
            (Kept.OPEN_TABS, "LastSession.plist"),
            (Kept.OPEN_TABS, "RecentlyClosedTabs.plist"),
            (Kept.ICONS, "Favicon Cache/favicons.db"),
        ):
            path = f"{place.folder}/{name}"
            yield from attempt(place, path, partial(_there, home, place, path, kept))
    yield from history


def _there(home: Home, place: Place, path: str, kept: Kept) -> Iterator[Planned]:
    if is_there(home, path):
        yield Stays(kept=kept, place=place, store=path)


def _was_then(date: object, span: Span) -> bool:
    """Whether a date of a property list, which has no time zone and is UTC, lies in it."""
    return isinstance(date, datetime) and is_in(
        date if date.tzinfo else date.replace(tzinfo=UTC), span
    )


def _downloaded(entry: dict[str, object], span: Span) -> bool:
    host = SiteNames().of(entry.get("DownloadEntryURL"))
    return host not in span.left_out and any(
        _was_then(entry.get(name), span)
        for name in ("DownloadEntryDateAddedKey", "DownloadEntryDateFinishedKey")
    )


SAFARI = Forgetting(place=safari_place, site=plan_site, span=plan_span)
"""Safari, each of its profiles by itself."""
