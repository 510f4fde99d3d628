"""Carries out the units of a plan that somebody agreed to, one after the other."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from hygiene.contract import (
    CannotClear,
    DeleteRows,
    EditJson,
    RebuildLevelDb,
    Refusal,
    RemoveTree,
    ReplaceFile,
    SetRegistryValue,
    UpdateRows,
    digest,
)
from hygiene.host.leftovers import is_leftover
from hygiene.host.writing._failures import FAILURES, Refused, meaning
from hygiene.host.writing._file_work import JsonWork, ReplaceWork
from hygiene.host.writing._ground import place_of, refuse_without_room
from hygiene.host.writing._leveldb_work import LevelDbWork
from hygiene.host.writing._registry_work import RegistryWork
from hygiene.host.writing._row_work import RowWork
from hygiene.host.writing._stamps import Stamp, stamp_of
from hygiene.host.writing._stopping import Stopping
from hygiene.host.writing._tree_work import TreeWork
from hygiene.host.writing._trees import remove_ended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hygiene.contract import Consent, Unit
    from hygiene.host.home import DiskHome
    from hygiene.host.writing._rows import RowStep
    from hygiene.host.writing._work import Work

__all__ = ["Writer"]

Kind = TypeVar("Kind")


class Writer:
    """The one who changes anything in `home`. `redeem` says, once, whether a consent is
    one that was given to steps of that digest. `vfs` is SQLite's file layer.
    """

    def __init__(
        self,
        home: DiskHome,
        redeem: Callable[[Consent, str], bool],
        *,
        vfs: str = "",
    ) -> None:
        self._home = home
        self._redeem = redeem
        self._vfs = vfs
        self._stopping = Stopping()
        self._in_place: set[str] = set()

    @property
    def in_place(self) -> frozenset[str]:
        """Stores that could not be written anew when they were done last: bits of what was
        deleted, now or before, may still stand in them.
        """
        return frozenset(self._in_place)

    def stamps(self, stores: Iterable[str]) -> Mapping[str, Stamp]:
        """A mark of each store as it is now."""
        return {store: stamp_of(self._home.spot(store)) for store in stores}

    def refusals(self, units: Sequence[Unit]) -> Mapping[str, Refusal]:
        """Why each store that could not be changed now, could not. Changes nothing."""
        found = {}
        for unit in units:
            try:
                self._ready(unit)
            except Refused as refused:
                found[unit.store] = refused.why
        return found

    def carry_out(
        self, consent: Consent, units: Sequence[Unit], stamps: Mapping[str, object]
    ) -> Iterator[str]:
        """Redeem the consent, then do each unit that is still as its stamp says, and
        yield its store when it is done. Raises `CannotClear`, and `Stopped` after
        `stop`; then no later unit is begun.
        """
        whole = digest(step for unit in units for step in unit.steps)
        if not self._redeem(consent, whole):
            raise CannotClear(units[0].store if units else "", Refusal.CHANGED)
        return self._each(units, stamps)

    def stop(self, seconds: float) -> None:
        """Begin no further unit, and return when the one under way has ended or was
        taken back, within `seconds`. From any thread.
        """
        self._stopping.stop(seconds)

    def _each(
        self, units: Sequence[Unit], stamps: Mapping[str, object]
    ) -> Iterator[str]:
        for unit in units:
            with self._stopping.at_work():
                try:
                    self._carry_out(unit, stamps.get(unit.store))
                except Refused as refused:
                    raise CannotClear(unit.store, refused.why) from None
            yield unit.store

    def _carry_out(self, unit: Unit, stamp: object) -> None:
        spot = self._home.spot(unit.store)
        if spot is not None and spot.real:
            remove_ended(os.path.dirname(spot.real), self._stopping.check)
            spot = self._home.spot(unit.store)
        if spot is None and is_leftover(unit.store.rpartition("/")[2]):
            # It went just now, or with a unit before this one.
            return
        now = stamp_of(spot)
        if now != stamp:
            raise Refused(Refusal.CHANGED)
        work = self._ready(unit)
        self._in_place.discard(unit.store)
        try:
            work.carry_out(now, self._stopping)
        except FAILURES as error:
            raise Refused(meaning(error)) from None

    def _ready(self, unit: Unit) -> Work:
        """The work that a unit asks for. Raises `Refused` if it cannot be done now."""
        try:
            work = self._work(unit)
            work.refuse()
            if needed := work.needs():
                place = place_of(self._home, unit.store)
                refuse_without_room(place.real, needed)
        except FAILURES as error:
            raise Refused(meaning(error)) from None
        return work

    def _work(self, unit: Unit) -> Work:
        """Steps of one kind go together; a store has only one kind of them."""
        if any(step.store != unit.store for step in unit.steps):
            raise Refused(Refusal.NOT_SUPPORTED)
        if values := _all(unit, SetRegistryValue):
            return RegistryWork(self._home, values)
        spot = place_of(self._home, unit.store)
        if rows := _rows(unit):
            in_place = partial(self._in_place.add, unit.store)
            return RowWork(self._home, spot, rows, self._vfs, in_place)
        if edits := _all(unit, EditJson):
            return JsonWork(spot, edits)
        if _all(unit, RemoveTree):
            return TreeWork(self._home, spot)
        if rebuilds := _all(unit, RebuildLevelDb):
            return LevelDbWork(self._home, spot, rebuilds)
        if len(new := _all(unit, ReplaceFile)) == 1:
            return ReplaceWork(spot, new[0])
        raise Refused(Refusal.NOT_SUPPORTED)


def _all(unit: Unit, kind: type[Kind]) -> list[Kind]:
    """The steps of a unit if all are of this kind, else none."""
    every: Sequence[object] = unit.steps
    steps = [step for step in every if isinstance(step, kind)]
    return steps if len(steps) == len(unit.steps) else []


def _rows(unit: Unit) -> list[RowStep]:
    steps = [step for step in unit.steps if isinstance(step, DeleteRows | UpdateRows)]
    return steps if len(steps) == len(unit.steps) else []
