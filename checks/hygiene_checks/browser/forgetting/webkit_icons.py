"""The store of icons of programs that are built on WebKit (GNOME Web 43)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Stays, Step
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._rows import delete_rows, rows_where_in

if TYPE_CHECKING:
    from hygiene.contract import Database
    from hygiene_checks.browser.forgetting._planning import Part

__all__ = ["clear_icons"]


def clear_icons(
    database: Database,
    *,
    part: Part,
    page: Callable[[str], bool],
    icon: Callable[[str], bool],
    bookmarked: Callable[[str], bool],
) -> Iterator[Planned]:
    """WebKit's own store of icons: which page shows which, and the pictures."""
    unknown_unless(
        has_columns(database, "PageURL", "url", "iconID")
        and has_columns(database, "IconInfo", "iconID", "url")
    )
    pages: set[SqlValue] = set()
    left: set[SqlValue] = set()
    candidates: set[SqlValue] = set()
    needed: set[SqlValue] = set()
    for key, url, shown in database.rows("SELECT rowid, url, iconID FROM PageURL"):
        if bookmarked(str(url)):
            needed.add(shown)
        elif page(str(url)):
            pages.add(key)
            candidates.add(shown)
        else:
            left.add(shown)
    rows = database.rows("SELECT iconID, url FROM IconInfo")
    kept = {key for key, url in rows if icon(str(url))}
    named = kept - needed
    lost = (candidates - left - needed) | named
    query = "SELECT rowid FROM PageURL"
    links = {key for (key,) in rows_where_in(database, query, "iconID", named)} - pages
    query = "SELECT iconID FROM IconInfo"
    icons = {key for (key,) in rows_where_in(database, query, "iconID", lost)}
    steps: list[Step] = [*delete_rows(part.store, "PageURL", pages | links)]
    if has_columns(database, "IconData", "iconID"):
        query = "SELECT iconID FROM IconData"
        data = [key for (key,) in rows_where_in(database, query, "iconID", icons)]
        steps += delete_rows(part.store, "IconData", data, key="iconID", rows=len(data))
    steps += delete_rows(part.store, "IconInfo", icons, key="iconID")
    counts = {"records": len(icons) or len(pages)}
    yield from part.clearing(steps, counts)
    if needed := kept & needed:
        yield Stays(
            kept=Kept.ICONS, place=part.place, store=part.store, count=len(needed)
        )
