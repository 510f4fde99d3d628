"""Limits how long SQLite may be at work, and tells others that it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Watch"]

_WITHOUT_A_ROW = 15.0
_ALTOGETHER = 180.0
_LOOK_EVERY = 1.0


class Watch:
    """The seconds that one snapshot's questions may take. Calls `interrupt` from a
    thread of its own when they are over: while it counts the rows of a table SQLite
    asks nobody, and a damaged table can be without end.
    """

    def __init__(self, tick: Callable[[], None], interrupt: Callable[[], None]) -> None:
        self.rows = 0
        self._rows_then = 0
        self._tick = tick
        self._interrupt = interrupt
        self._end = time.monotonic() + _ALTOGETHER
        self.begin()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look_at_times, daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """A statement begins."""
        self._deadline = time.monotonic() + _WITHOUT_A_ROW

    def is_over(self) -> bool:
        """Say that work goes on; answer whether it must stop."""
        self._tick()
        return self._is_late()

    def close(self) -> None:
        """No more questions."""
        self._closed.set()
        self._thread.join()

    def _is_late(self) -> bool:
        now = time.monotonic()
        if self.rows != self._rows_then:
            self._rows_then = self.rows
            self._deadline = now + _WITHOUT_A_ROW
        return now > min(self._deadline, self._end)

    def _look_at_times(self) -> None:
        while not self._closed.wait(_LOOK_EVERY):
            if self._is_late():
                self._interrupt()
