"""Positions in XMP packets, found by a bounded scan of the bytes.

No XML parser: a packet may be cut, padded, in UTF-16, or made to let a parser swell.
Only the shape is looked for: `exif:GPSLatitude` and `exif:GPSLongitude` as attribute
or element, whatever the prefix (values `DDD,MM.mmk` or `DDD,MM,SSk`: XMP specification
part 2, GPSCoordinate), the decimal `GpsLatitude` of drones, and the `Latitude` items of
Sony's NonRealTimeMeta. A name such as `photoshop:City` is not a position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hygiene_checks.photos._place import NO, YES, Answer, is_position

__all__ = ["degrees", "place_in_xmp"]

_NAMED = re.compile(
    rb"[Gg][Pp][Ss](Lat|Lon)[a-z]{3,9}"
    rb"(?:\s{0,99}=\s{0,99}[\"']([^\"'<>]{0,99})"
    rb"|(?:\s[^<>]{0,99})?>\s{0,99}(?:<!\[CDATA\[)?([^<>\]]{0,99}))"
)
_ITEM = re.compile(
    rb"name=[\"'](Lat|Lon)[a-z]{3,9}[\"']\s{1,99}value=[\"']([^\"'<>]{0,99})()"
)
_STEP = 1 << 17
_LONGEST = 1024
_NUMBER = re.compile(rb"(\d{1,20}(?:\.\d{0,40})?)(?:/(\d{1,20}))?")
_REFERENCE = re.compile(rb"&#(x?)([0-9A-Fa-f]{1,6});")


def place_in_xmp(packet: bytes) -> Answer:
    """Whether a packet, in UTF-8, UTF-16 or UTF-32, holds a position."""
    if b"\0" in packet:
        packet = packet.replace(b"\0", b"")
    found: dict[bytes, list[float]] = {b"Lat": [], b"Lon": []}
    for match in _matches(packet):
        value = degrees(match[2] or match[3] or b"")
        if value is not None:
            found[match[1]].append(value)
    north, east = found[b"Lat"], found[b"Lon"]
    valid = any(is_position(lat, lon) for lat, lon in zip(north, east, strict=False))
    return YES if valid else NO


def _matches(packet: bytes) -> Iterator[re.Match[bytes]]:
    """In steps: one search of a large packet would hold up every other thread."""
    for pattern in (_NAMED, _ITEM):
        for start in range(0, len(packet), _STEP):
            for match in pattern.finditer(packet, start, start + _STEP + _LONGEST):
                if match.start() < start + _STEP:
                    yield match


def degrees(text: bytes) -> float | None:
    """The size of an angle such as `52,31.14N`, `52/1, 31/1, 8/1`, `35:40:12.3` or
    `-52.5`, without its sign; None when blank or no number.
    """
    numbers = _NUMBER.findall(_REFERENCE.sub(_character, text))[:3]
    value = 0.0
    for power, (above, below) in enumerate(numbers):
        if below and int(below) == 0:
            return None
        value += float(above) / float(below or 1) / 60**power
    return value if numbers else None


def _character(reference: re.Match[bytes]) -> bytes:
    code = int(reference[2], 16 if reference[1] else 10) if _fits(reference) else 0
    return bytes([code]) if code < 0x80 else b"?"  # noqa: PLR2004


def _fits(reference: re.Match[bytes]) -> bool:
    return bool(reference[1]) or reference[2].isdigit()
