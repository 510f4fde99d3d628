"""Lines from standard input of Linux and macOS, a terminal or a pipe."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Iterator

if sys.platform == "win32":
    raise ImportError("needs a POSIX terminal")

import termios

__all__ = ["Lines"]

_PIECE = 4096
_LFLAG = 3


class Lines:
    """The one reader of standard input: nothing else may read from it."""

    def __init__(self, reads: int = 0) -> None:
        self._reads = reads
        self._typed = b""

    def read(self, within: float | None = None) -> str | None:
        """The next line without its end; None when none came `within` seconds.

        Raises `EOFError` at the end of the input.
        """
        while b"\n" not in self._typed:
            if not select.select([self._reads], [], [], within)[0]:
                return None
            data = os.read(self._reads, _PIECE)
            if not data:
                if not self._typed:
                    raise EOFError
                data = b"\n"
            self._typed += data
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode("utf-8", "replace")

    def drop(self) -> None:
        """Forget what somebody typed at a terminal and nobody has read yet."""
        if os.isatty(self._reads):
            self._typed = b""
            termios.tcflush(self._reads, termios.TCIFLUSH)

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """What is typed meanwhile is not shown."""
        if not os.isatty(self._reads):
            yield
            return
        before = termios.tcgetattr(self._reads)
        silent = termios.tcgetattr(self._reads)
        silent[_LFLAG] &= ~termios.ECHO
        termios.tcsetattr(self._reads, termios.TCSADRAIN, silent)
        try:
            yield
        finally:
            termios.tcsetattr(self._reads, termios.TCSADRAIN, before)
