"""A saving while it runs: how far it is, and whether it is to end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Self

from hygiene.contract.outcome import HygieneError

__all__ = ["Stopped", "Work"]


class Stopped(HygieneError):
    """The person is leaving; what was written is taken back."""


def _nobody(done: int, whole: int) -> None:
    """Nobody watches."""
    del done, whole


class Work:
    """Counts bytes, and tells `tell` how many of how many are done. What `tell` raises
    ends the saving, and so does `stop`, from any thread.
    """

    def __init__(self, tell: Callable[[int, int], None] = _nobody) -> None:
        self._tell = tell
        self._done = self._all = 0
        self._stopping = Event()
        self._over = Event()
        self.ended = False
        """Whether `moved` was left by an exception."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def expect(self, size: int) -> None:
        """So many bytes are to be moved."""
        self._done, self._all = 0, size

    @property
    def stopping(self) -> bool:
        """Whether it is to end."""
        return self._stopping.is_set()

    def moved(self, size: int) -> None:
        """So many more are done. Raises `Stopped`."""
        self._done = min(self._done + size, self._all)
        self.ended = True
        if self.stopping:
            raise Stopped
        self._tell(self._done, self._all)
        self.ended = False

    def stop(self, seconds: float) -> None:
        """End it, and return when what was written is gone, within `seconds`."""
        self._stopping.set()
        self._over.wait(seconds)
