"""Lines from a Windows console."""

from __future__ import annotations

import contextlib
import ctypes
import sys
import time
from collections.abc import Iterator
from ctypes import wintypes

if sys.platform != "win32":
    raise ImportError("needs Windows")

import msvcrt

__all__ = ["Lines"]

# Values of wincon.h (Windows SDK 10).
_STD_INPUT_HANDLE = -10
_ENABLE_ECHO_INPUT = 0x0004
_PEEK_SECONDS = 0.05

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetStdHandle.argtypes = [wintypes.DWORD]
_kernel32.GetStdHandle.restype = wintypes.HANDLE
_kernel32.GetConsoleMode.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD)]
_kernel32.SetConsoleMode.argtypes = [wintypes.HANDLE, wintypes.DWORD]
_kernel32.FlushConsoleInputBuffer.argtypes = [wintypes.HANDLE]


class Lines:
    """The one reader of standard input: nothing else may read from it."""

    def read(self, within: float | None = None) -> str | None:
        """The next line without its end; None when nobody began to type `within`
        seconds. Raises `EOFError` at the end of the input.
        """
        if within is not None and not _begun(within):
            return None
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def drop(self) -> None:
        """Forget what somebody typed at a console and nobody has read yet."""
        _kernel32.FlushConsoleInputBuffer(_kernel32.GetStdHandle(_STD_INPUT_HANDLE))

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """What is typed meanwhile is not shown."""
        reads = _kernel32.GetStdHandle(_STD_INPUT_HANDLE)
        mode = wintypes.DWORD(0)
        if not _kernel32.GetConsoleMode(reads, ctypes.byref(mode)):
            yield  # no console, so nothing is shown anyway
            return
        _kernel32.SetConsoleMode(reads, mode.value & ~_ENABLE_ECHO_INPUT)
        try:
            yield
        finally:
            _kernel32.SetConsoleMode(reads, mode.value)


def _begun(within: float) -> bool:
    """Whether a key was pressed; a console cannot be waited for together with a clock
    in any other way.
    """
    end = time.monotonic() + within
    while not msvcrt.kbhit():
        if time.monotonic() >= end:
            return False
        time.sleep(_PEEK_SECONDS)
    return True
