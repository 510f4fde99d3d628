"""What a home looks like from outside, so that two moments can be compared."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Mark", "age", "footprint"]

LONG_AGO = 1_000_000_000 * 10**9
"""Nanoseconds since 1970."""
_QUIET = os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOATIME", 0)


class Mark(NamedTuple):
    """All that can be told of one file without being it."""

    inode: int
    mode: int
    size: int
    modified: int
    changed: int
    accessed: int
    digest: str


def age(root: Path) -> None:
    """Set every access time so far back that the next plain read would move it."""
    for path in sorted((root, *root.rglob("*")), reverse=True):
        if not path.is_symlink():
            os.utime(path, ns=(LONG_AGO, path.stat().st_mtime_ns))


def footprint(root: Path) -> dict[str, Mark]:
    """Every path below `root` with its mark, read without moving an access time. A
    link's own access time is left out: following a link moves it.
    """
    found = {}
    waiting = [str(root)]
    while waiting:
        path = waiting.pop()
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode):
            descriptor = os.open(path, _QUIET)
            with os.scandir(descriptor) as entries:
                waiting += [f"{path}/{entry.name}" for entry in entries]
            os.close(descriptor)
        found[path] = Mark(
            status.st_ino,
            status.st_mode,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
            0 if stat.S_ISLNK(status.st_mode) else status.st_atime_ns,
            _digest(path) if stat.S_ISREG(status.st_mode) else "",
        )
    return found


def _digest(path: str) -> str:
    descriptor = os.open(path, _QUIET)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
