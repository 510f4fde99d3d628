"""Sittings: runs of visits over all browsers and profiles, with no long gap."""

# Every name that stands in a query comes from our own table of stores.
# ruff: noqa: S608
from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

from hygiene.contract import CannotLook, Database, Home, Sitting, Why
from hygiene_checks.browser._bounded import MOST
from hygiene_checks.browser._pages import NOWHERE, Pages, SiteNumbers
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser._visit_stores import STORES, VisitStore
from hygiene_checks.browser._visits import SITTING_GAP, at, visits_kept

if TYPE_CHECKING:
    from hygiene.contract import SqlValue

__all__ = ["join_sittings"]


@dataclass(slots=True)
class _Run:
    """Visits of one profile with no long gap between them. `sites` are numbers, `pages`
    hashes of addresses: a computer may hold millions.
    """

    start: int
    end: int
    program: str
    visits: int = 0
    sites: array[int] = field(default_factory=lambda: array("i"))
    pages: array[int] = field(default_factory=lambda: array("q"))


def join_sittings(home: Home) -> list[Sitting]:
    """The sittings of the home, newest first. What cannot be read is missing."""
    numbers = SiteNumbers()
    runs = [
        run
        for profile in profiles(home)
        if isinstance(profile, Profile)
        for run in _of_profile(home, profile, numbers)
    ]
    runs.sort(key=lambda run: run.start)
    sittings = [found for each in _joined(runs) if (found := _sitting(each))]
    return sittings[::-1]


def _of_profile(home: Home, profile: Profile, numbers: SiteNumbers) -> list[_Run]:
    store = STORES.get(profile.browser.family)
    if store is None:
        return []
    ask = partial(_runs, store, profile.browser.name, numbers)
    try:
        path = profile.file(store.file)
        return [] if home.entry(path) is None else home.query(path, ask)
    except CannotLook:
        return []


def _runs(
    store: VisitStore, program: str, numbers: SiteNumbers, database: Database
) -> list[_Run]:
    store.expect(database)
    pages = Pages(store, database, numbers)
    query = (
        f"SELECT {store.when}, v.{store.visited} FROM {store.visits} v"
        f" WHERE {store.valid} AND {visits_kept(store, database)} ORDER BY 1"
    )
    # The bounds let nothing pass but numbers.
    rows = cast("Iterator[tuple[float, SqlValue]]", database.rows(query, store.bounds))
    runs: list[_Run] = []
    seen: set[SqlValue] = set()
    for stored, page in rows:
        time = store.microseconds(stored)
        if not runs or time - runs[-1].end > SITTING_GAP:
            _settle(runs, seen, pages)
            if len(runs) == MOST:
                raise CannotLook(Why.TOO_LARGE)
            runs.append(_Run(time, time, program))
            seen.clear()
        runs[-1].end = time
        runs[-1].visits += 1
        seen.add(page)
    _settle(runs, seen, pages)
    return runs


def _settle(runs: list[_Run], seen: set[SqlValue], pages: Pages) -> None:
    """Give the last run the pages that were seen in it."""
    places = [place for each in seen if (place := pages.place(each)) is not None]
    if runs:
        sites = {pages.sites[place] for place in places}
        runs[-1].sites = array("i", sites - {NOWHERE})
        runs[-1].pages = array("q", {pages.addresses[place] for place in places})


def _joined(runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Runs in order of start, those with no long gap between them together."""
    together: list[_Run] = []
    end = 0
    for run in runs:
        if together and run.start - end > SITTING_GAP:
            yield together
            together = []
        end = max(end, run.end) if together else run.end
        together.append(run)
    if together:
        yield together


def _sitting(runs: list[_Run]) -> Sitting | None:
    start = at(runs[0].start)
    end = at(max(run.end for run in runs))
    if start is None or end is None:
        return None
    return Sitting(
        start=start,
        end=end,
        sites=len({site for run in runs for site in run.sites}),
        pages=len({page for run in runs for page in run.pages}),
        visits=sum(run.visits for run in runs),
        programs=tuple(dict.fromkeys(run.program for run in runs)),
    )
