"""Asks who holds a lock on a SQLite file. Takes none."""

from __future__ import annotations

import struct
import sys

__all__ = ["someone_may_write"]

# The bytes that every reader shares and a writer has alone: os.h of SQLite, SHARED_FIRST.
_FIRST = 0x40000000 + 2
_LENGTH = 510

if sys.platform == "win32":

    def someone_may_write(fd: int) -> bool:  # noqa: ARG001 - Windows does not tell
        """Whether another process holds the lock that changing the file needs."""
        return False

else:
    import fcntl

    # struct flock: the order of its members differs.
    _QUESTION = (
        struct.Struct("qqihh") if sys.platform == "darwin" else struct.Struct("hhqqi0q")
    )

    def someone_may_write(fd: int) -> bool:
        """Whether another process holds the lock that changing the file needs. False
        where that cannot be told.
        """
        if sys.platform == "darwin":
            question = _QUESTION.pack(_FIRST, _LENGTH, 0, fcntl.F_RDLCK, 0)
        else:
            question = _QUESTION.pack(fcntl.F_RDLCK, 0, _FIRST, _LENGTH, 0)
        try:
            answer = _QUESTION.unpack(fcntl.fcntl(fd, fcntl.F_GETLK, question))
        except OSError:
            return False
        kind = answer[3] if sys.platform == "darwin" else answer[0]
        return bool(kind == fcntl.F_WRLCK)
