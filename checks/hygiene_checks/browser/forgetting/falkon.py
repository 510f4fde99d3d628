"""Plans for one profile of Falkon (22.12): a store of its own, and those of Chromium that
it is built on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    Kept,
    NotReached,
    Planned,
    Stays,
    Tick,
    Untrusted,
    Why,
)
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser._sql import (
    as_text,
    has_columns,
    start_of,
    unknown_unless,
)
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import (
    Forgetting,
    Part,
    in_store,
    named_if_there,
    place_of,
    whole,
)
from hygiene_checks.browser.forgetting._rows import (
    as_id,
    delete_rows,
    keys_naming,
)
from hygiene_checks.browser.forgetting.chromium_bookmarks import bookmarks_of
from hygiene_checks.browser.forgetting.chromium_connections import (
    connections,
    cookies,
)
from hygiene_checks.browser.forgetting.chromium_documents import network_notes
from hygiene_checks.browser.forgetting.chromium_entries import page_storage
from hygiene_checks.browser.forgetting.chromium_ground import Ground
from hygiene_checks.browser.forgetting.chromium_storage import site_storage
from hygiene_checks.browser.forgetting.chromium_whole import caches, old_stores

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene.contract import Database, Home, Place, Site, Span
    from hygiene_checks.browser._layouts import Profile

__all__ = ["FALKON"]

_STORE = "browsedata.db"
_LOCKS = (_STORE, f"{_STORE}-shm", "Cookies")
"""Falkon has no lock of its own; the engine holds its cookies."""
_BOOKMARKS = {"bookmarks.json": Kept.BOOKMARKS, "bookmarks.json.old": Kept.BACKUPS}
_SESSIONS = ("session.dat", "session.dat.old", "sessions")

_OF_ENGINE: tuple[Callable[[Ground], Iterator[Planned]], ...] = (
    connections,
    page_storage,
    site_storage,
    cookies,
    network_notes,
)


def falkon_place(home: Home, profile: Profile) -> Place:
    """The profile, and what is locked while it is open. Falkon has no sync."""
    return place_of(home, profile, map(profile.file, _LOCKS))


def plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    """Everything in the profile that keeps the site."""
    naming = Naming(site)
    ground = Ground(home, place, naming)
    store = profile.file(_STORE)
    kept, bookmarks = bookmarks_of(home, place, naming.address, _BOOKMARKS)
    ask = partial(_own, Part(place, Kept.PAGES, store), naming, bookmarks)
    own = list(in_store(home, place, store, ask))
    parts = [each for plan in _OF_ENGINE for each in plan(ground)]
    yield from kept
    yield from parts
    certain = any(isinstance(each, Clearing) for each in (*own, *parts))
    for name in _SESSIONS:
        path = profile.file(name)
        if certain or _holds(home, path, naming):
            yield from whole(home, place, Kept.OPEN_TABS, path)
    yield from caches(ground, certain=certain)
    yield from old_stores(ground, certain=certain)
    yield from own


def _holds(home: Home, path: str, naming: Naming) -> bool:
    try:
        return mentions(home, path, naming)
    except CannotLook:
        return True


def _own(
    part: Part, naming: Naming, bookmarks: frozenset[str] | Why, database: Database
) -> Iterator[Planned]:
    """`browsedata.db`: sign-ins, icons, then pages. Which icons a bookmark shows must be
    known.
    """
    expect_falkon(database)
    if isinstance(bookmarks, Why):
        raise CannotLook(bookmarks)
    yield from _sign_ins(part, naming, database)
    yield from _icons(
        part, database, lambda url: naming.address(url) and url not in bookmarks
    )
    engines = keys_naming(
        database, "search_engines", ("url",), naming.address, hint=naming.hint
    )
    if number := sum(1 for _ in engines):
        yield Stays(
            kept=Kept.SITE_SETTINGS, place=part.place, store=part.store, count=number
        )
    pages = {key for key, url in _addresses(database, "history") if naming.address(url)}
    yield from _history(part, database, pages)


def _icons(
    part: Part, database: Database, goes: Callable[[str], bool]
) -> Iterator[Planned]:
    icons = {key for key, url in _addresses(database, "icons") if goes(url)}
    yield from replace(part, kept=Kept.ICONS).clearing(
        delete_rows(part.store, "icons", icons, key="id"), {"records": len(icons)}
    )


def expect_falkon(database: Database) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` unless the store is Falkon's."""
    unknown_unless(has_columns(database, "history", "id", "url", "date", "count"))


