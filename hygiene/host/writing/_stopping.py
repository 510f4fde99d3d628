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
_OWN_TIME = 0.6
"""The part of the time in which the unit under way may come to its own end."""


class Stopped(HygieneError):
    """The person is leaving: what was under way was taken back, no more is begun."""


class Stopping:
    """Whether to stop, and what interrupts the unit under way."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._overdue = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None

    def overdue(self) -> bool:
        """Whether the unit under way must be taken back now."""
        return self._overdue.is_set()

    def check(self) -> None:
        """Raise `Stopped` if the unit under way must be taken back now."""
        if self._overdue.is_set():
            raise Stopped

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A unit is under way. Raises `Stopped` if none may begin."""
        self._idle.clear()
        try:
            if self._asked.is_set():
                raise Stopped
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
        """Ask for an end and wait for it, `seconds` at most. Most units come to their
        own end in that time; what does not is taken back.
        """
        self._asked.set()
        if self._idle.wait(seconds * _OWN_TIME):
            return
        self._overdue.set()
        end = time.monotonic() + seconds * (1 - _OWN_TIME)
        while not self._idle.wait(_ASK_AGAIN) and time.monotonic() < end:
            # An interrupt between two statements is lost: ask again.
            with self._lock:
                if self._interrupt is not None:
                    self._interrupt()
