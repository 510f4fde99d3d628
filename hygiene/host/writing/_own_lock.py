"""Takes the lock by which LevelDB keeps a folder to one program.

LevelDB 1.23, util/env_posix.cc: `fcntl` on the whole of `LOCK`. On Windows the program
keeps the file open and shares it with nobody.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hygiene.host.held import holding

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["locked"]

if sys.platform == "win32":
    import _winapi

    _GENERIC_READ_WRITE = 0xC0000000
    _OPEN_EXISTING = 3

    @contextmanager
    def locked(path: str) -> Iterator[None]:
        """Hold the lock file at `path`, if it is there. Raises `OSError`."""
        if not os.path.lexists(path):
            yield
            return
        handle = _winapi.CreateFile(
            path, _GENERIC_READ_WRITE, 0, 0, _OPEN_EXISTING, 0, 0
        )
        try:
            with holding(path):
                yield
        finally:
            _winapi.CloseHandle(handle)

else:
    import fcntl

    @contextmanager
    def locked(path: str) -> Iterator[None]:
        """Hold the lock file at `path`, if it is there. Raises `OSError`."""
        if not os.path.lexists(path):
            yield
            return
        with holding(path):
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield
            finally:
                os.close(descriptor)
