"""LevelDB's checksum: CRC-32C, turned and shifted ("masked")."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import cramjam

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["masked_crc"]

_DELTA = 0xA282EAD8
_ALL = 0xFFFFFFFF

# Snappy's frames (framing_format.txt, 2013-10-25) carry the very same sum of what each
# holds, so the library that packs them counts ours at its speed.
_STREAM_HEADER = 10
_FRAME_HEADER = 4
_IN_ONE_FRAME = 65536

_POLYNOMIAL = 0x82F63B78
_ONE = 1 << 31


def masked_crc(data: bytes) -> int:
    """The checksum of `data`, of any length but none."""
    sums = _of_frames(bytes(cramjam.snappy.compress(data)))
    whole = next(sums)
    rest = len(data) - _IN_ONE_FRAME
    for each in sums:
        whole = _joined(_unmasked(whole), _unmasked(each), min(rest, _IN_ONE_FRAME))
        rest -= _IN_ONE_FRAME
    return whole


def _of_frames(stream: bytes) -> Iterator[int]:
    at = _STREAM_HEADER
    while at < len(stream):
        length = int.from_bytes(stream[at + 1 : at + _FRAME_HEADER], "little")
        at += _FRAME_HEADER
        yield int.from_bytes(stream[at : at + 4], "little")
        at += length


def _unmasked(value: int) -> int:
    value = (value - _DELTA) & _ALL
    return (value >> 17 | value << 15) & _ALL


def _joined(first: int, second: int, length: int) -> int:
    """The masked sum of two texts in a row from their own, the second `length` long."""
    value = _times(first, _shift(length)) ^ second
    return ((value >> 15 | value << 17) + _DELTA) & _ALL


@cache
def _shift(length: int) -> int:
    """What `length` more bytes do to a sum: x to the power of their bits."""
    powers = accumulate(
        range(length.bit_length() + 2), lambda x, _: _times(x, x), initial=_ONE >> 1
    )
    value = _ONE
    for place, power in enumerate(powers):
        if length << 3 >> place & 1:
            value = _times(value, power)
    return value


def _times(one: int, other: int) -> int:
    """The product of two polynomials over two elements, highest power in bit 0."""
    product = 0
    while one:
        if one & _ONE:
            product ^= other
        one = one << 1 & _ALL
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product
