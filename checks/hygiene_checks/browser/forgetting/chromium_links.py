"""What leads from visit to visit in Chromium's `History`: segments, followed links (since
schema 60 or so), and where a visit came from.
"""

# Every name that stands in a query is a constant of ours.
from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    keys_naming,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import SqlValue
    from hygiene_checks.browser.forgetting.chromium_going import Work

__all__ = ["links", "pointers", "segments"]


def segments(work: Work) -> None:
    """The most visited places; each has the name of its first page's address without
    `www.` and port, so its name alone says nothing while its page stays.
    """
    database = work.database
    if not has_columns(database, "segments", "id", "name", "url_id"):
        return
    select = "SELECT id FROM segments"
    found = {
        row[0] for row in rows_where_in(database, select, "url_id", work.going.pages)
    }
    named = set(
        keys_naming(
            database,
            "segments",
            ("name",),
            work.going.names,
            hint=work.going.hint,
            key="id",
        )
    )
    if named:
        found |= named - _of_pages_that_stay(work)
    work.forget("segment_usage", "segment_id", found)
    work.point_away("segment_id", found)
    work.forget("segments", "id", found)


def _of_pages_that_stay(work: Work) -> set[SqlValue]:
    query = "SELECT s.id, s.url_id FROM segments s JOIN urls u ON u.id = s.url_id"
    return {
        segment
        for segment, page in work.database.rows(query)
        if page not in work.going.pages
    }


def links(work: Work) -> None:
    """Links that were followed, with the page and frame they stood on."""
    database = work.database
    if not has_columns(database, "visited_links", "id", "link_url_id"):
        return
    select = "SELECT id FROM visited_links"
    found = {
        row[0]
        for row in rows_where_in(database, select, "link_url_id", work.going.pages)
    }
    found |= set(
        keys_naming(
            database,
            "visited_links",
            ("top_level_url", "frame_url"),
            work.going.names,
            hint=work.going.hint,
            key="id",
        )
    )
    work.point_away("visited_link_id", found)
    _recount_links(work, found)


def _recount_links(work: Work, gone: set[SqlValue]) -> None:
    """Links of pages that stay: followed less often than before, or never."""
    database = work.database
    if not has_columns(database, "visits", "visited_link_id"):
        work.forget("visited_links", "id", gone)
        return
    select = "SELECT visited_link_id FROM visits"
    rows = rows_where_in(
        database, select, "id", work.going.visits, also="visited_link_id <> 0"
    )
    left: dict[SqlValue, int] = dict.fromkeys({row[0] for row in rows} - gone, 0)
    select = "SELECT visited_link_id, id FROM visits"
    for link, visit in rows_where_in(database, select, "visited_link_id", left):
        left[link] += visit not in work.going.visits
    select = "SELECT id, visit_count FROM visited_links"
    there = {row[0]: row[1] for row in rows_where_in(database, select, "id", left)}
    never = {each for each in there if not left[each]}
    work.forget("visited_links", "id", gone | never)
    fewer: dict[SqlValue, tuple[SqlValue, ...]] = {
        each: (left[each],)
        for each in there.keys() - never
        if there[each] != left[each]
    }
    work.found.records += len(fewer)
    work.found.pages += update_rows(
        work.store, "visited_links", ("visit_count",), fewer, key="id"
    )


def pointers(work: Work) -> None:
    """Where visits that stay came from."""
    for column in ("from_visit", "opener_visit"):
        work.point_away(column, work.going.visits)
    named = keys_naming(
        work.database,
        "visits",
        ("external_referrer_url",),
        work.going.names,
        hint=work.going.hint,
        key="id",
    )
    stay = (each for each in named if each not in work.going.visits)
    work.reset("visits", "external_referrer_url", stay, "")
