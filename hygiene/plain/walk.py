"""The walk: gate, overview, one check, one finding."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from hygiene import guides, terminal
from hygiene.contract import Finding, NotChecked
from hygiene.engine.events import CheckEnded, OutcomeSeen
from hygiene.engine.results import CheckResult, Status
from hygiene.plain.behind import reveal
from hygiene.plain.console import Ended
from hygiene.plain.forgetting import Forgetting
from hygiene.plain.left_behind import tell_left_behind
from hygiene.plain.page import Page
from hygiene.plain.patience import Patience
from hygiene.plain.reading import guide_lines, read_guides
from hygiene.plain.saving import save_behind
from hygiene.report.advice import QUESTIONS, Reply, advice
from hygiene.report.offers import LEAVE, offers
from hygiene.terminal.lines import Lines
from hygiene.wiring import NotCarriedOut
from hygiene.words.offered import offered

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from hygiene.wiring import Session

__all__ = ["run_plain"]

_REPLIES = {"1": Reply.YES, "2": Reply.NO, "3": Reply.NOT_SURE}


def run_plain(
    session: Session, options: Namespace, *, interactive: bool, forget: bool = False
) -> int:
    """Walk through a session in lines and return the exit status; with `forget` the
    gate leads to forgetting a site. Raises `NotCarriedOut` at the end where something
    that was agreed to could not be done.

    Without someone to answer, the overview is printed and that is all.
    """
    lines = Lines()
    walk = _Walk(session, Patience(lines, options.idle * 60) if options.idle else lines)
    if not interactive:
        walk.look()
        return 0
    terminal.listen(options.leave_key)
    with contextlib.suppress(Ended):
        walk.gate(forget=forget)
    terminal.end_quietly(clear=True, keep_scrollback=options.keep_scrollback)
    for why in walk.failed.values():
        raise NotCarriedOut(why)
    return 0


class _Walk(Page):
    """Each method is one page and returns on `b`."""

    # --- before looking

    def gate(self, *, forget: bool = False) -> None:
        """The page of plain facts; nothing is looked at before `3`, which with `forget`
        asks for a site instead.
        """
        while True:
            self.head(self.words.say("gate.title"))
            self.say("gate.what", "gate.watched", "plain.stays")
            if self.session.admin:
                self.say("gate.admin")
            if self.session.look_only:
                self.say("gate.look-only")
            if self.session.recording is not None:
                self.say(f"recording.{self.session.recording}")
            door = self.words.say("gate.forget" if forget else "gate.look")
            self.console.say(self.words.say("plain.gate-doors", door=door))
            languages = {each.code for each in offered()}
            self._tell_languages()
            answer = self.console.ask({"1", "2", "3", "d", "m", "b", *languages})
            if answer == "1":
                terminal.leave_now()
            if answer in languages:
                self.session.speak(answer)
                self.choose_words()
                continue
            if answer == "b":
                return
            doors: dict[str, Callable[[], None]] = {
                "2": self.guides,
                "3": self.forget if forget else self.overview,
                "d": self.decide,
                "m": self.more,
            }
            doors[answer]()

    def _tell_languages(self) -> None:
        """The languages to choose from, and which no human has reviewed (SR-12)."""
        choices = offered()
        if choices:
            named = ", ".join(f"{each.code} {each.name}" for each in choices)
            self.console.say(self.words.say("gate.languages", choices=named))
        self.console.say(*(each.note for each in choices if each.note))

    def more(self) -> None:
        """Limits, what leaving does, and what stays (SR-03, 04, 40, 44, 57)."""
        answer = "w"
        while answer == "w":
            self.head(self.words.say("more.title"))
            self.say(
                *("limit.sees", "limit.monitoring", "limit.signs", "limit.account"),
                *("limit.forensic", "safer-device.definition", "exit.does"),
                *("exit.does-not", "disclaimer.general", "disclaimer.review"),
                *("plain.left-key", "plain.back-key"),
            )
            answer = self.console.ask({"w", "b"})
            if answer == "w":
                tell_left_behind(self)

    def decide(self) -> None:
        """Three questions and advice; changes nothing (SR-02)."""
        self.head(self.words.say("decide.title"))
        replies = []
        for question in QUESTIONS:
            self.say(f"decide.{question}", "decide.answers")
            if (answer := self.console.ask({*_REPLIES, "b"})) == "b":
                return
            replies.append(_REPLIES[answer])
        self.say(*advice(*replies))

    def guides(self) -> None:
        """Read the guides."""
        read_guides(self.console, self.session.language, self.words)

    # --- looking

    def look(self) -> list[CheckResult]:
        """Run the checks, telling findings as they come, then the overview."""
        self.head(self.words.say("overview.title"))
        self.say("plain.looking")
        self.stale = False
        results: dict[str, CheckResult] = {}
        for event in self.session.run():
            match event:
                case OutcomeSeen(check, Finding(setting=None) as finding):
                    self.console.say(self._told(check, finding))
                case OutcomeSeen(check, NotChecked() as missed):
                    self.console.say(self._missed(check, missed))
                case CheckEnded(result):
                    results[result.check] = result
        ordered = [results[each.id] for each in self.session.checks]
        self._overview(ordered)
        return ordered

    def _told(self, check: str, finding: Finding) -> str:
        title, topic = self.facts.title(check), self.facts.topic(check, finding)
        parts = [self.facts.heading(finding), *self.facts.counts(finding)]
        if topic != title:
            parts.insert(1, topic)
        return f"{self.facts.level(finding.level)}: {title}: {', '.join(parts)}."

    def _missed(self, check: str, missed: NotChecked) -> str:
        word = self.facts.status(Status.COULD_NOT_CHECK)
        return f"{word}: {self.facts.title(check)}: {self.facts.not_checked(missed)}."

    def _overview(self, results: list[CheckResult]) -> None:
        self.console.say("")
        rows = [self.facts.row(each) for each in results]
        self.console.number(
            f"{row.title}: {row.word}: {row.text}."
            if row.text
            else f"{row.title}: {row.word}."
            for row in rows
        )
        self.say("overview.cleared" if self.cleared else "overview.unchanged")
        if any(each.not_checked for each in results):
            missed = sum(len(each.not_checked) for each in results)
            self.console.say(self.words.count("overview.not-looked", missed))

    def overview(self) -> None:
        """Look, then open one check after another."""
        if self.session.system_asks and not self._ask_system():
            return
        results = self.look()
        while True:
            pages: dict[str, Callable[[], None]] = {
                "g": self.guides,
                "n": partial(self.not_checked, results),
                "t": Forgetting(self).sittings,
            }
            if not self.session.look_only:
                self.say("plain.overview-clear")
                pages["c"] = partial(save_behind, self, results)
                pages["f"] = self.forget
                pages["l"] = self._look_only
            self.say("plain.overview-keys")
            for number, result in enumerate(results, 1):
                pages[str(number)] = partial(self.check, result)
            answer = self.console.ask({*pages, "a", "b"})
            if answer == "b":
                return
            if answer in pages:
                pages[answer]()
            if answer == "a" or self.stale:
                results = self.look()
            else:
                self._overview(results)

    def forget(self) -> None:
        """Forget a site."""
        Forgetting(self).site()

    def _look_only(self) -> None:
        """From here on nothing can be changed in this run (SR-02)."""
        self.session.look_only = True
        self.say("gate.look-only")

    def _ask_system(self) -> bool:
        """Say that the system may ask, before it does (SR-62). False goes back."""
        self.say("asks.title", "asks.why", "plain.asks-doors")
        answer = self.console.ask({"1", "2", "b"})
        self.session.agreed = answer == "2"
        return answer != "b"

    def not_checked(self, results: list[CheckResult]) -> None:
        """What was not looked at and why, with its path."""
        self.head(self.words.say("not-checked.title"))
        if not any(each.not_checked for each in results):
            self.say("screens.not-checked.none")
        for result in results:
            for missed in result.not_checked:
                self.console.say(self._missed(result.check, missed))
                if missed.source:
                    self.console.say(self.facts.source(missed.source))
        self.back()

    # --- one check, one finding

    def check(self, result: CheckResult) -> None:
        """One check: its findings and settings, numbered; of the program itself, what it
        leaves behind as well (SR-44).
        """
        places = self.facts.places(result)
        findings = [each for _, listed in places for each in listed]
        keys = {"b", *(str(n) for n in range(1, len(findings) + 1))}
        if self.facts.is_of_program(result.check):
            keys.add("w")
        while not self.stale:
            self._tell_check(result, findings)
            if "w" in keys:
                self.say("plain.left-key")
            self.say("plain.check-keys" if findings else "plain.back-key")
            answer = self.console.ask(keys)
            if answer == "b":
                return
            if answer == "w":
                tell_left_behind(self)
            else:
                self.finding(result, findings[int(answer) - 1])

    def _tell_check(self, result: CheckResult, findings: list[Finding]) -> None:
        self.head(self.facts.title(result.check))
        if not result.traces and (
            findings or result.status is not Status.COULD_NOT_CHECK
        ):
            self.console.say(self.facts.empty(result.check))
        self.console.number(self._line(result.check, each) for each in findings)
        for missed in result.not_checked:
            self.console.say(self._missed(result.check, missed))

    def _line(self, check: str, finding: Finding) -> str:
        facts = self.facts
        topic = facts.topic(check, finding)
        said = f"{facts.word(finding)}: {facts.heading(finding)}: {topic}"
        if finding.setting is not None:
            return f"{said}: {facts.setting(check, finding)}"
        return f"{', '.join([said, *facts.counts(finding)])}."

    def finding(self, result: CheckResult, finding: Finding) -> None:
        """The five answers, and what stands behind the counts on request."""
        check = result.check
        guide = (
            guides.find(finding.guide, self.session.language) if finding.guide else None
        )
        self.head(self.facts.topic(check, finding))
        self.console.say(self._line(check, finding))
        if span := self.facts.span(finding):
            self.console.say(f"{span}.")
        title = guide.title if guide is not None else ""
        for answer in self.facts.answers(check, finding, title):
            self.console.say("", answer.question, answer.text)
        while not self.stale:
            self.console.say("")
            choices = offers(finding, look_only=self.session.look_only)
            self.console.number(self.words.say(f"clearing.{each}") for each in choices)
            keys = {"b", *(str(n) for n in range(1, len(choices) + 1))}
            if finding.has_traces:
                keys.add("s")
                self.say("plain.show-key")
            if guide is not None:
                keys.add("g")
                self.say("plain.guide-key")
            self.say("plain.back-key")
            answer_key = self.console.ask(keys)
            if answer_key == "b":
                return
            if answer_key == "g" and guide is not None:
                self.console.say("", *guide_lines(guide, self.session.language))
                self.back()
            elif answer_key == "s":
                reveal(self.console, self.facts, finding.traces)
            elif (choice := choices[int(answer_key) - 1]) == LEAVE:
                return
            else:
                Forgetting(self).choose(choice, check, finding)
            # Coming back, a line says where; the answers are not read out again.
            self.head(self._line(check, finding))
