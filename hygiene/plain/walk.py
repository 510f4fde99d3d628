"""The walk: gate, overview, one check, one finding."""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import TYPE_CHECKING

from hygiene import guides, terminal
from hygiene.contract import CannotLook, Finding, NotChecked
from hygiene.engine.events import CheckEnded, OutcomeSeen
from hygiene.engine.results import CheckResult, Status
from hygiene.plain.behind import reveal
from hygiene.plain.console import LINES_AT_ONCE, Console, Ended
from hygiene.plain.reading import guide_lines, read_guides
from hygiene.report.advice import QUESTIONS, Reply, advice
from hygiene.words.offered import offered

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from hygiene.wiring import Session

__all__ = ["run_plain"]

_REPLIES = {"1": Reply.YES, "2": Reply.NO, "3": Reply.NOT_SURE}


def run_plain(session: Session, options: Namespace, *, interactive: bool) -> int:
    """Walk through a session in lines and return the exit status.

    Without someone to answer, the overview is printed and that is all.
    """
    if not interactive:
        _Walk(session).look()
        return 0
    terminal.listen(options.leave_key)
    walk = _Walk(session)
    with contextlib.suppress(Ended):
        walk.gate()
    terminal.end_quietly(clear=True, keep_scrollback=options.keep_scrollback)
    return 0


