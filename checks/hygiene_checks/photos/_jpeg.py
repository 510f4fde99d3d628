"""Positions in JPEG files: Exif and XMP segments, second images, appended videos.

Source: ITU-T T.81 annex B (markers); Exif 2.32, 4.7.2 (APP1); XMP specification part 3,
1.1.3 (standard and extended packets); CIPA DC-007 (Multi-Picture Format); Google's
Motion Photo format 1.0 (`Item:Length`) and its forerunner (`MicroVideoOffset`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from struct import Struct
from typing import Literal

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._exif import find_value, is_tiff, place_in_tiff
from hygiene_checks.photos._place import DAMAGED, NO, Answer, any_of
from hygiene_checks.photos._window import Window, window_on
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["answers", "is_jpeg"]

_APP1 = 0xE1
_APP2 = 0xE2
_SOS = 0xDA
_EOI = 0xD9
_OURS = frozenset((_APP1, _APP2))
_WITHOUT_BODY = {0xFF: 1, 0x01: 2, **dict.fromkeys(range(0xD0, 0xD9), 2)}
"""Markers without a length, and the bytes each takes; the first is a fill byte."""
_HEADER = Struct(">BBH")
_EXIF = b"Exif\0"
_EXIF_LENGTH = 6
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PIECE_OF_XMP = len(_MORE_XMP) + 32 + 4 + 4
_MPF = b"MPF\0"
_MPF_ENTRIES = 0xB002
_MPF_ENTRY = 16
_MOST_SEGMENTS = 10_000
_MOST_PARTS = 32
_TAIL = 1024
_STEP = 1 << 18
_END_OF_IMAGE = b"\xff\xd9"
_IN_SCAN = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")
_APPENDED = re.compile(
    rb"(?:MicroVideoOffset|Item:Length)\s{0,9}(?:=\s{0,9}[\"']|>)\s{0,9}(\d{1,18})"
)
_START_OF_IMAGE = re.compile(rb"\xff\xd8\xff")
_START_OF_FILM = re.compile(rb"[\0-\x7f]{4}ftyp")
_STARTS = (_START_OF_IMAGE, _START_OF_FILM)

Look = Callable[[Window], Answer]


def is_jpeg(start: bytes) -> bool:
    """Whether these first bytes open a JPEG file."""
    return start[:3] == b"\xff\xd8\xff"


def answers(window: Window, inner: Look | None) -> Iterator[Answer]:
    """What each part of a JPEG says.

    `inner` looks at a file that stands inside this one (a second image, a video); None
    for a file that is itself such a part. What is appended is found by the Multi-Picture
    index, by the lengths XMP gives, or when the file does not end as an image does.
    """
    picture = _Picture(window)
    segments, image = _segments(window)
    for marker, start, length in segments:
        if marker == _APP1:
            yield picture.app1(start, length)
        elif window.at(start, min(4, length)) == _MPF:
            picture.index = (start + 4, length - 4)
    yield from picture.split_blocks()
    if not image:
        yield DAMAGED
    elif inner is not None:
        yield from _appended(picture, image, inner)


def _segments(window: Window) -> tuple[list[tuple[int, int, int]], int]:
    """Marker, start and length of the body of each APP1 and APP2 segment, and where the
    image data begins; 0 if the segments do not lead there.
    """
    near, unpack = window.near, _HEADER.unpack_from
    within = min(len(near), window.size) - _HEADER.size
    found: list[tuple[int, int, int]] = []
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if at > window.size - _HEADER.size:
            break
        if at <= within:
            fill, marker, length = unpack(near, at)
        else:
            fill, marker, length = unpack(window.at(at, _HEADER.size))
        if fill != 0xFF or marker == _EOI:  # noqa: PLR2004
            break
        if marker in _WITHOUT_BODY:
            at += _WITHOUT_BODY[marker]
            continue
        start = at + 4
        at += 2 + length
        if length < 2 or at > window.size:  # noqa: PLR2004
            break
        if marker == _SOS:
            return found, at
        if marker in _OURS:
            found.append((marker, start, length - 2))
    return found, 0


class _Picture:
    """What is gathered from the segments of one JPEG."""

    __slots__ = ("_blocks", "_packets", "index", "lengths", "window")

    def __init__(self, window: Window) -> None:
        self.window = window
        self.index: tuple[int, int] | None = None
        self.lengths: list[int] = []
        self._blocks: list[tuple[int, int]] = []
        self._packets: dict[bytes, list[tuple[bytes, bytes]]] = {}

    def app1(self, start: int, length: int) -> Answer:
        """An Exif block, a packet of XMP, or a piece of either."""
        signature = self.window.at(start, min(length, _PIECE_OF_XMP))
        if signature.startswith(_EXIF):
            return self._exif(start + _EXIF_LENGTH, length - _EXIF_LENGTH)
        if signature.startswith(_XMP):
            skip = len(_XMP)
            return self._xmp(self.window.at(start + skip, length - skip))
        if signature.startswith(_MORE_XMP):
            guid, offset = signature[len(_MORE_XMP) : -8], signature[-4:]
            body = self.window.at(start + _PIECE_OF_XMP, length - _PIECE_OF_XMP)
            self._packets.setdefault(guid, []).append((offset, body))
        return NO

    def split_blocks(self) -> Iterator[Answer]:
        """What needs more than one segment: pieces of one XMP packet share a GUID and
        may come in any order.
        """
        if len(self._blocks) > 1:
            yield place_in_tiff(
                window_on(b"".join(self.window.at(*each) for each in self._blocks))
            )
        for pieces in self._packets.values():
            yield self._xmp(b"".join(data for _, data in sorted(pieces)))

    def _exif(self, start: int, length: int) -> Answer:
        """A block too long for one segment goes on in the next, without a header."""
        block = self.window.part(start, length)
        if length >= 4 and is_tiff(block.at(0, 4)):  # noqa: PLR2004
            self._blocks = [(start, length)]
            return place_in_tiff(block)
        if not self._blocks:
            return DAMAGED
        self._blocks.append((start, length))
        return NO

    def _xmp(self, packet: bytes) -> Answer:
        found = islice(_APPENDED.finditer(packet), _MOST_PARTS)
        self.lengths += [int(each[1]) for each in found]
        return place_in_xmp(packet)


def _appended(picture: _Picture, image: int, inner: Look) -> Iterator[Answer]:
    window = picture.window
    if picture.index is not None:
        yield any_of(_second_images(window, picture.index, inner))
    announced = list(_announced(window, picture.lengths))
    for part in announced:
        yield inner(part)
    if not announced:
        yield any_of(_trailer(window, image, inner))


def _second_images(
    window: Window, index: tuple[int, int], inner: Look
) -> Iterator[Answer]:
    """Images of a Multi-Picture index: size at 4, offset from the index at 8; the first
    image, which is this file, has offset 0.
    """
    block = window.part(*index)
    found = find_value(block, _MPF_ENTRIES)
    if found is None:
        return
    order: Literal["little", "big"] = "little" if block.at(0, 1) == b"I" else "big"
    offset, length = found
    for entry in range(min(length // _MPF_ENTRY, _MOST_PARTS)):
        where = block.at(offset + entry * _MPF_ENTRY, _MPF_ENTRY)
        size = int.from_bytes(where[4:8], order)
        start = int.from_bytes(where[8:12], order)
        if start:
            yield inner(window.part(index[0] + start, size))


def _announced(window: Window, lengths: list[int]) -> Iterator[Window]:
    """Parts whose lengths XMP gives, the last one at the end of the file. An editor may
    have dropped the parts and kept the words, so only what is there counts.
    """
    end = window.size
    for length in reversed(lengths):
        if 8 <= length < end:  # noqa: PLR2004
            part = window.part(end - length, length)
            if any(each.match(part.at(0, 8)) for each in _STARTS):
                yield part
            end -= length


def _trailer(window: Window, image: int, inner: Look) -> Iterator[Answer]:
    """What stands behind the image. A file that ends as an image does is searched only
    if all of it has been read; any other is read on to the end of its image.
    """
    length = min(_TAIL, window.size - image)
    tail = window.at(window.size - length, length)
    if not tail.rstrip(b"\0").endswith(_END_OF_IMAGE):
        start = _end_of_image(window, image)
        data = window.at(start, min(_STEP, window.size - start))
        begins = [each.search(data) for each in _STARTS]
        found = min((each.start() for each in begins if each), default=-1)
    elif len(window.near) == window.size:
        start = 0
        again = _START_OF_IMAGE.search(window.near, image)
        found = again.start() if again else -1
    else:
        return
    if found >= 0:
        start += found
        yield inner(window.part(start, window.size - start))


def _end_of_image(window: Window, start: int) -> int:
    """Where the image data ends. In it 0xFF is followed by 0 or a restart marker; any
    other marker but the end has a length (T.81 B.1.1).
    """
    while start + 2 <= window.size:
        data = window.at(start, min(_STEP, window.size - start))
        at = 0
        while found := _IN_SCAN.search(data, at):
            if found[0] == _END_OF_IMAGE:
                return start + found.end()
            if found.end() + 2 > len(data):
                break
            at = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
        cut = found.start() if found else max(at, len(data) - 1)
        if not cut:
            break
        start += cut
    raise CannotLook(Why.DAMAGED)
