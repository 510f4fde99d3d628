"""How often a page was visited, once some of its visits are gone.

Counted as `HistoryBackend::AddPageVisit` of Chromium 156 does: a reload counts no visit,
and a visit says itself whether it counted as typed.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    first_columns,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import SqlValue
    from hygiene_checks.browser.forgetting.chromium_going import Work

__all__ = ["counts"]

# Page transitions, `ui/base/page_transition_types.h`: the low byte is the kind.
_CORE_TYPE = 0xFF
_TYPED, _RELOAD = 1, 8


def counts(work: Work) -> None:
    """How often, how often typed and when last a page was visited that keeps some of
    its visits.
    """
    database, going = work.database, work.going
    partly = going.partly
    if not partly:
        return
    columns = first_columns(
        database, "urls", "visit_count", "typed_count", "last_visit_time"
    )
    tallies = _tallies(work, partly)
    select = f"SELECT id, {', '.join(columns)} FROM urls"
    rows: dict[SqlValue, tuple[SqlValue, ...]] = {}
    for page, *stored in rows_where_in(database, select, "id", partly):
        now = tallies[page].row(dict(zip(columns, stored, strict=True)))
        if now != tuple(stored):
            rows[page] = now
    work.found.pages += update_rows(work.store, "urls", columns, rows, key="id")


def _tallies(work: Work, pages: Iterable[SqlValue]) -> Mapping[SqlValue, _Tally]:
    typed = (
        "incremented_omnibox_typed_score"
        if has_columns(work.database, "visits", "incremented_omnibox_typed_score")
        else "0"
    )
    select = f"SELECT url, id, visit_time, transition, {typed} FROM visits"
    tallies: dict[SqlValue, _Tally] = {each: _Tally() for each in pages}
    for page, visit, time, transition, flag in rows_where_in(
        work.database, select, "url", pages
    ):
        tallies[page].take(time, transition, flag, stays=visit not in work.going.visits)
    return tallies


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
