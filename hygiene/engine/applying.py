"""Carries a plan out, and counts again what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from hygiene.contract import (
    CannotClear,
    Clearing,
    Consent,
    Home,
    Place,
    Refusal,
    RemoveTree,
)
from hygiene.engine.planning import Plan
from hygiene.engine.ports import Writer

__all__ = [
    "ApplyEvent",
    "Changed",
    "NotDone",
    "Result",
    "StillOpen",
    "UnitDone",
    "apply",
    "places_in_use",
]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Programs have the profiles open; nothing was changed."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """The data is not as the plan says any more; nothing was changed. `plan` is made
    anew, with the same choices.
    """

    plan: Plan


@dataclass(frozen=True, slots=True)
class UnitDone:
    """One store is done; `done` of `total`."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class NotDone:
    """A part that was agreed to and is still there: `count` of it is left. `why` is
    known where its own store was refused.
    """

    clearing: Clearing
    count: int
    why: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a plan, counted again from the stores (SR-31)."""

    plan: Plan
    done: tuple[Clearing, ...]
    not_done: tuple[NotDone, ...]
    left: Plan
    """The same subject planned again: what is there now."""
    in_place: tuple[Clearing, ...] = ()
    """Those of `done` whose store may still hold bits of what was deleted."""


ApplyEvent: TypeAlias = StillOpen | Changed | UnitDone | Result


def places_in_use(plan: Plan, home: Home) -> tuple[Place, ...]:
    """The profiles of the plan that a running program has open."""
    return tuple(
        place for place in plan.places if any(home.in_use(lock) for lock in place.locks)
    )


def apply(
    plan: Plan,
    consent: Consent,
    home: Home,
    writer: Writer,
    replan: Callable[[], Plan],
) -> Iterator[ApplyEvent]:
    """Carry out exactly what was agreed to. The last event says how it ended.

    Whatever was agreed to is compared with the data once more before anything is
    written: where a store that was read for the plan is not as it was, the plan is made
    again first. New marks are taken before that, so that a change after them stops the
    writer.
    """
    if open_places := places_in_use(plan, home):
        yield StillOpen(open_places)
        return
    stamps = writer.stamps({*plan.marks, *(unit.store for unit in plan.units)})
    changed = {store for store, mark in plan.marks.items() if stamps[store] != mark}
    if changed:
        now = replan().chosen_like(plan)
        same = (now.digest, now.counts) == (plan.digest, plan.counts)
        if not same or _goes_whole(plan) & changed:
            yield Changed(now)
            return
    stopped: CannotClear | None = None
    stores: set[str] = set()
    try:
        for store in writer.carry_out(consent, plan.units, stamps):
            stores.add(store)
            yield UnitDone(len(stores), len(plan.units))
            _refuse_when_opened(plan, home, len(stores))
    except CannotClear as error:
        stopped = error
    if stopped is not None and not stores and stopped.why is Refusal.CHANGED:
        store = stopped.store
        if writer.stamps([store])[store] != stamps.get(store):
            yield Changed(replan().chosen_like(plan))
            return
        # It never was as the plan says: asking again would lead here again.
        stopped = CannotClear(store, Refusal.UNKNOWN_FORMAT)
    left = replan().chosen_like(plan)
    yield _result(plan, stores, stopped, left, writer.in_place)


def _goes_whole(plan: Plan) -> set[str]:
    """The files and folders of which nobody looked at what is in them."""
    return {
        step.store
        for unit in plan.units
        for step in unit.steps
        if isinstance(step, RemoveTree)
    }


def _refuse_when_opened(plan: Plan, home: Home, done: int) -> None:
    """A browser may be started in the middle, and not every store shows that it is."""
    if done < len(plan.units) and places_in_use(plan, home):
        raise CannotClear(plan.units[done].store, Refusal.OPEN)


def _result(
    plan: Plan,
    stores: set[str],
    stopped: CannotClear | None,
    left: Plan,
    in_place: frozenset[str],
) -> Result:
    still = {each.key: each for each in left.chosen}
    done: list[Clearing] = []
    not_done: list[NotDone] = []
    for each in plan.chosen:
        rest = still.get(each.key)
        if each.store in stores and rest is None:
            done.append(each)
        else:
            own = stopped is not None and stopped.store == each.store
            count = sum(rest.counts.values()) if rest else 0
            not_done.append(
                NotDone(each, count, stopped.why if own and stopped else None)
            )
    kept_bytes = tuple(each for each in done if each.store in in_place)
    return Result(plan, tuple(done), tuple(not_done), left, kept_bytes)
