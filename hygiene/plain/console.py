"""Lines out, choices in."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from hygiene import terminal

if TYPE_CHECKING:
    from hygiene.contract.phrases import Phrases

__all__ = ["LINES_AT_ONCE", "Console", "Ended"]

LINES_AT_ONCE = 20
"""Lines of a list that are told before a person is asked whether to go on."""


class Ended(Exception):
    """The person ended the run, or there is nobody to answer any more."""


class Console:
    """A conversation in lines. `x` and Enter leaves at once, everywhere."""

    def __init__(self, words: Phrases) -> None:
        self._words = words

    def say(self, *lines: str) -> None:
        """Print lines; an empty one parts ideas."""
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def number(self, lines: Iterable[str], first: int = 1) -> None:
        """Print numbered lines, the first of them as number `first`."""
        for number, line in enumerate(lines, first):
            self.say(f"{number}. {line}")

    def ask(self, choices: Collection[str], *, free: str = "") -> str:
        """Return one of `choices`, or a text that starts with `free`, as typed.

        Raises `Ended` at the end of the input.
        """
        while True:
            line = sys.stdin.readline()
            if not line:
                raise Ended
            answer = line.strip()
            if answer.lower() == "x":
                terminal.leave_now()
            if free and answer.startswith(free):
                return answer
            if answer.lower() in choices:
                return answer.lower()
            if answer:
                self.say(self._words.say("plain.unknown"))
