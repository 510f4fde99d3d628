"""Positions in TIFF structures: Exif blocks, TIFF files and the raw formats built on it.

Source: TIFF 6.0; Exif 2.32, 4.6.3 and 4.6.6 (GPS IFD); BigTIFF design page of libtiff.
The pointer to the GPS IFD is tag 0x8825 of an IFD, an XMP packet tag 0x02BC.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._place import (
    DAMAGED,
    NO,
    YES,
    Answer,
    Place,
    any_of,
    is_position,
)
from hygiene_checks.photos._window import Window
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["find_value", "is_tiff", "place_in_gps_block", "place_in_tiff"]

_XMP = 0x02BC
_GPS = 0x8825
_LATITUDE = 2
_LONGITUDE = 4
_IMAGE_DATA = ((0x0111, 0x0117), (0x0144, 0x0145))
"""Offsets and lengths of the strips or the tiles of an image."""
_SECONDS = 3600
_THREE = 24
_SCALES = (1, 60, 3600)
_MOST_IFDS = 64
_MOST_ENTRIES = 0xFFFF
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_RATIONALS = {5: "II", 10: "ii"}
_FLOATS = {11: "f", 12: "d"}


class _Layout:
    """How numbers and entries stand in one TIFF: byte order, and the BigTIFF widths."""

    def __init__(self, order: Literal["little", "big"], *, big: bool) -> None:
        self.order = order
        self.sign = "<" if order == "little" else ">"
        self.value = 8 if big else 4
        self.count = 8 if big else 2
        self.entry = 20 if big else 12
        self.field = self.entry - self.value
        self.gps = _GPS.to_bytes(2, order)
        self.xmp = _XMP.to_bytes(2, order)
        self.latitude = _LATITUDE.to_bytes(2, order)
        self.longitude = _LONGITUDE.to_bytes(2, order)

    def number(self, data: bytes) -> int:
        return int.from_bytes(data, self.order)


_LITTLE = _Layout("little", big=False)
_BIG = _Layout("big", big=False)

# 42 is TIFF, 43 BigTIFF, 85 Panasonic RW2, "RO" and "RS" Olympus ORF (ExifTool.pm).
_LAYOUTS = {
    b"II*\0": _LITTLE,
    b"MM\0*": _BIG,
    b"IIU\0": _LITTLE,
    b"IIRO": _LITTLE,
    b"IIRS": _LITTLE,
    b"MMOR": _BIG,
    b"II+\0": _Layout("little", big=True),
    b"MM\0+": _Layout("big", big=True),
}

_Value = tuple[int, int, bytes]
"""Type, count and value field of an entry."""


class _Directory:
    """One IFD: its entries as they stand in the file, and where they end."""

    __slots__ = ("end", "entries", "layout", "window")

    def __init__(self, window: Window, layout: _Layout, start: int) -> None:
        count = layout.number(window.at(start, layout.count))
        if count > _MOST_ENTRIES:
            raise CannotLook(Why.DAMAGED)
        first = start + layout.count
        self.window = window
        self.layout = layout
        self.entries = window.at(first, count * layout.entry)
        self.end = first + len(self.entries)

    def value(self, tag: bytes) -> _Value | None:
        """The entry of a tag, given as its two bytes."""
        entries, layout = self.entries, self.layout
        at = entries.find(tag)
        while at >= 0 and at % layout.entry:
            at = entries.find(tag, at + 1)
        if at < 0:
            return None
        field = at + layout.field
        return (
            layout.number(entries[at + 2 : at + 4]),
            layout.number(entries[at + 4 : field]),
            entries[field : at + layout.entry],
        )

    def content(self, value: _Value) -> bytes:
        """The bytes of a value, in the entry itself or where it points."""
        kind, count, field = value
        length = _SIZES.get(kind, 1) * count
        if length <= len(field):
            return field[:length]
        return self.window.at(self.layout.number(field), length)


def is_tiff(start: bytes) -> bool:
    """Whether these first bytes (at least 4) open a TIFF structure we know."""
    return start[:4] in _LAYOUTS


def place_in_tiff(window: Window, *, chain: bool = False) -> Answer:
    """Whether a TIFF structure holds a position: its first IFD, or with `chain` every
    page. IFDs that hold themselves end the walk.
    """
    return any_of(_pages(window, _MOST_IFDS if chain else 1))


def place_in_gps_block(window: Window) -> Answer:
    """The same for a TIFF structure whose first IFD is the GPS IFD itself, as Canon's
    CR3 keeps it (`CMT4`).
    """
    layout, start = _opening(window)
    return _has_position(_Directory(window, layout, start))


def find_value(window: Window, tag: int) -> tuple[int, int] | None:
    """Offset and length of the value of `tag` in the first IFD, if it is there."""
    layout, start = _opening(window)
    found = _Directory(window, layout, start).value(tag.to_bytes(2, layout.order))
    if found is None:
        return None
    kind, count, field = found
    return layout.number(field), _SIZES.get(kind, 1) * count


def _opening(window: Window) -> tuple[_Layout, int]:
    """How the structure is laid out, and where its first IFD stands."""
    layout = _LAYOUTS.get(window.at(0, 4))
    if layout is None:
        raise CannotLook(Why.DAMAGED)
    return layout, layout.number(window.at(layout.value, layout.value))


def _pages(window: Window, most: int) -> Iterator[Answer]:
    layout, start = _opening(window)
    seen: set[int] = set()
    while start and start not in seen:
        seen.add(start)
        page = _Directory(window, layout, start)
        gps = page.value(layout.gps)
        if gps is not None:
            yield _pointed(page, gps)
        xmp = page.value(layout.xmp)
        if xmp is not None:
            yield any_of(_packet(page, xmp))
        if len(seen) >= most:
            return
        yield _whole(page)
        start = layout.number(window.at(page.end, layout.value))


def _whole(page: _Directory) -> Answer:
    """Whether the file goes on to the end of the page's image: where a copy was cut
    off, more may have been lost than the image.
    """
    layout = page.layout
    for where, length in _IMAGE_DATA:
        starts = page.value(where.to_bytes(2, layout.order))
        lengths = page.value(length.to_bytes(2, layout.order))
        if starts is not None and lengths is not None:
            end = _last(page, starts) + _last(page, lengths)
            return NO if end <= page.window.size else DAMAGED
    return NO


def _last(page: _Directory, value: _Value) -> int:
    """The last of the whole numbers of a value."""
    width = _SIZES.get(value[0], 1)
    return page.layout.number(page.content(value)[-width:])


def _packet(page: _Directory, xmp: _Value) -> Iterator[Answer]:
    yield place_in_xmp(page.content(xmp))


def _pointed(page: _Directory, pointer: _Value) -> Answer:
    """The GPS IFD an entry points to. What is wrong in it does not end the page."""
    kind, _, field = pointer
    start = page.layout.number(field[: _SIZES.get(kind, len(field))])
    try:
        return _has_position(_Directory(page.window, page.layout, start))
    except CannotLook as error:
        return Answer(Place.CANNOT_TELL, error.why)


def _has_position(gps: _Directory) -> Answer:
    latitude = gps.value(gps.layout.latitude)
    longitude = gps.value(gps.layout.longitude)
    if latitude is None or longitude is None:
        return NO
    north = _angle(gps, latitude)
    east = _angle(gps, longitude)
    if north is None or east is None:
        return NO
    return YES if is_position(north, east) else NO


def _angle(gps: _Directory, value: _Value) -> float | None:
    """Degrees from up to three parts; None when a part has no value, as the numbers of
    a camera without a fix, which have the denominator 0.
    """
    kind, count, _ = value
    if not 1 <= count <= _MOST_ENTRIES:
        return None
    data = gps.content(value)
    if kind in _RATIONALS:
        return _rational_angle(gps.layout.sign + _RATIONALS[kind], data)
    if kind in _FLOATS:
        parts = struct.iter_unpack(gps.layout.sign + _FLOATS[kind], data)
        pairs = zip(parts, _SCALES, strict=False)
        return sum((float(part) / scale for (part,), scale in pairs), 0.0)
    raise CannotLook(Why.UNKNOWN_FORMAT)


def _rational_angle(form: str, data: bytes) -> float | None:
    """Seconds that are 0/0 do not make degrees and minutes unknown."""
    angle = 0.0
    scale = 1
    for above, below in struct.iter_unpack(form, data[:_THREE]):
        if below:
            angle += above / below / scale
        elif above or scale < _SECONDS:
            return None
        scale *= 60
    return angle
