"""One process, one terminal: begun once, written through one lock, left once."""

from __future__ import annotations

import io
import os
import sys
import time
from _thread import allocate_lock, get_ident, start_new_thread

from hygiene.terminal._sequences import (
    BLANK_LINES,
    BLANK_SCREENS,
    END_SCREENS,
    ENTER_ALTERNATE,
)
from hygiene.terminal.leave_key import LEAVE_KEY

if sys.platform == "win32":
    from hygiene.terminal._windows import WindowsConsole as SystemConsole
else:
    from hygiene.terminal._posix import PosixConsole as SystemConsole

# `typing` would be half of what the first text waits for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn, Protocol

    class Console(Protocol):
        """What a system's terminal can do."""

        def watch(self, leave: Callable[[], object]) -> None:
            """Call `leave`, from any thread, when a person or the system says to leave."""

        def take(self, leave_key: int, *, lines: bool) -> None:
            """Set the modes; `lines` leaves echo and line editing on."""

        def write(self, text: str) -> None:
            """Show all of it."""

        def write_bytes(self, data: bytes) -> None:
            """Show all of it, past every buffer."""

        def unblock(self, writer: int) -> None:
            """Drop what waits to be shown; `writer` is the thread inside a write, or 0."""

        def give_back(self) -> None:
            """Drop what waits to be read, and restore the modes."""


__all__ = [
    "Terminal",
    "at_the_end",
    "at_work",
    "begin",
    "current",
    "end_quietly",
    "leave_now",
    "listen",
]

_PIECE = 4096
"""Characters written under one hold of the lock: no more than that can come late."""
_WAITS = 3
_WAIT_SECONDS = 0.03
_REPORTS_END_SECONDS = 0.03
"""Time for a terminal to take its modes off, before the keys it sent are dropped."""
_GONE_WITHIN_SECONDS = 0.25
_ACTS_END_WITHIN_SECONDS = 0.75
"""More, where there is something to remove and the machine is busy."""
_WORK_ENDS_WITHIN_SECONDS = 1.7
"""While a store is being changed, the process stays behind the blank screen until the
store is whole: two seconds at most.
"""


class Terminal:
    """The terminal while this process has it."""

    def __init__(
        self,
        console: Console,
        last_acts: Sequence[Callable[[], object]] = (),
        *,
        alternate: bool = True,
    ) -> None:
        self._console = console
        self._alternate = alternate
        self._writing = allocate_lock()
        self._leaving = allocate_lock()
        self._leaver = 0
        self._writer = 0
        self._ended = False
        self._last_acts = last_acts
        self.file = TerminalFile(self)
        """A text file over `write`, for whatever wants a file."""

    def open(self, first_text: str, leave_key: int = LEAVE_KEY) -> None:
        """Leave keys first, then modes, then the text."""
        self._console.watch(self._leave_on_signal)
        self._console.take(leave_key, lines=not self._alternate)
        if self._alternate:
            first_text = ENTER_ALTERNATE + first_text
        self.write(first_text)

    def write(self, text: str) -> None:
        """Show `text`; nothing any more once the terminal has been left or given back."""
        for start in range(0, len(text), _PIECE):
            # Whoever ends it keeps the lock for good: do not wait for it then.
            if self._ended:
                return
            with self._writing:
                if self._ended:
                    return
                self._writer = get_ident()
                self._console.write(text[start : start + _PIECE])
                self._writer = 0

    def leave_now(self) -> NoReturn:
        """Blank the screen and end the process with status 0.

        The one function for every trigger (SR-36 to 38), from any thread, twice at
        once, and also while another thread gives the terminal back in the ordinary way.
        """
        if not self._leaving.acquire(blocking=False):
            time.sleep(_patience())
            os._exit(0)
        self._leaver = get_ident()
        screens = self._alternate and not self._ended
        self._ended = True
        start_new_thread(self._leave_anyway, ())
        self._console.unblock(self._writer)
        self._stop_writers()
        self._console.write_bytes(BLANK_SCREENS if screens else BLANK_LINES)
        _stop_work()
        self._close()
        os._exit(0)

    def end(self, *, clear_scrollback: bool = False) -> None:
        """An ordinary end: give the terminal back, run the last acts, and return.

        `clear_scrollback` also takes away what stood there before. While another thread
        leaves, this does not return: work that was stopped for it may fail, and nothing
        is said of that any more.
        """
        self.stay_if_left()
        if self._ended:
            return
        self._ended = True
        self._stop_writers()
        if self._alternate:
            self._console.write_bytes(END_SCREENS)
        if clear_scrollback:
            self._console.write_bytes(BLANK_LINES)
        self._close()

    def stay_if_left(self) -> None:
        """Does not return while another thread leaves: that one ends the process."""
        if self._leaver not in {0, get_ident()}:
            time.sleep(_patience())
            os._exit(0)

    def _leave_on_signal(self) -> None:
        if self._leaver != get_ident():
            self.leave_now()

    def _leave_anyway(self) -> None:
        """Whatever hangs, the process goes."""
        time.sleep(_patience())
        self._console.give_back()
        os._exit(0)

    def _stop_writers(self) -> None:
        """Keep the lock for good; a writer that is stuck inside is set free first."""
        for _ in range(_WAITS):
            if self._writing.acquire(timeout=_WAIT_SECONDS):
                return
            self._console.unblock(self._writer)

    def _close(self) -> None:
        for act in self._last_acts:
            try:
                act()
            except Exception:  # noqa: BLE001, S112 - the others still count
                continue
        if self._alternate:
            time.sleep(_REPORTS_END_SECONDS)
        self._console.give_back()


