"""Records in blocks of 32 KiB: the form of logs and manifests."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.leveldb._checksum import masked_crc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hygiene.contract.home import Reader

__all__ = ["framed", "records"]

_BLOCK = 32768
_HEADER = struct.Struct("<IHB")
"""Checksum of kind and text, length of the text, kind."""

_NONE, _FULL, _FIRST, _MIDDLE, _LAST = range(5)


def records(file: Reader) -> Iterator[bytes]:
    """Every whole record, first to last. What a program that was killed left half
    written at the end is no record; any other damage raises `CannotLook`.
    """
    parts: list[bytes] = []
    for kind, text in _fragments(file):
        if kind == _NONE:
            parts.clear()
            continue
        if (kind in {_FULL, _FIRST}) is bool(parts):
            raise CannotLook(Why.DAMAGED)
        parts.append(text)
        if kind in {_FULL, _LAST}:
            yield b"".join(parts)
            parts.clear()


def _fragments(file: Reader) -> Iterator[tuple[int, bytes]]:
    for start in range(0, file.size, _BLOCK):
        block = file.read_at(start, _BLOCK)
        at = 0
        while at + _HEADER.size <= len(block):
            crc, length, kind = _HEADER.unpack_from(block, at)
            end = at + _HEADER.size + length
            if end > len(block) < _BLOCK:
                return
            if kind == _NONE and not length:
                # Space that was reserved, or a tail that never reached the disk.
                yield _NONE, b""
                break
            # The kind is the last byte of the header, right before the text.
            text = block[at + _HEADER.size - 1 : end]
            if kind not in {_FULL, _FIRST, _MIDDLE, _LAST} or end > len(block):
                raise CannotLook(Why.DAMAGED)
            if masked_crc(text) != crc:
                raise CannotLook(Why.DAMAGED)
            yield kind, text[1:]
            at = end


def framed(texts: Iterable[bytes]) -> bytes:
    """A file of these records."""
    whole = bytearray()
    for text in texts:
        at, first = 0, True
        while first or at < len(text):
            room = _BLOCK - len(whole) % _BLOCK
            if room < _HEADER.size:
                whole += bytes(room)
                room = _BLOCK
            part = text[at : at + room - _HEADER.size]
            at += len(part)
            whole += _fragment(part, first=first, last=at == len(text))
            first = False
    return bytes(whole)


def _fragment(part: bytes, *, first: bool, last: bool) -> bytes:
    kind = {
        (True, True): _FULL,
        (True, False): _FIRST,
        (False, False): _MIDDLE,
        (False, True): _LAST,
    }[first, last]
    crc = masked_crc(bytes([kind]) + part)
    return _HEADER.pack(crc, len(part), kind) + part
