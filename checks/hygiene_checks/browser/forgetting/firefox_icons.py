"""Site icons of a Firefox profile: `favicons.sqlite` (Firefox 55 to 153).

An icon belongs to pages by `moz_icons_to_pages`; `/favicon.ico` and its like are `root`
icons of a whole host and belong to no page. What a bookmark shows stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Stays
from hygiene_checks.browser._hosts import SiteNames, host_of
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import delete_rows, rows_where_in

if TYPE_CHECKING:
    from hygiene.contract import Database, Place

__all__ = ["FILE", "IconsGoing", "clear_icons"]

FILE = "favicons.sqlite"
_FAKE = "fake-favicon-uri:"
"""In front of icons that came with the program or with an import."""


@dataclass(frozen=True, slots=True)
class IconsGoing:
    """Which addresses of pages, and which of icons, go; and those of all bookmarks.
    `hint`, if any, stands in each of those addresses.
    """

    page: Callable[[str], bool]
    icon: Callable[[str], bool]
    bookmarked: frozenset[str]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Icon:
    url: str
    root: bool


def clear_icons(
    database: Database, place: Place, store: str, going: IconsGoing
) -> Iterator[Planned]:
    """Pages, links and icons that go. Raises `CannotLook`."""
    unknown_unless(
        has_columns(database, "moz_icons", "id", "icon_url", "root")
        and has_columns(database, "moz_pages_w_icons", "id", "page_url")
        and has_columns(database, "moz_icons_to_pages", "page_id", "icon_id")
    )
    bookmarked = {url.partition("#")[0] for url in going.bookmarked}
    pages = {
        key
        for key, url in _texts(database, "moz_pages_w_icons", "page_url", going.hint)
        if going.page(url) and url.partition("#")[0] not in bookmarked
    }
    named = {
        key
        for key, url in _texts(database, "moz_icons", "icon_url", going.hint)
        if going.icon(url.removeprefix(_FAKE))
    }
    by_page = _links(database, "page_id", pages)
    candidates = named | {icon for _, icon in by_page}
    by_icon = _links(database, "icon_id", candidates)
    needed = _needed(database, bookmarked, candidates, by_icon)
    shared = {icon for page, icon in by_icon if page not in pages}
    lost = {
        key
        for key, icon in _icons(database, candidates).items()
        if key not in needed and (key in named or not (icon.root or key in shared))
    }
    others = [icon for page, icon in by_icon if icon in lost and page not in pages]
    steps = (
        *delete_rows(
            store,
            "moz_icons_to_pages",
            (page for page, _ in by_page),
            key="page_id",
            rows=len(by_page),
        ),
        *delete_rows(
            store, "moz_icons_to_pages", others, key="icon_id", rows=len(others)
        ),
        *delete_rows(store, "moz_pages_w_icons", pages, key="id"),
        *delete_rows(store, "moz_icons", lost, key="id"),
    )
    counts = {"records": len(lost) or len(pages)}
    yield from Part(place, Kept.ICONS, store).clearing(steps, counts)
    if kept := len(named & needed):
        yield Stays(kept=Kept.ICONS, place=place, store=store, count=kept)


def _texts(
    database: Database, table: str, column: str, hint: str
) -> Iterator[tuple[SqlValue, str]]:
    query = f"SELECT id, substr({column}, 1, 8192) FROM {table}"  # noqa: S608
    params: tuple[SqlValue, ...] = ()
    if hint:
        query, params = f"{query} WHERE instr(lower({column}), ?)", (hint,)
    for key, text in database.rows(query, params):
        if isinstance(text, str):
            yield key, text


def _links(
    database: Database, column: str, keys: set[SqlValue]
) -> list[tuple[SqlValue, SqlValue]]:
    """Page and icon of each link that has one of the keys."""
    query = "SELECT page_id, icon_id FROM moz_icons_to_pages"
    return [(page, icon) for page, icon in rows_where_in(database, query, column, keys)]


def _icons(database: Database, keys: set[SqlValue]) -> dict[SqlValue, _Icon]:
    query = "SELECT id, substr(icon_url, 1, 8192), root FROM moz_icons"
    return {
        key: _Icon(str(url), bool(root))
        for key, url, root in rows_where_in(database, query, "id", keys)
    }


def _needed(
    database: Database,
    bookmarked: set[str],
    icons: set[SqlValue],
    links: list[tuple[SqlValue, SqlValue]],
) -> set[SqlValue]:
    """Icons that a bookmark shows: its page's own, or the root icon of its host."""
    query = "SELECT id, substr(page_url, 1, 8192) FROM moz_pages_w_icons"
    keys = {page for page, _ in links}
    pages = {
        key
        for key, url in rows_where_in(database, query, "id", keys)
        if str(url).partition("#")[0] in bookmarked
    }
    needed = {icon for page, icon in links if page in pages}
    names = SiteNames()
    hosts = {names.of(url) for url in bookmarked} - {None}
    for key, icon in _icons(database, icons).items():
        if icon.root and host_of(icon.url) in hosts:
            needed.add(key)
    return needed
