"""Table files: sorted keys in blocks, each block packed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cramjam

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.leveldb._checksum import masked_crc
from hygiene.host.leveldb._numbers import LAST_OF_BYTE, from_varint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract.home import Reader

__all__ = ["FOOTER", "MAGIC", "PLAIN", "RESTARTS_EVERY", "SNAPPY", "TRAILER", "pairs"]

# After the blocks: where the index of other blocks and the index of data stand, each as
# offset and size, filled up to 40 bytes, and the magic number.
FOOTER = 48
MAGIC = bytes.fromhex("57fb808b247547db")
TRAILER = 5
"""Behind each block: how it is packed, and the checksum of both."""

PLAIN, SNAPPY = 0, 1
RESTARTS_EVERY = 16
"""Keys after which one stands whole again, not shortened by what it shares."""


class _Handle(NamedTuple):
    offset: int
    size: int

    @property
    def end(self) -> int:
        return self.offset + self.size + TRAILER


def pairs(file: Reader, size: int, largest: int) -> Iterator[tuple[bytes, bytes]]:
    """Every internal key and value of a table of `size` bytes. No block is larger than
    `largest` bytes, packed or not: `TOO_LARGE`. Raises `CannotLook`.
    """
    if not FOOTER <= size <= file.size:
        raise CannotLook(Why.DAMAGED)
    footer = file.read_at(size - FOOTER, FOOTER)
    if footer[-len(MAGIC) :] != MAGIC:
        raise CannotLook(Why.DAMAGED)
    _, at = _handle(footer, 0)
    index, _ = _handle(footer, at)
    if index.end > size:
        raise CannotLook(Why.DAMAGED)
    read = 0
    for _, value in _entries(_block(file, index, largest)):
        handle, _ = _handle(value, 0)
        # One after the other, so that no file can have a block read twice.
        if handle.offset < read or handle.end > size:
            raise CannotLook(Why.DAMAGED)
        read = handle.end
        yield from _entries(_block(file, handle, largest))
    if not read:
        raise CannotLook(Why.DAMAGED)


def _handle(data: bytes, at: int) -> tuple[_Handle, int]:
    offset, at = from_varint(data, at)
    size, at = from_varint(data, at)
    return _Handle(offset, size), at


def _block(file: Reader, handle: _Handle, largest: int) -> bytes:
    if handle.size > largest:
        raise CannotLook(Why.TOO_LARGE)
    data = file.read_at(handle.offset, handle.size + TRAILER)
    crc = int.from_bytes(data[handle.size + 1 :], "little")
    if len(data) != handle.size + TRAILER or masked_crc(data[:-4]) != crc:
        raise CannotLook(Why.DAMAGED)
    kind, packed = data[handle.size], data[: handle.size]
    if kind == PLAIN:
        return packed
    if kind != SNAPPY:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return _unpacked(packed, largest)


def _unpacked(packed: bytes, largest: int) -> bytes:
    try:
        if cramjam.snappy.decompress_raw_len(packed) > largest:
            raise CannotLook(Why.TOO_LARGE)
        return bytes(cramjam.snappy.decompress_raw(packed))
    except cramjam.DecompressionError:
        raise CannotLook(Why.DAMAGED) from None


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keys and values of one block; each key is stored as how much of the key before
    it begins it, and the rest.
    """
    # At the end: where keys stand whole, in four bytes each, and how many of those.
    restarts = int.from_bytes(block[-4:], "little")
    end = len(block) - 4 * (restarts + 1)
    if not restarts or end < 0:
        raise CannotLook(Why.DAMAGED)
    at, key, shared_in_all = 0, b"", 0
    while at < end:
        shared, own, length, at = _lengths(block, at)
        value_at = at + own
        shared_in_all += shared
        # No key is shortened more often than until the next whole one.
        too_much = shared_in_all > RESTARTS_EVERY * len(block)
        if shared > len(key) or value_at + length > end or too_much:
            raise CannotLook(Why.DAMAGED)
        key = key[:shared] + block[at:value_at]
        at = value_at + length
        yield key, block[value_at:at]


def _lengths(block: bytes, at: int) -> tuple[int, int, int, int]:
    """Shared and own length of a key, length of its value, and where they end."""
    shared, own, length = block[at], block[at + 1], block[at + 2]
    if shared < LAST_OF_BYTE and own < LAST_OF_BYTE and length < LAST_OF_BYTE:
        return shared, own, length, at + 3
    shared, at = from_varint(block, at)
    own, at = from_varint(block, at)
    length, at = from_varint(block, at)
    return shared, own, length, at
