"""A console of Windows 10 and later."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from _thread import start_new_thread
from ctypes import wintypes

if sys.platform != "win32":
    raise ImportError("needs Windows")

# `typing` would be half of what the first text waits for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WindowsConsole"]

# Values of wincon.h (Windows SDK 10).
_STD_INPUT_HANDLE = -10
_STD_OUTPUT_HANDLE = -11
_ENABLE_PROCESSED_INPUT = 0x0001
_ENABLE_EXTENDED_FLAGS = 0x0080
_ENABLE_VIRTUAL_TERMINAL_PROCESSING = 0x0004
_KEY_EVENT = 0x0001
_PEEKED = 64
_PEEK_SECONDS = 0.02

_HANDLER = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
_NUMBER = ctypes.POINTER(wintypes.DWORD)
_HANDLE = wintypes.HANDLE

# Without these a handle would be cut to 32 bits.
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetStdHandle.argtypes = [wintypes.DWORD]
_kernel32.GetStdHandle.restype = _HANDLE
_kernel32.GetConsoleMode.argtypes = [_HANDLE, _NUMBER]
_kernel32.SetConsoleMode.argtypes = [_HANDLE, wintypes.DWORD]
_kernel32.FlushConsoleInputBuffer.argtypes = [_HANDLE]
_kernel32.SetConsoleCtrlHandler.argtypes = [_HANDLER, wintypes.BOOL]
_kernel32.PeekConsoleInputW.argtypes = [
    *(_HANDLE, ctypes.c_void_p, wintypes.DWORD, _NUMBER)
]


class _Key(ctypes.Structure):
    """KEY_EVENT_RECORD."""

    _fields_ = (
        ("down", wintypes.BOOL),
        ("repeat", wintypes.WORD),
        ("key_code", wintypes.WORD),
        ("scan_code", wintypes.WORD),
        ("character", wintypes.WCHAR),
        ("state", wintypes.DWORD),
    )


class _Record(ctypes.Structure):
    """INPUT_RECORD; the other members of its union are no larger than a key's."""

    _fields_ = (("kind", wintypes.WORD), ("key", _Key))


class WindowsConsole:
    """Modes through the console API; leaving through its control events and the keys.

    Control events (Ctrl+C, Ctrl+Break, the window closed, log-off) come on a thread of
    their own. The leave key is no control event: until the screens read the keys, the
    waiting ones are peeked at and left where they are.
    """

    def __init__(self) -> None:
        self._reads = _kernel32.GetStdHandle(_STD_INPUT_HANDLE)
        self._writes = _kernel32.GetStdHandle(_STD_OUTPUT_HANDLE)
        self._modes: tuple[int, int] | None = None
        self._leave: Callable[[], object] = lambda: None
        self._handler = _HANDLER(self._on_control_event)

    def watch(self, leave: Callable[[], object]) -> None:
        """Call `leave` for every control event."""
        self._leave = leave
        _kernel32.SetConsoleCtrlHandler(self._handler, True)

    def take(self, leave_key: int, *, lines: bool) -> None:
        """Let Ctrl+C signal; unless `lines`, no echo, key by key."""
        self._modes = (_mode(self._reads), _mode(self._writes))
        _kernel32.SetConsoleMode(
            self._writes, self._modes[1] | _ENABLE_VIRTUAL_TERMINAL_PROCESSING
        )
        if lines:
            _kernel32.SetConsoleMode(
                self._reads, self._modes[0] | _ENABLE_PROCESSED_INPUT
            )
        else:
            _kernel32.SetConsoleMode(
                self._reads, _ENABLE_PROCESSED_INPUT | _ENABLE_EXTENDED_FLAGS
            )
            start_new_thread(self._peek_for, (chr(leave_key),))

    def write(self, text: str) -> None:
        """Show all of it; a console that is gone is no error."""
        with contextlib.suppress(OSError, ValueError):
            if sys.__stdout__ is not None:
                sys.__stdout__.write(text)
                sys.__stdout__.flush()

    def write_bytes(self, data: bytes) -> None:
        """Show all of it, past every buffer."""
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(1, data) :]

    def unblock(self, writer: int) -> None:
        """A console takes what it is given; there is no queue to drop."""

    def give_back(self) -> None:
        """Forget typed keys and restore the modes."""
        if self._modes is None:
            return
        _kernel32.FlushConsoleInputBuffer(self._reads)
        _kernel32.SetConsoleMode(self._reads, self._modes[0])
        _kernel32.SetConsoleMode(self._writes, self._modes[1])

    def _on_control_event(self, event: int) -> bool:
        del event
        self._leave()
        return True

    def _peek_for(self, leave_key: str) -> None:
        records = (_Record * _PEEKED)()
        count = wintypes.DWORD(0)
        while True:
            _kernel32.PeekConsoleInputW(
                self._reads, ctypes.byref(records), _PEEKED, ctypes.byref(count)
            )
            for record in records[: count.value]:
                if (
                    record.kind == _KEY_EVENT
                    and record.key.down
                    and record.key.character == leave_key
                ):
                    self._leave()
            time.sleep(_PEEK_SECONDS)


def _mode(handle: int) -> int:
    mode = wintypes.DWORD(0)
    _kernel32.GetConsoleMode(handle, ctypes.byref(mode))
    return mode.value
