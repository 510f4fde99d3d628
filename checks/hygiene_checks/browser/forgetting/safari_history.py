"""Rows of Safari's `History.db` that go with a site or with a stretch of time. Tables as in
published schemas of Safari 15: a table or column that is not known stops the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Step
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene.contract import Database, Place, Span
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["clear_history_of_site", "clear_history_of_span", "is_in"]

_KNOWN = {
    "history_items": frozenset(
        (
            *("id", "url", "domain_expansion", "visit_count", "daily_visit_counts"),
            *("weekly_visit_counts", "autocomplete_triggers", "visit_count_score"),
            *("should_recompute_derived_visit_counts", "status_code"),
        )
    ),
    "history_visits": frozenset(
        (
            *("id", "history_item", "visit_time", "title", "load_successful"),
            *("http_non_get", "synthesized", "redirect_source", "generation"),
            *("redirect_destination", "origin", "attributes", "score"),
        )
    ),
    "history_tombstones": frozenset(
        ("id", "start_time", "end_time", "url", "generation")
    ),
    "history_items_to_tags": frozenset(("history_item", "tag_id", "timestamp")),
}
_TAGS = frozenset(
    (
        *("id", "type", "level", "identifier", "title", "modification_timestamp"),
        "item_count",
    )
)


@dataclass(frozen=True, slots=True)
class _Going:
    """Items by id with their addresses, those of them that have no visit left, and the
    visits by id with their stored times.
    """

    items: dict[SqlValue, str]
    rows: frozenset[SqlValue]
    visits: dict[SqlValue, float]
    tombstones: frozenset[SqlValue] = frozenset()


def is_in(time: datetime | None, span: Span) -> bool:
    """Whether a moment lies in a stretch of time, both ends included."""
    return (
        time is not None
        and (span.start is None or span.start <= time)
        and (span.end is None or time <= span.end)
    )


def _expect(database: Database) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` for a table or column that is not known."""
    unknown_unless(
        has_columns(database, "history_items", "id", "url", "visit_count")
        and has_columns(database, "history_visits", "id", "history_item", "visit_time")
    )
    for table, known in _KNOWN.items():
        unknown_unless(database.columns(table) <= known)
    unknown_unless(database.columns("history_tags") <= _TAGS)
    for table in database.tables() - _KNOWN.keys():
        unknown_unless("history_item" not in database.columns(table))


def clear_history_of_site(
    place: Place, store: str, naming: Naming, database: Database
) -> Iterator[Planned]:
    """Every item of the site."""
    _expect(database)
    query = (
        "SELECT id, substr(url, 1, 8192) FROM history_items WHERE instr(lower(url), ?)"
    )
    items = {
        key: str(url)
        for key, url in database.rows(query, (naming.hint,))
        if naming.address(url)
    }
    query = "SELECT id, visit_time FROM history_visits"
    visits = {
        key: time if isinstance(time, int | float) else 0
        for key, time in rows_where_in(database, query, "history_item", items)
    }
    tombstones = frozenset(
        keys_naming(
            database, "history_tombstones", ("url",), naming.address, hint=naming.hint
        )
    )
    going = _Going(items, frozenset(items), visits, tombstones)
    yield from _clear(database, place, store, going)


def _clear(
    database: Database, place: Place, store: str, going: _Going
) -> Iterator[Planned]:
    """Visits, items, marks of what was deleted, and topics of items that go."""
    steps: list[Step] = []
    for column in ("redirect_source", "redirect_destination"):
        if has_columns(database, "history_visits", column):
            query = "SELECT id FROM history_visits"
            found = rows_where_in(database, query, column, going.visits)
            rows: dict[SqlValue, tuple[SqlValue, ...]] = {
                key: (None,) for (key,) in found if key not in going.visits
            }
            steps += update_rows(store, "history_visits", (column,), rows, key="id")
    steps += delete_rows(store, "history_visits", going.visits, key="id")
    steps += _topics(database, store, going)
    steps += _recounted(database, store, going)
    steps += delete_rows(store, "history_items", going.rows, key="id")
    steps += delete_rows(store, "history_tombstones", going.tombstones)
    query = "SELECT DISTINCT history_item FROM history_visits"
    seen = set(rows_where_in(database, query, "history_item", going.rows))
    times = [
        time for each in going.visits.values() if (time := moment(each, Clock.COCOA))
    ]
    yield from Part(place, Kept.PAGES, store).clearing(
        steps,
        {
            "pages": len(seen),
            "visits": len(going.visits),
            "records": len(going.tombstones) + len(going.rows) - len(seen),
        },
        first=min(times, default=None),
        last=max(times, default=None),
    )


