"""Positions in files made of boxes: MP4, MOV, 3GP, HEIC, AVIF, CR3, JPEG XL, JPEG 2000.

Source: ISO/IEC 14496-12 (boxes); QuickTime File Format, "User data" and "Metadata"
(`(c)xyz`, `keys`, `ilst`); 3GPP TS 26.244, 8.2 (`loci`); XMP specification part 3, 1.2.7
and 1.3 (its uuid box and `XMP_`); ExifTool 12.57 for CR3, the boxes of JPEG XL and
JPEG 2000, and the tracks of positions.

A track of timed positions (GoPro, `camm`, Sony, DJI, dash cameras) may hold many or
none: what is in its samples is not read, so of a film with such a track and no other
position it cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._boxes import Box, boxes, meta_boxes
from hygiene_checks.photos._exif import place_in_gps_block, place_in_tiff
from hygiene_checks.photos._heif import place_in_exif_content, place_in_items
from hygiene_checks.photos._place import (
    DAMAGED,
    NO,
    NOT_SUPPORTED,
    YES,
    Answer,
    any_of,
    is_position,
    iso6709,
)
from hygiene_checks.photos._window import Window
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["answers", "is_boxes"]

_OPENING = frozenset(
    (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"JXL ", b"jP  ")
)
_MAIN = frozenset((b"moov", b"moof", b"meta", b"jxlc", b"jxlp", b"jp2c"))
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUID = b"JpgTiffExif->JP2"
_CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_UUID = 16
_TIMED_BOXES = frozenset((b"gps ", b"GPS ", b"gps0"))
_TIMED_SAMPLES = frozenset((b"gpmd", b"camm", b"rtmd", b"djmd", b"gps0", b"gps "))
_XYZ = frozenset((b"\xa9xyz", b"@xyz"))
_LOCI = Struct(">xii")
_FIXED = 65536
_NAMES = (b"iso6709", b"location", b"gps")
_MOST_METADATA = 4 << 20
_MOST_STRING = 4096


def is_boxes(start: bytes) -> bool:
    """Whether these first bytes open a file made of boxes."""
    return start[4:8] in _OPENING


def answers(window: Window, *, inside: bool = False) -> Iterator[Answer]:
    """What each box of a file says. `inside`: the film is itself a part of a picture.

    A file without any of the boxes that make a picture or a film was cut off before.
    """
    whole = False
    for kind, start, length in boxes(window):
        whole = whole or kind in _MAIN
        if kind == b"moov":
            yield any_of(_movie(window, start, length))
        elif kind == b"meta":
            yield place_in_items(window, start, length)
            yield any_of(_metadata(window, start, length))
        elif kind == b"mpvd" and not inside:
            yield any_of(answers(window.part(start, length), inside=True))
        elif kind == b"Exif":
            yield place_in_exif_content(_all(window, start, length))
        elif kind == b"brob":
            yield NOT_SUPPORTED
        else:
            yield from _anywhere(window, kind, start, length)
    if not whole:
        yield DAMAGED


def _anywhere(window: Window, kind: bytes, start: int, length: int) -> Iterator[Answer]:
    """Boxes that mean the same in a file, a film, its user data and its tracks."""
    if kind in {b"xml ", b"XMP_"}:
        yield place_in_xmp(_all(window, start, length))
    elif kind == b"uuid":
        yield any_of(_uuid(window, start, length))
    elif kind in _TIMED_BOXES:
        yield NOT_SUPPORTED


def _uuid(window: Window, start: int, length: int) -> Iterator[Answer]:
    name = window.at(start, min(_UUID, length))
    body, rest = start + len(name), length - len(name)
    if name == _XMP_UUID:
        yield place_in_xmp(_all(window, body, rest))
    elif name == _EXIF_UUID:
        yield place_in_tiff(window.part(body, rest))
    elif name == _CANON_UUID:
        for kind, at, size in boxes(window, body, body + rest):
            if kind == b"CMT4":
                yield place_in_gps_block(window.part(at, size))


def _movie(window: Window, start: int, length: int) -> Iterator[Answer]:
    for kind, at, size in boxes(window, start, start + length):
        if kind == b"trak":
            yield any_of(_track(window, at, size))
        elif kind == b"cmov":
            yield NOT_SUPPORTED
        else:
            yield from _described(window, kind, at, size)


def _described(window: Window, kind: bytes, at: int, size: int) -> Iterator[Answer]:
    if kind == b"udta":
        yield any_of(_user_data(window, at, size))
    elif kind == b"meta":
        yield any_of(_metadata(window, at, size))
    else:
        yield from _anywhere(window, kind, at, size)


def _track(window: Window, start: int, length: int) -> Iterator[Answer]:
    for kind, at, size in boxes(window, start, start + length):
        if kind == b"mdia":
            yield any_of(_media(window, (kind, at, size)))
        else:
            yield from _described(window, kind, at, size)


def _media(window: Window, media: Box) -> Iterator[Answer]:
    """Whether the samples of a track are positions, by the name of their format."""
    within = [media]
    for name in (b"minf", b"stbl", b"stsd"):
        within = [
            box
            for _, at, size in within
            for box in boxes(window, at, at + size)
            if box[0] == name
        ]
    for _, at, size in within:
        description = window.at(at, min(size, _MOST_STRING))
        timed = description[12:16] in _TIMED_SAMPLES
        yield NOT_SUPPORTED if timed or b"location.ISO6709" in description else NO


def _user_data(window: Window, start: int, length: int) -> Iterator[Answer]:
    for kind, at, size in boxes(window, start, start + length):
        if kind in _XYZ:
            text = window.at(at, min(size, _MOST_STRING))
            yield YES if iso6709(text[4:]) or iso6709(text) else NO
        elif kind == b"loci":
            yield _loci(window.at(at, min(size, _MOST_STRING)))
        elif kind == b"meta":
            yield any_of(_metadata(window, at, size))
        else:
            yield from _anywhere(window, kind, at, size)


def _loci(content: bytes) -> Answer:
    """Version and flags, language, a name that ends with 0, then role, longitude and
    latitude as signed 16.16 numbers.
    """
    name = content[6:]
    if name.startswith(b"\xfe\xff"):
        ends = [at for at in range(0, len(name) - 1, 2) if name[at : at + 2] == b"\0\0"]
        rest = name[ends[0] + 2 :] if ends else b""
    else:
        rest = name.partition(b"\0")[2]
    if len(rest) < _LOCI.size:
        return DAMAGED
    east, north = _LOCI.unpack_from(rest)
    return YES if is_position(north / _FIXED, east / _FIXED) else NO


def _metadata(window: Window, start: int, length: int) -> Iterator[Answer]:
    """The values of a `meta` box, whose names stand in `keys` or in the items."""
    names: list[bytes] = []
    for kind, at, size in meta_boxes(window, start, length):
        if kind == b"keys":
            names = list(_keys(_all(window, at, size)))
        elif kind == b"ilst":
            yield from _values(window, (kind, at, size), names)
        elif kind in {b"xml ", b"uuid"}:
            yield from _anywhere(window, kind, at, size)


def _keys(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        if size < 8:  # noqa: PLR2004
            raise CannotLook(Why.DAMAGED)
        yield content[at + 8 : at + size].lower()
        at += size


def _values(window: Window, items: Box, names: list[bytes]) -> Iterator[Answer]:
    _, start, length = items
    for kind, at, size in boxes(window, start, start + length):
        index = int.from_bytes(kind) - 1
        name = names[index] if 0 <= index < len(names) else b""
        if kind in _XYZ or any(part in name for part in _NAMES):
            for inner, value, count in boxes(window, at, at + size):
                if inner == b"data":
                    text = window.at(value, min(count, _MOST_STRING))[8:]
                    yield YES if iso6709(text) else NO


def _all(window: Window, start: int, length: int) -> bytes:
    if length > _MOST_METADATA:
        raise CannotLook(Why.TOO_LARGE)
    return window.at(start, length)
