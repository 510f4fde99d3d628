"""What this program leaves behind on a computer, told line by line (SR-44)."""

from __future__ import annotations

import pkgutil
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hygiene.contract.home import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hygiene.contract.phrases import Phrases

__all__ = ["Line", "Mark", "lines", "told"]


class Mark(StrEnum):
    """Who can do what about it."""

    PREVENTED = "prevented"
    CLEARABLE = "clearable"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is left, or would be; `source` says how that is known."""

    id: str
    mark: Mark
    source: str


def lines(platform: Platform) -> Sequence[Line]:
    """What concerns this system: first what can be cleared, then what nobody can hide,
    then what the program prevents.
    """
    data = pkgutil.get_data("hygiene.report", "left_behind.toml") or b""
    found = [
        Line(name, Mark(line[platform.value]), line["source"])
        for name, line in tomllib.loads(data.decode()).items()
    ]
    order = [Mark.CLEARABLE, Mark.NOBODY, Mark.PREVENTED]
    return sorted(found, key=lambda each: order.index(each.mark))


def told(platform: Platform, words: Phrases) -> Sequence[tuple[str, Sequence[str]]]:
    """The page: each mark as a heading, with its lines as sentences."""
    page: dict[str, list[str]] = {}
    for line in lines(platform):
        said = [words.say(f"left.{line.id}")]
        if line.mark is Mark.CLEARABLE:
            said.append(words.say(f"left-how.{line.id}"))
        page.setdefault(words.say(f"left-mark.{line.mark}"), []).append(" ".join(said))
    return [*page.items()]
