"""A screen that nobody sees, and keys that are pressed on it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.real.browsers import program

__all__ = ["Display", "display"]

_PATIENCE = 30.0
_BETWEEN_KEYS = 45
"""Milliseconds: slow enough that an address bar looks for matches at each letter."""


class Display:
    """One virtual screen, and a keyboard that goes through the XTEST extension."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            [program("xdotool"), *words],
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            check=True,
            timeout=_PATIENCE,
        )
        return done.stdout

    def attend(self, window_class: str) -> None:
        """Wait for the window of a program, and give it the keyboard."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                search = ("search", "--onlyvisible", "--class", window_class)
                self._do(*search, "windowfocus", "--sync")
            except subprocess.SubprocessError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def press(self, *keys: str) -> None:
        """Press and release keys, such as `ctrl+l` or `Return`."""
        self._do("key", "--clearmodifiers", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type text letter by letter."""
        self._do("type", "--delay", str(_BETWEEN_KEYS), text)

    def click(self) -> None:
        """Click into the empty part of a page, so that keys go there."""
        self._do("mousemove", "700", "650", "click", "1")


@contextmanager
def display() -> Iterator[Display]:
    """A screen of its own until the block ends."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        [
            *(program("Xvfb"), "-displayfd", str(theirs), "-screen", "0"),
            *("1280x900x24", "-nolisten", "tcp"),
        ],
        pass_fds=(theirs,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            yield Display(f":{told.readline().strip()}")
    finally:
        server.terminate()
        server.wait()
