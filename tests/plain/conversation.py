"""Talk with the plain front end in a terminal, and gather what it says."""

from __future__ import annotations

import os
import sys
from typing import Self

from tests.terminal.screen import Session

__all__ = ["Conversation"]

LINES = 60
"""What is said is read from the bytes, so that nothing scrolls away from a test."""


class Conversation:
    """One run of `hygiene check --plain`, or of another command, in a terminal."""

    def __init__(
        self,
        *arguments: str,
        command: str = "check",
        before: str = "",
        columns: int = 200,
    ) -> None:
        self.session = Session(
            [sys.executable, "-P", "-m", "hygiene", command, "--plain", *arguments],
            columns=columns,
            lines=LINES,
            before=before,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        self._heard = 0

    def __enter__(self) -> Self:
        self.session.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.session.__exit__(None, None, None)

    def until(self, text: str) -> str:
        """Wait until `text` is said again; return everything said since the last wait."""
        wanted = text.encode()
        self.session.wait_until(lambda: wanted in self.session.raw[self._heard :])
        said = bytes(self.session.raw[self._heard :])
        self._heard = len(self.session.raw)
        return said.decode().replace("\r\n", "\n")

    def answer(self, text: str, until: str) -> str:
        """Type an answer and Enter; return what is said until `until`."""
        self.session.send(f"{text}\n")
        return self.until(until)
