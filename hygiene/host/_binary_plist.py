"""Whether a binary property list has room for all that it says it holds.

Each object stands in bytes of its own. A list made to fill the memory names the same
bytes as thousands of objects, and a reader makes each of them anew.

Layout: `CFBinaryPList.c` of Apple's CoreFoundation. `bplist00`, the objects, a table of
their offsets, and 32 bytes at the end that describe the table.
"""

from __future__ import annotations

import struct

__all__ = ["MAGIC", "has_room"]

MAGIC = b"bplist00"
_TRAILER = struct.Struct(">6xBBQQQ")
_INTEGER, _REAL = 0x1, 0x2
_DATE, _DATE_SIZE = 0x3, 9
_LENGTH_FOLLOWS = 0xF
_BYTES_OF_ONE = {0x4: 1, 0x5: 1, 0x6: 2, 0x7: 1}
"""Data and texts, by the high half of an object's first byte."""
_REFERENCES_OF_ONE = {0xA: 1, 0xB: 1, 0xC: 1, 0xD: 2}
"""Lists, sets and dictionaries."""


def has_room(data: bytes) -> bool:
    """Whether the objects in `data`, told by their own lengths, take no more bytes than
    there are. Anything that is malformed has no room.
    """
    if len(data) < len(MAGIC) + _TRAILER.size:
        return False
    offset_size, reference_size, count, _, table = _TRAILER.unpack(
        data[-_TRAILER.size :]
    )
    if not offset_size or table + count * offset_size > len(data):
        return False
    left = len(data)
    for place in range(table, table + count * offset_size, offset_size):
        offset = int.from_bytes(data[place : place + offset_size])
        if offset >= len(data):
            return False
        left -= _size(data, offset, reference_size)
        if left < 0:
            return False
    return True


def _size(data: bytes, offset: int, reference_size: int) -> int:
    """Bytes of one object, its first byte included."""
    kind, length = divmod(data[offset], 16)
    if kind in {_INTEGER, _REAL}:
        return 1 + (1 << length)
    if kind == _DATE:
        return _DATE_SIZE
    one = _BYTES_OF_ONE.get(kind, _REFERENCES_OF_ONE.get(kind, 0) * reference_size)
    if length == _LENGTH_FOLLOWS and one:
        size = 1 << (data[offset + 1] & 3) if offset + 1 < len(data) else 0
        length = int.from_bytes(data[offset + 2 : offset + 2 + size])
        return 2 + size + length * one
    return 1 + length * one
