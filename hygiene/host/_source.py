"""One open file, read at any place, that can tell whether it is still the same file."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import NamedTuple, Self

from hygiene.host.held import close

__all__ = ["FdSource", "Signature"]

_SECOND = 1_000_000_000
_COARSE_GRAIN = 2_100_000_000


class Signature(NamedTuple):
    """Which file it is (`device`, `inode`) and a mark of its content: `size` in bytes,
    `modified` in nanoseconds since 1970.
    """

    device: int
    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        """The signature in the answer of `os.stat` or `os.fstat`."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def rested(self, span: int) -> bool:
        """Whether the file was last written more than `span` nanoseconds ago. Takes
        whole seconds for the even seconds that memory sticks keep.
        """
        if self.modified % _SECOND == 0:
            span = max(span, _COARSE_GRAIN)
        return not 0 <= time.time_ns() - self.modified < span

    @property
    def identity(self) -> tuple[int, int]:
        """Which file it is, whatever it holds."""
        return self.device, self.inode


class FdSource:
    """A file open for reading. Owns the descriptor `fd` and closes it once."""

    __slots__ = ("_lock", "fd")

    def __init__(self, fd: int) -> None:
        self.fd = fd
        if sys.platform == "win32":
            self._lock = threading.Lock()

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end of the file.
        Raises `OSError`.
        """
        data = self._pread(offset, length)
        if len(data) == length or not data:
            return data
        parts = [data]
        read = len(data)
        while read < length and (data := self._pread(offset + read, length - read)):
            parts.append(data)
            read += len(data)
        return b"".join(parts)

    def signature(self) -> Signature:
        """What the open file is now. Raises `OSError`."""
        return Signature.of(os.fstat(self.fd))

    def close(self) -> None:
        """Close the file. Closing again does nothing."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    if sys.platform == "win32":

        def _pread(self, offset: int, length: int) -> bytes:
            with self._lock:
                os.lseek(self.fd, offset, os.SEEK_SET)
                return os.read(self.fd, length)

    else:

        def _pread(self, offset: int, length: int) -> bytes:
            return os.pread(self.fd, length, offset)
