"""Plans for one profile of GNOME Web (43; the same layout from 3.4 on): its history, and
what WebKit keeps for sites beside it and in the cache folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    Kept,
    Kind,
    NotReached,
    Planned,
    Stays,
)
from hygiene_checks.browser._hosts import SiteNames, host_of
from hygiene_checks.browser._sql import unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._naming import Naming, inside
from hygiene_checks.browser.forgetting._planning import (
    Forgetting,
    Part,
    attempt,
    in_store,
    is_there,
    named_if_there,
    place_of,
    whole,
)
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    keys_naming,
)
from hygiene_checks.browser.forgetting.epiphany_history import (
    Going,
    clear_history,
    going_of_site,
    going_of_span,
)
from hygiene_checks.browser.forgetting.epiphany_session import plan_session
from hygiene_checks.browser.forgetting.firefox_rows import plan_cookies
from hygiene_checks.browser.forgetting.webkit import (
    plan_by_hash,
    plan_by_name,
    plan_trackers,
)
from hygiene_checks.browser.forgetting.webkit_icons import clear_icons

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, Site, Span
    from hygiene_checks.browser._layouts import Profile

__all__ = ["EPIPHANY"]

_HISTORY = "ephy-history.db"
_LOCKS = (
    _HISTORY,
    f"{_HISTORY}-shm",
    "itp/observations.db-shm",
    "cookies.sqlite",
    "cookies.sqlite-shm",
)
"""GNOME Web has no lock of its own: what a running one holds are logs of SQLite."""
_BY_NAME = (
    "localstorage",
    "databases",
    "databases/indexeddb/v1",
    "databases/indexeddb/v0",
)
_TRACKERS = ("itp/observations.db", "ResourceLoadStatistics/observations.db")
_CACHES = ("WebKitCache", "thumbnails", "serviceworkers", "CacheStorage")
_BOOKMARKS = "bookmarks.gvdb"
_LARGEST = 16 << 20


def epiphany_place(home: Home, profile: Profile) -> Place:
    """The profile, and what is locked while it is open."""
    synced = profile.file("ephy-sync-service.ini")
    try:
        syncs = is_there(home, synced)
    except CannotLook:
        syncs = True
    return place_of(home, profile, map(profile.file, _LOCKS), syncs=syncs)


def _caches_of(home: Home, folder: str) -> Iterator[str]:
    """The profile's folder and its twin below the cache folder. Raises `CannotLook`."""
    yield folder
    name = basename(folder)
    patterns = [f"{{cache}}/{name}"]
    if folder.startswith(".var/app/"):
        patterns.append(f"{'/'.join(folder.split('/')[:3])}/cache/{name}")
    for pattern in patterns:
        for entry in home.find(pattern):
            if entry.why is not None:
                raise CannotLook(entry.why)
            if entry.kind is Kind.FOLDER:
                yield entry.path


def plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    """Everything in the profile that keeps the site."""
    naming = Naming(site)
    bookmarks = _Bookmarks(home, profile.file(_BOOKMARKS))
    history = list(
        in_store(
            home,
            place,
            profile.file(_HISTORY),
            partial(_history_of_site, profile.file(_HISTORY), place, naming),
        )
    )
    parts = [*plan_session(home, place, naming.address)]
    try:
        for folder in _caches_of(home, profile.folder):
            parts += _beside(home, place, naming, folder, bookmarks)
    except CannotLook as refusal:
        missed = NotReached(
            store=profile.folder, why=refusal.why, program=place.program
        )
        parts.append(missed)
    parts += plan_cookies(home, place, naming)
    yield from parts
    if any(isinstance(each, Clearing) for each in (*parts, *history)):
        yield from attempt(place, profile.folder, partial(_caches, home, place))
    yield from bookmarks.told(place, naming)
    yield from history


def _history_of_site(
    store: str, place: Place, naming: Naming, database: Database
) -> Iterator[Planned]:
    going = going_of_site(database, naming)
    return clear_history(database, place, store, going)


def _caches(home: Home, place: Place) -> Iterator[Planned]:
    for folder in _caches_of(home, place.folder):
        for name in _CACHES:
            yield from whole(home, place, Kept.CACHE, f"{folder}/{name}")


class _Bookmarks:
    """The bookmarks of a profile, in GVariant's own format: addresses stand in it as they
    are, each between zeros.
    """

    def __init__(self, home: Home, path: str) -> None:
        self._home = home
        self._path = path
        self._data: bytes | None = None

    def has(self, address: str) -> bool:
        """Whether an address stands there. Raises `CannotLook`."""
        if self._data is None:
            there = self._home.entry(self._path) is not None
            self._data = self._home.read(self._path, limit=_LARGEST) if there else b""
        return address.encode("utf-8", "surrogateescape") in self._data

    def told(self, place: Place, naming: Naming) -> Iterator[Planned]:
        """That the site stands among the bookmarks."""

        def plan() -> Iterator[Planned]:
            if mentions(self._home, self._path, naming):
                yield Stays(kept=Kept.BOOKMARKS, place=place, store=self._path)

        return attempt(place, self._path, plan)


