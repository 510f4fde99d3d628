"""Leaving by itself when nobody types any more (SR-41), where that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene import terminal

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from hygiene.plain.console import Input

__all__ = ["Patience"]


class Patience:
    """Lines from `lines`; the program is left after `seconds` in which none came."""

    def __init__(self, lines: Input, seconds: float) -> None:
        self._lines = lines
        self._seconds = seconds
        self._left = seconds

    def read(self, within: float | None = None) -> str | None:
        """The next line; None when none came in time. Raises `EOFError`."""
        wait = self._left if within is None else min(within, self._left)
        line = self._lines.read(wait)
        if line is not None:
            self._left = self._seconds
            return line
        self._left -= wait
        if self._left <= 0:
            terminal.leave_now()
        return None

    def drop(self) -> None:
        """Forget what somebody typed and nobody has read yet."""
        self._lines.drop()

    def hidden(self) -> AbstractContextManager[None]:
        """What is typed meanwhile is not shown."""
        return self._lines.hidden()