class _Walk:
    """One session told in lines. Each method is one page and returns on `b`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._choose_words()

    def _choose_words(self) -> None:
        self._facts = self._session.facts
        self._words = self._facts.app
        self._console = Console(self._words)

    def _say(self, *keys: str) -> None:
        self._console.say(*(self._words.say(key) for key in keys))

    def _head(self, title: str) -> None:
        self._console.say("", title)
        if self._session.practice:
            self._say("gate.practice")

    # --- before looking

    def gate(self) -> None:
        """The page of plain facts; nothing is looked at before `3`."""
        while True:
            self._head(self._words.say("gate.title"))
            self._say("gate.what", "gate.watched", "plain.stays")
            if self._session.admin:
                self._say("gate.admin")
            if self._session.look_only:
                self._say("gate.look-only")
            self._say("plain.gate-doors")
            languages = {each.code for each in offered()}
            self._tell_languages()
            answer = self._console.ask({"1", "2", "3", "d", "m", "b", *languages})
            if answer == "1":
                terminal.leave_now()
            if answer in languages:
                self._session.speak(answer)
                self._choose_words()
                continue
            if answer == "b":
                return
            doors: dict[str, Callable[[], None]] = {
                "2": self.guides,
                "3": self.overview,
                "d": self.decide,
                "m": self.more,
            }
            doors[answer]()

    def _tell_languages(self) -> None:
        """The languages to choose from, and which no human has reviewed (SR-12)."""
        choices = offered()
        if choices:
            named = ", ".join(f"{each.code} {each.name}" for each in choices)
            self._console.say(self._words.say("gate.languages", choices=named))
        self._console.say(*(each.note for each in choices if each.note))

    def more(self) -> None:
        """Limits and what leaving does (SR-03, 04, 40, 57)."""
        self._head(self._words.say("more.title"))
        self._say(
            *("limit.sees", "limit.monitoring", "limit.signs", "limit.account"),
            *("limit.forensic", "safer-device.definition", "exit.does"),
            *("exit.does-not", "disclaimer.general", "disclaimer.review"),
        )
        self._back()

    def decide(self) -> None:
        """Three questions and advice; changes nothing (SR-02)."""
        self._head(self._words.say("decide.title"))
        replies = []
        for question in QUESTIONS:
            self._say(f"decide.{question}", "decide.answers")
            if (answer := self._console.ask({*_REPLIES, "b"})) == "b":
                return
            replies.append(_REPLIES[answer])
        self._say(*advice(*replies))

    def guides(self) -> None:
        """Read the guides."""
        read_guides(self._console, self._session.language, self._words)

    # --- looking

    def look(self) -> list[CheckResult]:
        """Run the checks, telling findings as they come, then the overview."""
        self._head(self._words.say("overview.title"))
        self._say("plain.looking")
        results: dict[str, CheckResult] = {}
        for event in self._session.run():
            match event:
                case OutcomeSeen(check, Finding(setting=None) as finding):
                    self._console.say(self._told(check, finding))
                case OutcomeSeen(check, NotChecked() as missed):
                    self._console.say(self._missed(check, missed))
                case CheckEnded(result):
                    results[result.check] = result
        ordered = [results[each.id] for each in self._session.checks]
        self._overview(ordered)
        return ordered

    def _told(self, check: str, finding: Finding) -> str:
        title, topic = self._facts.title(check), self._facts.topic(check, finding)
        parts = [self._facts.heading(finding), *self._facts.counts(finding)]
        if topic != title:
            parts.insert(1, topic)
        return f"{self._facts.level(finding.level)}: {title}: {', '.join(parts)}."

    def _missed(self, check: str, missed: NotChecked) -> str:
        word = self._facts.status(Status.COULD_NOT_CHECK)
        return f"{word}: {self._facts.title(check)}: {self._facts.not_checked(missed)}."

    def _overview(self, results: list[CheckResult]) -> None:
        self._console.say("")
        rows = [self._facts.row(each) for each in results]
        self._console.number(
            f"{row.title}: {row.word}: {row.text}."
            if row.text
            else f"{row.title}: {row.word}."
            for row in rows
        )
        self._say("overview.unchanged")
        if any(each.not_checked for each in results):
            missed = sum(len(each.not_checked) for each in results)
            self._console.say(self._words.count("overview.not-looked", missed))

    def overview(self) -> None:
        """Look, then open one check after another."""
        if self._session.system_asks and not self._ask_system():
            return
        results = self.look()
        while True:
            self._say("plain.overview-keys")
            numbers = {str(n) for n in range(1, len(results) + 1)}
            answer = self._console.ask({*numbers, "g", "t", "n", "a", "b"})
            if answer == "b":
                return
            if answer == "g":
                self.guides()
            elif answer == "t":
                self.sittings()
            elif answer == "n":
                self.not_checked(results)
            elif answer == "a":
                results = self.look()
                continue
            else:
                self.check(results[int(answer) - 1])
            self._overview(results)

    def _ask_system(self) -> bool:
        """Say that the system may ask, before it does (SR-62). False goes back."""
        self._say("asks.title", "asks.why", "plain.asks-doors")
        answer = self._console.ask({"1", "2", "b"})
        self._session.agreed = answer == "2"
        return answer != "b"

    def sittings(self) -> None:
        """The home's sittings, newest first."""
        self._head(self._words.say("sittings.title"))
        self._say("sittings.what")
        try:
            sittings = self._session.sittings()
        except CannotLook as error:
            self._console.say(self._facts.not_checked(NotChecked("", error.why)))
            self._back()
        else:
            self._page(map(self._facts.sitting, sittings), "screens.sittings.none")

    def not_checked(self, results: list[CheckResult]) -> None:
        """What was not looked at and why, with its path."""
        self._head(self._words.say("not-checked.title"))
        if not any(each.not_checked for each in results):
            self._say("screens.not-checked.none")
        for result in results:
            for missed in result.not_checked:
                self._console.say(self._missed(result.check, missed))
                if missed.source:
                    self._console.say(self._facts.source(missed.source))
        self._back()

    # --- one check, one finding

    def check(self, result: CheckResult) -> None:
        """One check: its findings and settings, numbered."""
        if not result.findings:
            self._head(self._facts.title(result.check))
            if result.status is not Status.COULD_NOT_CHECK:
                self._console.say(self._facts.empty(result.check))
            for missed in result.not_checked:
                self._console.say(self._missed(result.check, missed))
            self._back()
            return
        places = self._facts.places(result)
        findings = [each for _, listed in places for each in listed]
        while True:
            self._head(self._facts.title(result.check))
            if not result.traces:
                self._console.say(self._facts.empty(result.check))
            self._console.number(self._line(result.check, each) for each in findings)
            for missed in result.not_checked:
                self._console.say(self._missed(result.check, missed))
            self._say("plain.check-keys")
            numbers = {str(n) for n in range(1, len(findings) + 1)}
            if (answer := self._console.ask({*numbers, "b"})) == "b":
                return
            self.finding(result, findings[int(answer) - 1])

    def _line(self, check: str, finding: Finding) -> str:
        facts = self._facts
        topic = facts.topic(check, finding)
        said = f"{facts.word(finding)}: {facts.heading(finding)}: {topic}"
        if finding.setting is not None:
            return f"{said}: {facts.setting(check, finding)}"
        return f"{', '.join([said, *facts.counts(finding)])}."

    def finding(self, result: CheckResult, finding: Finding) -> None:
        """The five answers, and what stands behind the counts on request."""
        check = result.check
        guide = (
            guides.find(finding.guide, self._session.language)
            if finding.guide
            else None
        )
        self._head(self._facts.topic(check, finding))
        self._console.say(self._line(check, finding))
        if span := self._facts.span(finding):
            self._console.say(f"{span}.")
        title = guide.title if guide is not None else ""
        for answer in self._facts.answers(check, finding, title):
            self._console.say("", answer.question, answer.text)
        while True:
            self._console.say("")
            keys = {"b"}
            if finding.has_traces:
                keys.add("s")
                self._say("plain.show-key")
            if guide is not None:
                keys.add("g")
                self._say("plain.guide-key")
            self._say("plain.back-key")
            answer_key = self._console.ask(keys)
            if answer_key == "b":
                return
            if answer_key == "g" and guide is not None:
                self._console.say("", *guide_lines(guide, self._session.language))
                self._back()
            elif answer_key == "s":
                reveal(self._console, self._facts, finding.traces)
            # Coming back, a line says where; the answers are not read out again.
            self._head(self._line(check, finding))

    def _page(self, lines: Iterator[str], none: str) -> None:
        """Show lines a page at a time; `none` is said where there are none."""
        part = list(islice(lines, LINES_AT_ONCE))
        if not part:
            self._say(none)
        while part:
            self._console.say(*part)
            if not (part := list(islice(lines, LINES_AT_ONCE))):
                break
            self._say("plain.page-keys")
            if self._console.ask({"n", "b"}) == "b":
                return
        self._back()

    def _back(self) -> None:
        self._say("plain.back-key")
        self._console.ask({"b"})