def _beside(
    home: Home, place: Place, naming: Naming, folder: str, bookmarks: _Bookmarks
) -> Iterator[Planned]:
    """What WebKit keeps in the profile's folder or in its twin."""
    for name in _BY_NAME:
        yield from plan_by_name(home, place, naming, f"{folder}/{name}")
    yield from plan_by_hash(home, place, naming, f"{folder}/storage")
    for name in _TRACKERS:
        yield from plan_trackers(home, place, naming, f"{folder}/{name}")
    store = f"{folder}/hsts-storage.sqlite"
    yield from in_store(home, place, store, partial(_strict, store, place, naming))
    store = f"{folder}/icondatabase/WebpageIcons.db"
    ask = partial(
        clear_icons,
        part=Part(place, Kept.ICONS, store),
        page=naming.address,
        icon=naming.address,
        bookmarked=bookmarks.has,
    )
    yield from in_store(home, place, store, ask)


def _strict(
    store: str, place: Place, naming: Naming, database: Database
) -> Iterator[Planned]:
    """Hosts that are to be asked for over TLS only (libsoup 3)."""
    columns = first_columns(database, "soup_hsts_policies", "domain", "host")
    unknown_unless(columns)
    found = frozenset(
        keys_naming(
            database, "soup_hsts_policies", columns, naming.host, hint=naming.hint
        )
    )
    yield from Part(place, Kept.CONNECTIONS, store).clearing(
        delete_rows(store, "soup_hsts_policies", found), {"records": len(found)}
    )


def plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    """What was done in the profile in that time. Stores that have no times are named."""
    store = profile.file(_HISTORY)

    def ask(database: Database) -> tuple[Going, tuple[Planned, ...]]:
        going = going_of_span(database, span)
        return going, tuple(clear_history(database, place, store, going))

    try:
        if not is_there(home, store):
            return
        going, parts = home.query(store, ask)
    except CannotLook as refusal:
        yield NotReached(store=store, why=refusal.why, program=place.program)
        return
    if going.visits or going.everything:
        yield from _hanging(home, place, going, span)
    yield from parts


def _hanging(home: Home, place: Place, going: Going, span: Span) -> Iterator[Planned]:
    """Open tabs and icons of pages that have no visit left; what cannot be told."""
    gone = frozenset(going.pages[key] for key in going.rows)
    goes = _pages_going(going, gone, span)
    yield from plan_session(home, place, goes)
    bookmarks = _Bookmarks(home, f"{place.folder}/{_BOOKMARKS}")
    yield from attempt(
        place,
        place.folder,
        partial(_icons_of_span, home, place, going, goes, bookmarks),
    )
    for kept, name in (
        (Kept.COOKIES, "cookies.sqlite"),
        (Kept.SITE_DATA, "localstorage"),
        (Kept.SITE_DATA, "storage"),
    ):
        yield from named_if_there(home, place, kept, f"{place.folder}/{name}")


def _pages_going(
    going: Going, gone: frozenset[str], span: Span
) -> Callable[[str], bool]:
    """Which pages go out of tabs and with their icons: those without a visit, and those
    that the history never had of hosts without a page; of all of a history every page of
    the web. So does an address of another kind with such a one inside.
    """
    names = SiteNames()

    def page(address: str) -> bool:
        host = names.of(address)
        if going.everything and address.startswith(("http://", "https://")):
            return host not in span.left_out
        return address in gone or host in going.lone

    return lambda address: page(address) or page(inside(address) or "")


def _icons_of_span(
    home: Home,
    place: Place,
    going: Going,
    goes: Callable[[str], bool],
    bookmarks: _Bookmarks,
) -> Iterator[Planned]:
    for folder in _caches_of(home, place.folder):
        store = f"{folder}/icondatabase/WebpageIcons.db"
        ask = partial(
            clear_icons,
            part=Part(place, Kept.ICONS, store),
            page=goes,
            icon=lambda url: host_of(url) in going.lone,
            bookmarked=bookmarks.has,
        )
        yield from in_store(home, place, store, ask)
        if is_there(home, f"{folder}/WebKitCache"):
            yield Stays(kept=Kept.CACHE, place=place, store=f"{folder}/WebKitCache")


EPIPHANY = Forgetting(place=epiphany_place, site=plan_site, span=plan_span)
"""GNOME Web and its web apps."""
