"""A session whose clearing happens in memory, and what there is to clear in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hygiene.contract import (
    Clearing,
    Kept,
    NotReached,
    Place,
    RemoveTree,
    Stays,
    Tick,
    Trace,
    Untrusted,
    Why,
)
from tests.engine.clearings import CHROMIUM, FIREFOX, MemoryWriter, Planner
from tests.tui.visits import NOW, session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hygiene.contract import Check, Home, Planned, Span
    from hygiene.wiring import Session

__all__ = ["FEW", "MANY", "Forgetter", "forgetting", "part", "syncing"]


def part(
    name: str,
    kept: Kept = Kept.PAGES,
    counts: Mapping[str, int] | None = None,
    place: Place = CHROMIUM,
    *,
    tick: Tick = Tick.ALWAYS,
    more: bool = False,
    label: str = "",
) -> Clearing:
    """Something that would go with the file or folder `name` of a profile."""
    store = f"{place.folder}/{name}"
    return Clearing(
        key=f"{kept}:{store}:{label}",
        kept=kept,
        place=place,
        store=store,
        steps=(RemoveTree(store=store),),
        counts=counts or {"records": 1},
        first=NOW - timedelta(days=19) if kept is Kept.PAGES else None,
        last=NOW if kept is Kept.PAGES else None,
        tick=tick,
        more=more,
        label=Untrusted(label) if label else None,
    )


def syncing(clearing: Clearing) -> Clearing:
    """The same in a profile that syncs."""
    return replace(clearing, place=replace(clearing.place, syncs=True))


FEW: tuple[Planned, ...] = (
    part("Favicons", Kept.ICONS, {"records": 3}),
    part("Shortcuts", Kept.SUGGESTIONS, {"suggestions": 2}),
    part("Cookies", Kept.COOKIES, {"records": 4}, tick=Tick.OFF),
    part("History", Kept.PAGES, {"pages": 14, "visits": 30}),
)
"""One browser: pages, what hangs on them, and cookies to tick."""

MANY: tuple[Planned, ...] = (
    *FEW[:-1],
    part("Login Data", Kept.SIGN_INS, {"logins": 1}, tick=Tick.OFF, label="me@mail"),
    part("Cache", Kept.CACHE, {"files": 212}, tick=Tick.ON, more=True),
    FEW[-1],
    part("formhistory.sqlite", Kept.FORM_WORDS, {"entries": 2}, FIREFOX),
    part("places.sqlite", Kept.PAGES, {"pages": 3, "visits": 5}, FIREFOX),
    Stays(kept=Kept.BOOKMARKS, place=FIREFOX, store="firefox/abc/places.sqlite", count=1),
    NotReached(store="falkon/browsedata.db", why=Why.DAMAGED, program="Falkon"),
)
"""Two browsers, with every kind of tick, a bookmark, and a store nobody could read."""


@dataclass
class Forgetter(Planner):
    """A planner that knows sites and days, and counts how often it planned."""

    sites: list[Trace] = field(default_factory=list)
    days: list[Trace] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)

    def plan_site(self, home: Home, site: object) -> Iterable[Planned]:  # type: ignore[override]
        """What stands there."""
        del home
        self.asked.append(site)
        return iter(tuple(self.planned))

    def plan_span(self, home: Home, span: Span) -> Iterable[Planned]:  # type: ignore[override]
        """The same."""
        return self.plan_site(home, span)

    def sites_of(self, home: Home, span: Span) -> Iterable[Trace]:
        """As told."""
        del home, span
        return self.sites

    def days_of(self, home: Home, store: str) -> Iterable[Trace]:
        """As told."""
        del home, store
        return self.days


def sites(number: int) -> list[Trace]:
    """So many sites of a sitting."""
    return [
        Trace(
            key=f"site-{at}.example",
            label=Untrusted(f"site-{at}.example"),
            kind="site",
            count=number - at,
        )
        for at in range(number)
    ]


def days(number: int) -> list[Trace]:
    """So many days, newest first, each with visits from ten to noon."""
    found = []
    for at in range(number):
        day = datetime(2026, 11, 22, 10, 0, tzinfo=UTC) - timedelta(days=at)
        name = f"{day:%Y-%m-%d}"
        found.append(
            Trace(
                key=name,
                label=Untrusted(name),
                kind="day",
                count=9 + at,
                first=day,
                last=day + timedelta(hours=2),
            )
        )
    return found


def forgetting(
    planned: Iterable[Planned] = FEW,
    *,
    said: list[Check] | None = None,
    practice: bool = False,
) -> tuple[Session, Forgetter, MemoryWriter]:
    """A session, who plans in it, and who writes."""
    held = session(said, practice=practice)
    planner = Forgetter(planned=list(planned), sites=sites(12), days=days(5))
    writer = MemoryWriter(planner, held._consents.redeem)
    vars(held).update(_planners=[planner], _writer=writer)
    return held, planner, writer
