"""The entries of a LevelDB folder, read by other code than the product's.

Formats: table_format.md, log_format.md and write_batch.cc of LevelDB. A key in a table
ends in eight bytes: seven of its number, and its kind, above the lowest byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import cramjam

__all__ = ["entries", "log_records", "table_entries"]

_TABLE_END = bytes.fromhex("57fb808b247547db")
_LOG_BLOCK = 32 * 1024
_DELETED, _VALUE = 0, 1


def entries(folder: Path) -> dict[bytes, bytes]:
    """The newest value of each key that was not deleted since."""
    newest: dict[bytes, tuple[int, int, bytes]] = {}
    for path in folder.iterdir():
        for key, number, kind, value in _changes(path):
            if key not in newest or newest[key][0] < number:
                newest[key] = (number, kind, value)
    return {key: value for key, (_, kind, value) in newest.items() if kind == _VALUE}


def _changes(path: Path) -> Iterator[tuple[bytes, int, int, bytes]]:
    if path.suffix in {".ldb", ".sst"}:
        for key, value in table_entries(path.read_bytes()):
            tail = int.from_bytes(key[-8:], "little")
            yield key[:-8], tail >> 8, tail & 255, value
    elif path.suffix == ".log":
        for record in log_records(path.read_bytes()):
            yield from _batch(record)


def _batch(record: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    first, count = struct.unpack_from("<QI", record)
    at = 12
    for number in range(first, first + count):
        kind, at = record[at], at + 1
        size, at = _number(record, at)
        key, at = record[at : at + size], at + size
        value = b""
        if kind == _VALUE:
            size, at = _number(record, at)
            value, at = record[at : at + size], at + size
        yield key, number, kind, value


def log_records(data: bytes) -> list[bytes]:
    """The records of a log, each put together from its pieces; the last one may have
    been cut short by a crash.
    """
    records: list[bytes] = []
    begun = b""
    for start in range(0, len(data), _LOG_BLOCK):
        block, at = data[start : start + _LOG_BLOCK], 0
        while at + 7 <= len(block):
            size, kind = struct.unpack_from("<HB", block, at + 4)
            piece = block[at + 7 : at + 7 + size]
            at += 7 + size
            begun = piece if kind in {1, 2} else begun + piece
            if kind in {1, 4} and len(piece) == size:
                records.append(begun)
    return records


def table_entries(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys, each whole, and values of one table."""
    if not data.endswith(_TABLE_END):
        return
    at = len(data) - 48
    for _ in range(2):
        _, at = _number(data, at)
    for _, handle in _in_block(_block(data, *_handle(data, at))):
        yield from _in_block(_block(data, *_handle(handle, 0)))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number in base 128, and where the next thing begins."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _handle(data: bytes, at: int) -> tuple[int, int]:
    offset, at = _number(data, at)
    return offset, _number(data, at)[0]


def _block(data: bytes, offset: int, size: int) -> bytes:
    whole = data[offset : offset + size]
    packed = data[offset + size] == 1
    return bytes(cramjam.snappy.decompress_raw(whole)) if packed else whole


def _in_block(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = len(block) - 4 - 4 * struct.unpack("<I", block[-4:])[0]
    at, key = 0, b""
    while at < end:
        shared, at = _number(block, at)
        own, at = _number(block, at)
        size, at = _number(block, at)
        key = key[:shared] + block[at : at + own]
        yield key, block[at + own : at + own + size]
        at += own + size
