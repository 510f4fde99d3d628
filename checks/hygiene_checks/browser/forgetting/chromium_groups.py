"""Groups and summaries that Chromium makes of visits: `clusters` (since schema 45 or so) and
`journeys` (70, Chromium 156).
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    keys_naming,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import SqlValue
    from hygiene_checks.browser.forgetting.chromium_going import Work

__all__ = ["clusters", "journeys"]

_TO_UNIX = 11_644_473_600_000_000
"""Microseconds from 1601 to 1970."""


def clusters(work: Work) -> None:
    """Groups of visits. One that loses a visit loses its own name and words, which
    were made of all of them; one that loses all goes.
    """
    database, visits = work.database, work.going.visits
    if not has_columns(database, "clusters_and_visits", "cluster_id", "visit_id"):
        return
    gone, touched = _clustered(work)
    select = "SELECT cluster_id, visit_id FROM clusters_and_visits"
    stay = {
        cluster
        for cluster, visit in rows_where_in(database, select, "cluster_id", touched)
        if visit not in gone
    }
    _pairs(work)
    work.forget("clusters_and_visits", "visit_id", gone | visits)
    work.forget("cluster_keywords", "cluster_id", touched)
    work.forget("clusters", "cluster_id", touched - stay)
    _unname(work, stay)


def _clustered(work: Work) -> tuple[set[SqlValue], set[SqlValue]]:
    """Visits whose place in a group goes, and the groups they were in."""
    database = work.database
    select = "SELECT visit_id, cluster_id FROM clusters_and_visits"
    rows = set(rows_where_in(database, select, "visit_id", work.going.visits))
    texts = ("url_for_deduping", "normalized_url", "url_for_display")
    named = keys_naming(
        database,
        "clusters_and_visits",
        texts,
        work.going.names,
        hint=work.going.hint,
        key="visit_id",
    )
    rows |= set(rows_where_in(database, select, "visit_id", named))
    return {row[0] for row in rows}, {row[1] for row in rows}


def _pairs(work: Work) -> None:
    """Visits that mean the same page as another one: a row goes with either."""
    table, visits = "cluster_visit_duplicates", work.going.visits
    if not has_columns(work.database, table, "visit_id", "duplicate_visit_id"):
        return
    work.forget(table, "visit_id", visits)
    select = f"SELECT duplicate_visit_id, visit_id FROM {table}"
    rows = rows_where_in(work.database, select, "duplicate_visit_id", visits)
    left = [row[0] for row in rows if row[1] not in visits]
    work.found.records += len(left)
    work.found.pages += delete_rows(
        work.store, table, left, key="duplicate_visit_id", rows=len(left)
    )


def _unname(work: Work, clusters: Iterable[SqlValue]) -> None:
    for column in first_columns(work.database, "clusters", "label", "raw_label"):
        select = f"SELECT cluster_id, {column} FROM clusters"
        rows = rows_where_in(work.database, select, "cluster_id", clusters)
        named = {number: ("",) for number, text in rows if text}
        work.found.records += len(named)
        work.found.pages += update_rows(
            work.store, "clusters", (column,), named, key="cluster_id"
        )


def journeys(work: Work) -> None:
    """Written summaries of many visits: one that tells of a visit that goes goes."""
    table = "journey_history_entries"
    if not has_columns(work.database, table, "journey_id", "visit_timestamp_micros"):
        return
    select = f"SELECT journey_id FROM {table}"
    moments = work.going.times | {each - _TO_UNIX for each in work.going.times}
    rows = rows_where_in(work.database, select, "visit_timestamp_micros", moments)
    journeys = {row[0] for row in rows}
    work.forget(table, "journey_id", journeys)
    work.forget("journey_continuation_queries", "journey_id", journeys)
    work.forget("journey_sync_metadata", "storage_key", journeys)
    work.forget("journeys", "journey_id", journeys)
