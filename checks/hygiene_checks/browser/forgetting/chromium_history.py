"""What goes out of Chromium's `History` with some of its pages, visits and downloads.

Tables as in schema 70 (Chromium 156) and back to 20 (2011): each is asked for before it
is used. What hangs on a visit goes with it; what points to it from rows that stay is set
to nothing. The counts of pages that keep some of their visits are counted anew.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from hygiene_checks.browser._sql import count_rows, has_columns
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    keys_naming,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, SqlValue, Step

__all__ = ["Going", "HistorySteps", "history_steps"]

Names: TypeAlias = Callable[[object], bool]
"""Whether the text of a row that stays names what goes."""

_CORE_TYPE = 0xFF
_TYPED, _RELOAD = 1, 8
# Page transitions, `ui/base/page_transition_types.h`: the low byte is the kind.


@dataclass(frozen=True, slots=True)
class Going:
    """Ids of what goes out of `History`: pages with everything of theirs, visits, and
    downloads. `names` tells the texts of other rows that name it; `hint`, where there is
    one, stands in each of them in some case. `times` are the moments of the visits,
    `partly` the pages that keep other visits.
    """

    pages: frozenset[int]
    visits: frozenset[int]
    downloads: frozenset[int]
    times: frozenset[int]
    partly: frozenset[int]
    names: Names
    hint: str = ""


@dataclass(slots=True)
class HistorySteps:
    """Steps on one `History`, by what a person would call it."""

    pages: list[Step] = field(default_factory=list)
    searches: list[Step] = field(default_factory=list)
    downloads: list[Step] = field(default_factory=list)
    searched: int = 0
    records: int = 0
    """Rows of other tables that go or change."""


def history_steps(store: str, database: Database, going: Going) -> HistorySteps:
    """Everything to do in one store. The rows that others point to go last."""
    some_stay = count_rows(database, "visits") > len(going.visits)
    work = _Work(store, database, going, HistorySteps(), some_stay)
    work.downloads()
    work.searches()
    work.annotations()
    work.clusters()
    work.journeys()
    work.segments()
    work.links()
    work.pointers()
    work.counts()
    work.delete("visits", going.visits, "id")
    work.delete("urls", going.pages, "id")
    return work.found


@dataclass(slots=True)
class _Work:
    store: str
    database: Database
    going: Going
    found: HistorySteps
    some_stay: bool

    def delete(self, table: str, keys: Iterable[SqlValue], key: str = "rowid") -> None:
        """Rows of a table that go with the pages; `key` is unique there."""
        self.found.pages += delete_rows(self.store, table, keys, key=key)

    def forget(self, table: str, key: str, values: Iterable[SqlValue]) -> None:
        """Every row of a table, if there is one, whose column holds one of the values."""
        if not has_columns(self.database, table, key) or self._is_empty(table):
            return
        select = f"SELECT {key} FROM {table}"
        found = [row[0] for row in rows_where_in(self.database, select, key, values)]
        self.found.records += len(found)
        self.found.pages += delete_rows(
            self.store, table, found, key=key, rows=len(found)
        )

    def _is_empty(self, table: str) -> bool:
        return next(self.database.rows(f"SELECT 1 FROM {table} LIMIT 1"), None) is None

    def reset(
        self, table: str, column: str, keys: Iterable[SqlValue], to: SqlValue
    ) -> None:
        """Set a column of rows that stay."""
        rows = dict.fromkeys(keys, (to,))
        self.found.records += len(rows)
        self.found.pages += update_rows(self.store, table, (column,), rows, key="id")

    def downloads(self) -> None:
        """The download list, with the addresses and the parts of each file."""
        for table, key in (
            ("downloads_url_chains", "id"),
            ("downloads_slices", "download_id"),
            ("downloads_reroute_info", "download_id"),
            ("downloads", "id"),
        ):
            if not has_columns(self.database, table, key):
                continue
            select = f"SELECT {key} FROM {table}"
            rows = list(rows_where_in(self.database, select, key, self.going.downloads))
            self.found.downloads += delete_rows(
                self.store, table, [row[0] for row in rows], key=key, rows=len(rows)
            )

    def searches(self) -> None:
        """Typed searches, by the page of their results."""
        if not has_columns(self.database, "keyword_search_terms", "url_id"):
            return
        select = "SELECT rowid FROM keyword_search_terms"
        found = [
            row[0]
            for row in rows_where_in(self.database, select, "url_id", self.going.pages)
        ]
        self.found.searched = len(found)
        self.found.searches += delete_rows(self.store, "keyword_search_terms", found)

    def annotations(self) -> None:
        """What is kept of one visit in tables beside `visits`."""
        self.forget("content_annotations", "visit_id", self.going.visits)
        self.forget("context_annotations", "visit_id", self.going.visits)
        self.forget("visit_source", "id", self.going.visits)
        if has_columns(
            self.database, "history_sync_metadata", "storage_key"
        ) and not self._is_empty("history_sync_metadata"):
            select = "SELECT storage_key FROM history_sync_metadata"
            kept = self.going.times - self._times_that_stay()
            found = rows_where_in(self.database, select, "storage_key", kept)
            self.forget(
                "history_sync_metadata", "storage_key", [row[0] for row in found]
            )

    def _times_that_stay(self) -> set[SqlValue]:
        """Moments of visits that go at which another visit was made, too: the pages of a
        chain of redirects have one moment.
        """
        select = "SELECT visit_time, id FROM visits"
        rows = rows_where_in(self.database, select, "visit_time", self.going.times)
        return {time for time, visit in rows if visit not in self.going.visits}

    def clusters(self) -> None:
        """Groups of visits. One that loses a visit loses its own name and words, which
        were made of all of them; one that loses all goes.
        """
        database, visits = self.database, self.going.visits
        if not has_columns(database, "clusters_and_visits", "cluster_id", "visit_id"):
            return
        gone, touched = self._clustered()
        select = "SELECT cluster_id, visit_id FROM clusters_and_visits"
        stay = {
            cluster
            for cluster, visit in rows_where_in(database, select, "cluster_id", touched)
            if visit not in gone
        }
        self._pairs()
        self.forget("clusters_and_visits", "visit_id", gone | visits)
        self.forget("cluster_keywords", "cluster_id", touched)
        self.forget("clusters", "cluster_id", touched - stay)
        self._unname(stay)

    def _clustered(self) -> tuple[set[SqlValue], set[SqlValue]]:
        """Visits whose place in a group goes, and the groups they were in."""
        database = self.database
        select = "SELECT visit_id, cluster_id FROM clusters_and_visits"
        rows = set(rows_where_in(database, select, "visit_id", self.going.visits))
        texts = ("url_for_deduping", "normalized_url", "url_for_display")
        named = keys_naming(
            database,
            "clusters_and_visits",
            texts,
            self.going.names,
            hint=self.going.hint,
            key="visit_id",
        )
        rows |= set(rows_where_in(database, select, "visit_id", named))
        return {row[0] for row in rows}, {row[1] for row in rows}

    def _pairs(self) -> None:
        """Visits that mean the same page as another one: a row goes with either."""
        table, visits = "cluster_visit_duplicates", self.going.visits
        if not has_columns(self.database, table, "visit_id", "duplicate_visit_id"):
            return
        self.forget(table, "visit_id", visits)
        select = f"SELECT duplicate_visit_id, visit_id FROM {table}"
        rows = rows_where_in(self.database, select, "duplicate_visit_id", visits)
        left = [row[0] for row in rows if row[1] not in visits]
        self.found.records += len(left)
        self.found.pages += delete_rows(
            self.store, table, left, key="duplicate_visit_id", rows=len(left)
        )

    def _unname(self, clusters: Iterable[SqlValue]) -> None:
        for column in first_columns(self.database, "clusters", "label", "raw_label"):
            select = f"SELECT cluster_id, {column} FROM clusters"
            rows = rows_where_in(self.database, select, "cluster_id", clusters)
            named = {number: ("",) for number, text in rows if text}
            self.found.records += len(named)
            self.found.pages += update_rows(
                self.store, "clusters", (column,), named, key="cluster_id"
            )

    def journeys(self) -> None:
        """Written summaries of many visits: one that tells of a visit that goes goes."""
        table = "journey_history_entries"
        if not has_columns(
            self.database, table, "journey_id", "visit_timestamp_micros"
        ):
            return
        select = f"SELECT journey_id FROM {table}"
        moments = self.going.times | {each - _TO_UNIX for each in self.going.times}
        rows = rows_where_in(self.database, select, "visit_timestamp_micros", moments)
        journeys = {row[0] for row in rows}
        self.forget(table, "journey_id", journeys)
        self.forget("journey_continuation_queries", "journey_id", journeys)
        self.forget("journey_sync_metadata", "storage_key", journeys)
        self.forget("journeys", "journey_id", journeys)

    def segments(self) -> None:
        """The most visited places; each has the name of its first page's address without
        `www.` and port, so its name alone says nothing while its page stays.
        """
        database = self.database
        if not has_columns(database, "segments", "id", "name", "url_id"):
            return
        select = "SELECT id FROM segments"
        found = {
            row[0]
            for row in rows_where_in(database, select, "url_id", self.going.pages)
        }
        named = set(
            keys_naming(
                database,
                "segments",
                ("name",),
                self.going.names,
                hint=self.going.hint,
                key="id",
            )
        )
        if named:
            found |= named - self._of_pages_that_stay()
        self.forget("segment_usage", "segment_id", found)
        self._point_away("segment_id", found)
        self.forget("segments", "id", found)

    def _of_pages_that_stay(self) -> set[SqlValue]:
        query = "SELECT s.id, s.url_id FROM segments s JOIN urls u ON u.id = s.url_id"
        return {
            segment
            for segment, page in self.database.rows(query)
            if page not in self.going.pages
        }

    def links(self) -> None:
        """Links that were followed, with the page and frame they stood on."""
        database = self.database
        if not has_columns(database, "visited_links", "id", "link_url_id"):
            return
        select = "SELECT id FROM visited_links"
        found = {
            row[0]
            for row in rows_where_in(database, select, "link_url_id", self.going.pages)
        }
        found |= set(
            keys_naming(
                database,
                "visited_links",
                ("top_level_url", "frame_url"),
                self.going.names,
                hint=self.going.hint,
                key="id",
            )
        )
        self._point_away("visited_link_id", found)
        self._recount_links(found)

    def _recount_links(self, gone: set[SqlValue]) -> None:
        """Links of pages that stay: followed less often than before, or never."""
        database = self.database
        if not has_columns(database, "visits", "visited_link_id"):
            self.forget("visited_links", "id", gone)
            return
        select = "SELECT visited_link_id FROM visits"
        rows = rows_where_in(
            database, select, "id", self.going.visits, also="visited_link_id <> 0"
        )
        left: dict[SqlValue, int] = dict.fromkeys({row[0] for row in rows} - gone, 0)
        select = "SELECT visited_link_id, id FROM visits"
        for link, visit in rows_where_in(database, select, "visited_link_id", left):
            left[link] += visit not in self.going.visits
        select = "SELECT id, visit_count FROM visited_links"
        there = {row[0]: row[1] for row in rows_where_in(database, select, "id", left)}
        never = {each for each in there if not left[each]}
        self.forget("visited_links", "id", gone | never)
        fewer: dict[SqlValue, tuple[SqlValue, ...]] = {
            each: (left[each],)
            for each in there.keys() - never
            if there[each] != left[each]
        }
        self.found.records += len(fewer)
        self.found.pages += update_rows(
            self.store, "visited_links", ("visit_count",), fewer, key="id"
        )

    def _point_away(self, column: str, gone: Iterable[SqlValue]) -> None:
        """Let visits that stay point to none of the rows that are gone."""
        if not (self.some_stay and has_columns(self.database, "visits", column)):
            return
        select = "SELECT id FROM visits"
        rows = rows_where_in(self.database, select, column, gone)
        stay = (row[0] for row in rows if row[0] not in self.going.visits)
        self.reset("visits", column, stay, 0)

    def pointers(self) -> None:
        """Where visits that stay came from."""
        for column in ("from_visit", "opener_visit"):
            self._point_away(column, self.going.visits)
        named = keys_naming(
            self.database,
            "visits",
            ("external_referrer_url",),
            self.going.names,
            hint=self.going.hint,
            key="id",
        )
        stay = (each for each in named if each not in self.going.visits)
        self.reset("visits", "external_referrer_url", stay, "")

    def counts(self) -> None:
        """How often, how often typed and when last a page was visited that keeps some of
        its visits.
        """
        database, going = self.database, self.going
        partly = going.partly
        if not partly:
            return
        columns = first_columns(
            database, "urls", "visit_count", "typed_count", "last_visit_time"
        )
        tallies = self._tallies(partly)
        select = f"SELECT id, {', '.join(columns)} FROM urls"
        rows: dict[SqlValue, tuple[SqlValue, ...]] = {}
        for page, *stored in rows_where_in(database, select, "id", partly):
            now = tallies[page].row(dict(zip(columns, stored, strict=True)))
            if now != tuple(stored):
                rows[page] = now
        self.found.pages += update_rows(self.store, "urls", columns, rows, key="id")

    def _tallies(self, pages: Iterable[SqlValue]) -> Mapping[SqlValue, _Tally]:
        typed = (
            "incremented_omnibox_typed_score"
            if has_columns(self.database, "visits", "incremented_omnibox_typed_score")
            else "0"
        )
        select = f"SELECT url, id, visit_time, transition, {typed} FROM visits"
        tallies: dict[SqlValue, _Tally] = {each: _Tally() for each in pages}
        for page, visit, time, transition, flag in rows_where_in(
            self.database, select, "url", pages
        ):
            tallies[page].take(
                time, transition, flag, stays=visit not in self.going.visits
            )
        return tallies


_TO_UNIX = 11_644_473_600_000_000
"""Microseconds from 1601 to 1970."""


@dataclass(slots=True)
class _Tally:
    """What the visits of one page add up to, and what of it stays."""

    visits: int = 0
    flagged: int = 0
    typed: int = 0
    any_flag: bool = False
    last: int = 0

    def take(
        self, time: SqlValue, transition: SqlValue, flag: SqlValue, *, stays: bool
    ) -> None:
        """One visit of the page."""
        self.any_flag = self.any_flag or bool(flag)
        if not stays:
            return
        kind = transition & _CORE_TYPE if isinstance(transition, int) else 0
        self.visits += kind != _RELOAD
        self.typed += kind == _TYPED
        self.flagged += bool(flag)
        if isinstance(time, int):
            self.last = max(self.last, time)

    def row(self, stored: Mapping[str, SqlValue]) -> tuple[SqlValue, ...]:
        """The columns of the page, in their order; no count grows by losing visits."""
        now = {
            "visit_count": self.visits,
            "typed_count": self.flagged if self.any_flag else self.typed,
            "last_visit_time": self.last,
        }
        return tuple(
            min(now[name], value) if isinstance(value, int) else now[name]
            for name, value in stored.items()
        )
