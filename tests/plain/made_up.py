"""A session whose plans are made up, and a person who types what stands in a list."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from hygiene.contract import (
    Clearing,
    Finding,
    Kept,
    Place,
    RemoveTree,
    Site,
    Tick,
    Untrusted,
)
from hygiene.contract.testing import FakeHome
from hygiene.engine.sites import readings
from hygiene.plain import walk
from hygiene.plain.console import Ended
from hygiene.wiring import Options, Session
from tests.engine.clearings import CHROMIUM, FIREFOX, MemoryWriter, Planner
from tests.tui import visits

NOW = datetime(2026, 11, 22, 21, 10, tzinfo=UTC)
NOTHING: Any = None
"""Nobody types for a second."""

SITE = ("3", "example.org")
"""From the gate to the first plan of a run, which asks for proof."""

READY = (*SITE, "n")
"""To the place where only the number is wanted."""

ASKS = "Which site? Type or paste its name."
TYPE = "To clear, type 14."

Typed: TypeAlias = "str | Callable[[], object] | None"
"""A line, something that happens meanwhile, or a second in which nothing is typed."""


def paragraphs(told: str) -> list[str]:
    """What was told, page by page."""
    return told.split("\n\n")


def part(
    kept: Kept, counts: dict[str, int], place: Place = CHROMIUM, **fields: Any
) -> Clearing:
    """A clearing that takes one store away."""
    name = f"{kept}{fields.pop('nth', '')}"
    store = f"{place.folder}/{name}"
    return Clearing(
        key=f"{place.folder}:{name}",
        kept=kept,
        place=place,
        store=store,
        steps=(RemoveTree(store=store),),
        counts=counts,
        **fields,
    )


def everything() -> list[Clearing]:
    """Of every kind that can go, in two browsers; 14 pages."""
    label = Untrusted("ana@mail.example")
    first, last = NOW - timedelta(days=19), NOW
    return [
        part(Kept.SEARCHES, {"searches": 3}),
        part(Kept.SUGGESTIONS, {"suggestions": 2}),
        part(Kept.FORM_WORDS, {"entries": 1}),
        part(Kept.DOWNLOADS, {"downloads": 1}),
        part(Kept.ICONS, {"records": 4}),
        part(Kept.TOP_SITES, {"records": 1}),
        part(Kept.OPEN_TABS, {"files": 2}, tick=Tick.ON, more=True),
        part(Kept.SITE_DATA, {"records": 12}),
        part(Kept.CACHE, {"files": 30}, tick=Tick.ON, more=True),
        part(Kept.SITE_SETTINGS, {"records": 2}),
        part(Kept.CONNECTIONS, {"records": 3}),
        part(Kept.OTHER, {"records": 1}),
        part(Kept.COOKIES, {"records": 5}, tick=Tick.OFF),
        part(Kept.SIGN_INS, {"logins": 1}, label=label, tick=Tick.OFF),
        part(Kept.NEVER_SAVED, {"never_saved": 1}, tick=Tick.OFF),
        part(Kept.PAGES, {"pages": 10, "visits": 20}, first=first, last=last),
        part(Kept.PAGES, {"pages": 4, "visits": 5}, FIREFOX, first=first, last=last),
    ]


@dataclass
class Typing:
    """Types one line after the other; then nobody is there any more."""

    lines: list[Typed]
    hid: list[str] = field(default_factory=list)
    hides: bool = False

    def read(self, within: float | None = None) -> str | None:
        """The next line, or the next second without one."""
        while self.lines:
            line = self.lines.pop(0)
            if callable(line):
                line()
            elif line is None:
                assert within is not None, "nobody would look at anything meanwhile"
                return None
            else:
                self.hid += [line] if self.hides else []
                return line
        raise EOFError

    def drop(self) -> None:
        """Lines of this one are typed when they are asked for."""

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """What is typed meanwhile is noted."""
        self.hides = True
        yield
        self.hides = False


def _offering(check: visits.SaidCheck) -> visits.SaidCheck:
    """The same, with every choice at every finding, in no good order."""
    choices = ("clear-all", "clear-day", "clear-sitting", "forget-site")
    outcomes = [
        replace(each, choices=choices) if isinstance(each, Finding) else each
        for each in check.outcomes
    ]
    return replace(check, outcomes=outcomes)


@dataclass
class _Home(FakeHome):
    """An empty one that knows which profiles are open."""

    open_places: list[Place] = field(default_factory=list)

    def in_use(self, path: str) -> bool:
        """Whether this is the lock of one of them."""
        return any(path in each.locks for each in self.open_places)


@dataclass
class Made:
    """One made-up home: what is planned in it, and who would clear it."""

    root: Path
    planner: Planner = field(default_factory=lambda: Planner([*everything()]))
    look_only: bool = False
    language: str = "en"
    open_places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        options = Options(
            home=self.root, look_only=self.look_only, language=self.language
        )
        self.session = Session(options, ExitStack())
        vars(self.session).update(
            checks=[visits.loaded(_offering(each)) for each in visits.checks()],
            live=False,
            root=self.root,
            _home_now=lambda: _Home(open_places=self.open_places),
        )
        self.plan_with(self.planner)

    def plan_with(self, planner: Planner) -> None:
        """Let this one plan, and clear what it plans."""
        self.planner = planner
        self.writer = MemoryWriter(planner, self.session._consents.redeem)
        vars(self.session).update(_planners=[planner], _writer=self.writer)

    @staticmethod
    def subject(site: str) -> Site:
        """What the name of a domain means."""
        return readings(site)[0]

    @property
    def stores(self) -> list[str]:
        """Every store that is planned for."""
        return [each.store for each in self.planner.planned]

    @property
    def cleared(self) -> list[str]:
        """The stores that were cleared."""
        return self.writer.done

    def forget(self, *typed: Typed) -> walk._Walk:
        """Walk from the gate of `hygiene forget`, typing this."""
        return self._walk(typed, forget=True)

    def check(self, *typed: Typed) -> walk._Walk:
        """Walk from the gate of `hygiene check`, typing this."""
        return self._walk(typed, forget=False)

    def _walk(self, typed: Sequence[Typed], *, forget: bool) -> walk._Walk:
        walked = walk._Walk(self.session, Typing([*typed]))
        with contextlib.suppress(Ended):
            walked.gate(forget=forget)
        return walked
