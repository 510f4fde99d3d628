"""Checks that plan what they are told, and a writer in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from hygiene.contract import (
    CannotClear,
    CannotLook,
    CheckInfo,
    Clearing,
    Consent,
    Group,
    Home,
    HygieneError,
    Kept,
    NothingFound,
    Outcome,
    Place,
    Planned,
    Refusal,
    RemoveTree,
    Site,
    Tick,
    Trace,
    Unit,
    Untrusted,
    digest,
)
from hygiene.contract.clearing import Span

__all__ = ["CHROMIUM", "FIREFOX", "MemoryWriter", "Planner", "clearing"]

CHROMIUM = Place(
    program="Chromium",
    program_id="chromium",
    folder="chromium/Default",
    profile=Untrusted("Default"),
    locks=("chromium/Default/History",),
    tried=True,
)
FIREFOX = Place(
    program="Firefox",
    program_id="firefox",
    folder="firefox/abc",
    profile=Untrusted("abc"),
    locks=("firefox/abc/.parentlock",),
    tried=True,
)


def clearing(
    name: str,
    place: Place = CHROMIUM,
    *,
    kept: Kept = Kept.PAGES,
    count: int = 1,
    tick: Tick = Tick.ALWAYS,
    key: str = "",
) -> Clearing:
    """One that removes the store of this name."""
    store = f"{place.folder}/{name}"
    counts = {"pages" if kept is Kept.PAGES else "records": count}
    return Clearing(
        key=key or f"{kept}:{store}",
        kept=kept,
        place=place,
        store=store,
        steps=(RemoveTree(store=store),),
        counts=counts,
        tick=tick,
    )


@dataclass
class Planner:
    """A check that plans what stands in `planned` as long as it is not done."""

    planned: list[Planned] = field(default_factory=list)
    fails: bool = False

    @property
    def info(self) -> CheckInfo:
        """Who this is."""
        return CheckInfo(id="planner", group=Group.PAGES, words="hygiene")

    def run(self, home: Home) -> Iterator[Outcome]:
        """Nothing."""
        del home
        yield NothingFound()

    def plan_site(self, home: Home, site: Site) -> Iterator[Planned]:
        """What stands there, each store looked into."""
        del site
        for each in tuple(self.planned):
            with suppress(CannotLook):
                home.read(each.store, limit=0)
            yield each
        if self.fails:
            raise ValueError("/home/ana/secret")

    def plan_span(self, home: Home, span: Span) -> Iterator[Planned]:
        """The same."""
        del home, span
        yield from tuple(self.planned)

    def sites_of(self, home: Home, span: Span) -> Iterable[Trace]:
        """None."""
        del home, span
        return ()

    def days_of(self, home: Home, store: str) -> Iterable[Trace]:
        """None."""
        del home, store
        return ()


@dataclass
class MemoryWriter:
    """Takes what it carries out from the planner; refuses as told."""

    planner: Planner
    redeem: Callable[[Consent, str], bool]
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    fails_at: str = ""
    fails_with: Refusal = Refusal.FULL
    marks: dict[str, int] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    stopped: bool = False
    in_place: frozenset[str] = frozenset()

    def stamps(self, stores: Iterable[str]) -> Mapping[str, object]:
        """The marks."""
        return {each: self.marks.get(each, 0) for each in stores}

    def refusals(self, units: Sequence[Unit]) -> Mapping[str, Refusal]:
        """As told."""
        return {
            each.store: self.refused[each.store]
            for each in units
            if each.store in self.refused
        }

    def carry_out(
        self, consent: Consent, units: Sequence[Unit], stamps: Mapping[str, object]
    ) -> Iterator[str]:
        """Unit by unit, until one fails."""
        if not self.redeem(consent, digest(s for unit in units for s in unit.steps)):
            raise CannotClear("", Refusal.CHANGED)
        for unit in units:
            if self.stopped:
                raise HygieneError
            if self.marks.get(unit.store, 0) != stamps[unit.store]:
                raise CannotClear(unit.store, Refusal.CHANGED)
            if unit.store == self.fails_at:
                raise CannotClear(unit.store, self.fails_with)
            self.planner.planned = [
                each for each in self.planner.planned if each.store != unit.store
            ]
            self.done.append(unit.store)
            yield unit.store

    def stop(self, seconds: float) -> None:
        """Begin no other unit."""
        del seconds
        self.stopped = True
