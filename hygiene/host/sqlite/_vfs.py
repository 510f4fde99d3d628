"""A file layer for SQLite that knows one store and can only read it.

It stands on no other layer, so whatever SQLite asks of it, nothing reaches the system.
"""

# SQLite's names.
# ruff: noqa: N802
from __future__ import annotations

import itertools
import time

import apsw

from hygiene.host.sqlite._parts import Held, Part
from hygiene.host.sqlite._snapshot import Image

__all__ = ["NAME", "ReadOnlyFiles"]

NAME = "store"
"""What the main file is called in this layer."""

_LOG = f"{NAME}-wal"
_SECTOR_SIZE = 4096
_JULIAN_MS_OF_1970 = 210_866_760_000_000
_numbers = itertools.count()


class _File:
    """One part, as SQLite sees an open file."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def xRead(self, amount: int, offset: int) -> bytes:
        return self._part.read_at(offset, amount)

    def xFileSize(self) -> int:
        return self._part.size

    def xClose(self) -> None:
        """The part stays with the snapshot."""

    def xLock(self, level: int) -> None:
        """Nobody else sees this file."""

    def xUnlock(self, level: int) -> None:
        """Nobody else sees this file."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: ARG002
        return False

    def xSectorSize(self) -> int:
        return _SECTOR_SIZE

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xWrite(self, *_: object) -> None:
        raise apsw.ReadOnlyError

    def xTruncate(self, *_: object) -> None:
        raise apsw.ReadOnlyError

    def xSync(self, *_: object) -> None:
        raise apsw.ReadOnlyError


class ReadOnlyFiles(apsw.VFS):
    """The files of one image, under a name of its own."""

    def __init__(self, image: Image) -> None:
        self.name = f"hygiene-{next(_numbers)}"
        super().__init__(self.name, None)
        self._image = image

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # type: ignore[override]  # apsw takes any object with these methods
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        flags[1] = flags[0] & ~apsw.SQLITE_OPEN_READWRITE & ~apsw.SQLITE_OPEN_CREATE
        flags[1] |= apsw.SQLITE_OPEN_READONLY
        if path == NAME:
            return _File(self._image.main)
        if path == _LOG:
            return _File(self._image.log or Held())
        raise apsw.CantOpenError

    def xAccess(self, path: str, flags: int) -> bool:  # noqa: ARG002
        return path == _LOG and self._image.log is not None

    def xFullPathname(self, name: str) -> str:
        return name

    def xDelete(self, *_: object) -> None:
        raise apsw.ReadOnlyError

    def xCurrentTimeInt64(self) -> int:
        return _JULIAN_MS_OF_1970 + time.time_ns() // 1_000_000

    def xRandomness(self, count: int) -> bytes:
        return bytes(count)

    def xSleep(self, microseconds: int) -> int:
        return microseconds

    def excepthook(self, *_: object) -> bool:
        """What could not be told to SQLite is told to nobody: it could hold data."""
        return True
