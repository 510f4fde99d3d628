"""A terminal of Linux and macOS."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from _thread import start_new_thread

if sys.platform == "win32":
    raise ImportError("needs a POSIX terminal")

import termios

# `typing` would be half of what the first text waits for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["PosixConsole"]

_CTRL_C = 0x03
# Means nothing here; a handler for it makes a blocked call come back.
_NUDGE = signal.SIGURG
_LEAVING = frozenset({signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP})
_IFLAG, _LFLAG, _CC = 0, 3, 6


class PosixConsole:
    """Modes through termios, writing through the descriptor, leaving through signals."""

    def __init__(self, reads: int = 0, writes: int = 1) -> None:
        self._reads = reads
        self._writes = writes
        self._before: list[Any] | None = None

    def watch(self, leave: Callable[[], object]) -> None:
        """Call `leave`, on a thread of its own, for every signal that means leaving.

        The signals are blocked in all other threads and awaited by one, so that the
        answer neither waits for the main thread nor runs in the middle of its work.
        The handlers are for a thread that stood before and blocks nothing.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, _LEAVING)
        for each in _LEAVING:
            signal.signal(each, lambda *_: leave())
        # Stopping would leave the screen standing.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(_NUDGE, lambda *_: None)
        start_new_thread(_await_signals, (leave,))

    def take(self, leave_key: int, *, lines: bool) -> None:
        """Let Ctrl+C and the leave key signal; unless `lines`, no echo, key by key.

        What was typed already stays to be read.
        """
        self._before = termios.tcgetattr(self._reads)
        attributes = termios.tcgetattr(self._reads)
        attributes[_IFLAG] &= ~(termios.IXON | termios.IXOFF)
        attributes[_LFLAG] |= termios.ISIG
        keys = attributes[_CC]
        off = bytes([os.fpathconf(self._reads, "PC_VDISABLE")])
        keys[termios.VINTR] = bytes([_CTRL_C])
        keys[termios.VQUIT] = bytes([leave_key])
        keys[termios.VSUSP] = off
        if not lines:
            attributes[_IFLAG] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
            attributes[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            keys[termios.VMIN] = 1
            keys[termios.VTIME] = 0
        termios.tcsetattr(self._reads, termios.TCSANOW, attributes)

    def write(self, text: str) -> None:
        """Write all of it; a terminal that is gone is no error."""
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, data: bytes) -> None:
        """Write all of it, unbuffered."""
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(self._writes, data) :]

    def unblock(self, writer: int) -> None:
        """Drop what the terminal has not taken yet, and let it take more.

        A thread that waits inside a write does not see that there is room again (Linux
        6, pseudo-terminals): it is woken by a signal.
        """
        with contextlib.suppress(termios.error):
            termios.tcflush(self._writes, termios.TCOFLUSH)
        with contextlib.suppress(termios.error):
            termios.tcflow(self._writes, termios.TCOON)
        if writer:
            with contextlib.suppress(OSError):
                signal.pthread_kill(writer, _NUDGE)

    def give_back(self) -> None:
        """Forget typed keys, so that none lands in the shell; restore the modes."""
        if self._before is None:
            return
        with contextlib.suppress(termios.error):
            termios.tcflush(self._reads, termios.TCIFLUSH)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._reads, termios.TCSANOW, self._before)


def _await_signals(leave: Callable[[], object]) -> None:
    while True:
        signal.sigwait(_LEAVING)
        leave()
