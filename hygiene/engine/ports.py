"""What the engine asks of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from hygiene.contract import Consent, Home, Refusal, Unit

__all__ = ["Clock", "OpenHome", "Stamp", "Writer"]

OpenHome: TypeAlias = Callable[[Callable[[], None]], Home]
"""Gives a home that calls the function on every activity; the function may raise."""


class Clock(Protocol):
    """A clock that only goes forward."""

    def now(self) -> float:
        """Seconds since some fixed moment."""


Stamp: TypeAlias = object
"""A mark of what a store is now: equal as long as nobody changed it."""


class Writer(Protocol):
    """The one who changes anything in a home."""

    @property
    def in_place(self) -> frozenset[str]:
        """Stores that could not be written anew when they were done last: bits of what was
        deleted, now or before, may still stand in them.
        """

    def stamps(self, stores: Iterable[str]) -> Mapping[str, Stamp]:
        """A mark of each store as it is now."""

    def refusals(self, units: Sequence[Unit]) -> Mapping[str, Refusal]:
        """Why each store that could not be changed now, could not. Changes nothing."""

    def carry_out(
        self, consent: Consent, units: Sequence[Unit], stamps: Mapping[str, Stamp]
    ) -> Iterator[str]:
        """Redeem the consent, then do each unit that is still as its stamp says, and
        yield its store when it is done. Raises `CannotClear`; then no later unit is
        begun. After `stop` it raises another `HygieneError`, which is told to nobody.
        """

    def stop(self, seconds: float) -> None:
        """The person leaves: begin no further unit, and return when the one under way has
        ended or was taken back, within `seconds`. From any thread.
        """
