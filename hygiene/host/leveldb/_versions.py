"""The manifest: which tables and logs are alive, as a row of changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.leveldb._numbers import from_varint, prefixed, sliced, to_varint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LEVELS", "Table", "Version", "edit_of", "version_of"]

LEVELS = 7
_MOST_TABLES = 100_000

# IndexedDB's own order (`idb_cmp1`) is not among them.
_BYTEWISE = b"leveldb.BytewiseComparator"

_COMPARATOR, _COMPACTED_UP_TO, _GONE, _COME = 1, 5, 6, 7
_NUMBERS = {2: "log", 3: "next_file", 4: "last_sequence", 9: "log_before"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table file: its number, its size in bytes, its first and last internal key."""

    number: int
    size: int
    smallest: bytes
    largest: bytes


@dataclass(slots=True)
class Version:
    """The state after all changes: tables by level and number, and which logs count:
    those from `log` on, and `log_before`.
    """

    log: int = 0
    log_before: int = 0
    next_file: int = 0
    last_sequence: int = 0
    comparator: bytes = b""
    tables: dict[tuple[int, int], Table] = field(default_factory=dict)

    def level(self, level: int) -> list[Table]:
        """The tables of one level, in the order of their first keys."""
        found = [each for (of, _), each in self.tables.items() if of == level]
        return sorted(found, key=lambda table: (table.smallest[:-8], table.number))


def version_of(edits: Iterable[bytes]) -> Version:
    """The state that a manifest's records lead to. Raises `CannotLook`."""
    version = Version()
    for edit in edits:
        _apply(version, _Edit(edit))
        if len(version.tables) > _MOST_TABLES:
            raise CannotLook(Why.TOO_LARGE)
    if not version.comparator or not version.next_file:
        raise CannotLook(Why.DAMAGED)
    if version.comparator != _BYTEWISE:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    numbers = {number for _, number in version.tables}
    if len(numbers) != len(version.tables):
        raise CannotLook(Why.DAMAGED)
    return version


class _Edit:
    """One change, read field by field."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def more(self) -> bool:
        return self._at < len(self._data)

    def number(self) -> int:
        value, self._at = from_varint(self._data, self._at)
        return value

    def text(self) -> bytes:
        value, self._at = sliced(self._data, self._at)
        return value

    def table(self) -> Table:
        return Table(self.number(), self.number(), self.text(), self.text())


def _apply(version: Version, edit: _Edit) -> None:
    come: list[tuple[int, Table]] = []
    while edit.more:
        tag = edit.number()
        if tag in _NUMBERS:
            setattr(version, _NUMBERS[tag], edit.number())
        elif tag == _COMPARATOR:
            version.comparator = edit.text()
        elif tag == _COMPACTED_UP_TO:
            _level, _key = edit.number(), edit.text()
        elif tag == _GONE:
            version.tables.pop((edit.number(), edit.number()), None)
        elif tag == _COME:
            come.append((edit.number(), edit.table()))
        else:
            raise CannotLook(Why.DAMAGED)
    # Of one change, what goes goes before what comes.
    for level, table in come:
        if level >= LEVELS:
            raise CannotLook(Why.DAMAGED)
        version.tables[level, table.number] = table


def edit_of(
    level: int, tables: Sequence[Table], *, log: int, last_sequence: int
) -> bytes:
    """The one record of a new manifest: `tables` on `level`, no log before `log`."""
    version = Version(log=log, next_file=log + 1, last_sequence=last_sequence)
    parts = [to_varint(_COMPARATOR), prefixed(_BYTEWISE)]
    for tag, name in _NUMBERS.items():
        parts += [to_varint(tag), to_varint(getattr(version, name))]
    for table in tables:
        numbers = (_COME, level, table.number, table.size)
        parts += [to_varint(each) for each in numbers]
        parts += [prefixed(table.smallest), prefixed(table.largest)]
    return b"".join(parts)
