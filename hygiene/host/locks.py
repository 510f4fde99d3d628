"""Asks who holds a lock on a file. Takes none."""

from __future__ import annotations

import struct
import sys

__all__ = ["in_use", "someone_may_write"]

# The bytes that every reader shares and a writer has alone: os.h of SQLite, SHARED_FIRST.
_FIRST = 0x40000000 + 2
_LENGTH = 510

if sys.platform == "win32":
    from hygiene.host.windows import is_kept_from_others

    def someone_may_write(fd: int) -> bool:  # noqa: ARG001 - Windows does not tell
        """Whether another process holds the lock that changing the file needs."""
        return False

    def in_use(path: str) -> bool:
        """Whether another process keeps this file from being opened by others. Raises
        `OSError`.
        """
        return is_kept_from_others(path)

else:
    import fcntl

    from hygiene.host._source import FdSource
    from hygiene.host.opening import open_quietly

    # struct flock: the order of its members differs.
    _MAC = sys.platform == "darwin"
    _QUESTION = struct.Struct("qqihh") if _MAC else struct.Struct("hhqqi0q")

    def _holder(fd: int, wanted: int, first: int, length: int) -> int:
        """The kind of lock of another process that stands in the way of one of the kind
        `wanted`, `F_UNLCK` if none. Raises `OSError`.
        """
        if _MAC:
            question = _QUESTION.pack(first, length, 0, wanted, 0)
        else:
            question = _QUESTION.pack(wanted, 0, first, length, 0)
        answer = _QUESTION.unpack(fcntl.fcntl(fd, fcntl.F_GETLK, question))
        return int(answer[3] if _MAC else answer[0])

    def someone_may_write(fd: int) -> bool:
        """Whether another process holds the lock that changing the file needs. False
        where that cannot be told.
        """
        try:
            return _holder(fd, fcntl.F_RDLCK, _FIRST, _LENGTH) == fcntl.F_WRLCK
        except OSError:
            return False

    def in_use(path: str) -> bool:
        """Whether another process holds any lock on any part of the file. Raises
        `OSError`.
        """
        source = FdSource(open_quietly(path))
        try:
            return _holder(source.fd, fcntl.F_WRLCK, 0, 0) != fcntl.F_UNLCK
        finally:
            source.close()
