"""What goes out of Chromium's `History` with some of its pages, visits and downloads.

Tables as in schema 70 (Chromium 156) and back to 20 (2011): each is asked for before it
is used. What hangs on a visit goes with it; what points to it from rows that stay is set
to nothing. The counts of pages that keep some of their visits are counted anew.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene_checks.browser._sql import count_rows, has_columns
from hygiene_checks.browser.forgetting._rows import delete_rows, rows_where_in, there
from hygiene_checks.browser.forgetting.chromium_counts import counts
from hygiene_checks.browser.forgetting.chromium_going import Going, HistorySteps, Work
from hygiene_checks.browser.forgetting.chromium_groups import clusters, journeys
from hygiene_checks.browser.forgetting.chromium_links import leads

if TYPE_CHECKING:
    from hygiene.contract import Database, SqlValue

__all__ = ["history_steps"]


def history_steps(store: str, database: Database, going: Going) -> HistorySteps:
    """Everything to do in one store. The rows that others point to go last."""
    some_stay = count_rows(database, "visits") > len(going.visits)
    work = Work(store, database, going, HistorySteps(), some_stay)
    for part in _PARTS:
        part(work)
    work.delete("visits", going.visits, "id")
    # Visits and searches may be of pages that are gone already.
    work.delete("urls", there(database, "urls", going.pages), "id")
    return work.found


def _downloads(work: Work) -> None:
    """The download list, with the addresses and the parts of each file."""
    for table, key in (
        ("downloads_url_chains", "id"),
        ("downloads_slices", "download_id"),
        ("downloads_reroute_info", "download_id"),
        ("downloads", "id"),
    ):
        if not has_columns(work.database, table, key):
            continue
        select = f"SELECT {key} FROM {table}"
        rows = list(rows_where_in(work.database, select, key, work.going.downloads))
        work.found.downloads += delete_rows(
            work.store, table, [row[0] for row in rows], key=key, rows=len(rows)
        )


def _searches(work: Work) -> None:
    """Typed searches, by the page of their results."""
    if not has_columns(work.database, "keyword_search_terms", "url_id"):
        return
    select = "SELECT rowid FROM keyword_search_terms"
    found = [
        row[0]
        for row in rows_where_in(work.database, select, "url_id", work.going.pages)
    ]
    work.found.searched = len(found)
    work.found.searches += delete_rows(work.store, "keyword_search_terms", found)


def _annotations(work: Work) -> None:
    """What is kept of one visit in tables beside `visits`."""
    work.forget("content_annotations", "visit_id", work.going.visits)
    work.forget("context_annotations", "visit_id", work.going.visits)
    work.forget("visit_source", "id", work.going.visits)
    table = "history_sync_metadata"
    if has_columns(work.database, table, "storage_key") and not work.is_empty(table):
        work.forget(table, "storage_key", work.going.times - _times_that_stay(work))


def _times_that_stay(work: Work) -> set[SqlValue]:
    """Moments of visits that go at which another visit was made, too: the pages of a
    chain of redirects have one moment.
    """
    select = "SELECT visit_time, id FROM visits"
    rows = rows_where_in(work.database, select, "visit_time", work.going.times)
    return {time for time, visit in rows if visit not in work.going.visits}


_PARTS = (
    _downloads,
    _searches,
    _annotations,
    clusters,
    journeys,
    leads,
    counts,
)