def _addresses(database: Database, table: str) -> Iterator[tuple[int, str]]:
    if not has_columns(database, table, "id", "url"):
        return
    for key, url in database.rows(f"SELECT id, {start_of('url')} FROM {table}"):  # noqa: S608
        yield as_id(key), as_text(url)


def _history(part: Part, database: Database, pages: set[int]) -> Iterator[Planned]:
    """One row an address: how often, and when last."""
    rows = [
        (count, moment(date, Clock.MILLISECONDS))
        for key, count, date in database.rows("SELECT id, count, date FROM history")
        if key in pages
    ]
    times = [time for _, time in rows if time is not None]
    yield from part.clearing(
        delete_rows(part.store, "history", pages, key="id"),
        {
            "pages": len(pages),
            "visits": sum(count for count, _ in rows if isinstance(count, int)),
        },
        first=min(times, default=None),
        last=max(times, default=None),
    )


def _sign_ins(part: Part, naming: Naming, database: Database) -> Iterator[Planned]:
    """Each by a tick of its own. Passwords stand here in plain and are not read."""
    for table, kept, account in (
        ("autofill", Kept.SIGN_INS, start_of("username")),
        ("autofill_encrypted", Kept.SIGN_INS, "NULL"),
        ("autofill_exceptions", Kept.NEVER_SAVED, "NULL"),
    ):
        if not has_columns(database, table, "id", "server"):
            continue
        query = f"SELECT id, {start_of('server')}, {account} FROM {table}"  # noqa: S608
        for key, server, name in database.rows(query):
            site = as_text(server)
            if not naming.either(site):
                continue
            number = as_id(key)
            yield from replace(part, kept=kept).clearing(
                delete_rows(part.store, table, (number,), key="id"),
                {"logins" if kept is Kept.SIGN_INS else "never_saved": 1},
                detail=f"{table}:{number}",
                tick=Tick.OFF,
                label=Untrusted(as_text(name) or site_of(site)),
            )


def plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    """Pages that were opened once, in that time. Of others only the last visit is kept:
    what was before it cannot be told, so they stay and are named.
    """
    part = Part(place, Kept.PAGES, profile.file(_STORE))
    kept, bookmarks = bookmarks_of(home, place, bool, _BOOKMARKS)
    yield from (each for each in kept if isinstance(each, NotReached))
    own = list(in_store(home, place, part.store, partial(_then, part, span, bookmarks)))
    if any(isinstance(each, Clearing) for each in own):
        yield from _not_told_by_time(home, place)
    yield from own


_NOT_TOLD = (
    *((Kept.OPEN_TABS, name) for name in _SESSIONS),
    *((Kept.COOKIES, name) for name in ("Cookies", "Network/Cookies")),
    *((Kept.SITE_DATA, name) for name in ("Local Storage", "IndexedDB")),
    (Kept.CACHE, "Cache"),
    (Kept.PAGES, "Visited Links"),
)


def _not_told_by_time(home: Home, place: Place) -> Iterator[Planned]:
    """Stores that have no times: they stay and are named."""
    for kept, name in _NOT_TOLD:
        yield from named_if_there(home, place, kept, f"{place.folder}/{name}")


def _then(
    part: Part, span: Span, bookmarks: frozenset[str] | Why, database: Database
) -> Iterator[Planned]:
    expect_falkon(database)
    once, oftener = _pages_of(span, database)
    gone = {url for key, url in _addresses(database, "history") if key in once}
    if not isinstance(bookmarks, Why):
        gone -= bookmarks
        yield from _icons(part, database, gone.__contains__)
    yield from _history(part, database, once)
    if oftener:
        yield Stays(kept=Kept.PAGES, place=part.place, store=part.store, count=oftener)


def _pages_of(span: Span, database: Database) -> tuple[set[int], int]:
    """Pages all of whose visits were then, and how many others were last opened then.
    Without a first moment nothing can be before it.
    """
    names = SiteNames()
    once: set[int] = set()
    oftener = 0
    query = f"SELECT id, {start_of('url')}, date, count FROM history"  # noqa: S608
    for key, url, date, count in database.rows(query):
        time = moment(date, Clock.MILLISECONDS)
        if names.of(as_text(url)) in span.left_out:
            continue
        if time is None or not _is_in(span, time):
            continue
        if span.start is None or count == 1:
            once.add(as_id(key))
        else:
            oftener += 1
    return once, oftener


def _is_in(span: Span, time: datetime) -> bool:
    return (span.start is None or span.start <= time) and (
        span.end is None or time <= span.end
    )


FALKON = Forgetting(place=falkon_place, site=plan_site, span=plan_span)
"""Falkon."""
