"""Pages of `places.sqlite` that are a site's, and what others say of it. Columns as in
Firefox 3.5 (schema 9) to 153 (86).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from hygiene.contract import SqlValue
from hygiene_checks.browser.forgetting._bytes import mentioned_in
from hygiene_checks.browser.forgetting._rows import as_id, first_columns, rows_where_in
from hygiene_checks.browser.forgetting.firefox_pages import (
    ADDRESS,
    Going,
    Page,
    bookmarked,
    bound_pages,
    expect_places,
)
from hygiene_checks.browser.forgetting.firefox_satellites import TOLD_BY_A_PAGE
from hygiene_checks.browser.forgetting.firefox_texts import words_name

if TYPE_CHECKING:
    from hygiene.contract import Database
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["going_of_site"]


def going_of_site(database: Database, naming: Naming) -> Going:
    """Every page of the site, and what other pages say of it. Raises `CannotLook`."""
    expect_places(database)
    urls, mentions, told = _pages_naming(database, naming)
    visits: dict[int, int] = {}
    visited: set[SqlValue] = set()
    query = "SELECT id, visit_date, place_id FROM moz_historyvisits"
    for visit, time, page in rows_where_in(database, query, "place_id", urls):
        visited.add(page)
        visits[as_id(visit)] = time if isinstance(time, int) else 0
    bound = bound_pages(database, urls)
    pages = {
        key: Page(url, bound=key in bound, visited=key in visited)
        for key, url in urls.items()
    }
    return Going(pages, visits, bookmarked(database), mentions=mentions, told=told)


def _pages_naming(
    database: Database, naming: Naming
) -> tuple[dict[int, str], int, dict[str, frozenset[SqlValue]]]:
    """In one pass: the site's own pages with their addresses; how many of others have
    its name in their address or title; and those whose head says it, by column.
    """
    telling = first_columns(database, "moz_places", *TOLD_BY_A_PAGE)
    shown = (ADDRESS, "substr(title, 1, 8192)", *telling)
    where = " OR ".join(
        f"instr(lower({each}), ?)" for each in ("url", "title", *telling)
    )
    query = f"SELECT id, {', '.join(shown)} FROM moz_places WHERE {where}"  # noqa: S608
    urls: dict[int, str] = {}
    mentions = 0
    told: dict[str, set[SqlValue]] = {each: set() for each in telling}
    for key, url, title, *texts in database.rows(query, (naming.hint,) * len(shown)):
        if isinstance(url, str) and naming.address(url):
            urls[as_id(key)] = url
            continue
        mentions += _holds(naming, url) or _holds(naming, title)
        for column, text in zip(telling, texts, strict=True):
            if words_name(naming, text):
                told[column].add(key)
    return urls, mentions, {each: frozenset(told[each]) for each in telling}


def _holds(naming: Naming, text: SqlValue) -> bool:
    return isinstance(text, str) and mentioned_in(
        unquote_to_bytes(text.encode("utf-8", "surrogateescape")), naming
    )
