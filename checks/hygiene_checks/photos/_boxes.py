"""Boxes: the frame of MP4, MOV, HEIC and their kin.

Source: ISO/IEC 14496-12, 4.2: a 32-bit size and a type; size 1 puts a 64-bit size behind
the type, size 0 means up to the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._window import Window

__all__ = ["Box", "boxes", "meta_boxes"]

_HEADER = Struct(">I4s")
_MOST_BOXES = 20_000

Box = tuple[bytes, int, int]
"""Type, start and length of the content of a box, in the window it was read from."""


def boxes(window: Window, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes between two offsets, one after another, none entered. Zeros at the end,
    as QuickTime writes them, are no box.
    """
    end = window.size if end is None else end
    for _ in range(_MOST_BOXES):
        if end - start < _HEADER.size:
            return
        size, kind = _HEADER.unpack(window.at(start, _HEADER.size))
        body = start + _HEADER.size
        if size == 1:
            size = int.from_bytes(window.at(body, 8))
            body += 8
        elif size == 0:
            if kind == b"\0\0\0\0":
                return
            size = end - start
        if size < body - start or start + size > end:
            raise CannotLook(Why.DAMAGED)
        yield kind, body, start + size - body
        start += size
    raise CannotLook(Why.TOO_LARGE)


def meta_boxes(window: Window, start: int, length: int) -> Iterator[Box]:
    """The boxes inside a `meta` box: ISO files put a version before them, QuickTime
    files do not.
    """
    end = start + length
    if length >= 8 and window.at(start + 4, 4) != b"hdlr":  # noqa: PLR2004
        start += 4
    return boxes(window, start, end)
