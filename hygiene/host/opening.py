"""Open one regular file so that nothing of it changes, and read it at any place."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._source import FdSource

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

__all__ = [
    "OpenFile",
    "cannot_look",
    "open_folder",
    "open_quietly",
    "refuse_unless_regular",
]

_NO_ATIME: int = getattr(os, "O_NOATIME", 0)
_QUIET: int = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_FOLDER: int = _QUIET | getattr(os, "O_DIRECTORY", 0)

_AT_ONCE = 64 << 20
"""Bytes of one `read_at`, at most; more is a size that the file only claims."""

_WHY: dict[int | None, Why] = {
    errno.EACCES: Why.DENIED,
    errno.EPERM: Why.DENIED,
    # A link that took the file's place after it was looked at.
    errno.ELOOP: Why.NOT_ASKED,
    errno.EISDIR: Why.UNKNOWN_FORMAT,
    # Gone or moved between looking and opening: a program is at work on it.
    errno.ENOENT: Why.LOCKED,
    errno.ENOTDIR: Why.LOCKED,
    errno.EBUSY: Why.LOCKED,
    errno.EAGAIN: Why.LOCKED,
    errno.ETXTBSY: Why.LOCKED,
    errno.EIO: Why.DAMAGED,
    errno.EFBIG: Why.TOO_LARGE,
    errno.EOVERFLOW: Why.TOO_LARGE,
}
_SHARING_VIOLATIONS = (32, 33)


def cannot_look(error: OSError) -> CannotLook:
    """What an error of the system means to a check."""
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return CannotLook(Why.LOCKED)
    return CannotLook(_WHY.get(error.errno, Why.NOT_SUPPORTED))


def refuse_unless_regular(status: os.stat_result) -> None:
    """Raise `CannotLook` for a folder, a pipe, a device."""
    if not stat.S_ISREG(status.st_mode):
        folder = stat.S_ISDIR(status.st_mode)
        raise CannotLook(Why.UNKNOWN_FORMAT if folder else Why.NOT_SUPPORTED)


def _open(path: str, flags: int) -> int:
    if _NO_ATIME:
        try:
            return os.open(path, flags | _NO_ATIME)
        except PermissionError as error:
            # Only the owner may keep the access time of a file.
            if error.errno != errno.EPERM:
                raise
    return os.open(path, flags)


if sys.platform == "win32":
    from hygiene.host.windows import open_sharing_all as open_quietly
else:

    def open_quietly(path: str) -> int:
        """Open for reading: no link followed, no waiting, no access time moved."""
        return _open(path, _QUIET)


def open_folder(path: str) -> int:
    """Open a folder for listing, in the same way. Not on Windows."""
    return _open(path, _FOLDER)


class OpenFile:
    """An open regular file; a `Reader` and its own context manager."""

    __slots__ = ("_source", "_tick", "size")

    size: int

    def __init__(self, descriptor: int, tick: Callable[[], None]) -> None:
        self._source = FdSource(descriptor)
        self._tick = tick
        status = os.fstat(descriptor)
        self.size = status.st_size
        refuse_unless_regular(status)

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer at the end, none past it."""
        self._tick()
        there = min(length, self.size - offset)
        if there <= 0 or offset < 0:
            return b""
        if there > _AT_ONCE:
            raise CannotLook(Why.TOO_LARGE)
        try:
            return self._source.read_at(offset, there)
        except OSError as error:
            raise cannot_look(error) from None

    def close(self) -> None:
        """Close the file; more than once is fine."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()
