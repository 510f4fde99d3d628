"""Files that lie beside a picture and tell where it was taken.

XMP sidecars are called `NAME.xmp` or `NAME.jpg.xmp`. The download of a Google account
puts `NAME.jpg.supplemental-metadata.json` (formerly `NAME.jpg.json`) beside each
picture; it cuts long names anywhere and counts equal ones: `NAME(1).jpg` belongs to
`NAME.jpg.supplemental-metadata(1).json`. Apple's `.AAE` files hold no place.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._kinds import is_picture
from hygiene_checks.photos._place import DAMAGED, NO, YES, Answer, is_position
from hygiene_checks.photos._window import Bytes
from hygiene_checks.photos._xmp import place_in_xmp

__all__ = ["LARGEST", "Beside", "beside", "place_in_sidecar"]

LARGEST = 1 << 20
"""Bytes of a sidecar that are read; programs write far fewer."""

_XMP = ".xmp"
_SUPPLEMENT = ".supplemental-metadata"
_SURELY = len(".supp")
_CUT_AT = 40
_COUNTED = re.compile(r"(.*?)(\(\d{1,9}\))?", re.DOTALL)
_BLOCKS = ("geoData", "geoDataExif")


@dataclass(slots=True)
class Beside:
    """The sidecars of one folder: those of each picture, and those whose picture is
    gone.
    """

    of: dict[str, list[str]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)


def beside(pictures: Sequence[str], candidates: Iterable[str]) -> Beside:
    """Which picture each candidate belongs to. A JSON file that is not named after a
    picture is none of ours.
    """
    known = _Known(pictures)
    found = Beside()
    for name in candidates:
        picture, ours = known.owner(name)
        if picture is not None:
            found.of.setdefault(picture, []).append(name)
        elif ours:
            found.alone.append(name)
    return found


class _Known:
    """The pictures of one folder, by name and by name without its end."""

    def __init__(self, pictures: Sequence[str]) -> None:
        self._names = sorted(pictures)
        self._all = frozenset(pictures)
        self._stems: dict[str, str] = {}
        for name in pictures:
            self._stems.setdefault(name.rpartition(".")[0], name)

    def owner(self, name: str) -> tuple[str | None, bool]:
        """The picture of a sidecar, and whether it is a sidecar at all."""
        stem, _, end = name.rpartition(".")
        if end.lower() == "xmp":
            return (stem if stem in self._all else self._stems.get(stem)), True
        return self._takeout(stem)

    def _takeout(self, stem: str) -> tuple[str | None, bool]:
        matched = _COUNTED.fullmatch(stem)
        base, count = (matched[1], matched[2] or "") if matched else (stem, "")
        head, dot, tail = base.rpartition(".")
        cut = f"{dot}{tail}"
        supplement = bool(head) and _SUPPLEMENT.startswith(cut)
        for named in (base, head) if supplement else (base,):
            front, point, end = named.rpartition(".")
            picture = f"{front}{count}{point}{end}"
            if picture in self._all:
                return picture, True
        if len(base) >= _CUT_AT and (longer := self._longer(base)):
            return longer, True
        ours = is_picture(base) or (
            supplement and (is_picture(head) or len(cut) >= _SURELY)
        )
        return None, ours

    def _longer(self, cut: str) -> str | None:
        """A picture whose name was cut to this one."""
        at = bisect_left(self._names, cut)
        name = self._names[at] if at < len(self._names) else ""
        return name if name.startswith(cut) else None


def place_in_sidecar(source: Bytes, name: str) -> Answer:
    """Whether a sidecar of that name holds a position. Raises `CannotLook`."""
    if source.size > LARGEST:
        raise CannotLook(Why.TOO_LARGE)
    content = source.read_at(0, source.size)
    if name.lower().endswith(_XMP):
        return place_in_xmp(content)
    return place_in_takeout(content)


def place_in_takeout(document: bytes) -> Answer:
    """Whether the JSON beside a picture holds a position: `geoData` is what the account
    knows, `geoDataExif` what stood in the file. 0 and 0 mean that nothing is known.
    """
    try:
        content = json.loads(document)
    except (ValueError, RecursionError):
        return DAMAGED
    if not isinstance(content, dict):
        return NO
    return YES if any(_located(content.get(block)) for block in _BLOCKS) else NO


def _located(block: object) -> bool:
    if not isinstance(block, dict):
        return False
    pair = (block.get("latitude"), block.get("longitude"))
    try:
        north, east = (float(each) for each in pair if isinstance(each, int | float))
    except (ValueError, OverflowError):
        return False
    return is_position(north, east)