class TerminalFile(io.TextIOBase):
    """What stands for standard output and standard error while the terminal is ours."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self._terminal = terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]  # typeshed: a plain attribute
        """Text goes out as UTF-8."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Show it; dropped in silence once the terminal has been left."""
        self._terminal.write(text)
        return len(text)

    def isatty(self) -> bool:
        """It is one."""
        return True

    def fileno(self) -> int:
        """Of standard output."""
        return 1

    def writable(self) -> bool:
        """Always."""
        return True


_current: Terminal | None = None
_last_acts: list[Callable[[], object]] = []
_work: list[Callable[[float], object]] = []


def begin(first_text: str, leave_key: int = LEAVE_KEY) -> Terminal:
    """Take the terminal over for the screens and show `first_text`.

    On the alternate screen, without echo, key by key. From here on standard output and
    standard error go through `Terminal.write`.
    """
    return _take(Terminal(SystemConsole(), _last_acts), first_text, leave_key)


def listen(leave_key: int = LEAVE_KEY, *, alternate: bool = False) -> Terminal:
    """Take the terminal over for plain lines: the leave keys work, nothing is shown and
    nothing else changes.
    """
    terminal = Terminal(SystemConsole(), _last_acts, alternate=alternate)
    return _take(terminal, "", leave_key)


def _take(terminal: Terminal, first_text: str, leave_key: int) -> Terminal:
    global _current  # noqa: PLW0603 - a process has one terminal
    _current = terminal
    terminal.open(first_text, leave_key)
    sys.stdout = sys.stderr = terminal.file
    return terminal


def current() -> Terminal | None:
    """The terminal that was taken over."""
    return _current


def at_the_end(act: Callable[[], object]) -> None:
    """Call `act` when the terminal is left or given back, once the screen is blank.

    All acts together have about a second on leaving.
    """
    _last_acts.append(act)


class at_work:  # noqa: N801 - used as a function; `contextlib` is slow to import
    """While this lasts, leaving calls `stop` with the seconds that it may take, once the
    screen is blank. Work that would begin after that never does.
    """

    def __init__(self, stop: Callable[[float], object]) -> None:
        self._stop = stop

    def __enter__(self) -> None:
        # In this order: whoever leaves looks for work after it said that it leaves.
        _work.append(self._stop)
        if _current is not None:
            _current.stay_if_left()

    def __exit__(self, *_: object) -> None:
        _work.remove(self._stop)


def _stop_work() -> None:
    for stop in tuple(_work):
        try:
            stop(_WORK_ENDS_WITHIN_SECONDS)
        except Exception:  # noqa: BLE001, S112 - the screen is left whatever happens
            continue


def _patience() -> float:
    """Seconds until the process goes, whatever hangs."""
    acts = _ACTS_END_WITHIN_SECONDS if _last_acts else 0
    return _GONE_WITHIN_SECONDS + acts + (_WORK_ENDS_WITHIN_SECONDS if _work else 0)


def leave_now(*, alternate: bool = False) -> NoReturn:
    """Blank the screen and end the process with status 0: see `Terminal.leave_now`.

    `alternate` says what there is to blank when no terminal was taken over.
    """
    terminal = _current or Terminal(SystemConsole(), _last_acts, alternate=alternate)
    terminal.leave_now()


def end_quietly(*, clear: bool = False, keep_scrollback: bool = False) -> None:
    """An ordinary end: give the terminal back, if one was taken over.

    `clear` also takes away what stood there before, unless `keep_scrollback`.
    """
    if _current is not None:
        _current.end(clear_scrollback=clear and not keep_scrollback)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
