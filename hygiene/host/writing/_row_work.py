"""Units on rows: whether a SQLite store is one that we know how to change."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Database, DeleteRows, Kind, Refusal
from hygiene.host.sqlite import MAGIC
from hygiene.host.writing import _ground
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._sqlite_store import INDEX, STRANGE, SqliteStore
from hygiene.host.writing._stamps import JOURNAL, LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hygiene.host.home import DiskHome
    from hygiene.host.spots import Spot
    from hygiene.host.writing._rows import RowStep
    from hygiene.host.writing._stamps import Stamp
    from hygiene.host.writing._stopping import Stopping

__all__ = ["RowWork"]

_ROW_NUMBERS = frozenset({"rowid", "oid", "_rowid_"})
_MADE_BY = "SELECT sql FROM sqlite_schema WHERE tbl_name = ? COLLATE NOCASE"
_ORDER = re.compile(r"\bcollate\s*[\"'`\[]?(\w*)", re.IGNORECASE)
_ORDERS = frozenset({"binary", "nocase", "rtrim"})
"""Orders of words that SQLite itself has; others only the program has that wrote it."""


@dataclass(frozen=True, slots=True)
class RowWork:
    """Row steps on the store at `spot`; `vfs` is SQLite's file layer, "" for its own.
    `in_place` is called if it could not be written anew.
    """

    home: DiskHome
    spot: Spot
    steps: Sequence[RowStep]
    vfs: str
    in_place: Callable[[], None]

    def refuse(self) -> None:
        """Raise if the store is open, strange, damaged or not ours to write to."""
        _ground.refuse_other_than(Kind.FILE, self.spot)
        _ground.refuse_second_name(self.spot.real)
        for end in (JOURNAL, LOG, INDEX):
            with suppress(FileNotFoundError):
                _ground.refuse_no_file(self.spot.real + end)
        _ground.refuse_unless_writable(self.spot.real)
        if self.home.in_use(self.spot.path):
            raise Refused(Refusal.OPEN)
        self._refuse_damaged_header()
        self.home.query(self.spot.path, self._refuse_unknown_schema)

    def needs(self) -> int:
        """Every page stands once more in the journal, those from the log as well."""
        return sum(
            os.lstat(self.spot.real + end).st_size
            for end in ("", LOG)
            if os.path.lexists(self.spot.real + end)
        )

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Change the rows in one transaction."""
        store = SqliteStore(self.spot, stamp, stopping, self.vfs)
        if not store.change(self.steps):
            self.in_place()

    def _refuse_damaged_header(self) -> None:
        with self.home.open(self.spot.path) as file:
            if file.read_at(0, len(MAGIC)) != MAGIC:
                raise Refused(Refusal.DAMAGED)

    def _refuse_unknown_schema(self, database: Database) -> None:
        strange = next(database.rows(STRANGE))[0]
        if strange or not all(_knows(database, step) for step in self.steps):
            raise Refused(Refusal.UNKNOWN_FORMAT)


def _knows(database: Database, step: RowStep) -> bool:
    """Whether the store has the table and the columns that a step names."""
    there = {name.lower() for name in database.columns(step.table)}
    named = () if isinstance(step, DeleteRows) else step.columns
    key = step.key.lower()
    return (
        bool(there)
        and _knows_orders(database, step.table)
        and (key in there or key in _ROW_NUMBERS)
        and there.issuperset(name.lower() for name in named)
    )


def _knows_orders(database: Database, table: str) -> bool:
    """Whether SQLite can keep the indexes of the table in order."""
    made = database.rows(_MADE_BY, (table,))
    named = (name for (sql,) in made for name in _ORDER.findall(str(sql)))
    return all(name.lower() in _ORDERS for name in named)
