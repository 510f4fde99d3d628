"""The answer of an ordinary JPEG, straight from the bytes in memory.

Nearly all pictures of a home have one shape: an Exif block of whole rationals, no XMP,
no index of second images, the whole file or at least the position in the first 64 KiB.
Walking them with `_jpeg` and `_exif` costs as much as opening and reading them, so they
are told here, and anything that is not of this shape is left to those: `quick` never
says anything that they would not.
"""

from __future__ import annotations

import re
from struct import Struct

from hygiene_checks.photos._place import NO, YES, Answer, is_position

__all__ = ["quick"]

_APP1 = 0xFFE1
_APP2 = 0xFFE2
_SOS = 0xFFDA
_PLAIN = frozenset(
    (*range(0xFFC0, 0xFFD0), 0xFFDB, 0xFFDD, 0xFFE0, *range(0xFFE3, 0xFFF0), 0xFFFE)
)
"""Markers of segments that are stepped over: tables, frames, comments, APP0 and those
from APP3 on.
"""
_SEGMENT = Struct(">HH").unpack_from
_JPEG = b"\xff\xd8\xff"
_END = b"\xff\xd9"
_EXIF = b"Exif\0\0"
_INDEX = b"MPF\0"
_ANOTHER = re.compile(_JPEG)
_ENTRY = 12
_LONG = 4
_THREE_RATIONALS = (5, 3)


class _Form:
    """How to read one byte order."""

    __slots__ = (
        "angle",
        "entry",
        "gps",
        "latitude",
        "long",
        "longitude",
        "short",
        "xmp",
    )

    def __init__(self, sign: str) -> None:
        self.short = Struct(sign + "H").unpack_from
        self.long = Struct(sign + "I").unpack_from
        self.entry = Struct(sign + "HII").unpack_from
        self.angle = Struct(sign + "6I").unpack_from
        pack = Struct(sign + "H").pack
        self.gps, self.xmp = pack(0x8825), pack(0x02BC)
        self.latitude, self.longitude = pack(2), pack(4)


_FORMS = {b"II*\0": _Form("<"), b"MM\0*": _Form(">")}


def quick(data: bytes, size: int) -> Answer | None:
    """YES, NO, or None: look closer. `data` are the first bytes of a file of `size`."""
    if not data.startswith(_JPEG):
        return None
    at = 2
    last = len(data) - 4
    while at <= last:
        marker, length = _SEGMENT(data, at)
        if marker in _PLAIN and length > 1:
            at += 2 + length
            continue
        start = at + 4
        at += 2 + length
        if length < 2 or at > len(data):  # noqa: PLR2004
            return None
        if marker == _APP2 and not data.startswith(_INDEX, start):
            continue
        if marker == _APP1 and data.startswith(_EXIF, start):
            answer = _block(data, start + 6, at)
            if answer is not NO:
                return answer
        elif marker == _SOS and len(data) == size and data.endswith(_END):
            return None if _ANOTHER.search(data, at) else NO
        else:
            return None
    return None


def _block(data: bytes, start: int, end: int) -> Answer | None:
    """The Exif block between two offsets."""
    form = _FORMS.get(data[start : start + 4])
    if form is None or start + 8 > end:
        return None
    entries = _entries(data, form, start + form.long(data, start + 4)[0], end)
    if entries is None or form.xmp in entries:
        return None
    pointer = _find(entries, form.gps)
    if pointer < 0:
        return NO
    kind, _, offset = form.entry(entries, pointer + 2)
    gps = _entries(data, form, start + offset, end)
    if kind != _LONG or gps is None:
        return None
    angles = []
    for tag in (form.latitude, form.longitude):
        at = _find(gps, tag)
        if at < 0:
            return None
        kind, count, offset = form.entry(gps, at + 2)
        if (kind, count) != _THREE_RATIONALS or start + offset + 24 > end:
            return None
        a, b, c, d, e, f = form.angle(data, start + offset)
        if not (b and d and f):
            return None
        angles.append(a / b + c / d / 60 + e / f / 3600)
    return YES if is_position(*angles) else NO


def _entries(data: bytes, form: _Form, at: int, end: int) -> bytes | None:
    if at + 2 > end:
        return None
    last = at + 2 + _ENTRY * form.short(data, at)[0]
    return data[at + 2 : last] if last <= end else None


def _find(entries: bytes, tag: bytes) -> int:
    """Where the entry of a tag stands; -1 if there is none."""
    at = entries.find(tag)
    while at > 0 and at % _ENTRY:
        at = entries.find(tag, at + 1)
    return at