def _topics(database: Database, store: str, going: _Going) -> list[Step]:
    """Topics that Safari gave to items: the links, and topics without any item left."""
    table = "history_items_to_tags"
    if not has_columns(database, table, "history_item", "tag_id"):
        return []
    query = f"SELECT history_item, tag_id FROM {table}"  # noqa: S608
    links = list(rows_where_in(database, query, "history_item", going.rows))
    tags = {tag for _, tag in links}
    for item, tag in rows_where_in(database, query, "tag_id", tags):
        if item not in going.rows:
            tags.discard(tag)
    steps: list[Step] = []
    steps += delete_rows(
        store,
        table,
        (item for item, _ in links),
        key="history_item",
        rows=len(links),
    )
    if has_columns(database, "history_tags", "id"):
        query = "SELECT id FROM history_tags"
        there = [key for (key,) in rows_where_in(database, query, "id", tags)]
        steps += delete_rows(store, "history_tags", there, key="id")
    return steps


def _recounted(database: Database, store: str, going: _Going) -> list[Step]:
    """Items that keep other visits: Safari works out the rest when it is told to."""
    staying = going.items.keys() - going.rows
    query = "SELECT id, history_item FROM history_visits"
    left: dict[SqlValue, int] = {}
    for key, item in rows_where_in(database, query, "history_item", staying):
        if key not in going.visits:
            left[item] = left.get(item, 0) + 1
    again = "should_recompute_derived_visit_counts"
    has_it = has_columns(database, "history_items", again)
    columns = ("visit_count", again) if has_it else ("visit_count",)
    rows: dict[SqlValue, tuple[SqlValue, ...]] = {
        item: (number, 1)[: len(columns)] for item, number in left.items()
    }
    return list(update_rows(store, "history_items", columns, rows, key="id"))


def clear_history_of_span(
    place: Place, store: str, span: Span, database: Database
) -> Iterator[Planned]:
    """The visits of that time, without those of hosts that were left out."""
    _expect(database)
    names = SiteNames()
    query = "SELECT id, history_item, visit_time FROM history_visits"
    found = [
        (key, item, time)
        for key, item, time in database.rows(query)
        if isinstance(time, int | float) and is_in(moment(time, Clock.COCOA), span)
    ]
    wanted = {item for _, item, _ in found}
    marks: frozenset[SqlValue] = frozenset()
    if span.start is None and span.end is None:
        wanted |= _without_visits(database)
        marks = _marks(database, span.left_out)
    query = "SELECT id, substr(url, 1, 8192) FROM history_items"
    rows = rows_where_in(database, query, "id", wanted)
    items = {key: str(url) for key, url in rows if names.of(url) not in span.left_out}
    visits = {key: time for key, item, time in found if item in items}
    query = "SELECT id, history_item FROM history_visits"
    left = {
        item
        for key, item in rows_where_in(database, query, "history_item", items)
        if key not in visits
    }
    going = _Going(items, frozenset(items.keys() - left), visits, marks)
    yield from _clear(database, place, store, going)


def _without_visits(database: Database) -> set[SqlValue]:
    """Items without a visit: of all of a history, they are a part."""
    query = (
        "SELECT id FROM history_items WHERE id NOT IN"
        " (SELECT history_item FROM history_visits WHERE history_item IS NOT NULL)"
    )
    return {key for (key,) in database.rows(query)}


def _marks(database: Database, left_out: frozenset[str]) -> frozenset[SqlValue]:
    """Addresses that were deleted before."""
    names = SiteNames()
    return frozenset(
        keys_naming(
            database,
            "history_tombstones",
            ("url",),
            lambda url: names.of(url) not in left_out,
        )
    )
