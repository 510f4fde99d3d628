"""What a folder looks like, to the nanosecond, taken without changing it."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

__all__ = ["Seen", "age", "snapshot"]

_LONG_AGO = 1_000_000_000
_QUIET = getattr(os, "O_NOATIME", 0)


class Seen(NamedTuple):
    """One path: kind and rights, size, times in nanoseconds, and what it holds."""

    mode: int
    size: int
    modified: int
    accessed: int
    holds: str


def age(root: Path) -> None:
    """Make every access time old, so that any read that counts would move it."""
    for folder, _, files in os.walk(root):
        for path in (folder, *(os.path.join(folder, name) for name in files)):
            if not os.path.islink(path):
                modified = os.stat(path).st_mtime_ns
                os.utime(path, ns=(_LONG_AGO, modified))


def snapshot(root: Path) -> dict[str, Seen]:
    """Every path below `root`, itself included. A link's own access time is left out:
    reading it moves it.
    """
    seen = {}
    waiting = [str(root)]
    while waiting:
        path = waiting.pop()
        found = os.lstat(path)
        is_link = stat.S_ISLNK(found.st_mode)
        seen[os.path.relpath(path, root)] = Seen(
            found.st_mode,
            found.st_size,
            found.st_mtime_ns,
            0 if is_link else found.st_atime_ns,
            _holds(path, found.st_mode),
        )
        if stat.S_ISDIR(found.st_mode):
            waiting += _names(path)
    return seen


def _holds(path: str, mode: int) -> str:
    if stat.S_ISLNK(mode):
        return os.readlink(path)
    if not stat.S_ISREG(mode):
        return ""
    descriptor = os.open(path, os.O_RDONLY | _QUIET)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(path: str) -> list[str]:
    descriptor = os.open(path, os.O_RDONLY | _QUIET)
    try:
        with os.scandir(descriptor) as entries:
            return [os.path.join(path, each.name) for each in entries]
    finally:
        os.close(descriptor)
