"""Whose a row is: told by marks, by moments, and by the visits and pages it points to.

A witness: it imports nothing that plans or writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.differ import Change, Rows, tables
from tests.two_people.people import PROFILES, Turn

__all__ = ["Owners", "stores"]

STORES = ("History", "Web Data", "places.sqlite", "formhistory.sqlite")
_MARK = re.compile(r"(?:ana|bea)t(\d+)n\d+")
_VISITS = {
    "visits": ("visit_time", "url"),
    "moz_historyvisits": ("visit_date", "place_id"),
}
_EPOCHS = {
    "visits": datetime(1601, 1, 1, tzinfo=UTC),
    "moz_historyvisits": datetime(1970, 1, 1, tzinfo=UTC),
}
_PAGES = {"urls", "moz_places"}
_TO_A_VISIT = {"visit_id", "from_visit", "opener_visit"}
_TO_A_PAGE = {"url_id", "place_id", "link_url_id", "page_id"}


def stores(home: Path) -> Iterator[tuple[str, Path]]:
    """Every SQLite store of the home, by its path from there."""
    for folder in PROFILES.values():
        for name in STORES:
            path = home / folder / name
            if path.exists():
                yield f"{folder}/{name}", path


@dataclass
class Owners:
    """The owners of all rows of a home, as it stands when this is made."""

    home: Path
    turns: list[Turn]

    def __post_init__(self) -> None:
        self._moments = {
            deed.at: turn.number for turn in self.turns for deed in turn.deeds
        }
        self.found: dict[str, dict[str, dict[Any, frozenset[int]]]] = {
            store: self._store(tables(path)) for store, path in stores(self.home)
        }

    def of(self, change: Change) -> frozenset[int]:
        """The numbers of the turns to which the row belongs."""
        return (
            self.found[change.store].get(change.table, {}).get(change.key, frozenset())
        )

    def only_of(self, turns: Iterable[int]) -> set[tuple[str, str, Any]]:
        """The rows that belong to nobody but these turns."""
        wanted = frozenset(turns)
        return {
            (store, table, key)
            for store, every in self.found.items()
            for table, rows in every.items()
            for key, owners in rows.items()
            if owners and owners <= wanted
        }

    def _store(self, found: Mapping[str, Rows]) -> dict[str, dict[Any, frozenset[int]]]:
        visits: dict[Any, frozenset[int]] = {}
        pages: dict[Any, set[int]] = {}
        for table, (when, page) in _VISITS.items():
            for key, row in found.get(table, {}).items():
                owners = self._at(table, row[when])
                visits[key] = owners
                pages.setdefault(row[page], set()).update(owners)
        return {
            table: {
                key: self._row(table, key, row, visits, pages)
                for key, row in rows.items()
            }
            for table, rows in found.items()
            if table not in {"header", "sqlite_master"}
        }

    def _at(self, table: str, stored: int) -> frozenset[int]:
        at = _EPOCHS[table] + timedelta(microseconds=stored)
        return frozenset({self._moments[at]})

    def _row(
        self,
        table: str,
        key: Any,
        row: dict[str, Any],
        visits: Mapping[Any, frozenset[int]],
        pages: Mapping[Any, set[int]],
    ) -> frozenset[int]:
        if table in _VISITS:
            return visits[key]
        if table in _PAGES:
            return frozenset(pages.get(key, ()))
        owners = {
            int(number)
            for value in row.values()
            if isinstance(value, str)
            for number in _MARK.findall(value)
        }
        for column, value in row.items():
            if column in _TO_A_VISIT and value:
                owners |= visits.get(value, frozenset())
            if column in _TO_A_PAGE and value:
                owners |= pages.get(value, set())
        return frozenset(owners)
