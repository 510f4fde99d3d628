"""Reads the live keys and values of a LevelDB folder."""

from __future__ import annotations

import re
from contextlib import suppress
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.leveldb import _logs, _tables
from hygiene.host.leveldb._records import records
from hygiene.host.leveldb._versions import LEVELS, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from hygiene.contract.home import Home, Reader
    from hygiene.host.leveldb._versions import Table, Version

__all__ = ["entries"]

_TRIES = 5
_CURRENT = "CURRENT"
_LINE = 1 << 10
_MANIFEST = re.compile(rb"(MANIFEST-[0-9]{1,20})\n")
_NUMBERED = re.compile(r"[0-9]{1,20}\.(ldb|sst|log)")
_OURS = re.compile(rf"{_CURRENT}|MANIFEST-[0-9]{{1,20}}|{_NUMBERED.pattern}")

_LARGEST_MANIFEST = 64 << 20
_LARGEST_LOGS = 64 << 20
_BLOCKS = 128 << 20
"""Bytes of all blocks of tables that are in memory."""

_MOST_STREAMS = 100
"""Each has a file open."""

_SORTED_AT_ONCE = 10_000
"""Changes; to sort more would hold up the interpreter."""

_MOST_RUNS = 100

_MARKS = 8
"""Bytes behind a key in a table: its sequence number, and the kind of change."""

_Item = tuple[bytes, int, bytes]
"""Key; its marks, below zero so that the newest comes first; value."""


class _Mark(NamedTuple):
    """What another program changes whenever it changes which files are alive."""

    files: frozenset[str]
    current: bytes
    size: int

    @property
    def manifest(self) -> str | None:
        """The manifest that counts, if it is there."""
        named = _MANIFEST.fullmatch(self.current)
        name = named[1].decode() if named else ""
        return name if name in self.files else None


def entries(home: Home, path: str) -> Iterator[tuple[bytes, bytes]]:
    """Every live key with its value, in bytewise order of the keys. Nothing if there is
    no such folder. Raises `CannotLook`: `UNKNOWN_FORMAT` where keys have another order,
    `LOCKED` where a program does not cease to change the folder, `DAMAGED`, `TOO_LARGE`.
    """
    last = None
    for key, order, value in _steady(home, path):
        if key != last:
            last = key
            if -order & 0xFF == _logs.PUT:
                yield key, value


def _steady(home: Home, path: str) -> Iterator[_Item]:
    """All versions of all keys, in order, of one state of the folder.

    Names are listed before the manifest is read, files opened after it. A log that is
    not listed is then younger than all that is read, and one that was, or a table, is
    there until the manifest does without it: where all could be opened, it fits.
    """
    for _ in range(_TRIES):
        mark = _mark(home, path)
        if not mark.files:
            return iter(())
        try:
            items = _items(home, path, mark)
            # Opens what stands first, and so holds it.
            first = list(islice(items, 1))
        except CannotLook:
            if _mark(home, path) == mark:
                raise
        else:
            return chain(first, items)
    raise CannotLook(Why.LOCKED)


def _mark(home: Home, path: str) -> _Mark:
    mark = _Mark(_names(home, path), b"", 0)
    # What is gone again, or may not be read, comes up when it is needed.
    with suppress(CannotLook):
        mark = mark._replace(current=home.read(f"{path}/{_CURRENT}", limit=_LINE))
        with home.open(f"{path}/{mark.manifest}") as file:
            mark = mark._replace(size=file.size)
    return mark


def _names(home: Home, path: str) -> frozenset[str]:
    for folder in home.walk(path):
        for each in folder.skipped:
            if each.path == folder.path and each.why is not None:
                raise CannotLook(each.why)
        return frozenset(each for each in folder.files if _OURS.fullmatch(each))
    return frozenset()


def _items(home: Home, path: str, mark: _Mark) -> Iterator[_Item]:
    if _CURRENT in mark.files:
        home.read(f"{path}/{_CURRENT}", limit=_LINE)
    if mark.manifest is None:
        raise CannotLook(Why.DAMAGED)
    with home.open(f"{path}/{mark.manifest}") as file:
        if file.size > _LARGEST_MANIFEST:
            raise CannotLook(Why.TOO_LARGE)
        version = version_of(records(file))
    folder = _Files(home, path, mark.files)
    return merge(*_runs(folder, version), *_levels(folder, version))


class _Files:
    """The numbered files of a folder."""

    def __init__(self, home: Home, path: str, names: Iterable[str]) -> None:
        self._home = home
        self._path = path
        # Tables had another ending once; the one of today counts first.
        self._names: dict[tuple[int, bool], str] = {}
        for each in sorted(names, reverse=True):
            if _NUMBERED.fullmatch(each):
                number, ending = each.split(".")
                self._names[int(number), ending == "log"] = each

    def logs(self, version: Version) -> Sequence[int]:
        """Those that count, oldest first."""
        logs = sorted(number for number, log in self._names if log)
        return [n for n in logs if n >= version.log or n == version.log_before]

    def open(self, number: int, *, log: bool = False) -> AbstractContextManager[Reader]:
        """Open one. Raises `CannotLook`."""
        name = self._names.get((number, log))
        if name is None:
            raise CannotLook(Why.DAMAGED)
        return self._home.open(f"{self._path}/{name}")


def _runs(folder: _Files, version: Version) -> list[list[_Item]]:
    """What stands in the logs, in pieces that are sorted."""
    changes = _changes(folder, version)
    runs: list[list[_Item]] = []
    while run := sorted(islice(changes, _SORTED_AT_ONCE)):
        runs.append(run)
        if len(runs) > _MOST_RUNS:
            raise CannotLook(Why.TOO_LARGE)
    return runs


def _changes(folder: _Files, version: Version) -> Iterator[_Item]:
    size = 0
    for number in folder.logs(version):
        with folder.open(number, log=True) as file:
            size += file.size
            if size > _LARGEST_LOGS:
                raise CannotLook(Why.TOO_LARGE)
            for key, sequence, kind, value in _logs.changes(file):
                yield key, -(sequence << 8 | kind), value


def _levels(folder: _Files, version: Version) -> list[Iterator[_Item]]:
    """Each table of the first level, where keys overlap, and each level below."""
    levels = [[table] for table in version.level(0)]
    levels += [version.level(level) for level in range(1, LEVELS)]
    levels = [each for each in levels if each]
    if len(levels) > _MOST_STREAMS:
        raise CannotLook(Why.TOO_LARGE)
    largest = _BLOCKS // max(1, len(levels))
    return [_level(folder, tables, largest) for tables in levels]


def _level(folder: _Files, tables: Sequence[Table], largest: int) -> Iterator[_Item]:
    before = (b"", -(1 << 64))
    for table in tables:
        with folder.open(table.number) as file:
            for internal, value in _tables.pairs(file, table.size, largest):
                key = internal[:-_MARKS]
                order = -int.from_bytes(internal[-_MARKS:], "little")
                # Whatever the files claim, this ends.
                if len(internal) < _MARKS or before >= (key, order):
                    raise CannotLook(Why.DAMAGED)
                before = (key, order)
                yield key, order, value
