"""Positions in the items of a HEIC or AVIF picture.

Source: ISO/IEC 14496-12, 8.11.3 (`iloc`), 8.11.6 (`iinf`); ISO/IEC 23008-12, A.2.1: the
content of an `Exif` item begins with the offset (4 bytes) to the TIFF header behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._boxes import boxes, meta_boxes
from hygiene_checks.photos._exif import place_in_tiff
from hygiene_checks.photos._place import DAMAGED, NO, NOT_SUPPORTED, Answer, any_of
from hygiene_checks.photos._window import Window, window_on
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["place_in_exif_content", "place_in_items"]

_MOST_TABLE = 1 << 20
_IN_FILE = 0
_IN_IDAT = 1
_PARTS_OF_OTHERS = 2

Extent = tuple[int, int]


def place_in_items(window: Window, start: int, length: int) -> Answer:
    """Whether an item of a `meta` box holds a position."""
    return any_of(_items(window, start, length))


def place_in_exif_content(data: bytes) -> Answer:
    """The content of an Exif item or box."""
    skip = 4 + int.from_bytes(data[:4])
    if skip >= len(data):
        return DAMAGED
    return place_in_tiff(window_on(data[skip:]))


def _items(window: Window, start: int, length: int) -> Iterator[Answer]:
    parts = {kind: (at, size) for kind, at, size in meta_boxes(window, start, length)}
    if b"iinf" not in parts:
        return
    wanted = dict(_wanted(_table(window, parts[b"iinf"])))
    if not wanted:
        return
    if b"iloc" not in parts:
        raise CannotLook(Why.DAMAGED)
    for item, method, extents in _locations(_table(window, parts[b"iloc"])):
        kind = wanted.pop(item, None)
        if kind is not None:
            yield _item(window, parts.get(b"idat"), kind, method, extents)
    if wanted:
        yield DAMAGED


def _table(window: Window, place: Extent) -> Window:
    start, length = place
    if length > _MOST_TABLE:
        raise CannotLook(Why.TOO_LARGE)
    return window_on(window.at(start, length))


def _wanted(table: Window) -> Iterator[tuple[int, bytes]]:
    """Number and kind (`Exif`, `mime`) of the items that can hold a position."""
    width = 2 if table.at(0, 1) == b"\0" else 4
    for kind, start, length in boxes(table, 4 + width):
        if kind != b"infe":
            continue
        version = table.at(start, 1)[0]
        number = 4 if version > 2 else 2  # noqa: PLR2004
        at = start + 4 + number + 2
        if version < 2 or table.at(at, 4) not in {b"Exif", b"mime"}:  # noqa: PLR2004
            continue
        words = table.at(at, start + length - at)
        if words[:4] == b"Exif" or b"rdf+xml" in words:
            yield int.from_bytes(table.at(start + 4, number)), words[:4]


def _locations(table: Window) -> Iterator[tuple[int, int, list[Extent]]]:
    """Number, construction method and extents of each item."""
    read = _Fields(table)
    version = read.number(4) >> 24
    widths = read.number(2)
    of_offset, of_length = widths >> 12, widths >> 8 & 15
    of_base, of_index = widths >> 4 & 15, widths & 15 if version else 0
    long = version > 1
    for _ in range(read.number(4 if long else 2)):
        item = read.number(4 if long else 2)
        method = read.number(2) & 15 if version else _IN_FILE
        read.number(2)
        base = read.number(of_base)
        extents = []
        for _ in range(read.number(2)):
            read.number(of_index)
            extents.append((base + read.number(of_offset), read.number(of_length)))
        yield item, method, extents


class _Fields:
    """Numbers of a table, one after another."""

    def __init__(self, table: Window) -> None:
        self._table = table
        self._at = 0

    def number(self, width: int) -> int:
        value = int.from_bytes(self._table.at(self._at, width))
        self._at += width
        return value


def _item(
    window: Window,
    idat: Extent | None,
    kind: bytes,
    method: int,
    extents: list[Extent],
) -> Answer:
    if method >= _PARTS_OF_OTHERS:
        return NOT_SUPPORTED
    if method == _IN_IDAT and idat is None:
        return DAMAGED
    source = window.part(*idat) if method == _IN_IDAT and idat else window
    return any_of(_content(source, kind, extents))


def _content(source: Window, kind: bytes, extents: list[Extent]) -> Iterator[Answer]:
    data = b"".join(source.at(at, length or source.size - at) for at, length in extents)
    if kind == b"Exif":
        yield place_in_exif_content(data)
    else:
        yield place_in_xmp(data) if data else NO
