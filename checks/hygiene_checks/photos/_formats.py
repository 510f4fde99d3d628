"""Which format a file is of, by its first bytes, and what it says.

Names lie: a `.jpg` may be a HEIC, so a name only decides whether a file is looked at.
Formats: those of `_jpeg`, `_png`, `_webp`, `_bmff`, `_exif` (TIFF, DNG, CR2, NEF, ARW,
PEF, SRW, ORF, RW2), Fujifilm's RAF, and GIF. A BMP has no room for a position. Of any
other file it cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.contract import CannotLook
from hygiene_checks.photos import _bmff, _jpeg, _png, _webp
from hygiene_checks.photos._exif import find_value, is_tiff, place_in_tiff
from hygiene_checks.photos._place import (
    DAMAGED,
    NO,
    NOT_SUPPORTED,
    Answer,
    Place,
    any_of,
)
from hygiene_checks.photos._quick import quick
from hygiene_checks.photos._window import HEAD, Bytes, Window, open_window
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["place_in_file"]

_START = 16
_RAF = b"FUJIFILMCCD-RAW "
_RAF_PICTURE = 84
_RW2 = b"IIU\0"
_RW2_PICTURE = 0x002E
_GIF_XMP = b"XMP DataXMP"
_JXL_STREAM = b"\xff\x0a"


def place_in_file(source: Bytes) -> Answer:
    """Whether a picture or film carries a position. Never raises."""
    try:
        size = source.size
        head = source.read_at(0, HEAD)
        told = quick(head, size)
        if told is not None:
            return told
        window = open_window(source, head)
        if not window.size:
            return DAMAGED
        start = window.at(0, min(_START, window.size))
        return any_of(_answers(window, start))
    except CannotLook as error:
        return Answer(Place.CANNOT_TELL, error.why)


def _answers(window: Window, start: bytes) -> Iterator[Answer]:
    if _jpeg.is_jpeg(start):
        return _jpeg.answers(window, _inner)
    if _png.is_png(start):
        return _png.answers(window)
    if _bmff.is_boxes(start):
        return _bmff.answers(window)
    if _webp.is_webp(start):
        return _webp.answers(window)
    if is_tiff(start):
        return _tiff(window, start)
    return _rare(window, start)


def _inner(window: Window) -> Answer:
    """A file inside a picture: a second image or a short film."""
    start = window.at(0, min(_START, window.size))
    if _jpeg.is_jpeg(start):
        return any_of(_jpeg.answers(window, None))
    if _bmff.is_boxes(start):
        return any_of(_bmff.answers(window, inside=True))
    return DAMAGED


def _tiff(window: Window, start: bytes) -> Iterator[Answer]:
    """Panasonic keeps a whole JPEG, Exif block and all, in a tag (ExifTool:
    PanasonicRaw.pm, JpgFromRaw).
    """
    yield place_in_tiff(window, chain=True)
    picture = find_value(window, _RW2_PICTURE) if start.startswith(_RW2) else None
    if picture is not None:
        yield _inner(window.part(*picture))


def _rare(window: Window, start: bytes) -> Iterator[Answer]:
    if start == _RAF:
        yield from _raf(window)
    elif start[:6] in {b"GIF87a", b"GIF89a"}:
        yield from _gif(window)
    elif start[:2] == b"BM" or start[:2] == _JXL_STREAM:
        yield NO
    elif not start.strip(b"\0"):
        yield DAMAGED
    else:
        yield NOT_SUPPORTED


def _raf(window: Window) -> Iterator[Answer]:
    """The Exif block of a RAF is that of the JPEG in it: offset at 84, length at 88
    (ExifTool: FujiFilm.pm, ProcessRAF).
    """
    where = window.at(_RAF_PICTURE, 8)
    offset, length = int.from_bytes(where[:4]), int.from_bytes(where[4:])
    yield _inner(window.part(offset, length))


def _gif(window: Window) -> Iterator[Answer]:
    """Programs write the XMP block of a GIF before or behind all images, so only both
    ends are searched (XMP specification part 3, 1.1.2).
    """
    length = min(HEAD, window.size)
    head = window.at(0, length)
    tail = window.at(window.size - length, length)
    if _GIF_XMP in head or _GIF_XMP in tail:
        yield place_in_xmp(head)
        yield place_in_xmp(tail)
    if not tail.rstrip(b"\0").endswith(b";"):
        yield DAMAGED
