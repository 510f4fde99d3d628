"""Settings of a Firefox-family profile: `prefs.js`, and `user.js`, which wins.

They name only what differs from the default (Firefox 153). Only true, false and whole
numbers are kept: texts may name sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hygiene.contract.formats import mozilla_prefs

if TYPE_CHECKING:
    from hygiene.contract import Home

__all__ = ["PREFS_FILES", "read_prefs"]

PREFS_FILES = ("prefs.js", "user.js")
"""Names in a profile's folder, the later winning."""

_LARGEST = 8 << 20


def read_prefs(home: Home, folder: str) -> Mapping[str, bool | int]:
    """The profile's settings by name. Raises `CannotLook`."""
    prefs: dict[str, bool | int] = {}
    for name in PREFS_FILES:
        path = f"{folder}/{name}"
        if home.entry(path) is None:
            continue
        text = home.read(path, limit=_LARGEST).decode("utf-8", "replace")
        for key, value in mozilla_prefs(text).items():
            if isinstance(value, str):
                prefs.pop(key, None)
            else:
                prefs[key] = value
    return prefs
