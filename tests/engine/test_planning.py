"""One plan for all programs of a home."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import (
    Clearing,
    DeleteRows,
    Kept,
    NotReached,
    Refusal,
    Site,
    Stays,
    Tick,
    Why,
)
from hygiene.contract.testing import FakeHome
from hygiene.engine.planning import Plan, Refused, make_plan
from tests.engine.clearings import (
    CHROMIUM,
    FIREFOX,
    MemoryWriter,
    Planner,
    clearing,
)

SITE = Site("a.example", below=True)
ICONS = clearing("Favicons", kept=Kept.ICONS, count=4)
PAGES = clearing("History", count=3)
COOKIES = clearing("Cookies", kept=Kept.COOKIES, tick=Tick.OFF, count=9)
CACHE = clearing("Cache", kept=Kept.CACHE, tick=Tick.ON)
PLACES = clearing("places.sqlite", FIREFOX, count=2)
EVERYTHING = [ICONS, COOKIES, CACHE, PAGES, PLACES]


def plan(*planners: Planner, refused: dict[str, Refusal] | None = None) -> Plan:
    """A plan for the site."""
    writer = MemoryWriter(planners[0], lambda *_: False, refused or {})
    return make_plan(SITE, planners, FakeHome(), writer)


@pytest.mark.rule("SR-22")
def test_a_plan_is_frozen() -> None:
    """Nothing can be slipped into it."""
    made = plan(Planner([PAGES]))
    with pytest.raises(FrozenInstanceError):
        made.offered = ()  # type: ignore[misc]


@pytest.mark.rule("SR-24")
def test_cookies_stay_and_wide_parts_go_unless_they_are_ticked() -> None:
    """What is ticked changes what goes, and so what is agreed to."""
    made = plan(Planner([*EVERYTHING]))
    assert made.chosen == (ICONS, CACHE, PAGES, PLACES)
    assert made.with_tick(COOKIES.key).chosen == (ICONS, COOKIES, CACHE, PAGES, PLACES)
    assert made.with_tick(CACHE.key).chosen == (ICONS, PAGES, PLACES)
    assert made.with_tick(CACHE.key).with_tick(CACHE.key) == made
    assert made.with_tick(PAGES.key) == made
    assert made.with_tick("unknown") == made
    assert made.with_place(FIREFOX.folder).chosen == (ICONS, CACHE, PAGES)
    digests = {
        made.digest,
        made.with_tick(COOKIES.key).digest,
        made.with_tick(CACHE.key).digest,
        made.with_place(FIREFOX.folder).digest,
    }
    assert len(digests) == 4


@pytest.mark.rule("SR-26")
def test_the_number_is_that_of_the_pages_or_else_of_all_traces() -> None:
    """It stands on the first line."""
    assert plan(Planner([*EVERYTHING])).count == 5
    assert plan(Planner([ICONS, CACHE])).count == 5
    assert plan(Planner([COOKIES])).count == 0
    assert plan(Planner([])).count == 0


@pytest.mark.rule("SR-30")
def test_one_store_is_one_unit_at_its_last_place() -> None:
    """Steps of several parts on one store go together, in order."""
    later = replace(PAGES, key="searches", kept=Kept.SEARCHES)
    made = plan(Planner([PAGES, ICONS, later]))
    assert [unit.store for unit in made.units] == [ICONS.store, PAGES.store]
    assert made.units[1].steps == (*PAGES.steps, *later.steps)


@pytest.mark.rule("SR-29")
def test_a_profile_of_which_a_store_is_refused_is_left_whole() -> None:
    """Half of it would be noticed; the other profile goes on."""
    made = plan(Planner([*EVERYTHING]), refused={PAGES.store: Refusal.DAMAGED})
    assert made.offered == (PLACES,)
    assert made.refused == (Refused(CHROMIUM, Refusal.DAMAGED),)


def test_a_part_that_may_be_left_out_is_left_out_when_refused() -> None:
    """And it is named before anybody agrees."""
    made = plan(Planner([*EVERYTHING]), refused={CACHE.store: Refusal.READ_ONLY})
    assert CACHE not in made.offered
    assert made.refused == ()
    [named] = made.not_reached
    assert (named.store, named.why) == (CACHE.store, Why.NOT_SUPPORTED)


def test_a_store_that_is_open_is_waited_for() -> None:
    """An open browser is no reason to leave it out."""
    made = plan(Planner([*EVERYTHING]), refused={PAGES.store: Refusal.OPEN})
    assert made.offered == tuple(EVERYTHING)


def rows(*keys: int, key: str = "shared") -> Clearing:
    """Rows of a store that several profiles share."""
    step = DeleteRows(
        store=PAGES.store, table="urls", key="id", keys=keys, rows=len(keys)
    )
    return replace(PAGES, key=key, steps=(step,), counts={"records": len(keys)})


@pytest.mark.rule("SR-30")
def test_what_two_profiles_plan_for_a_shared_store_goes_together() -> None:
    """Each row is named once; nothing is dropped in silence."""
    made = plan(Planner([rows(1, 2), rows(2, 5)]))
    [unit] = made.units
    assert unit.steps == rows(1, 2, 5).steps
    [same] = plan(Planner([rows(1, 2), rows(1, 2)])).offered
    assert same == rows(1, 2)


@pytest.mark.rule("SR-18")
def test_a_check_that_fails_is_named_and_the_others_plan() -> None:
    """What it said before counts; nothing of its fault is shown."""
    bookmark = Stays(kept=Kept.BOOKMARKS, place=FIREFOX, store="b", count=1)
    made = plan(Planner([PAGES], fails=True), Planner([bookmark, PLACES]))
    assert made.chosen == (PAGES, PLACES)
    assert made.stays == (bookmark,)
    assert made.not_reached == (NotReached(store="", why=Why.CRASHED),)


@given(
    st.permutations(EVERYTHING),
    st.sets(st.sampled_from([COOKIES.key, CACHE.key, PAGES.key, "unknown"])),
)
def test_what_goes_is_what_is_counted_and_agreed_to(
    order: list[Clearing], ticked: set[str]
) -> None:
    """Whatever is ticked, in whatever order checks answer."""
    made = plan(Planner([*order]))
    for key in ticked:
        made = made.with_tick(key)
    steps = [step for unit in made.units for step in unit.steps]
    assert steps == [step for each in made.chosen for step in each.steps]
    assert [each.store for each in made.chosen] == [each.store for each in made.units]
    assert (COOKIES in made.chosen) is (COOKIES.key in ticked)
    assert (CACHE in made.chosen) is (CACHE.key not in ticked)
    assert made.count == PAGES.counts["pages"] + PLACES.counts["pages"]
