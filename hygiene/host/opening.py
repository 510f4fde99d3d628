"""Open one regular file so that nothing of it changes, and read it at any place."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._source import FdSource
from hygiene.host.held import opened

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _open(path: str, flags: int, folder: int | None) -> int:
    try:
        return os.open(path, flags | _NO_ATIME, dir_fd=folder)
    except PermissionError as error:
        # Only the owner may keep the access time of a file.
        if not _NO_ATIME or error.errno != errno.EPERM:
            raise
    return os.open(path, flags, dir_fd=folder)


if sys.platform == "win32":
    from hygiene.host.windows import open_sharing_all as open_quietly
else:

    def open_quietly(path: str, folder: int | None = None) -> int:
        """Open for reading: no link followed, no waiting, no access time moved. `path`
        may begin at an open folder; `FdSource` closes it.
        """
        return opened(path, folder, lambda: _open(path, _QUIET, folder))


def open_folder(path: str) -> int:
    """Open a folder for listing, in the same way. Not on Windows."""
    return _open(path, _FOLDER, None)


class OpenFile(FdSource):
    """An open regular file; a `Reader` and its own context manager."""

    __slots__ = ("_tick", "size")

    size: int

    def __init__(self, descriptor: int, tick: Callable[[], None]) -> None:
        FdSource.__init__(self, descriptor)
        self._tick = tick
        status = os.fstat(descriptor)
        refuse_unless_regular(status)
        self.size = status.st_size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer at the end, none past it."""
        self._tick()
        there = min(length, self.size - offset)
        if there <= 0 or offset < 0:
            return b""
        if there > _AT_ONCE:
            raise CannotLook(Why.TOO_LARGE)
        try:
            return FdSource.read_at(self, offset, there)
        except OSError as error:
            raise cannot_look(error) from None

    def __del__(self) -> None:
        if self.fd >= 0:
            self.close()
