"""Limits how long SQLite may be at work, and tells others that it is."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Watch"]

_WITHOUT_A_ROW = 15.0
_ALTOGETHER = 180.0


class Watch:
    """The time of one snapshot's questions. Add to `rows` for each row that came."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self.rows = 0
        self.expired = False
        self._tick = tick
        self._rows_then = 0
        self._end = time.monotonic() + _ALTOGETHER
        self.begin()

    def begin(self) -> None:
        """A statement begins."""
        self._deadline = time.monotonic() + _WITHOUT_A_ROW

    def is_over(self) -> bool:
        """Say that work goes on; answer whether it must stop."""
        self._tick()
        now = time.monotonic()
        if self.rows != self._rows_then:
            self._rows_then = self.rows
            self._deadline = now + _WITHOUT_A_ROW
        self.expired = now > min(self._deadline, self._end)
        return self.expired
