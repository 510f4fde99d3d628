"""What stores hold, added up over the stores of one profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from hygiene.contract import (
    CannotLook,
    Finding,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene_checks.browser._layouts import Profile

__all__ = ["ReadStore", "Stock", "Tally", "earlier", "later"]

Content = TypeVar("Content")


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments that may be unknown."""
    return min((each for each in (one, other) if each is not None), default=None)


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two moments that may be unknown."""
    return max((each for each in (one, other) if each is not None), default=None)


@dataclass(frozen=True, slots=True)
class Stock:
    """What one store, or one part of it, holds: numbers by their public names (0 where
    that was looked for, none where it was not), and from when to when, if known.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None

    def __add__(self, other: Stock) -> Stock:
        counts = dict(self.counts)
        for name, number in other.counts.items():
            counts[name] = counts.get(name, 0) + number
        return Stock(
            counts, earlier(self.first, other.first), later(self.last, other.last)
        )


ReadStore: TypeAlias = "Callable[[Home, str], Stock]"
"""Read one store at a path. Raises `CannotLook`."""


class Tally:
    """The stores of one place, as far as they could be read."""

    def __init__(self, home: Home, program: str) -> None:
        self._home = home
        self._program = program
        self.total = Stock()
        self.sources: list[str] = []
        self.missed: list[NotChecked] = []

    def attempt(
        self, path: str, read: Callable[[Home, str], Content]
    ) -> Content | None:
        """What `read` says of the store at `path`. None when there is none to be read:
        a store that is there and unreadable is then in `missed`.
        """
        try:
            if self._home.entry(path) is None:
                return None
            content = read(self._home, path)
        except CannotLook as refusal:
            self.missed.append(NotChecked(path, refusal.why, self._program))
            return None
        self.sources.append(path)
        return content

    def look(self, path: str, read: ReadStore) -> Stock:
        """Add what the store at `path` holds, if it can be read, and return it."""
        stock = self.attempt(path, read) or Stock()
        self.total += stock
        return stock

    def finding(
        self, profile: Profile, topic: str, level: Level, guide: str
    ) -> Finding:
        """What the stores of this profile hold, without what stands behind it."""
        return Finding(
            topic=topic,
            level=level,
            program=profile.browser.name,
            program_id=profile.browser.id,
            profile=profile.name,
            sources=tuple(self.sources),
            counts=self.total.counts,
            first=self.total.first,
            last=self.total.last,
            guide=guide,
        )

    def outcomes(
        self, folder: str, found: Callable[[Tally], Finding]
    ) -> Iterator[Outcome]:
        """What could not be read; then `found` of this tally, or that `folder` holds
        nothing, unless nothing in it could be read at all.
        """
        yield from self.missed
        if any(self.total.counts.values()):
            yield found(self)
        elif self.sources or not self.missed:
            yield NothingFound(tuple(self.sources) or (folder,))
