"""Moves a sitting back in time: browsers can only browse now.

Every whole number in the stores of a closed browser that is a moment of the sitting, in
any of the units in which browsers count, is made smaller. Nothing else is touched: what
stands in other files (sessions, settings) keeps its time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

__all__ = ["move_back"]

_TO_1970 = 11_644_473_600
"""Seconds from 1601, where Chromium's clock begins."""
_SLACK = 600


def move_back(root: Path, first: float, last: float, seconds: int) -> int:
    """Move what happened from `first` to `last` (seconds since 1970) `seconds` back, in
    every SQLite store below `root`. Gives the number of values moved.
    """
    moved = 0
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_store(path):
            with closing(sqlite3.connect(path)) as store, store:
                for table, column in _columns(store):
                    for unit, start in _units(first):
                        moved += store.execute(
                            f'UPDATE "{table}" SET "{column}" = "{column}" - ?'
                            f" WHERE typeof(\"{column}\") = 'integer'"
                            f' AND "{column}" BETWEEN ? AND ?',
                            (
                                seconds * unit,
                                start,
                                start + int(last - first + 2 * _SLACK) * unit,
                            ),
                        ).rowcount
    return moved


def _units(first: float) -> Iterator[tuple[int, int]]:
    """How many of each unit make a second, and what the first moment is in it."""
    for unit in (1, 1_000, 1_000_000):
        yield unit, int(first - _SLACK) * unit
    yield 1_000_000, int(first - _SLACK + _TO_1970) * 1_000_000


def _is_store(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _columns(store: sqlite3.Connection) -> list[tuple[str, str]]:
    return store.execute(
        "SELECT m.name, c.name FROM sqlite_master AS m"
        " JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        # Triggers call functions that only the browser has.
        " AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger')"
    ).fetchall()
