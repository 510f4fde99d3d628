"""A new file's bytes: on their way to the disk, and read back from it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from hygiene.host.copying.new_file import NEW, OWNER_ONLY

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene.host.copying.work import Work

__all__ = ["Written", "past_the_cache", "read_back", "write_new"]

_PIECE = 1 << 20
_READ: int = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NOCACHE = 48
"""F_NOCACHE (macOS SDK, sys/fcntl.h)."""


class Written(NamedTuple):
    """Bytes, and their SHA-256 (hex)."""

    size: int
    digest: str


def write_new(path: str, pieces: Iterable[bytes], modified: datetime | None) -> Written:
    """Write a file that is not there yet and bring it to the disk; return what was meant
    to be written. Raises `OSError`.
    """
    whole, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, NEW, OWNER_ONLY), "wb", buffering=0) as file:
        for piece in pieces:
            whole.update(piece)
            size += len(piece)
            _write_all(file.fileno(), piece)
        os.fsync(file.fileno())
    if modified is not None:
        with suppress(OSError, ValueError, OverflowError):
            os.utime(path, (modified.timestamp(), modified.timestamp()))
    return Written(size, whole.hexdigest())


def _write_all(descriptor: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_back(path: str, work: Work) -> str:
    """SHA-256 (hex) of what the disk holds. Raises `OSError`."""
    whole = hashlib.sha256()
    with os.fdopen(os.open(path, _READ), "rb", buffering=0) as file:
        past_the_cache(file.fileno())
        while piece := file.read(_PIECE):
            whole.update(piece)
            work.moved(len(piece))
    return whole.hexdigest()


def past_the_cache(descriptor: int) -> None:
    """Have the next reads come from the disk, where the system allows it."""
    with suppress(OSError):
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.fcntl(descriptor, _NOCACHE, 1)
        elif sys.platform != "win32":
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
