"""Icons of sites: `Favicons`, schema 9 (Chromium 156), and before 2012 with the picture in
the table `favicons` itself.

An icon goes when it is the site's own or no page uses it any more. One that a bookmark
or a page that stays needs is kept and named.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Why
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.chromium_ground import mentioned

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned, SqlValue, Step
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["icons"]

_STORE = "Favicons"
_NEWEST = 9


def icons(ground: Ground) -> Iterator[Planned]:
    """Icons of pages and sites that go. Which of them a bookmark shows must be known."""
    return ground.ask(_STORE, _NEWEST, partial(_icons, ground))


def _icons(ground: Ground, database: Database) -> Iterator[Planned]:
    if isinstance(ground.bookmarks, Why):
        raise CannotLook(ground.bookmarks)
    if not has_columns(database, "icon_mapping", "page_url", "icon_id"):
        unknown_unless(has_columns(database, "favicons", "id", "url"))
        return
    names = ground.names
    mappings: set[SqlValue] = set()
    bookmarks = 0
    query = "SELECT id, page_url FROM icon_mapping"
    hint = (names.hint,) if names.hint else ()
    where = " WHERE instr(lower(page_url), ?)" if hint else ""
    for number, page in database.rows(query + where, hint):
        if page in ground.bookmarks:
            bookmarks += names.address(page)
        elif names.address(page):
            mappings.add(number)
    own = set(
        keys_naming(
            database, "favicons", ("url",), names.address, hint=names.hint, key="id"
        )
    )
    gone, needed = _unused(database, mappings, own)
    yield from ground.part(Kept.ICONS, _STORE).clearing(
        _steps(ground.path(_STORE), database, mappings, gone),
        {"records": len(mappings) + len(gone)},
    )
    yield from ground.stays(Kept.ICONS, _STORE, len(needed & own) or bookmarks)
    yield from mentioned(
        ground, Kept.ICONS, _STORE, database, "icon_mapping", "page_url"
    )


def _unused(
    database: Database, mappings: set[SqlValue], own: set[SqlValue]
) -> tuple[set[SqlValue], set[SqlValue]]:
    """Icons that go: those that were used and are used by no page that stays, and the
    site's own; and those of all of them that are still needed.
    """
    select = "SELECT icon_id FROM icon_mapping"
    used = {row[0] for row in rows_where_in(database, select, "id", mappings)}
    wanted = own | used
    select = "SELECT icon_id, id FROM icon_mapping"
    needed = {
        icon
        for icon, mapping in rows_where_in(database, select, "icon_id", wanted)
        if mapping not in mappings
    }
    return wanted - needed, needed


def _steps(
    store: str,
    database: Database,
    mappings: Iterable[SqlValue],
    gone: Iterable[SqlValue],
) -> Iterator[Step]:
    yield from delete_rows(store, "icon_mapping", mappings, key="id")
    for table, key in (("favicon_bitmaps", "icon_id"), ("favicons", "id")):
        if has_columns(database, table, key):
            select = f"SELECT {key} FROM {table}"
            rows = list(rows_where_in(database, select, key, gone))
            yield from delete_rows(
                store, table, [row[0] for row in rows], key=key, rows=len(rows)
            )
