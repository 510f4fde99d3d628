"""A file that is only bytes, and counts what is read of it."""

from __future__ import annotations

__all__ = ["InMemory"]


class InMemory:
    """What `place_in_file` reads. `read` is how many bytes were asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)
        self.read = 0

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        found = self._data[offset : offset + length]
        self.read += len(found)
        return found
