"""What leads from visit to visit in Chromium's `History`: segments, followed links (since
schema 60 or so), and where a visit came from.
"""

# Every name that stands in a query is a constant of ours.
from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    first_columns,
    keys_naming,
    rows_where_any,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import SqlValue
    from hygiene_checks.browser.forgetting.chromium_going import Work

__all__ = ["leads"]

_SEGMENT, _LINK, _REFERRER = "segment_id", "visited_link_id", "external_referrer_url"
_FROM, _OPENER = "from_visit", "opener_visit"
_Pointing: TypeAlias = "dict[str, dict[SqlValue, SqlValue]]"
"""By column, the visits that stay and point to what goes, each with what it points to."""


def leads(work: Work) -> None:
    """Segments and links that go, and what visits that stay say of what goes."""
    visits = work.going.visits
    segments, links = _segments(work), _links(work)
    followed = _followed(work) - links
    pointing = _pointing(
        work,
        {_SEGMENT: segments, _LINK: links | followed, _OPENER: visits},
    )
    work.forget("segment_usage", "segment_id", segments)
    work.reset("visits", _SEGMENT, pointing[_SEGMENT], 0)
    work.forget("segments", "id", segments)
    to = pointing[_LINK]
    work.reset("visits", _LINK, (each for each in to if to[each] in links), 0)
    again = Counter(to.values())
    _recount_links(work, links, {each: again[each] for each in followed})
    work.reset("visits", _FROM, _coming_from(work), 0)
    work.reset("visits", _OPENER, pointing[_OPENER], 0)
    work.reset("visits", _REFERRER, pointing[_REFERRER], "")


def _segments(work: Work) -> set[SqlValue]:
    """The most visited places; each has the name of its first page's address without
    `www.` and port, so its name alone says nothing while its page stays.
    """
    database = work.database
    if not has_columns(database, "segments", "id", "name", "url_id"):
        return set()
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
    return found


def _of_pages_that_stay(work: Work) -> set[SqlValue]:
    query = "SELECT s.id, s.url_id FROM segments s JOIN urls u ON u.id = s.url_id"
    return {
        segment
        for segment, page in work.database.rows(query)
        if page not in work.going.pages
    }


def _links(work: Work) -> set[SqlValue]:
    """Links that were followed, with the page and frame they stood on."""
    database = work.database
    if not has_columns(database, "visited_links", "id", "link_url_id"):
        return set()
    select = "SELECT id FROM visited_links"
    found = {
        row[0]
        for row in rows_where_in(database, select, "link_url_id", work.going.pages)
    }
    return found | set(
        keys_naming(
            database,
            "visited_links",
            ("top_level_url", "frame_url"),
            work.going.names,
            hint=work.going.hint,
            key="id",
        )
    )


def _followed(work: Work) -> set[SqlValue]:
    """Links that visits which go had followed."""
    database = work.database
    if not (
        has_columns(database, "visits", _LINK)
        and has_columns(database, "visited_links", "id", "visit_count")
        and not work.is_empty("visited_links")
    ):
        return set()
    select = f"SELECT {_LINK} FROM visits"  # noqa: S608
    visits = work.going.visits
    rows = rows_where_in(database, select, "id", visits, also=f"{_LINK} <> 0")
    return {row[0] for row in rows}


def _coming_from(work: Work) -> set[SqlValue]:
    """Visits that stay and came from one that goes: this column has an index."""
    visits = work.going.visits
    if not (work.some_stay and has_columns(work.database, "visits", _FROM)):
        return set()
    rows = rows_where_in(work.database, "SELECT id FROM visits", _FROM, visits)
    return {row[0] for row in rows} - visits


def _pointing(work: Work, gone: Mapping[str, Collection[SqlValue]]) -> _Pointing:
    """Found in one pass, since these columns have no index."""
    pointing: _Pointing = {column: {} for column in (*gone, _REFERRER)}
    database, going = work.database, work.going
    if not work.some_stay:
        return pointing
    columns = first_columns(database, "visits", *gone)
    text = first_columns(database, "visits", _REFERRER)
    select = f"SELECT id, {', '.join((*columns, *text))} FROM visits"  # noqa: S608
    wanted = {column: gone[column] for column in columns}
    for visit, *values in rows_where_any(
        database, select, wanted, texts=text, hint=going.hint
    ):
        if visit in going.visits:
            continue
        for column, value in zip((*columns, *text), values, strict=True):
            if going.names(value) if column == _REFERRER else value in gone[column]:
                pointing[column][visit] = value
    return pointing


def _recount_links(
    work: Work, gone: set[SqlValue], left: Mapping[SqlValue, int]
) -> None:
    """Links of pages that stay: followed less often than before, or never."""
    select = "SELECT id, visit_count FROM visited_links"
    rows = rows_where_in(work.database, select, "id", left)
    there = {row[0]: row[1] for row in rows}
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
