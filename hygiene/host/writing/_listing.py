"""What lies in a folder, told so that the folder's own access time does not move."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from hygiene.host.opening import open_folder
from hygiene.host.windows import is_link

__all__ = ["Below", "everything_below", "listed", "names_in"]


_LONGEST = 4095
"""Bytes: PATH_MAX of Linux without the last one; other systems refuse earlier."""


@dataclass(frozen=True, slots=True)
class Below:
    """One thing in a folder, links not followed."""

    name: str
    path: str
    status: os.stat_result

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and no link to one."""
        return stat.S_ISDIR(self.status.st_mode) and not is_link(self.status)


def listed(folder: str) -> list[Below]:
    """What lies in a folder, in name order. Raises `OSError`, also where no path leads
    to it.
    """
    found = [
        Below(name, os.path.join(folder, name), status)
        for name, status in _entries(folder)
    ]
    if any(len(os.fsencode(each.path)) > _LONGEST for each in found):
        raise OSError(errno.ENAMETOOLONG, "path")
    return sorted(found, key=lambda each: each.name)


def names_in(folder: str) -> list[str]:
    """The names alone, in order. Raises `OSError`."""
    return [each.name for each in listed(folder)]


def everything_below(folder: str) -> Iterator[Below]:
    """Everything below a folder, each folder in name order. Raises `OSError`."""
    waiting = [folder]
    while waiting:
        here = listed(waiting.pop())
        yield from here
        waiting += [each.path for each in here if each.is_folder]


def _entries(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    descriptor = None if sys.platform == "win32" else open_folder(folder)
    try:
        with os.scandir(folder if descriptor is None else descriptor) as entries:
            for each in entries:
                yield each.name, each.stat(follow_symlinks=False)
    finally:
        if descriptor is not None:
            os.close(descriptor)
