"""What a check is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol, runtime_checkable

from hygiene.contract.home import Home, Platform
from hygiene.contract.outcome import NothingFound, Outcome, Progress

__all__ = [
    "EVERYWHERE",
    "Check",
    "CheckInfo",
    "Group",
    "ListsSittings",
    "Sitting",
    "or_nothing_found",
]

EVERYWHERE = frozenset(Platform)


class Group(IntEnum):
    """Order of the checks on every page: by group, then by id, whoever brought them."""

    PAGES = 1
    WORDS = 2
    PASSWORDS = 3
    CHATS = 4
    PHOTOS = 5
    MAIL = 6
    ACCOUNTS = 7
    FILES = 8
    DEVICES = 9
    PROGRAM = 10
    MONITORING = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInfo:
    """Who a check is. `id` is stable for ever. `words` names the package that holds the
    check's sentences as `words/LANGUAGE.mo`; there `ID.title` and `ID.reads` stand for
    the check, and `TOPIC.*` for its findings.
    """

    id: str
    group: Group
    words: str
    headline: tuple[str, ...] = ()
    platforms: frozenset[Platform] = EVERYWHERE


class Check(Protocol):
    """A check, found through the entry-point group `hygiene.checks`.

    The entry point names a class (or function) that is called without arguments.
    """

    @property
    def info(self) -> CheckInfo:
        """Who this check is."""

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """Look, and yield answers as they come. Yields at least one outcome: a check
        that found no place to look at yields `NothingFound()`; see `or_nothing_found`.
        """


def or_nothing_found(
    answers: Iterable[Outcome | Progress],
) -> Iterator[Outcome | Progress]:
    """The answers, and `NothingFound()` where no outcome is among them."""
    answered = False
    for each in answers:
        answered = answered or not isinstance(each, Progress)
        yield each
    if not answered:
        yield NothingFound()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One run of visits with no gap over 30 minutes, over all programs of the home."""

    start: datetime
    end: datetime
    sites: int
    pages: int
    visits: int
    programs: tuple[str, ...]


@runtime_checkable
class ListsSittings(Protocol):
    """A check that can tell the home's sittings, newest first."""

    def sittings(self, home: Home) -> Iterable[Sitting]:
        """Join the visits of all programs and profiles into sittings. Raises nothing:
        what cannot be read is missing here and named by `run`.
        """
