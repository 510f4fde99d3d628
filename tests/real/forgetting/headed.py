"""What a person's hands do in a browser with a window, whichever browser it is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from tests.real.forgetting.display import Display

__all__ = ["AT", "PATIENCE", "Headed", "environment"]

PATIENCE = 30.0
"""Seconds."""
AT = "location.href.includes({!r}) && document.readyState == 'complete'"
"""Whether a page has loaded whose address holds a text."""


def environment(home: Path, screen: Display) -> dict[str, str]:
    """The variables of a browser whose home is `home`, on that screen; its own folders
    are the usual ones.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "DBUS_"))
    }
    return {**kept, "HOME": str(home), "DISPLAY": screen.name}


class Headed:
    """Keys and clicks on `_screen`. How to go to a page and to run a script in it is
    each browser's own.
    """

    _screen: Display

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded."""
        raise NotImplementedError

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, once it is there."""
        raise NotImplementedError

    def wait(self, condition: str) -> None:
        """Wait until an expression in the page says true."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if self.run(condition):
                    return
            except AssertionError:
                pass  # the page is on its way out
            assert time.monotonic() < until, condition
            time.sleep(0.05)

    def begin(self, typed: str) -> None:
        """Type into the address bar, and leave it at that."""
        self._screen.press("ctrl+l")
        self._screen.type(typed)
        time.sleep(2)  # the session is written once a second

    def fill(self, address: str, *, send: bool = True, **words: str) -> None:
        """Type into the fields of a form, by their ids, and send it off."""
        self.open(address)
        self._screen.click()
        for field, word in words.items():
            self.run(f"document.getElementById({field!r}).focus()")
            self._screen.type(word)
        time.sleep(0.2)
        if send:
            self._screen.press("Return")
            self.wait(AT.format("/done"))

    def zoom(self) -> None:
        """Make the page larger by the keyboard."""
        self._screen.click()
        self._screen.press("ctrl+plus")
