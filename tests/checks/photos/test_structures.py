"""Formats that no program at hand writes, laid out as their descriptions say."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from hygiene.contract import Platform, Why
from hygiene.host.home import DiskHome
from hygiene.practice.picture_files import BUILDERS, exif_block, xmp_packet
from hygiene_checks.photos._formats import place_in_file
from hygiene_checks.photos._place import NO, YES, Answer, Place, iso6709
from tests.checks.photos.memory import InMemory

HERE = (52.51861, 13.37611)
DAMAGED = Answer(Place.CANNOT_TELL, Why.DAMAGED)
NOT_SUPPORTED = Answer(Place.CANNOT_TELL, Why.NOT_SUPPORTED)
CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
either_way = pytest.mark.parametrize(
    ("place", "answer"), [(HERE, YES), (None, NO)], ids=["located", "bare"]
)


def _told(data: bytes) -> Answer:
    return place_in_file(InMemory(data))


def _box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def _gps_block(place: tuple[float, float] | None) -> bytes:
    """A TIFF structure whose first IFD is the GPS IFD."""
    block = exif_block(place)
    if place is None:
        return block
    at = block.index(struct.pack(">HHI", 0x8825, 4, 1)) + 8
    return block[:4] + block[at : at + 4] + block[8:]


@either_way
def test_canon_raw(place: tuple[float, float] | None, answer: Answer) -> None:
    """CR3: a box `CMT4` in Canon's own box inside `moov`."""
    own = _box(b"uuid", CANON, _box(b"CMT4", _gps_block(place)))
    assert _told(_box(b"ftyp", b"crx ") + _box(b"moov", own)) == answer


@either_way
def test_fujifilm_raw(place: tuple[float, float] | None, answer: Answer) -> None:
    """RAF: a JPEG at the offset that stands at 84."""
    picture = BUILDERS["jpg"](place)
    header = b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(
        ">II", 160, len(picture)
    )
    assert _told(header.ljust(160, b"\0") + picture) == answer


@either_way
def test_olympus_raw(place: tuple[float, float] | None, answer: Answer) -> None:
    """ORF: a TIFF with letters of its own."""
    assert _told(b"MMOR" + exif_block(place)[4:]) == answer


@either_way
def test_panasonic_raw(place: tuple[float, float] | None, answer: Answer) -> None:
    """RW2: the Exif block of the JPEG in tag 0x2E."""
    picture = BUILDERS["jpg"](place)
    table = struct.pack("<HHHIII", 1, 0x2E, 7, len(picture), 26, 0)
    assert _told(b"IIU\0\x08\0\0\0" + table + picture) == answer


@pytest.mark.parametrize("latitude", [52.5, 0.0])
def test_big_tiff(latitude: float) -> None:
    """BigTIFF: eight bytes for each count and offset."""

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack("<HHQQ", tag, kind, count, value)

    values = struct.pack("<dd", latitude, 0.0)
    gps = struct.pack("<Q", 2) + entry(2, 12, 1, 16) + entry(4, 12, 1, 24) + bytes(8)
    first = struct.pack("<Q", 1) + entry(0x8825, 13, 1, 68) + bytes(8)
    header = b"II+\0\x08\0\0\0" + struct.pack("<Q", 32)
    data = header + values + first + gps
    assert data.index(gps) == 68
    # A double of eight bytes stands in its entry, so offsets are numbers here.
    inside = data.replace(struct.pack("<QQ", 1, 16), struct.pack("<Qd", 1, latitude))
    inside = inside.replace(struct.pack("<QQ", 1, 24), struct.pack("<Qd", 1, 0.0))
    assert _told(inside) == (YES if latitude else NO)


def test_a_second_page_of_a_tiff() -> None:
    """The position stands in the second page only."""
    located = exif_block(HERE)
    shifted = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">HI", 0, 14) + located[8:]
    at = shifted.index(struct.pack(">HHI", 0x8825, 4, 1)) + 8
    gps = int.from_bytes(shifted[at : at + 4]) + 6
    moved = shifted[:at] + struct.pack(">I", gps) + shifted[at + 4 :]
    assert _told(_rebased(moved, gps, 6)) is YES


def _rebased(block: bytes, gps: int, by: int) -> bytes:
    """Move what the two angles of a GPS IFD point to."""
    data = bytearray(block)
    (count,) = struct.unpack_from(">H", data, gps)
    for at in range(gps + 2, gps + 2 + 12 * count, 12):
        kind = int.from_bytes(data[at + 2 : at + 4])
        if kind == 5:
            where = int.from_bytes(data[at + 8 : at + 12]) + by
            data[at + 8 : at + 12] = struct.pack(">I", where)
    return bytes(data)


