"""Parts of a plan for one browser profile: where, what, and what could not be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    Kept,
    Kind,
    NotReached,
    Place,
    Planned,
    Platform,
    RemoveTree,
    Stays,
    Tick,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene.contract import Database, Home, Site, Span, Step, Untrusted
    from hygiene_checks.browser._layouts import Profile

__all__ = [
    "TRIED",
    "Forgetting",
    "Part",
    "attempt",
    "count_files",
    "in_store",
    "is_there",
    "named_if_there",
    "place_of",
    "tick_of_words",
    "whole",
]

TRIED = frozenset(
    (
        (Platform.LINUX, "chromium"),
        (Platform.LINUX, "firefox"),
    )
)
"""Systems and browsers (by id) on which clearing was run for real (SR-29)."""

_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How profiles of one family are planned for. None of the three raises anything:
    what cannot be read is yielded as `NotReached`. What a second run learns names from
    comes last.
    """

    place: Callable[[Home, Profile], Place]
    site: Callable[[Home, Profile, Place, Site], Iterator[Planned]]
    span: Callable[[Home, Profile, Place, Span], Iterator[Planned]]


def place_of(
    home: Home, profile: Profile, locks: Iterable[str], *, syncs: bool = False
) -> Place:
    """The place that the profile is. `locks` are relative to the home."""
    browser = profile.browser
    return Place(
        program=browser.name,
        program_id=browser.id,
        folder=profile.folder,
        profile=profile.name,
        locks=tuple(locks),
        syncs=syncs,
        tried=(home.platform, browser.id) in TRIED,
    )


def is_there(home: Home, path: str) -> bool:
    """Whether a file or folder stands there that is not an empty file with nothing in
    a log beside it. Raises `CannotLook`.
    """
    entry = home.entry(path)
    if entry is None:
        return False
    if entry.why is not None:
        raise CannotLook(entry.why)
    if entry.kind is Kind.FILE and entry.size == 0:
        log = home.entry(f"{path}-wal")
        return log is not None and log.size != 0
    return True


def named_if_there(
    home: Home, place: Place, kept: Kept, store: str
) -> Iterator[Planned]:
    """That a store stays: it does not tell what it has by time."""

    def plan() -> Iterator[Planned]:
        if is_there(home, store):
            yield Stays(kept=kept, place=place, store=store)

    return attempt(place, store, plan)


def attempt(
    place: Place, store: str, plan: Callable[[], Iterable[Planned]]
) -> Iterator[Planned]:
    """What `plan` yields, or that the store could not be reached. `plan` may be called
    once and raise `CannotLook` at any time; then nothing of what it had yielded counts.
    """
    try:
        found = tuple(plan())
    except CannotLook as refusal:
        yield NotReached(store=store, why=refusal.why, program=place.program)
        return
    yield from found


def in_store(
    home: Home,
    place: Place,
    store: str,
    ask: Callable[[Database], Iterable[Planned]],
) -> Iterator[Planned]:
    """What `ask` says of one SQLite store; nothing where there is none. `ask` may be
    called more than once.
    """

    def plan() -> Iterable[Planned]:
        if not is_there(home, store):
            return ()
        return home.query(store, lambda database: tuple(ask(database)))

    return attempt(place, store, plan)


@dataclass(frozen=True, slots=True)
class Part:
    """Makes the clearings of one store of one place; `key` and steps go together."""

    place: Place
    kept: Kept
    store: str

    def clearing(
        self,
        steps: Iterable[Step],
        counts: Mapping[str, int],
        *,
        detail: str = "",
        first: datetime | None = None,
        last: datetime | None = None,
        tick: Tick = Tick.ALWAYS,
        more: bool = False,
        label: Untrusted | None = None,
    ) -> Iterator[Clearing]:
        """One clearing, or none where there is no step. `detail` tells apart what one
        store keeps of one kind. Counts of 0 are left out.
        """
        steps = tuple(steps)
        if not steps:
            return
        yield Clearing(
            key=":".join(
                each for each in (self.store, self.kept.value, detail) if each
            ),
            kept=self.kept,
            place=self.place,
            store=self.store,
            steps=steps,
            counts={name: number for name, number in counts.items() if number},
            first=first,
            last=last,
            tick=tick,
            more=more,
            label=label,
        )


def tick_of_words(span: Span) -> Tick:
    """A word has no site. Where somebody left sites out, it may be another person's who
    sat here in between, and goes only when it is ticked.
    """
    return Tick.OFF if span.left_out else Tick.ALWAYS


def count_files(home: Home, path: str) -> int:
    """How many files there are at `path`: itself, or all below. Raises `CannotLook`."""
    entry = home.entry(path)
    if entry is None:
        return 0
    if entry.why is not None:
        raise CannotLook(entry.why)
    if entry.kind is Kind.FILE:
        return 1
    number = 0
    for folder in home.walk(path):
        number += len(folder.files)
        if number > _MOST_FILES:
            return number
    return number


def whole(
    home: Home, place: Place, kept: Kept, store: str, *, more: bool = True
) -> Iterator[Planned]:
    """One known file or folder that goes whole; with `more` the person may leave it
    out, and a folder without any file is nothing.
    """
    return attempt(place, store, partial(_whole, home, place, kept, store, more=more))


def _whole(
    home: Home, place: Place, kept: Kept, store: str, *, more: bool
) -> Iterator[Planned]:
    files = count_files(home, store)
    # A folder that is the thing's alone may name it by its own name.
    there = files or (not more and home.entry(store) is not None)
    yield from Part(place, kept, store).clearing(
        [RemoveTree(store=store)] if there else (),
        {"files": files} if files else {"records": 1},
        tick=Tick.ON if more else Tick.ALWAYS,
        more=more,
    )
