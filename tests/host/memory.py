"""A file that stands in memory only."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MemoryFile"]


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A `Reader` over bytes."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]