@pytest.mark.parametrize(
    ("method", "answer"), [(1, YES), (2, NOT_SUPPORTED)], ids=["idat", "derived"]
)
@pytest.mark.parametrize("version", [1, 2])
def test_items_that_stand_elsewhere(version: int, method: int, answer: Answer) -> None:
    """HEIC items kept in `idat`, or made of other items, in both forms of `iloc`."""
    exif = bytes(4) + exif_block(HERE)
    item = struct.pack(">IHH4sB", 2 << 24, 7, 0, b"Exif", 0)
    number = ">H" if version == 1 else ">I"
    place = b"".join(
        (
            struct.pack(">IH", version << 24, 0x4400),
            struct.pack(number, 1),
            struct.pack(number, 7),
            struct.pack(">HHHII", method, 0, 1, 0, len(exif)),
        )
    )
    meta = _box(
        b"meta",
        bytes(4),
        _box(b"hdlr", bytes(8), b"pict", bytes(13)),
        _box(b"iinf", bytes(4), b"\0\1", _box(b"infe", item)),
        _box(b"iloc", place),
        _box(b"idat", exif),
    )
    assert _told(_box(b"ftyp", b"heic") + meta) == answer


def test_a_film_inside_a_heic() -> None:
    """The short film of a motion photo, in the box `mpvd`."""
    picture = BUILDERS["heic"](None)
    assert _told(picture + _box(b"mpvd", BUILDERS["mp4"](HERE))) is YES
    assert _told(picture + _box(b"mpvd", BUILDERS["mp4"](None))) is NO


@either_way
def test_jpeg_xl(place: tuple[float, float] | None, answer: Answer) -> None:
    """An `Exif` box beside the picture; packed metadata cannot be told."""
    start = bytes.fromhex("0000000c4a584c200d0a870a") + _box(b"ftyp", b"jxl ")
    picture = _box(b"jxlc", b"\xff\x0a")
    assert _told(start + _box(b"Exif", bytes(4), exif_block(place)) + picture) == answer
    assert _told(start + _box(b"brob", b"Exif") + picture) == NOT_SUPPORTED


@either_way
def test_jpeg_2000(place: tuple[float, float] | None, answer: Answer) -> None:
    """Boxes named by a UUID."""
    start = bytes.fromhex("0000000c6a5020200d0a870a") + _box(b"ftyp", b"jp2 ")
    picture = _box(b"jp2c", b"\xff\x4f")
    exif = _box(b"uuid", b"JpgTiffExif->JP2", exif_block(place))
    xmp = _box(b"uuid", XMP, xmp_packet(place))
    assert _told(start + exif + picture) == answer
    assert _told(start + xmp + picture) == answer


@pytest.mark.parametrize(
    ("north", "answer"), [(b"52/1, 31/1, 7/1", YES), (b"52/0, 31/0, 7/0", NO)]
)
def test_text_that_imagemagick_writes(north: bytes, answer: Answer) -> None:
    """PNG: single values as text, `exif:` before their names."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    picture = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"tEXt", b"exif:GPSLatitude\0" + north)
        + chunk(b"tEXt", b"exif:GPSLongitude\x0013/1, 22/1, 34/1")
        + chunk(b"IEND", b"")
    )
    assert _told(picture) == answer


def test_a_list_of_points_in_a_film() -> None:
    """A dash camera's table says that there are points, and not where."""
    film = BUILDERS["mov"](None)
    at = film.index(b"moov") - 4
    size = int.from_bytes(film[at : at + 4])
    table = _box(b"gps ", bytes(16))
    film = film[:at] + struct.pack(">I", size + len(table)) + film[at + 4 :] + table
    assert _told(film) == NOT_SUPPORTED


def test_the_xml_of_a_camera() -> None:
    """Sony's list of items in a `meta` box of the file."""
    text = (
        b'<Group name="ExifGPS"><Item name="LatitudeRef" value="N"/>'
        b'<Item name="Latitude" value="52:31:7.1"/>'
        b'<Item name="Longitude" value="13:22:34.0"/></Group>'
    )
    meta = _box(
        b"meta", bytes(4), _box(b"hdlr", bytes(21)), _box(b"xml ", bytes(4), text)
    )
    assert _told(BUILDERS["mp4"](None) + meta) is YES


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (b"+52.5186+013.3761/", True),
        (b"+52.5186+013.3761+035.000/", True),
        (b"+5231.117+01322.567/", True),
        (b"+523107.0-0132234.0/", True),
        (b"-90+000/", True),
        (b"+00.0000+000.0000/", False),
        (b"+91.0+013.0/", False),
        (b"+52.5+181.0/", False),
        (b"52.5 13.3", False),
        (b"", False),
    ],
)
def test_positions_of_iso_6709(text: bytes, *, answer: bool) -> None:
    """Degrees alone, with minutes, with seconds; and what is no position."""
    assert iso6709(text) is answer


def test_a_film_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    """Five gigabytes of film before its description, in a file with a hole."""
    film = BUILDERS["mov"](HERE)
    start, end = film.index(b"mdat") - 4, film.index(b"moov") - 4
    size = 5 << 30
    path = tmp_path / "VID.mov"
    with path.open("wb") as file:
        file.write(film[:start] + struct.pack(">I4sQ", 1, b"mdat", size))
        file.seek(start + size)
        file.write(film[end:])
    with DiskHome(tmp_path, Platform.LINUX).open("VID.mov") as reader:
        assert place_in_file(reader) is YES
