"""Run a command in a terminal and look at it with a person's eyes."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Any, Self

import pyte

from tests.terminal.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

__all__ = ["Session"]

TERM = "xterm-256color"
_LFLAG = 3


class Session:
    """One command in one pseudo-terminal of `columns` by `lines`.

    `before` stands on the normal screen, and in its scrollback, before the command
    starts: the line that started it, for instance. Use as a context manager; what still
    runs at the end is killed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        before: str = "",
        cwd: str | None = None,
    ) -> None:
        self._master, self._slave = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size)
        self.emulator = Emulator(columns, lines)
        self._stream = pyte.ByteStream(self.emulator)
        self.raw = bytearray()
        self.modes_before = self.modes
        if before:
            os.write(self._slave, before.encode())
            self.read(0.05)
            self.raw.clear()
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=_control_this_terminal,  # noqa: PLW1509 - no threads here
            env={**os.environ, "TERM": TERM} if env is None else {"TERM": TERM, **env},
            cwd=cwd,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for end in (self._master, self._slave):
            os.close(end)

    @property
    def pid(self) -> int:
        """Of the command."""
        return self._process.pid

    @property
    def modes(self) -> list[Any]:
        """The terminal's modes now, as `termios.tcgetattr` tells them."""
        return termios.tcgetattr(self._slave)

    @property
    def shown(self) -> str:
        """The screen as text, rows joined, trailing blanks cut."""
        return "\n".join(row.rstrip() for row in self.emulator.shown)

    @property
    def is_blank(self) -> bool:
        """Whether neither the screen nor what can be scrolled back to holds a word."""
        return not self.emulator.everything.strip()

    @property
    def typed_and_unread(self) -> int:
        """Bytes that the next reader of the terminal (the shell) would get."""
        answer = fcntl.ioctl(self._slave, termios.FIONREAD, b"\0\0\0\0")
        return int(struct.unpack("I", answer)[0])

    def send(self, keys: bytes | str) -> None:
        """Type."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Signal the command."""
        self._process.send_signal(number)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size)
        self.emulator.resize(lines, columns)
        self._process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """The window is closed."""
        self._process.send_signal(signal.SIGHUP)

    def read(self, seconds: float) -> None:
        """Take what the command shows for so long."""
        self._read_until(lambda: False, seconds)

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Until `text` is seen. Fails with the screen when it never is."""
        if not self._read_until(lambda: text in self.shown, seconds):
            raise AssertionError(f"never seen: {text!r}\n{self.shown}")

    def wait_until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        """Until something about the screen holds."""
        if not self._read_until(true, seconds):
            raise AssertionError(f"never came true\n{self.shown}")

    def wait_for_output(self, seconds: float = 20) -> None:
        """Until the first byte."""
        self.wait_until(lambda: bool(self.raw), seconds)

    def wait_end(self, seconds: float = 20) -> int:
        """Until the command ended; its exit status (negative: the signal)."""
        if not self._read_until(lambda: self._process.poll() is not None, seconds):
            raise AssertionError(f"still running\n{self.shown}")
        while select.select([self._master], [], [], 0.05)[0]:
            self._take()
        return self._process.returncode

    def _read_until(self, true: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not true():
            left = end - time.monotonic()
            if left <= 0:
                return False
            ready, _, _ = select.select([self._master], [], [], min(left, 0.01))
            if ready:
                self._take()
        return True

    def _take(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return
        self.raw += data
        self._stream.feed(data)

    @property
    def echoes(self) -> bool:
        """Whether typed keys are shown by the terminal itself."""
        return bool(self.modes[_LFLAG] & termios.ECHO)


def _control_this_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
