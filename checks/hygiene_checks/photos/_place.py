"""The three-way answer about one file, and what counts as a position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from hygiene.contract import CannotLook, Why

__all__ = [
    "DAMAGED",
    "NO",
    "NOT_SUPPORTED",
    "YES",
    "Answer",
    "Place",
    "any_of",
    "is_position",
    "iso6709",
]

_SCALES = (1, 60, 3600, 216000)
"""Parts of a degree: minutes, seconds, and what no standard knows."""
_ISO6709 = re.compile(rb"\s*([+-])(\d{1,7})(\.\d{0,20})?([+-])(\d{1,7})(\.\d{0,20})?")


class Place(Enum):
    """Whether a file carries a position."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file, or one part of it, says. `why` is set when it cannot be told."""

    place: Place
    why: Why | None = None


YES = Answer(Place.YES)
NO = Answer(Place.NO)
DAMAGED = Answer(Place.CANNOT_TELL, Why.DAMAGED)
NOT_SUPPORTED = Answer(Place.CANNOT_TELL, Why.NOT_SUPPORTED)


def any_of(parts: Iterable[Answer]) -> Answer:
    """The answer of a whole from the answers of its parts, read one by one.

    One position makes it YES, and the rest is not read; else the first doubt stands,
    so that "cannot tell" never becomes "no".
    """
    doubt: Answer | None = None
    try:
        for part in parts:
            if part is YES:
                return YES
            if part is not NO and doubt is None:
                doubt = part
    except CannotLook as error:
        doubt = doubt or Answer(Place.CANNOT_TELL, error.why)
    return doubt or NO


def is_position(latitude: float, longitude: float) -> bool:
    """Whether two numbers of degrees name a place. Both zero is what programs write
    when they know none; NaN is in no range.
    """
    in_range = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004
    return in_range and (latitude != 0 or longitude != 0)


def iso6709(text: bytes) -> bool:
    """Whether text such as `+52.5186+013.3761+035.000/` begins with a position.

    Source: ISO 6709 annex H: degrees, or degrees and minutes (`+DDMM.M+DDDMM.M`), or
    degrees, minutes and seconds, told apart by the number of digits.
    """
    found = _ISO6709.match(text)
    if found is None:
        return False
    return is_position(
        _sexagesimal(found[2], found[3] or b"", 2),
        _sexagesimal(found[5], found[6] or b"", 3),
    )


def _sexagesimal(digits: bytes, fraction: bytes, width: int) -> float:
    whole, rest = digits, b""
    if len(digits) > width:
        whole, rest = digits[:width], digits[width:]
    parts = [whole, *(rest[at : at + 2] for at in range(0, len(rest), 2))]
    parts[-1] += fraction if len(fraction) > 1 else b""
    return sum(float(part) / scale for part, scale in zip(parts, _SCALES, strict=False))
