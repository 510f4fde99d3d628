"""Bytes that SQLite may read: held in memory or left in a file, of a size that stays."""

from __future__ import annotations

import zlib
from typing import Protocol

from hygiene.host._source import FdSource

__all__ = ["Held", "Part", "Torn", "Watched", "Whole"]


class Torn(Exception):
    """The same place held two different things."""


class Part(Protocol):
    """Something to read. Past the end there is nothing."""

    @property
    def size(self) -> int:
        """Bytes that can be read."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end."""


class Held:
    """Bytes in memory."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._data[offset : offset + length]


class Whole:
    """A file left where it is, as long as it was at the start."""

    def __init__(self, source: FdSource, size: int) -> None:
        self._source = source
        self.size = size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`. Raises `OSError`."""
        if offset + length > self.size:
            length = max(0, self.size - offset)
        return self._source.read_at(offset, length)


class Watched:
    """A part that remembers a checksum of all that was read of it."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._seen: dict[tuple[int, int], int] = {}
        self._torn = False
        self.size = part.size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`. Raises `Torn` if they changed."""
        data = self._part.read_at(offset, length)
        checksum = zlib.crc32(data)
        if self._seen.setdefault((offset, length), checksum) != checksum:
            self._torn = True
            raise Torn
        return data

    def unchanged(self) -> bool:
        """Whether all that was read still stands there."""
        return not self._torn and all(
            zlib.crc32(self._part.read_at(*place)) == checksum
            for place, checksum in self._seen.items()
        )
