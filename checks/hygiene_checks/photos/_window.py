"""Bytes of one file, read in small pieces and never without a limit."""

from __future__ import annotations

from typing import Protocol

from hygiene.contract import CannotLook, Why

__all__ = ["BUDGET", "HEAD", "Bytes", "Window", "open_window", "window_on"]

HEAD = 64 * 1024
"""Bytes read at once from the start of a file: most answers stand there."""

BUDGET = 8 << 20
"""Bytes read from one file beyond its head; more is `TOO_LARGE`."""

_BLOCK = 4096


class Bytes(Protocol):
    """A file that can be read at any place: what a check needs of a `Reader`."""

    @property
    def size(self) -> int:
        """Bytes in it."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""


class _Beyond:
    """What lies behind the head of a file: one block of it at a time, and the budget."""

    __slots__ = ("_at", "_block", "_left", "_source")

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._left = BUDGET
        self._block = b""
        self._at = 0

    def fetch(self, start: int, length: int) -> bytes:
        """Exactly `length` bytes from `start`."""
        inside = start - self._at
        if inside < 0 or inside + length > len(self._block):
            asked = max(length, _BLOCK)
            self._left -= asked
            if self._left < 0:
                raise CannotLook(Why.TOO_LARGE)
            self._block = self._source.read_at(start, asked)
            self._at = start
            inside = 0
        found = self._block[inside : inside + length]
        if len(found) < length:
            raise CannotLook(Why.DAMAGED)
        return found


class Window:
    """A file or a part of it. Offsets count from the part's own start.

    `near` are the first bytes of the part that have been read already, perhaps none.
    """

    __slots__ = ("_beyond", "_start", "near", "size")

    def __init__(
        self, near: bytes, size: int, beyond: _Beyond | None, start: int
    ) -> None:
        self.near = near
        self.size = size
        self._beyond = beyond
        self._start = start

    def at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes. Raises `CannotLook`: `DAMAGED` where the part ends
        before, `TOO_LARGE` when this file has cost enough.
        """
        end = offset + length
        if offset < 0 or length < 0 or end > self.size:
            raise CannotLook(Why.DAMAGED)
        if end <= len(self.near):
            return self.near[offset:end]
        if self._beyond is None:
            raise CannotLook(Why.DAMAGED)
        return self._beyond.fetch(self._start + offset, length)

    def part(self, offset: int, length: int) -> Window:
        """A window on a part, which must lie inside this one."""
        end = offset + length
        if offset < 0 or length < 0 or end > self.size:
            raise CannotLook(Why.DAMAGED)
        near = self.near[offset:end]
        return Window(near, length, self._beyond, self._start + offset)


def open_window(source: Bytes, head: bytes) -> Window:
    """A window on a whole file, of which `head` are the first bytes."""
    return Window(head, source.size, _Beyond(source), 0)


def window_on(data: bytes) -> Window:
    """A window on bytes that are in memory already."""
    return Window(data, len(data), None, 0)
