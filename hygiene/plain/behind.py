"""What stands behind a finding, in numbered lines: on request, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, NotChecked, Trace
from hygiene.engine.reveal import batches
from hygiene.plain.console import LINES_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hygiene.plain.console import Console
    from hygiene.report.facts import Facts

__all__ = ["reveal"]


def reveal(console: Console, facts: Facts, read: Callable[[], Iterable[Trace]]) -> None:
    """Read the traces and page through them, most first, until `b`. A warning that
    they stay in the window comes before anything is read.
    """
    console.say(facts.app.say("plain.reveal-warning"))
    if console.ask({"1", "b"}) == "b":
        return
    traces: list[Trace] = []
    try:
        for batch in batches(read):
            traces += batch
    except CannotLook as error:
        console.say(facts.not_checked(NotChecked("", error.why)))
    traces.sort(key=lambda each: (-each.count, str(each.label)))
    console.say(facts.app.count("screens.list.rows", len(traces)))
    _List(console, facts, traces).page()


class _List:
    """Traces with a place in them. `/word` narrows, a number opens what is inside."""

    def __init__(self, console: Console, facts: Facts, traces: list[Trace]) -> None:
        self._console = console
        self._facts = facts
        self._all = traces
        self._shown = traces
        self._start = 0

    @property
    def _part(self) -> list[Trace]:
        """As many as stand on a page."""
        return self._shown[self._start : self._start + LINES_AT_ONCE]

    def page(self) -> None:
        """Tell a page, then do what is asked, until `b`."""
        self._tell()
        while True:
            self._say("plain.list-keys")
            first = self._start + 1
            numbers = {str(each) for each in range(first, first + len(self._part))}
            answer = self._console.ask({*numbers, "n", "b"}, free="/")
            if answer == "b":
                return
            if answer.startswith("/"):
                self._narrow(answer[1:])
            elif answer == "n":
                self._next()
            else:
                self._open(self._shown[int(answer) - 1])

    def _say(self, key: str) -> None:
        self._console.say(self._facts.app.say(key))

    def _tell(self) -> None:
        self._console.number(map(self._facts.trace, self._part), self._start + 1)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold()
        self._shown = [
            each for each in self._all if wanted in str(each.label).casefold()
        ]
        self._start = 0
        shown, total = f"{len(self._shown):,}", f"{len(self._all):,}"
        said = self._facts.app.say("screens.list.narrowed", shown=shown, all=total)
        self._console.say(said)
        self._tell()

    def _next(self) -> None:
        if self._start + LINES_AT_ONCE >= len(self._shown):
            self._say("plain.no-more")
        else:
            self._start += LINES_AT_ONCE
            self._tell()

    def _open(self, trace: Trace) -> None:
        if trace.inside is None:
            self._say("plain.nothing-inside")
        else:
            reveal(self._console, self._facts, trace.inside)
            self._tell()
