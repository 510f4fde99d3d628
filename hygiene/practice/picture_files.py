"""Bytes of made-up pictures and films, with and without the place they were taken.

Small but whole: the pictures open as one dot (the HEIC excepted, which has no image).
Formats as in Exif 2.32, PNG third edition, RFC 9649, ISO/IEC 14496-12 and -23008-12,
and the QuickTime File Format.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["BUILDERS", "Place", "exif_block", "xmp_packet", "xmp_segment"]

Place: TypeAlias = tuple[float, float]
"""Degrees north and degrees east."""

_ASCII, _SHORT, _LONG, _RATIONAL = 2, 3, 4, 5
_GPS_POINTER = 0x8825
_STRIP_OFFSET = 0x0111
_HEADER = struct.pack(">2sHI", b"MM", 42, 8)

_Entry: TypeAlias = tuple[int, int, int, bytes]
"""Tag, type, count and value of an entry of an IFD."""

# The shortest lossless image: one dot.
_WEBP_DOT = bytes.fromhex("2f0000001007101111 8888fe0700")


def _short(tag: int, value: int) -> _Entry:
    return tag, _SHORT, 1, struct.pack(">H", value)


def _long(tag: int, value: int) -> _Entry:
    return tag, _LONG, 1, struct.pack(">I", value)


def _text(tag: int, value: str) -> _Entry:
    data = value.encode("ascii") + b"\0"
    return tag, _ASCII, len(data), data


def _angle(tag: int, degrees: float) -> _Entry:
    seconds = round(abs(degrees) * 3600 * 100)
    whole, seconds = divmod(seconds, 360_000)
    minutes, seconds = divmod(seconds, 6000)
    return tag, _RATIONAL, 3, struct.pack(">6I", whole, 1, minutes, 1, seconds, 100)


def _gps(place: Place) -> list[_Entry]:
    north, east = place
    return [
        _text(1, "N" if north >= 0 else "S"),
        _angle(2, north),
        _text(3, "E" if east >= 0 else "W"),
        _angle(4, east),
    ]


def _length(entries: Sequence[_Entry]) -> int:
    """Bytes of an IFD with the values that do not fit into it."""
    beside = sum(len(data) + len(data) % 2 for *_, data in entries if len(data) > 4)  # noqa: PLR2004
    return 2 + 12 * len(entries) + 4 + beside


def _ifd(entries: Sequence[_Entry], at: int) -> bytes:
    beside = at + 2 + 12 * len(entries) + 4
    table, values = struct.pack(">H", len(entries)), b""
    for tag, kind, count, data in sorted(entries):
        field = data
        if len(data) > 4:  # noqa: PLR2004
            field = struct.pack(">I", beside + len(values))
            values += data + b"\0" * (len(data) % 2)
        table += struct.pack(">HHI4s", tag, kind, count, field)
    return table + bytes(4) + values


def exif_block(place: Place | None, *, more: Sequence[_Entry] = ()) -> bytes:
    """A TIFF structure: a camera's name, entries in `more`, and a GPS IFD if there is a
    place. A strip offset in `more` is set to the end of the block.
    """
    entries = [_text(0x010F, "Maker"), _text(0x0110, "Phone"), *more]
    if place is not None:
        entries.append(_long(_GPS_POINTER, 0))
    gps = _gps(place) if place is not None else []
    behind = len(_HEADER) + _length(entries)
    end = behind + (_length(gps) if gps else 0)
    where = {_GPS_POINTER: behind, _STRIP_OFFSET: end}
    placed = [
        _long(each[0], where[each[0]]) if each[0] in where else each for each in entries
    ]
    block = _HEADER + _ifd(placed, len(_HEADER))
    return block + (_ifd(gps, behind) if gps else b"")


def xmp_packet(place: Place | None) -> bytes:
    """A packet of XMP."""
    inside = ""
    if place is not None:
        inside = "".join(
            f' exif:{name}="{int(abs(value))},{abs(value) % 1 * 60:.4f}{sides[value < 0]}"'
            for name, value, sides in (
                ("GPSLatitude", place[0], "NS"),
                ("GPSLongitude", place[1], "EW"),
            )
        )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        f"{inside}/></rdf:RDF></x:xmpmeta>"
    ).encode()


def xmp_segment(place: Place | None) -> bytes:
    """The same as a segment of a JPEG."""
    return _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet(place))


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _jpeg(place: Place | None) -> bytes:
    one_code = bytes((1, *bytes(15), 0))
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE1, b"Exif\0\0" + exif_block(place)),
            _segment(0xDB, b"\0" + b"\1" * 64),
            _segment(0xC0, struct.pack(">BHHBBBB", 8, 8, 8, 1, 1, 0x11, 0)),
            _segment(0xC4, b"\x00" + one_code),
            _segment(0xC4, b"\x10" + one_code),
            _segment(0xDA, bytes((1, 1, 0, 0, 63, 0))),
            b"\x3f\xff\xd9",
        )
    )


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _png(place: Place | None) -> bytes:
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
            _png_chunk(b"eXIf", exif_block(place)),
            _png_chunk(b"IDAT", zlib.compress(b"\0\x80")),
            _png_chunk(b"IEND", b""),
        )
    )


def _webp(place: Place | None) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        length = struct.pack("<I", len(data))
        return kind + length + data + b"\0" * (len(data) % 2)

    body = b"WEBP" + b"".join(
        (
            chunk(b"VP8X", bytes((8, *bytes(9)))),
            chunk(b"VP8L", _WEBP_DOT),
            chunk(b"EXIF", exif_block(place)),
        )
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _tiff(place: Place | None) -> bytes:
    dot = [
        *(_short(tag, 1) for tag in (0x0100, 0x0101, 0x0103, 0x0106, 0x0116)),
        _short(0x0102, 8),
        _long(_STRIP_OFFSET, 0),
        _long(0x0117, 1),
    ]
    return exif_block(place, more=dot) + b"\x80"


def _box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def _heic(place: Place | None) -> bytes:
    exif = bytes(4) + exif_block(place)
    kind = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    item = struct.pack(">IHH4sB", 2 << 24, 1, 0, b"Exif", 0)
    items = _box(b"iinf", bytes(4), b"\0\1", _box(b"infe", item))

    def meta(offset: int) -> bytes:
        place_of_item = struct.pack(
            ">IHHHHHII", 0, 0x4400, 1, 1, 0, 1, offset, len(exif)
        )
        handler = _box(b"hdlr", bytes(8), b"pict", bytes(13))
        return _box(b"meta", bytes(4), handler, items, _box(b"iloc", place_of_item))

    before = len(kind) + len(meta(0)) + 8
    return kind + meta(before) + _box(b"mdat", exif)


def _position(place: Place) -> bytes:
    return f"{place[0]:+08.4f}{place[1]:+09.4f}/".encode()


def _film(brand: bytes, about: bytes) -> bytes:
    header = _box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 600, 600), bytes(80))
    kind = _box(b"ftyp", brand, bytes(4), brand)
    return kind + _box(b"mdat", bytes(64)) + _box(b"moov", header, about)


def _mp4(place: Place | None) -> bytes:
    data = b"" if place is None else _position(place)
    where = _box(b"\xa9xyz", struct.pack(">HH", len(data), 0x15C7), data)
    return _film(b"isom", _box(b"udta", where if place is not None else b""))


def _mov(place: Place | None) -> bytes:
    name, value = b"com.apple.quicktime.make", b"Maker"
    if place is not None:
        name, value = b"com.apple.quicktime.location.ISO6709", _position(place)
    key = struct.pack(">II", 0, 1) + _box(b"mdta", name)
    data = _box(b"data", struct.pack(">II", 1, 0), value)
    return _film(
        b"qt  ",
        _box(
            b"meta",
            _box(b"hdlr", bytes(8), b"mdta", bytes(12)),
            _box(b"keys", key),
            _box(b"ilst", _box(struct.pack(">I", 1), data)),
        ),
    )


BUILDERS: dict[str, Callable[[Place | None], bytes]] = {
    "jpg": _jpeg,
    "png": _png,
    "webp": _webp,
    "tif": _tiff,
    "heic": _heic,
    "mp4": _mp4,
    "mov": _mov,
}
"""How to make a file of each ending."""
