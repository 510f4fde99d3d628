"""How work under way is asked to end."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hygiene.contract import HygieneError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Stopped", "Stopping"]

_ASK_AGAIN = 0.02


class Stopped(HygieneError):
    """The person is leaving: what was under way was taken back, no more is begun."""


class Stopping:
    """Whether to stop, and what interrupts the unit under way."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None

    def asked(self) -> bool:
        """Whether somebody asked for an end."""
        return self._asked.is_set()

    def check(self) -> None:
        """Raise `Stopped` if somebody asked for an end."""
        if self._asked.is_set():
            raise Stopped

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A unit is under way. Raises `Stopped` if none may begin."""
        self._idle.clear()
        try:
            self.check()
            yield
        finally:
            self._idle.set()

    @contextmanager
    def interrupted_by(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """The unit waits for something that `interrupt` ends."""
        self._interrupt = interrupt
        try:
            yield
        finally:
            with self._lock:
                self._interrupt = None

    def stop(self, seconds: float) -> None:
        """Ask for an end and wait for it, `seconds` at most."""
        self._asked.set()
        end = time.monotonic() + seconds
        while not self._idle.wait(_ASK_AGAIN) and time.monotonic() < end:
            # An interrupt between two statements is lost: ask again.
            with self._lock:
                if self._interrupt is not None:
                    self._interrupt()
