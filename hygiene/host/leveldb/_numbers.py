"""Numbers of variable length, seven bits a byte, as LevelDB writes them.

Source of all formats of this package: LevelDB 1.23, `doc/table_format.md`,
`doc/log_format.md`, `util/coding.cc`, `db/version_edit.cc`, `db/write_batch.cc`.
"""

from __future__ import annotations

from hygiene.contract.outcome import CannotLook, Why

__all__ = ["LAST_OF_BYTE", "from_varint", "prefixed", "sliced", "to_varint"]

LAST_OF_BYTE = 0x80
"""Numbers below it stand in one byte."""

_LONGEST = 10


def from_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at `at`, and where what follows it begins. Raises `CannotLook`."""
    value = 0
    for place, byte in enumerate(data[at : at + _LONGEST]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < LAST_OF_BYTE:
            return value, at + place + 1
    raise CannotLook(Why.DAMAGED)


def to_varint(value: int) -> bytes:
    """The bytes of a number that is not negative."""
    parts = bytearray()
    while value >= LAST_OF_BYTE:
        parts.append(value & 0x7F | LAST_OF_BYTE)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def sliced(data: bytes, at: int) -> tuple[bytes, int]:
    """The string at `at` with its length before it, and where what follows begins."""
    length, at = from_varint(data, at)
    if length > len(data) - at:
        raise CannotLook(Why.DAMAGED)
    return data[at : at + length], at + length


def prefixed(text: bytes) -> bytes:
    """A string with its length before it."""
    return to_varint(len(text)) + text
