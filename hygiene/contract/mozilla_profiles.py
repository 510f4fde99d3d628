"""What Mozilla's `profiles.ini` and `installs.ini` name (Firefox and Thunderbird 153, and
older).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath

from hygiene.contract.formats import ini_sections

__all__ = ["NamedProfile", "named_profiles"]

_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?[/\\]")
_OTHER_DISKS = frozenset(("media", "mnt", "run", "volumes"))
_STEPS = 32


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """One profile folder as the file writes it."""

    path: str

    @property
    def absolute(self) -> bool:
        """Whether the path begins at a root and not at the file's own folder."""
        return _ABSOLUTE.match(self.path) is not None

    def folders(self, root: str) -> tuple[str, ...]:
        """Folders of the home that it could mean; none if it leads out of it.

        A check does not know where the home itself stands, and a copied home stands
        elsewhere than when the file was written: so each tail of an absolute path is
        one candidate, the longest first.
        """
        path = self.path.replace("\\", "/")
        if not self.absolute:
            inside = normpath(f"{root}/{path}")
            return () if inside.startswith("..") else (inside,)
        steps = [step for step in path.split("/") if step not in {"", "."}]
        if ".." in steps or len(steps) > _STEPS or steps[0].lower() in _OTHER_DISKS:
            return ()
        return tuple("/".join(steps[start:]) for start in range(len(steps)))


def named_profiles(text: str) -> Iterator[NamedProfile]:
    """Each path once: `Path` of a `[ProfileN]`, `Default` of an installation's own
    section, which also stands alone in `installs.ini`.
    """
    seen: set[str] = set()
    for section, values in ini_sections(text):
        path = values.get("Path" if section.startswith("Profile") else "Default", "")
        if path and path not in seen:
            seen.add(path)
            yield NamedProfile(path)
