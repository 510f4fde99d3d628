"""What every page in plain lines needs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from hygiene.contract import NotChecked
from hygiene.plain.console import LINES_AT_ONCE, Console
from hygiene.report.plan_details import PlanDetails
from hygiene.report.plans import Plans
from hygiene.report.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.contract import CannotLook
    from hygiene.engine.planning import Subject
    from hygiene.plain.console import Input
    from hygiene.wiring import Session

__all__ = ["Page"]


class Page:
    """One session, its words, and the conversation about it.

    `failed` holds what was agreed to and could not be carried out, each with the key of
    the sentence that says why. `cleared` says that something was cleared in this run,
    `stale` that it was since the checks last looked.
    """

    def __init__(self, session: Session, lines: Input) -> None:
        self.session = session
        self.failed: dict[Subject, str] = {}
        self.cleared = False
        self.stale = False
        self._lines = lines
        self.choose_words()

    def choose_words(self) -> None:
        """Speak the language of the session from here on."""
        self.facts = self.session.facts
        self.words = self.facts.app
        self.plans = Plans(self.facts)
        self.details = PlanDetails(self.facts)
        self.ticks = Ticks(self.facts)
        self.console = Console(self.words, self._lines)

    def say(self, *keys: str) -> None:
        """Say sentences, by key."""
        self.console.say(*(self.words.say(key) for key in keys))

    def head(self, title: str) -> None:
        """Begin a page."""
        self.console.say("", title)
        if self.session.practice:
            self.say("gate.practice")

    def back(self) -> None:
        """Wait until the person goes back."""
        self.say("plain.back-key")
        self.console.ask({"b"})

    def cannot_look(self, error: CannotLook) -> None:
        """Say why there is nothing to pick from, and wait until the person goes back."""
        self.console.say(self.facts.not_checked(NotChecked("", error.why)))
        self.back()

    def listed(self, lines: Iterator[str], none: str) -> None:
        """Show lines a page at a time; `none` is said where there are none."""
        part = list(islice(lines, LINES_AT_ONCE))
        if not part:
            self.say(none)
        while part:
            self.console.say(*part)
            if not (part := list(islice(lines, LINES_AT_ONCE))):
                break
            self.say("plain.page-keys")
            if self.console.ask({"n", "b"}) == "b":
                return
        self.back()

    def pick(
        self, lines: Sequence[str], none: str, *, keys: str = "plain.pick-keys"
    ) -> int | None:
        """Let the person pick one of the lines, a page at a time; None goes back.
        `none` is said where there are none.
        """
        if not lines:
            self.say(none)
            self.back()
            return None
        start = 0
        while True:
            end = min(start + LINES_AT_ONCE, len(lines))
            self.console.number(lines[start:end], start + 1)
            self.say(keys)
            numbers = {str(each) for each in range(1, end + 1)}
            answer = self.console.ask({*numbers, "n", "b"})
            if answer == "b":
                return None
            if answer != "n":
                return int(answer) - 1
            if end == len(lines):
                self.say("plain.no-more")
            else:
                start = end
