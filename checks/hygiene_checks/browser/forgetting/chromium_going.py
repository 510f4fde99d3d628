"""What is to go out of one `History` of Chromium, and how steps on it are gathered."""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    rows_where_in,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, SqlValue, Step

__all__ = ["Going", "HistorySteps", "Work"]

Names: TypeAlias = Callable[[object], bool]
"""Whether the text of a row that stays names what goes."""


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


@dataclass(slots=True)
class Work:
    """Gathers the steps. `some_stay` says that not all visits go."""

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
        if not has_columns(self.database, table, key) or self.is_empty(table):
            return
        select = f"SELECT {key} FROM {table}"
        found = [row[0] for row in rows_where_in(self.database, select, key, values)]
        self.found.records += len(found)
        self.found.pages += delete_rows(
            self.store, table, found, key=key, rows=len(found)
        )

    def is_empty(self, table: str) -> bool:
        """Whether a table has no row."""
        return next(self.database.rows(f"SELECT 1 FROM {table} LIMIT 1"), None) is None

    def reset(
        self, table: str, column: str, keys: Iterable[SqlValue], to: SqlValue
    ) -> None:
        """Set a column of rows that stay."""
        rows = dict.fromkeys(keys, (to,))
        self.found.records += len(rows)
        self.found.pages += update_rows(self.store, table, (column,), rows, key="id")
