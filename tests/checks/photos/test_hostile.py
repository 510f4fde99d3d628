"""Files that were made to mislead, to hang or to fill the memory."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.contract import Why
from hygiene.practice.picture_files import (
    BUILDERS,
    exif_block,
    xmp_packet,
    xmp_segment,
)
from hygiene_checks.photos._formats import place_in_file
from hygiene_checks.photos._jpeg import answers as careful_answers
from hygiene_checks.photos._place import NO, YES, Answer, Place, any_of
from hygiene_checks.photos._quick import quick
from hygiene_checks.photos._sidecars import place_in_sidecar
from hygiene_checks.photos._window import BUDGET, HEAD, open_window
from tests.checks.photos.memory import InMemory

HERE = (52.51861, 13.37611)
DAMAGED = Answer(Place.CANNOT_TELL, Why.DAMAGED)
TOO_LARGE = Answer(Place.CANNOT_TELL, Why.TOO_LARGE)
LONGEST = BUDGET + HEAD
WHOLE = {end: build(HERE) for end, build in BUILDERS.items()}
BARE = {end: build(None) for end, build in BUILDERS.items()}
OPENINGS = [
    b"\xff\xd8\xff\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"\0\0\0\x18ftypheic",
    b"\0\0\0\x14ftypqt  ",
    b"RIFF\xff\0\0\0WEBPVP8X",
    b"II*\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"GIF89a",
    b"FUJIFILMCCD-RAW ",
    b"",
]
LOOK = settings(
    max_examples=500, deadline=None, suppress_health_check=list(HealthCheck)
)


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + bytes(4)


def _png(*chunks: bytes) -> bytes:
    return b"".join((b"\x89PNG\r\n\x1a\n", *chunks, _chunk(b"IEND", b"")))


def _looked_at(data: bytes) -> Answer:
    """The answer, after the bytes read stayed within the limit."""
    source = InMemory(data)
    answer = place_in_file(source)
    assert source.read <= LONGEST
    return answer


@LOOK
@given(st.sampled_from(OPENINGS), st.binary(max_size=400))
def test_any_bytes_get_an_answer(opening: bytes, rest: bytes) -> None:
    """Whatever stands in a file, the answer is one of three."""
    assert _looked_at(opening + rest).place in Place


@LOOK
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8),
)
def test_changed_bytes_get_an_answer(end: str, changes: list[tuple[int, int]]) -> None:
    """A picture with a few bytes changed gets an answer, whatever they were."""
    data = bytearray(WHOLE[end])
    for at, value in changes:
        data[at % len(data)] = value
    assert _looked_at(bytes(data)).place in Place


@LOOK
@given(
    st.sampled_from((WHOLE["jpg"], BARE["jpg"])),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=4),
    st.integers(0, 40),
)
def test_the_quick_way_says_what_the_careful_way_says(
    picture: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    """Where an ordinary JPEG is told from its first bytes, the careful way agrees."""
    data = bytearray(picture)
    for at, value in changes:
        data[at % len(data)] = value
    damaged = bytes(data[: len(data) - cut])
    told = quick(damaged, len(damaged))
    window = open_window(InMemory(damaged), damaged)
    assert told in {None, any_of(careful_answers(window, lambda _: NO))}


def test_the_quick_way_tells_an_ordinary_picture() -> None:
    """Both answers are told from the first bytes, or the quick way would be of no use."""
    assert quick(WHOLE["jpg"], len(WHOLE["jpg"])) is YES
    assert quick(BARE["jpg"], len(BARE["jpg"])) is NO


def test_pages_that_lead_back_to_themselves_end() -> None:
    """A TIFF whose last page names the first as the next one."""
    page = struct.pack(">HHHIII", 1, 0x0112, 3, 1, 1 << 16, 8)
    assert _looked_at(b"MM\0*\0\0\0\x08" + page) is NO


@pytest.mark.parametrize("count", [0xFFFF, 0x7FFF])
def test_more_entries_than_there_are_bytes(count: int) -> None:
    """An IFD that claims thousands of entries in a small file is damaged."""
    assert _looked_at(struct.pack(">2sHIH", b"MM", 42, 8, count)) == DAMAGED


def test_counts_of_billions() -> None:
    """A BigTIFF with 2**64-1 entries, and a value of 2**32-1 numbers."""
    big = struct.pack(">2sHHHQQ", b"MM", 43, 8, 0, 16, (1 << 64) - 1)
    assert _looked_at(big) == DAMAGED
    gps = struct.pack(">HHII", 2, 5, 0xFFFF_FFFF, 0) + struct.pack(">HHII", 4, 5, 3, 0)
    table = struct.pack(">HHHIII", 1, 0x8825, 4, 1, 26, 0)
    block = b"MM\0*\0\0\0\x08" + table + b"\0\2" + gps + bytes(4)
    assert _looked_at(block) is NO


@pytest.mark.parametrize("size", [2, 7, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_boxes_of_impossible_size(size: int) -> None:
    """A box smaller than its own header, or longer than its file."""
    film = _box(b"ftyp", b"qt  ") + struct.pack(">I4s", size, b"moov") + bytes(40)
    assert _looked_at(film) == DAMAGED


def test_a_box_of_two_to_the_63() -> None:
    """A 64-bit size that would wrap around elsewhere."""
    film = _box(b"ftyp", b"qt  ") + struct.pack(">I4sQ", 1, b"mdat", 1 << 63)
    assert _looked_at(film + bytes(64)) == DAMAGED


def test_a_box_of_size_nought_reaches_to_the_end() -> None:
    """What stands in it is still read."""
    film = WHOLE["mov"]
    at = film.index(b"moov") - 4
    assert _looked_at(film[:at] + bytes(4) + film[at + 4 :]) is YES


@pytest.mark.parametrize("kind", [b"moov", b"meta", b"udta", b"trak", b"mpvd"])
def test_boxes_a_thousand_deep(kind: bytes) -> None:
    """Boxes inside boxes are not followed down without end."""
    nested = b""
    for _ in range(1000):
        nested = _box(kind, nested)
    assert _looked_at(_box(b"ftyp", b"heic") + nested).place is not Place.YES


def test_a_film_of_tiny_boxes() -> None:
    """Millions of empty boxes are too much, and that is said."""
    film = _box(b"ftyp", b"qt  ") + _box(b"free") * 200_000
    assert _looked_at(film) == TOO_LARGE


def test_an_item_that_lies_beyond_the_file() -> None:
    """A HEIC whose table of places points past its end."""
    picture = WHOLE["heic"]
    at = picture.index(b"iloc") + 4 + 16
    assert _looked_at(picture[:at] + b"\x7f\xff\xff\xff" + picture[at + 4 :]) == DAMAGED


def test_text_that_swells_is_not_unpacked_whole() -> None:
    """A text chunk that stands for 300 MB costs a few."""
    bomb = zlib.compress(bytes(300_000_000), 9)
    text = b"XML:com.adobe.xmp\0\0" + bomb
    tracemalloc.start()
    answer = _looked_at(_png(_chunk(b"zTXt", text)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer == TOO_LARGE
    assert peak < 32 << 20


def test_xmp_of_ten_megabytes() -> None:
    """A packet beyond the limit is not told to be free of a place."""
    packet = b"<x>" + b" " * (10 << 20) + xmp_packet(HERE)
    film = WHOLE["mov"] + _box(b"xml ", packet)
    bare = BARE["mov"] + _box(b"xml ", packet)
    assert _looked_at(film) is YES
    assert _looked_at(bare) == TOO_LARGE


def test_entities_are_not_expanded() -> None:
    """A packet made to swell in a parser of XML is only scanned."""
    bomb = b"<!DOCTYPE x [<!ENTITY a '%b'>]>" % (b"&b;" * 5000)
    packet = bomb + xmp_packet(HERE)
    segment = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    picture = BARE["jpg"]
    assert _looked_at(picture[:2] + segment + picture[2:]) is YES


@pytest.mark.parametrize(
    "text", [b"GPSLat", b"GPSLatitude=", b"GPSLatitude    ", b"<<<"]
)
def test_packets_that_almost_match_take_no_longer(text: bytes) -> None:
    """Megabytes of what nearly is a position are told apart in one go."""
    packet = text * (3_000_000 // len(text))
    assert _looked_at(BARE["mov"] + _box(b"xml ", packet)) is NO


def test_segments_without_end() -> None:
    """A JPEG of nothing but comments."""
    assert _looked_at(b"\xff\xd8" + b"\xff\xfe\0\2" * 100_000) == DAMAGED


def test_an_image_that_never_ends_is_not_read_whole() -> None:
    """Twenty megabytes of image data without an end."""
    picture = BARE["jpg"][:-2] + b"\x55" * (20 << 20)
    assert _looked_at(picture) == TOO_LARGE


def test_markers_in_the_image_are_passed_one_by_one() -> None:
    """Thousands of tables between the scans of a JPEG, each with a length."""
    picture = BARE["jpg"][:-2] + b"\xff\xc4\0\2" * 60_000 + b"\xff\xd9tail"
    assert _looked_at(picture) is NO


def test_pieces_of_a_packet_in_any_order() -> None:
    """A packet whose pieces come in the wrong order, cut in the middle of a name."""
    packet = xmp_packet(HERE)
    cut = packet.index(b"GPSLatitude") + 5
    name = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
    pieces = [
        _segment(0xE1, name + struct.pack(">II", len(packet), at) + part)
        for at, part in ((cut, packet[cut:]), (0, packet[:cut]))
    ]
    picture = BARE["jpg"]
    assert _looked_at(picture[:2] + b"".join(pieces) + picture[2:]) is YES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_packets_in_every_encoding(encoding: str) -> None:
    """XMP may be written in any of the forms of Unicode."""
    packet = xmp_packet(HERE).decode().encode(encoding)
    segment = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    picture = BARE["jpg"]
    assert _looked_at(picture[:2] + segment + picture[2:]) is YES


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("95,0N", "13,0E"),
        ("52,0N", "181,0E"),
        ("", ""),
        ("   ", "   "),
        ("NaN", "NaN"),
        ("0,0.0N", "0,0.0E"),
        ("52/0,1N", "13/0,1E"),
        ("9" * 60, "9" * 60),
    ],
)
def test_numbers_that_are_no_place(north: str, east: str) -> None:
    """Positions out of range, blank, or of a camera that knew none."""
    packet = f'<x exif:GPSLatitude="{north}" exif:GPSLongitude="{east}"/>'.encode()
    assert _looked_at(BARE["mov"] + _box(b"xml ", packet)) is NO


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -91.0])
def test_floats_that_are_no_place(value: float) -> None:
    """A GPS IFD of doubles that are no angle."""
    doubles = struct.pack(">dd", value, value)
    gps = struct.pack(">HHIIHHII", 2, 12, 1, 56, 4, 12, 1, 64)
    table = struct.pack(">HHHIII", 1, 0x8825, 4, 1, 26, 0)
    block = b"MM\0*\0\0\0\x08" + table + b"\0\2" + gps + bytes(4) + doubles
    assert _looked_at(block) is NO


@pytest.mark.parametrize(
    ("document", "answer"),
    [
        (b'{"geoData": {"latitude": 52.5, "longitude": 13.4}}', YES),
        (b'{"geoDataExif": {"latitude": 52.5, "longitude": 13.4}}', YES),
        (b'{"geoData": {"latitude": 0.0, "longitude": 0.0}}', NO),
        (b'{"geoData": {"latitude": NaN, "longitude": 13.4}}', NO),
        (b'{"geoData": {"latitude": 1e999, "longitude": 13.4}}', NO),
        (b'{"geoData": {"latitude": "52.5", "longitude": 13.4}}', NO),
        (b'{"geoData": {"latitude": ' + b"9" * 400 + b', "longitude": 1}}', NO),
        (b'{"geoData": {"latitude": 52.5', DAMAGED),
        (b"[" * 100_000, DAMAGED),
        (b"\xff\xfe\xfd", DAMAGED),
        (b"[1, 2]", NO),
        (b"{}", NO),
    ],
)
def test_what_lies_beside_a_picture(document: bytes, answer: Answer) -> None:
    """A JSON sidecar holds a place, holds none, or is no JSON."""
    assert place_in_sidecar(InMemory(document), "IMG_1.jpg.json") == answer


def test_xmp_beside_a_picture() -> None:
    """An XMP sidecar is scanned like a packet."""
    assert place_in_sidecar(InMemory(xmp_packet(HERE)), "IMG_1.XMP") is YES
    assert place_in_sidecar(InMemory(xmp_packet(None)), "IMG_1.xmp") is NO


@pytest.mark.parametrize("end", sorted(WHOLE))
def test_made_up_pictures_say_what_they_were_made_with(end: str) -> None:
    """Practice mode's own pictures are told right."""
    assert _looked_at(WHOLE[end]) is YES
    assert _looked_at(BARE[end]) is NO


def test_a_picture_with_both_kinds_of_block() -> None:
    """The place in XMP counts where Exif has none."""
    picture = BARE["jpg"]
    assert _looked_at(picture[:2] + xmp_segment(HERE) + picture[2:]) is YES
    assert _looked_at(picture[:2] + xmp_segment(None) + picture[2:]) is NO


def test_an_unknown_type_of_number_is_not_called_no_place() -> None:
    """Latitude and longitude are there, in a form nobody writes."""
    block = bytearray(exif_block(HERE))
    at = block.index(struct.pack(">HHI", 2, 5, 3))
    block[at + 2 : at + 4] = b"\0\2"
    assert _looked_at(bytes(block)).why is Why.UNKNOWN_FORMAT
