"""Where the bases of patterns lie in a home: in their usual places, or moved."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hygiene.contract.home import BASES, Entry, Kind, Platform
from hygiene.contract.outcome import Why

if TYPE_CHECKING:
    from hygiene.host.tree import Tree

__all__ = ["expanded"]

_VARIABLES = {
    Platform.LINUX: {
        "config": "XDG_CONFIG_HOME",
        "data": "XDG_DATA_HOME",
        "cache": "XDG_CACHE_HOME",
        "local": "XDG_DATA_HOME",
    },
    Platform.WINDOWS: {
        "config": "APPDATA",
        "data": "APPDATA",
        "cache": "LOCALAPPDATA",
        "local": "LOCALAPPDATA",
    },
}


def expanded(
    pattern: str, tree: Tree, platform: Platform, *, live: bool
) -> tuple[list[str], list[Entry]]:
    """The pattern with its base filled in, once for each place, and what is said of a
    place that lies outside the home. Raises `ValueError` for an unknown base.

    In the live home a variable moves the base. What was written before it was set, or
    by a program that does not know it, still lies in the usual place.
    """
    if not pattern.startswith("{"):
        return [pattern], []
    base, _, rest = pattern[1:].partition("}")
    usual = BASES[platform].get(base)
    if usual is None:
        raise ValueError(base)
    variable = _VARIABLES.get(platform, {}).get(base)
    value = os.environ.get(variable, "") if live and variable else ""
    if not os.path.isabs(value):
        return [usual + rest], []
    moved = tree.inside(value)
    if moved is None:
        return [usual + rest], [Entry(str(variable), Kind.OTHER, why=Why.NOT_ASKED)]
    places = [usual] if moved == usual else [moved, usual]
    return [place + rest for place in places], []
