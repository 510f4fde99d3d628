"""Builds the files of a new LevelDB folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cramjam

from hygiene.host.leveldb._checksum import masked_crc
from hygiene.host.leveldb._logs import PUT
from hygiene.host.leveldb._numbers import to_varint
from hygiene.host.leveldb._records import framed
from hygiene.host.leveldb._tables import (
    FOOTER,
    MAGIC,
    PLAIN,
    RESTARTS_EVERY,
    SNAPPY,
)
from hygiene.host.leveldb._versions import LEVELS, Table, edit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["fresh"]

# What LevelDB itself makes by default (include/leveldb/options.h).
_BLOCK = 4096
_TABLE = 2 << 20

_FIRST_LEVEL = 2
"""Where LevelDB itself puts a table that overlaps no other."""

_HOLDS = 100 << 20
"""Bytes of tables on that level; each level below holds ten times as much."""


def fresh(
    entries: Iterable[tuple[bytes, bytes]], first: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of a new folder that has exactly these keys and
    values, one at a time, in the order in which to write them. Keys come in ascending
    bytewise order, each once, else `ValueError`.

    All is in tables, none in a log: LevelDB turns a log into tables when it opens the
    folder, and with the small memory that Chromium allows it, into very many. Numbers
    begin at `first`: above all that a folder has, its old files do not count any more
    from the moment on at which `CURRENT` is the new one.
    """
    tables: list[Table] = []
    sequence = 0
    building = _Table()
    for sequence, (key, value) in enumerate(entries, 1):
        building.add(key, sequence, value)
        if building.size >= _TABLE:
            yield _finished(building, first, tables)
            building = _Table(after=key)
    if building.size:
        yield _finished(building, first, tables)
    log = first + len(tables) + 1
    edit = edit_of(_level(tables), tables, log=log, last_sequence=sequence)
    yield f"MANIFEST-{first:06d}", framed([edit])
    yield "CURRENT", b"MANIFEST-%06d\n" % first


def _finished(building: _Table, first: int, tables: list[Table]) -> tuple[str, bytes]:
    data = building.finish()
    number = first + len(tables) + 1
    tables.append(Table(number, len(data), building.smallest, building.largest))
    return f"{number:06d}.ldb", data


def _level(tables: Iterable[Table]) -> int:
    """The first level that holds them all, so that nothing has to be moved on."""
    size, level = sum(table.size for table in tables), _FIRST_LEVEL
    while level < LEVELS - 1 and size > _HOLDS * 10 ** (level - _FIRST_LEVEL):
        level += 1
    return level


class _Table:
    """One table in the making."""

    def __init__(self, after: bytes | None = None) -> None:
        self.smallest = self.largest = b""
        self._before = after
        self._data = bytearray()
        self._block = _Block(RESTARTS_EVERY)
        self._index = _Block(1)

    @property
    def size(self) -> int:
        """Bytes so far, about."""
        return len(self._data) + self._block.size

    def add(self, key: bytes, sequence: int, value: bytes) -> None:
        """Add the next key."""
        if self._before is not None and key <= self._before:
            raise ValueError("keys do not ascend")
        self._before = key
        self.largest = key + (sequence << 8 | PUT).to_bytes(8, "little")
        self.smallest = self.smallest or self.largest
        self._block.add(self.largest, value)
        if self._block.size >= _BLOCK:
            self._end_block()

    def _end_block(self) -> None:
        # The last key itself, where LevelDB would look for a shorter one between it and
        # the next: nothing that no kept key has can come in.
        self._index.add(self.largest, self._put(self._block))
        self._block = _Block(RESTARTS_EVERY)

    def _put(self, block: _Block) -> bytes:
        """Append a block; returns where it stands."""
        data = block.finish()
        packed, kind = bytes(cramjam.snappy.compress_raw(data)), SNAPPY
        if len(packed) >= len(data) - len(data) // 8:
            packed, kind = data, PLAIN
        handle = to_varint(len(self._data)) + to_varint(len(packed))
        stored = packed + bytes([kind])
        self._data += stored + masked_crc(stored).to_bytes(4, "little")
        return handle

    def finish(self) -> bytes:
        """The whole file."""
        if self._block.size:
            self._end_block()
        handles = self._put(_Block(1)) + self._put(self._index)
        self._data += handles.ljust(FOOTER - len(MAGIC), b"\0") + MAGIC
        return bytes(self._data)


class _Block:
    """One block in the making."""

    def __init__(self, restarts_every: int) -> None:
        self._every = restarts_every
        self._data = bytearray()
        self._restarts = [0]
        self._since = 0
        self._key = b""

    @property
    def size(self) -> int:
        """Bytes of its keys and values."""
        return len(self._data)

    def add(self, key: bytes, value: bytes) -> None:
        """Add the next key, shortened by what it shares with the one before."""
        shared = 0
        if self._since == self._every:
            self._restarts.append(len(self._data))
            self._since = 0
        elif self._since:
            shared = _shared(self._key, key)
        for length in (shared, len(key) - shared, len(value)):
            self._data += to_varint(length)
        self._data += key[shared:] + value
        self._key = key
        self._since += 1

    def finish(self) -> bytes:
        """The whole block."""
        tail = (*self._restarts, len(self._restarts))
        return bytes(self._data) + b"".join(n.to_bytes(4, "little") for n in tail)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
