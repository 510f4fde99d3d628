"""A session whose clearing happens in memory, and what there is to clear in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

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
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.row_list import RowList
from tests.engine.clearings import CHROMIUM, FIREFOX, MemoryWriter, Planner
from tests.tui.seeing import until
from tests.tui.visits import NOW, session, visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.pilot import Pilot

    from hygiene.contract import Check, Home, Planned, Site, Span
    from hygiene.engine.planning import Subject
    from hygiene.wiring import Session

__all__ = [
    "CACHE",
    "FEW",
    "MANY",
    "SIGN_IN",
    "Forgetter",
    "at_forget",
    "days",
    "forgetting",
    "named",
    "part",
    "planned",
    "syncing",
    "typed",
]


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


FEW = (
    part("Favicons", Kept.ICONS, {"records": 3}),
    part("Shortcuts", Kept.SUGGESTIONS, {"suggestions": 2}),
    part("Cookies", Kept.COOKIES, {"records": 4}, tick=Tick.OFF),
    part("History", Kept.PAGES, {"pages": 14, "visits": 30}),
)
"""One browser: pages, what hangs on them, and cookies to tick."""

SIGN_IN = part(
    "Login Data", Kept.SIGN_INS, {"logins": 1}, tick=Tick.OFF, label="me@mail"
)
CACHE = part("Cache", Kept.CACHE, {"files": 212}, tick=Tick.ON, more=True)

MANY: tuple[Planned, ...] = (
    *FEW[:-1],
    SIGN_IN,
    CACHE,
    FEW[-1],
    part("formhistory.sqlite", Kept.FORM_WORDS, {"entries": 2}, FIREFOX),
    part("places.sqlite", Kept.PAGES, {"pages": 3, "visits": 5}, FIREFOX),
    Stays(
        kept=Kept.BOOKMARKS, place=FIREFOX, store="firefox/abc/places.sqlite", count=1
    ),
    NotReached(store="falkon/browsedata.db", why=Why.DAMAGED, program="Falkon"),
)
"""Two browsers, with every kind of tick, a bookmark, and a store nobody could read."""


@dataclass
class Forgetter(Planner):
    """A planner that knows sites and days, and counts how often it planned."""

    sites: list[Trace] = field(default_factory=list)
    days: list[Trace] = field(default_factory=list)
    asked: list[Subject] = field(default_factory=list)

    def plan_site(self, home: Home, site: Site) -> Iterator[Planned]:
        """What stands there."""
        self.asked.append(site)
        return super().plan_site(home, site)

    def plan_span(self, home: Home, span: Span) -> Iterator[Planned]:
        """The same."""
        self.asked.append(span)
        return super().plan_span(home, span)

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
    said: Sequence[Check] | None = None,
    practice: bool = False,
) -> tuple[Session, Forgetter, MemoryWriter]:
    """A session, who plans in it, and who writes."""
    held = session(said, practice=practice)
    planner = Forgetter(planned=list(planned), sites=sites(12), days=days(5))
    writer = MemoryWriter(planner, held._consents.redeem)
    vars(held).update(_planners=[planner], _writer=writer)
    return held, planner, writer


async def named(pilot: Pilot[bool], name: str = "example.org") -> None:
    """From the overview, or the gate of `hygiene forget`, to the plan of a site."""
    await typed(pilot, name)
    await until(pilot, lambda: pilot.app.focused is not None and bool(_meant(pilot)))
    await pilot.press("enter")
    await planned(pilot)


async def typed(pilot: Pilot[bool], name: str) -> None:
    """From the overview, or the gate of `hygiene forget`: name a site."""
    await pilot.press("f")
    await until(pilot, lambda: isinstance(pilot.app.screen, NameSite))
    pilot.app.screen.query_one(Input).value = name
    await pilot.press("enter")


def _meant(pilot: Pilot[bool]) -> str:
    return pilot.app.screen.query_one("#meant", RowList).key


async def planned(pilot: Pilot[bool]) -> PlanPage:
    """Wait for the plan on the page that stands there."""
    await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage))
    page = pilot.app.screen
    assert isinstance(page, PlanPage)
    await until(
        pilot, lambda: page.in_hand.decision is not None and not page.in_hand.making
    )
    return page


def at_forget(held: Session, **kind: Any) -> HygieneApp:
    """The app at the gate of `hygiene forget`."""
    seen_by = visit(held, **kind)
    return HygieneApp(seen_by, [Gate(seen_by, forget=True)])
