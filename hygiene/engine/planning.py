"""Makes one plan, for all programs of the home, of what the checks say (SR-22).

A plan is frozen: what a person ticks or leaves out makes another one. Making it changes
nothing on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from hygiene.contract import (
    Check,
    Clearing,
    ForgetsPicked,
    ForgetsSites,
    ForgetsSpans,
    Home,
    Kept,
    NotReached,
    Picked,
    Place,
    Planned,
    Refusal,
    Site,
    Span,
    Stays,
    Step,
    Tick,
    Unit,
    Why,
    digest,
)
from hygiene.engine.joining import joined
from hygiene.engine.noting import NotingHome
from hygiene.engine.ports import Stamp, Writer

__all__ = ["Plan", "Refused", "Subject", "make_plan"]

Subject: TypeAlias = Site | Span | Picked
"""What one consent covers: one named site; one sitting, a day, or all of one profile's
history; or one kind of data in one place (SR-23).
"""


@dataclass(frozen=True, slots=True)
class Refused:
    """A profile in which nothing can be cleared now, and why: so none of it is."""

    place: Place
    why: Refusal


@dataclass(frozen=True)
class Plan:
    """Everything that would go, what stays, and what cannot be reached.

    `offered` is all that could go, in the order of doing; `ticked` and `left_out` are
    keys of those that the person added or took away, `without` the folders of profiles
    that the person left out. `marks` are those of all stores that were read for it,
    taken before they were, and of those that would go unread.
    """

    subject: Subject
    offered: tuple[Clearing, ...] = ()
    stays: tuple[Stays, ...] = ()
    not_reached: tuple[NotReached, ...] = ()
    refused: tuple[Refused, ...] = ()
    ticked: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    marks: Mapping[str, Stamp] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def chosen(self) -> tuple[Clearing, ...]:
        """What would go as things are ticked now."""
        return tuple(each for each in self.offered if self._goes(each))

    def _goes(self, clearing: Clearing) -> bool:
        if clearing.place.folder in self.without:
            return False
        if clearing.tick is Tick.OFF:
            return clearing.key in self.ticked
        return clearing.tick is Tick.ALWAYS or clearing.key not in self.left_out

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The steps by store. A store is done where its last clearing stands."""
        steps: dict[str, list[Step]] = {}
        for each in self.chosen:
            before = steps.pop(each.store, [])
            steps[each.store] = [*before, *each.steps]
        return tuple(Unit(store, tuple(each)) for store, each in steps.items())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that would be done."""
        return digest(step for unit in self.units for step in unit.steps)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The profiles that would be changed, in order."""
        return tuple(dict.fromkeys(each.place for each in self.chosen))

    @cached_property
    def counts(self) -> Mapping[Kept, Mapping[str, int]]:
        """What would go, counted, by kind."""
        total: dict[Kept, dict[str, int]] = {}
        for each in self.chosen:
            kind = total.setdefault(each.kept, {})
            for name, count in each.counts.items():
                kind[name] = kind.get(name, 0) + count
        return total

    @property
    def pages(self) -> int:
        """Distinct addresses that would go, in each profile for itself."""
        return self.counts.get(Kept.PAGES, {}).get("pages", 0)

    @property
    def count(self) -> int:
        """The number on the first line, which the person types: pages, or, where no
        page would go, everything else that is counted.
        """
        return self.pages or sum(
            count for kind in self.counts.values() for count in kind.values()
        )

    @property
    def first(self) -> datetime | None:
        """The first moment of what would go, where it is known."""
        return min((each.first for each in self.chosen if each.first), default=None)

    @property
    def last(self) -> datetime | None:
        """The last one."""
        return max((each.last for each in self.chosen if each.last), default=None)

    @property
    def syncs(self) -> bool:
        """Whether a profile that would be changed sends what it keeps to an account."""
        return any(each.syncs for each in self.places)

    def with_tick(self, key: str) -> Plan:
        """The plan with one part ticked, or taken back. As it is for parts that belong
        to the thing itself.
        """
        tick = next((each.tick for each in self.offered if each.key == key), None)
        if tick is Tick.OFF:
            return replace(self, ticked=self.ticked ^ {key})
        if tick is Tick.ON:
            return replace(self, left_out=self.left_out ^ {key})
        return self

    def with_place(self, folder: str) -> Plan:
        """The plan with one profile left out, or taken in again."""
        return replace(self, without=self.without ^ {folder})

    def chosen_like(self, other: Plan) -> Plan:
        """This plan with the choices that were made on another."""
        return replace(
            self,
            ticked=other.ticked,
            left_out=other.left_out,
            without=other.without,
        )


def make_plan(
    subject: Subject, checks: Iterable[Check], home: Home, writer: Writer
) -> Plan:
    """Ask every check that can plan, and the writer what it would refuse.

    A check that fails makes the plan say that something could not be looked at.
    """
    offered: dict[str, Clearing] = {}
    stays: list[Stays] = []
    missed: list[NotReached] = []
    noting = NotingHome(home, lambda path: writer.stamps([path])[path])
    for each in _planned(subject, checks, noting):
        match each:
            case Clearing():
                known = offered.get(each.key)
                offered[each.key] = each if known is None else joined(known, each)
            case Stays():
                stays.append(each)
            case NotReached():
                missed.append(each)
    whole = Plan(
        subject,
        tuple(offered.values()),
        tuple(stays),
        tuple(missed),
        # Some stores are not read to plan for them: what goes whole is only counted.
        marks={
            **writer.stamps({each.store for each in offered.values()}),
            **noting.marks,
        },
    )
    return _without_refused(whole, writer)


def _planned(
    subject: Subject, checks: Iterable[Check], home: Home
) -> Iterator[Planned]:
    for check in checks:
        try:
            yield from _of_check(subject, check, home)
        except Exception:  # noqa: BLE001  a stranger's code may raise anything
            yield NotReached(store="", why=Why.CRASHED)


def _of_check(subject: Subject, check: Check, home: Home) -> Iterable[Planned]:
    match subject:
        case Site() if isinstance(check, ForgetsSites):
            return check.plan_site(home, subject)
        case Span() if isinstance(check, ForgetsSpans):
            return check.plan_span(home, subject)
        case Picked() if check.info.id == subject.check and isinstance(
            check, ForgetsPicked
        ):
            return check.plan_picked(home, subject)
    return ()


def _without_refused(plan: Plan, writer: Writer) -> Plan:
    """The plan without the profiles of which a store cannot be changed: half of one
    cleared is noticed, and helps nobody. A store that is only in use is waited for.
    """
    everything = replace(
        plan,
        ticked=frozenset(each.key for each in plan.offered if each.tick is Tick.OFF),
    )
    refusals = writer.refusals(everything.units)
    refused: dict[Place, Refusal] = {}
    dropped: set[str] = set()
    for each in plan.offered:
        why = refusals.get(each.store)
        if why is None or why is Refusal.OPEN:
            continue
        if each.tick is Tick.ALWAYS:
            refused.setdefault(each.place, why)
        else:
            dropped.add(each.key)
    kept = tuple(
        each
        for each in plan.offered
        if each.place not in refused and each.key not in dropped
    )
    named = [
        NotReached(store=each.store, why=Why.NOT_SUPPORTED, program=each.place.program)
        for each in plan.offered
        if each.key in dropped and each.place not in refused
    ]
    return replace(
        plan,
        offered=kept,
        not_reached=(*plan.not_reached, *named),
        refused=tuple(Refused(place, why) for place, why in refused.items()),
    )
