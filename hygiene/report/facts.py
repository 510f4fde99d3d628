"""The sentences about a run, the same for screens and plain lines.

Every front end shows what stands here and adds only where it stands on the page, so
that the facts are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hygiene.contract import (
    Finding,
    Group,
    Level,
    NotChecked,
    Sitting,
    Trace,
    clean,
)
from hygiene.contract.phrases import Phrases
from hygiene.engine.registry import Broken, Loaded
from hygiene.engine.results import CheckResult, Status

__all__ = ["QUESTIONS", "Answer", "Facts", "Row"]

QUESTIONS = ("what", "who", "choices", "noticed", "more")
"""The five questions every finding answers (SR-10)."""

_ITEMS = "items"
"""Things of whatever kind the finding says; without it the number tells nothing."""

_FEW = 3
"""So many programs are named on the overview where there is nothing to count."""

_COUNT_ORDER = (
    *("sites", "pages", "visits", "sittings", "downloads", "searches"),
    *("entries", "addresses", "cards", "suggestions", "logins", "never_saved"),
    *("conversations", "log_files", "messages", "photos", "with_place"),
    *("contacts", "collected", "sent", "deleted", "accounts", _ITEMS),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the five questions with its answer."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One check on the overview: a level or answer word, and what stands beside it."""

    title: str
    status: Status
    level: Level | None
    word: str
    text: str


