"""Settings of Safari: its defaults lie beside the folder of its data (Safari 15), and speak
for all its profiles. They name only what differs from the default.
"""

from __future__ import annotations

from posixpath import basename, dirname
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hygiene.contract import Home
    from hygiene_checks.browser._layouts import Profile

__all__ = ["read_safari", "safari_files"]


def safari_files(profile: Profile) -> list[str]:
    """The file, for the first of its profiles alone: settings are told once."""
    return [_file(profile)] if basename(profile.folder) == "Safari" else []


def read_safari(home: Home, profile: Profile) -> Mapping[object, object]:
    """The defaults by name; none where there is no file. Raises `CannotLook`."""
    path = _file(profile)
    stored = home.plist(path) if home.entry(path) is not None else None
    return stored if isinstance(stored, dict) else {}


def _file(profile: Profile) -> str:
    return f"{dirname(profile.folder)}/Preferences/com.apple.Safari.plist"
