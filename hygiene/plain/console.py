"""Lines out, choices in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Protocol

from hygiene import terminal
from hygiene.terminal.wrapping import fitted

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from hygiene.contract.phrases import Phrases

__all__ = ["LINES_AT_ONCE", "Console", "Ended", "Input"]

LINES_AT_ONCE = 20
"""Lines of a list that are told before a person is asked whether to go on."""

_A_SECOND = 1.0
"""How often something else is looked at while nothing is typed."""


class Ended(Exception):
    """The person ended the run, or there is nobody to answer any more."""


class Input(Protocol):
    """Where lines come from: see `terminal.lines`."""

    def read(self, within: float | None = None) -> str | None:
        """The next line; None when none came in time. Raises `EOFError`."""

    def drop(self) -> None:
        """Forget what somebody typed and nobody has read yet."""

    def hidden(self) -> AbstractContextManager[None]:
        """What is typed meanwhile is not shown."""


class Console:
    """A conversation in lines. `x` and Enter leaves at once, everywhere."""

    def __init__(self, words: Phrases, lines: Input) -> None:
        self._words = words
        self._lines = lines

    def say(self, *lines: str) -> None:
        """Print lines, as wide as the terminal is; an empty one parts ideas."""
        for line in lines:
            sys.stdout.write(fitted(line) + "\n")
        sys.stdout.flush()

    def number(self, lines: Iterable[str], first: int = 1) -> None:
        """Print numbered lines, the first of them as number `first`."""
        for number, line in enumerate(lines, first):
            self.say(f"{number}. {line}")

    def ask(
        self,
        choices: Collection[str],
        *,
        free: str = "",
        number: bool = False,
        meanwhile: Callable[[], bool] | None = None,
    ) -> str:
        """Return one of `choices`, or as typed a text that starts with `free` or, with
        `number`, a number.

        While nothing is typed `meanwhile` is asked about once a second; "" is returned
        as soon as it says True. Raises `Ended` at the end of the input.
        """
        while True:
            line = self._line(meanwhile)
            if line is None:
                return ""
            answer = line.strip()
            if free and answer.startswith(free):
                return answer
            if answer.lower() in choices:
                return answer.lower()
            if number and _is_number(answer):
                return answer
            if answer:
                self.say(self._words.say("plain.unknown"))

    def forget_typed(self) -> None:
        """Let nothing that was typed before now be an answer to what is told next."""
        self._lines.drop()

    def ask_text(self) -> str:
        """Return what was typed, as typed; "" for `b` alone. Empty lines do nothing."""
        while True:
            answer = (self._line() or "").strip()
            if answer:
                return "" if answer.lower() == "b" else answer

    def ask_hidden(self) -> str:
        """Return what was typed, spaces around it included, which is not shown; "" for
        Enter alone.
        """
        with self._lines.hidden():
            return self._line() or ""

    def _line(self, meanwhile: Callable[[], bool] | None = None) -> str | None:
        """What was typed; None when `meanwhile` said True first."""
        while True:
            try:
                line = self._lines.read(None if meanwhile is None else _A_SECOND)
            except EOFError:
                raise Ended from None
            if line is not None:
                if line.strip().lower() == "x":
                    terminal.leave_now()
                return line
            if meanwhile is not None and meanwhile():
                return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace(",", "").replace(".", "").isdecimal()