class Facts:
    """Sentences of the program and of every check, in one language."""

    def __init__(self, checks: Sequence[Loaded | Broken], language: str = "en") -> None:
        self.app = Phrases("hygiene", language)
        self.language = language
        self._infos = {
            each.id: each.info for each in checks if isinstance(each, Loaded)
        }
        self._catalogues: dict[str, Phrases] = {}

    def _of(self, check: str) -> Phrases:
        info = self._infos.get(check)
        if info is None:
            return self.app
        if info.words not in self._catalogues:
            self._catalogues[info.words] = Phrases(info.words, self.language)
        return self._catalogues[info.words]

    def title(self, check: str) -> str:
        """The check's name; its id while it has no sentence."""
        key = f"{check}.title"
        words = self._of(check)
        return clean(words.say(key)) if words.has(key) else clean(check)

    def is_of_program(self, check: str) -> bool:
        """Whether the check is about this program itself."""
        info = self._infos.get(check)
        return info is not None and info.group is Group.PROGRAM

    def reads(self, check: str) -> str:
        """What the check reads, in one line."""
        key = f"{check}.reads"
        words = self._of(check)
        return clean(words.say(key)) if words.has(key) else ""

    def empty(self, check: str) -> str:
        """What it means that nothing was found. Never good news by itself (SR-07)."""
        key = f"{check}.empty"
        words = self._of(check)
        own = words.say(key) if words.has(key) else self.app.say("nothing-found.any")
        return f"{own} {self.app.say('nothing-found.still')}"

    def level(self, level: Level) -> str:
        """The level as a word."""
        return self.app.say(f"level.{level.word}")

    def word(self, finding: Finding) -> str:
        """The finding's level as a word; of a setting, that it is one."""
        if finding.setting is not None:
            return self.app.say("finding.setting")
        return self.level(finding.level)

    def status(self, status: Status) -> str:
        """The answer as a word."""
        return self.app.say(f"status.{status}")

    def heading(self, finding: Finding) -> str:
        """Which program and profile a finding is about."""
        program = clean(finding.program)
        return (
            program
            if finding.profile is None
            else self.app.say("finding.place", program=program, profile=finding.profile)
        )

    def places(self, result: CheckResult) -> list[tuple[str, list[Finding]]]:
        """All findings of a check by program and profile: traces first, then settings."""
        places: dict[str, list[Finding]] = {}
        for finding in (*result.traces, *result.settings):
            places.setdefault(self.heading(finding), []).append(finding)
        return [*places.items()]

    def topic(self, check: str, finding: Finding) -> str:
        """What kind of thing the finding is."""
        return self._of(check).say(f"{finding.topic}.title")

    def counts(self, finding: Finding) -> list[str]:
        """Each count as a phrase, in the interface's order; noughts are left out."""
        known = [name for name in _COUNT_ORDER if finding.counts.get(name)]
        known += sorted(
            name for name, n in finding.counts.items() if n and name not in _COUNT_ORDER
        )
        return [self.count(name, finding.counts[name]) for name in known]

    def count(self, name: str, number: int) -> str:
        """One count as a phrase: `1,204 pages`."""
        key = f"count.{name}"
        phrase = self.app.count(key, number)
        return f"{number:,} {clean(name)}" if phrase == key else phrase

    def span(self, finding: Finding) -> str:
        """From when to when, in the person's own time zone; empty when not known."""
        if finding.first is None or finding.last is None:
            return ""
        first, last = self.when(finding.first), self.when(finding.last)
        if first == last:
            return self.app.say("finding.once", when=first)
        return self.app.say("finding.span", first=first, last=last)

    def when(self, moment: datetime) -> str:
        """A moment as `22 Nov 2026, 21:10`, in the person's own time zone."""
        return self._moment("moment.whole", moment)

    def day(self, moment: datetime) -> str:
        """Its day as `22 Nov 2026`."""
        return self._moment("moment.day", moment)

    def clock(self, moment: datetime) -> str:
        """Its time of day as `21:10`."""
        return f"{_local(moment):%H:%M}"

    def _moment(self, key: str, moment: datetime) -> str:
        local = _local(moment)
        return self.app.say(
            key,
            day=local.day,
            month=self.app.say(f"month.{local.month}"),
            year=local.year,
            time=f"{local:%H:%M}",
        )

    def setting(self, check: str, finding: Finding) -> str:
        """The state of a setting, in one line."""
        if finding.setting is None:
            return ""
        return self._of(check).say(f"{finding.topic}.{finding.setting.value}")

    def answers(
        self, check: str, finding: Finding, guide_title: str = ""
    ) -> list[Answer]:
        """The five questions with their answers."""
        words = self._of(check)
        found = []
        for question in QUESTIONS:
            if question == "more":
                text = (
                    self.app.say("answer.more", title=guide_title)
                    if guide_title
                    else self.app.say("answer.more-none")
                )
            else:
                text = words.say(f"{finding.topic}.{question}")
            found.append(Answer(self.app.say(f"question.{question}"), text))
        return found

    def not_checked(self, missed: NotChecked) -> str:
        """What could not be looked at and why. Names no path; see `source`."""
        reason = self.app.say(f"why.{missed.why}")
        if missed.count > 1:
            reason = self.app.count("not-checked.files", missed.count, reason=reason)
        if missed.program:
            return self.app.say(
                "not-checked.program", program=clean(missed.program), reason=reason
            )
        return reason

    def source(self, source: str) -> str:
        """A path of the home, cleaned, for those who ask for it."""
        return clean(source)

    def name(self, trace: Trace) -> str:
        """A trace's label, with what sets its kind apart in a list of several kinds."""
        key = f"trace.{trace.kind}"
        if not self.app.has(key):
            return str(trace.label)
        return self.app.say(key, name=trace.label)

    def trace(self, trace: Trace) -> str:
        """One trace on one line: its name, how often, and when last."""
        parts = [self.name(trace)]
        if trace.count > 1:
            parts.append(self.app.count("trace.times", trace.count))
        if trace.last is not None:
            parts.append(self.app.say("trace.last", last=self.when(trace.last)))
        return ", ".join(parts)

    def sitting(self, sitting: Sitting) -> str:
        """One sitting on one line: when, how much, in which programs."""
        start, end = self.when(sitting.start), self.when(sitting.end)
        return self.app.say(
            "sitting.line" if start != end else "sitting.moment",
            start=start,
            end=self.clock(sitting.end),
            sites=self.count("sites", sitting.sites),
            pages=self.count("pages", sitting.pages),
            programs=self.join(clean(each) for each in sitting.programs),
        )

    def join(self, parts: Iterable[str]) -> str:
        """A list as people write it: `a, b and c`."""
        *most, last = [*parts] or [""]
        if not most:
            return last
        return self.app.say("list.and", most=", ".join(most), last=last)

    def row(self, result: CheckResult) -> Row:
        """A whole check on the overview."""
        title = self.title(result.check)
        if result.level is not None:
            return Row(
                title,
                result.status,
                result.level,
                self.level(result.level),
                self._summary(result),
            )
        word = self.status(result.status)
        if result.status is Status.NOTHING_FOUND:
            text = self.app.say("nothing-found.still-short")
        else:
            text = self._missed(result.not_checked)
        return Row(title, result.status, None, word, text)

    def _summary(self, result: CheckResult) -> str:
        totals: Counter[str] = Counter()
        for finding in result.traces:
            totals.update(finding.counts)
        info = self._infos.get(result.check)
        wanted = () if info is None else info.headline
        names = [name for name in wanted if totals[name]] or [
            name for name in _COUNT_ORDER if totals[name] and name != _ITEMS
        ][:2]
        parts = [self.count(name, totals[name]) for name in names]
        programs = {each.program_id: clean(each.program) for each in result.traces}
        if len(programs) <= _FEW and not parts:
            parts.append(self.join(programs.values()))
        elif len(programs) > 1:
            parts.append(self.app.count("overview.programs", len(programs)))
        if result.not_checked:
            parts.append(self.app.say("overview.partly"))
        return ", ".join(parts)

    def _missed(self, missed: Sequence[NotChecked]) -> str:
        if len(missed) == 1:
            return self.not_checked(missed[0])
        reasons = dict.fromkeys(self.app.say(f"why.{each.why}") for each in missed)
        return next(iter(reasons)) if len(reasons) == 1 else self.app.say("why.several")


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment
