"""Positions in WebP files: the EXIF and XMP chunks.

Source: WebP container specification (RFC 9649, 2.7).
"""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._exif import place_in_tiff
from hygiene_checks.photos._place import Answer
from hygiene_checks.photos._window import Window, window_on
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["answers", "is_webp"]

_FIRST_CHUNK = 12
_MOST_CHUNKS = 20_000


def is_webp(start: bytes) -> bool:
    """Whether these first bytes open a WebP file."""
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def answers(window: Window) -> Iterator[Answer]:
    """What each chunk says that can hold a position."""
    for kind, start, length in _chunks(window):
        if kind == b"EXIF":
            block = window.at(start, length).removeprefix(b"Exif\0\0")
            yield place_in_tiff(window_on(block))
        elif kind == b"XMP ":
            yield place_in_xmp(window.at(start, length))


def _chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and length of each chunk. Chunks begin at even offsets."""
    end = int.from_bytes(window.at(4, 4), "little") + 8
    if end < _FIRST_CHUNK + 8:
        raise CannotLook(Why.DAMAGED)
    at = _FIRST_CHUNK
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            return
        header = window.at(at, 8)
        length = int.from_bytes(header[4:], "little")
        if at + 8 + length > window.size:
            raise CannotLook(Why.DAMAGED)
        yield header[:4], at + 8, length
        at += 8 + length + length % 2
    raise CannotLook(Why.TOO_LARGE)
