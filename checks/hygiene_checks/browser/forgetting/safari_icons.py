"""Icons of Safari by page: `Favicon Cache/favicons.db` (Safari 14 to 16), with a file for each
picture. What a bookmark shows stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Planned, SqlValue, Stays, Why
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import Part, attempt, is_there
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.safari_folders import library

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["FILE", "plan_icons"]

FILE = "Favicon Cache/favicons.db"


def plan_icons(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Icons of the site. Which of them a bookmark shows must be known."""
    store = f"{place.folder}/{FILE}"

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
        steps, {"records": (len(icons) or len(pages)) + len(rejected)}
    )
    if kept := len(named & left):
        yield Stays(kept=Kept.ICONS, place=place, store=store, count=kept)


def _bookmarks(home: Home, place: Place) -> frozenset[str]:
    """Addresses in `Bookmarks.plist`, of all profiles. Raises `CannotLook`."""
    for folder in (place.folder, f"{library(place)}/Safari"):
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
