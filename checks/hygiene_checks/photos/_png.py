"""Positions in PNG files: the eXIf chunk and what text chunks carry.

Source: PNG third edition, 5 and 11.3; the eXIf chunk (11.3.4.2 there); XMP specification
part 3, 1.1.5 (`XML:com.adobe.xmp`); ImageMagick's `Raw profile type` and `exif:` text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._exif import place_in_tiff
from hygiene_checks.photos._place import DAMAGED, YES, Answer, any_of, is_position
from hygiene_checks.photos._window import HEAD, Window, window_on
from hygiene_checks.photos._xmp import degrees, place_in_xmp

__all__ = ["answers", "is_png"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12
_TEXT = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_MOST_CHUNKS = 20_000
_MOST_TEXT = 4 << 20
_XMP_KEYWORDS = frozenset((b"XML:com.adobe.xmp", b"Raw profile type xmp"))
_EXIF_KEYWORDS = frozenset((b"Raw profile type exif", b"Raw profile type APP1"))
_SPACE = re.compile(rb"\s+")
_SIDES = {b"exif:GPSLatitude": 0, b"exif:GPSLongitude": 1}


def is_png(start: bytes) -> bool:
    """Whether these first bytes open a PNG file."""
    return start[:8] == _SIGNATURE


def answers(window: Window) -> Iterator[Answer]:
    """What each chunk says that can hold a position."""
    angles: list[float | None] = [None, None]
    for kind, start, length in _chunks(window):
        if kind == b"eXIf":
            yield any_of(_exif(window.at(start, length)))
        elif kind in _TEXT:
            if length > _MOST_TEXT:
                raise CannotLook(Why.TOO_LARGE)
            keyword, text = _text(kind, window.at(start, length))
            if keyword in _SIDES:
                angles[_SIDES[keyword]] = degrees(text)
            elif keyword:
                yield any_of(_profile(keyword, text))
    north, east = angles
    if north is not None and east is not None and is_position(north, east):
        yield YES


def _chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and length of each chunk up to IEND. Image data is one run of IDAT
    chunks, so its end may be looked for from behind.
    """
    at = len(_SIGNATURE)
    skipped = False
    for _ in range(_MOST_CHUNKS):
        header = window.at(at, 8)
        kind, length = header[4:], int.from_bytes(header[:4])
        if kind == b"IEND":
            return
        if kind == b"IDAT" and not skipped and at + length + _AROUND > len(window.near):
            skipped = True
            at = max(at, _last_image_data(window))
            length = int.from_bytes(window.at(at, 4))
        if at + length + _AROUND > window.size:
            raise CannotLook(Why.DAMAGED)
        yield kind, at + 8, length
        at += length + _AROUND
    raise CannotLook(Why.TOO_LARGE)


def _last_image_data(window: Window) -> int:
    """Where an IDAT chunk starts near the end, from which chunks lead exactly to IEND;
    0 if none does. Saves a read for each chunk of a large picture.
    """
    length = min(HEAD, window.size)
    base = window.size - length
    tail = window.at(base, length)
    at = start = tail.find(b"IDAT", 4) - 4
    for _ in range(_MOST_CHUNKS):
        if start < 0 or at + _AROUND > length:
            start = at = tail.find(b"IDAT", start + 8) - 4 if start >= 0 else -1
        elif tail[at + 4 : at + 8] != b"IEND":
            at += int.from_bytes(tail[at : at + 4]) + _AROUND
        elif at + _AROUND == length:
            return base + start
        else:
            at = length
        if start < 0:
            break
    return 0


def _text(kind: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Keyword and text; no keyword where the text is none of ours."""
    keyword, _, rest = data.partition(b"\0")
    if keyword not in _XMP_KEYWORDS | _EXIF_KEYWORDS | _SIDES.keys():
        return b"", b""
    packed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return keyword, _unpacked(rest) if packed else rest


def _unpacked(data: bytes) -> bytes:
    """Inflated, up to a limit: a small chunk can stand for gigabytes."""
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(data, _MOST_TEXT)
    except zlib.error as error:
        raise CannotLook(Why.DAMAGED) from error
    if inflate.unconsumed_tail:
        raise CannotLook(Why.TOO_LARGE)
    return text


def _profile(keyword: bytes, text: bytes) -> Iterator[Answer]:
    if keyword.startswith(b"Raw profile"):
        text = _unhexed(text)
    if keyword in _XMP_KEYWORDS or b"ns.adobe.com/xap" in text[:64]:
        yield place_in_xmp(text)
    elif keyword in _EXIF_KEYWORDS:
        yield from _exif(text)


def _unhexed(text: bytes) -> bytes:
    """A raw profile: a line with its name, one with its length, then hex digits."""
    parts = text.strip().split(b"\n", 2)
    try:
        return bytes.fromhex(_SPACE.sub(b"", parts[-1]).decode("ascii"))
    except ValueError as error:
        raise CannotLook(Why.DAMAGED) from error


def _exif(data: bytes) -> Iterator[Answer]:
    block = data.removeprefix(b"Exif\0\0")
    yield place_in_tiff(window_on(block)) if block else DAMAGED
