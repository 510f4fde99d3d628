"""A plan carried out: exactly that, or nothing, and counted again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import (
    CannotClear,
    Clearing,
    DeleteRows,
    HygieneError,
    Kept,
    Refusal,
    Site,
)
from hygiene.contract.testing import FakeHome
from hygiene.engine.applying import (
    ApplyEvent,
    Changed,
    NotDone,
    Result,
    StillOpen,
    UnitDone,
    apply,
)
from hygiene.engine.consent import Consents
from hygiene.engine.planning import Plan, make_plan
from tests.engine.clearings import CHROMIUM, FIREFOX, MemoryWriter, Planner, clearing

SITE = Site("a.example", below=True)
ICONS = clearing("Favicons", kept=Kept.ICONS, count=4)
PAGES = clearing("History", count=3)
PLACES = clearing("places.sqlite", FIREFOX, count=2)


@dataclass
class OpenHome(FakeHome):
    """A home in which programs hold these locks."""

    held: set[str] = field(default_factory=set)

    def in_use(self, path: str) -> bool:
        """Whether it is among them."""
        return path in self.held


class Setting:
    """A planner, a writer, a home, and an issuer."""

    def __init__(self, *planned: Clearing) -> None:
        self.planner = Planner([*planned])
        self.consents = Consents()
        self.writer = MemoryWriter(self.planner, self.consents.redeem)
        self.home = OpenHome()
        self.seen = self.plan()

    def plan(self) -> Plan:
        """The plan as things are now."""
        return make_plan(SITE, [self.planner], self.home, self.writer)

    def apply(self) -> list[ApplyEvent]:
        """Agree to what was seen, and carry it out."""
        consent = self.consents.give(self.seen.digest)
        return [*apply(self.seen, consent, self.home, self.writer, self.plan)]


@pytest.mark.rule("SR-31")
def test_what_was_agreed_to_is_done_and_counted_again() -> None:
    """Store by store, then what is there now."""
    setting = Setting(ICONS, PAGES, PLACES)
    *steps, result = setting.apply()
    assert steps == [UnitDone(1, 3), UnitDone(2, 3), UnitDone(3, 3)]
    assert isinstance(result, Result)
    assert result.done == (ICONS, PAGES, PLACES)
    assert result.not_done == ()
    assert result.left.count == 0


@pytest.mark.rule("SR-18", "SR-31")
def test_a_store_that_was_not_written_anew_is_named() -> None:
    """Of what was done, and of nothing else."""
    setting = Setting(ICONS, PAGES, PLACES)
    setting.writer.in_place = frozenset({PAGES.store, PLACES.store})
    setting.writer.fails_at = PLACES.store
    result = setting.apply()[-1]
    assert isinstance(result, Result)
    assert result.in_place == (PAGES,)


@pytest.mark.rule("SR-31")
def test_what_is_found_again_is_not_done() -> None:
    """Whatever the writer said."""
    setting = Setting(ICONS, PAGES)

    def found_again() -> Plan:
        setting.planner.planned[:] = [PAGES]
        return setting.plan()

    consent = setting.consents.give(setting.seen.digest)
    *steps, result = apply(
        setting.seen, consent, setting.home, setting.writer, found_again
    )
    assert steps == [UnitDone(1, 2), UnitDone(2, 2)]
    assert isinstance(result, Result)
    assert result.done == (ICONS,)
    assert result.not_done == (NotDone(PAGES, 3),)


@pytest.mark.rule("SR-29")
def test_nothing_is_done_while_a_program_is_open() -> None:
    """The profile's own lock decides."""
    setting = Setting(PAGES, PLACES)
    setting.home.held = {*FIREFOX.locks}
    assert setting.apply() == [StillOpen((FIREFOX,))]
    assert setting.writer.done == []


@pytest.mark.rule("SR-26")
def test_data_that_changed_is_shown_again_instead() -> None:
    """One page more is another plan."""
    setting = Setting(PAGES)
    setting.planner.planned.append(PLACES)
    setting.writer.marks = {PAGES.store: 1}
    [changed] = setting.apply()
    assert isinstance(changed, Changed)
    assert changed.plan.chosen == (PAGES, PLACES)
    assert setting.writer.done == []


@pytest.mark.rule("SR-26")
def test_a_store_that_changes_at_the_last_moment_is_not_touched() -> None:
    """Between the marks and the writing."""
    setting = Setting(PAGES)
    setting.writer.marks = {PAGES.store: 1}

    def replan() -> Plan:
        setting.writer.marks = {PAGES.store: 2}
        return setting.plan()

    consent = setting.consents.give(setting.seen.digest)
    events = [*apply(setting.seen, consent, setting.home, setting.writer, replan)]
    assert [type(each) for each in events] == [Changed]
    assert setting.writer.done == []


@pytest.mark.rule("SR-18", "SR-31")
def test_a_store_that_never_fits_is_told_as_not_done() -> None:
    """To show the same plan again would lead here for ever."""
    setting = Setting(PAGES)
    setting.writer.fails_at, setting.writer.fails_with = PAGES.store, Refusal.CHANGED
    [result] = setting.apply()
    assert isinstance(result, Result)
    assert result.not_done == (NotDone(PAGES, 3, Refusal.UNKNOWN_FORMAT),)
    assert setting.writer.done == []


@pytest.mark.rule("SR-26")
def test_a_folder_that_goes_whole_and_holds_more_now_is_shown_again() -> None:
    """The step is the same, what goes is not; nobody read the folder to plan for it."""
    setting = Setting(PAGES)
    setting.planner.planned = [replace(PAGES, counts={"pages": 50})]
    setting.writer.marks = {PAGES.store: 1}
    [changed] = setting.apply()
    assert isinstance(changed, Changed)
    assert changed.plan.count == 50
    assert setting.writer.done == []


def test_rows_that_are_as_agreed_to_are_cleared() -> None:
    """A browser that was opened and closed changes files, not what was agreed to."""
    rows = DeleteRows(store=PAGES.store, table="urls", key="id", keys=(1,), rows=1)
    pages = replace(PAGES, steps=(rows,))
    setting = Setting(pages)
    setting.writer.marks = {PAGES.store: 1}
    result = setting.apply()[-1]
    assert isinstance(result, Result)
    assert result.done == (pages,)


@pytest.mark.rule("SR-26")
def test_what_goes_whole_and_is_not_as_it_was_is_shown_again() -> None:
    """Nobody knows what is in it; the number counts for what is there now."""
    setting = Setting(PAGES)
    setting.writer.marks = {PAGES.store: 1}
    [changed] = setting.apply()
    assert isinstance(changed, Changed)
    setting.seen = changed.plan
    result = setting.apply()[-1]
    assert isinstance(result, Result)
    assert result.done == (PAGES,)


@pytest.mark.rule("SR-31")
def test_a_failure_is_told_and_no_later_store_is_touched() -> None:
    """Done, not done, and why."""
    setting = Setting(ICONS, PAGES, PLACES)
    setting.writer.fails_at = PAGES.store
    result = setting.apply()[-1]
    assert isinstance(result, Result)
    assert result.done == (ICONS,)
    assert [(each.clearing, each.count, each.why) for each in result.not_done] == [
        (PAGES, 3, Refusal.FULL),
        (PLACES, 2, None),
    ]
    assert result.left.chosen == (PAGES, PLACES)


@pytest.mark.rule("SR-29")
def test_a_program_that_is_opened_in_the_middle_stops_the_rest() -> None:
    """Between two stores; the result says why."""
    setting = Setting(ICONS, PAGES, PLACES)
    consent = setting.consents.give(setting.seen.digest)
    events = apply(setting.seen, consent, setting.home, setting.writer, setting.plan)
    assert next(events) == UnitDone(1, 3)
    setting.home.held = {*CHROMIUM.locks}
    [result] = events
    assert isinstance(result, Result)
    assert result.done == (ICONS,)
    assert [each.why for each in result.not_done] == [Refusal.OPEN, None]


@pytest.mark.rule("SR-39")
def test_a_stop_ends_it_without_another_look() -> None:
    """The person left: nothing is planned again, and no result is told."""
    setting = Setting(ICONS, PAGES)
    consent = setting.consents.give(setting.seen.digest)

    def replan() -> Plan:
        raise AssertionError("nobody is there to be told")

    events = apply(setting.seen, consent, setting.home, setting.writer, replan)
    assert next(events) == UnitDone(1, 2)
    setting.writer.stop(1)
    with pytest.raises(HygieneError) as stopped:
        next(events)
    assert not isinstance(stopped.value, CannotClear)
    assert setting.writer.done == [ICONS.store]


@pytest.mark.rule("SR-26")
def test_without_a_consent_that_counts_nothing_is_done() -> None:
    """Given for other steps."""
    setting = Setting(PAGES)
    consent = setting.consents.give("other")
    events = [*apply(setting.seen, consent, setting.home, setting.writer, setting.plan)]
    assert [type(each) for each in events] == [Changed]
    assert setting.writer.done == []


STORES = [clearing(f"s{n}", CHROMIUM if n % 2 else FIREFOX) for n in range(6)]


@given(
    st.sets(st.sampled_from(range(6)), min_size=1),
    st.none() | st.sampled_from(range(6)),
    st.none() | st.sampled_from(range(6)),
)
def test_a_second_run_ends_what_a_first_one_began(
    there: set[int], fails: int | None, added: int | None
) -> None:
    """Whatever fails, whatever comes in between: only what was seen goes, and in the
    end nothing of it is left.
    """
    setting = Setting(*(STORES[n] for n in sorted(there)))
    agreed = {each.store for each in setting.seen.chosen}
    setting.writer.fails_at = "" if fails is None else STORES[fails].store
    if added is not None and added not in there:
        setting.planner.planned.append(STORES[added])
    setting.apply()
    assert set(setting.writer.done) <= agreed
    setting.writer.fails_at = ""
    setting.seen = setting.plan()
    if setting.seen.count:
        result = setting.apply()[-1]
        assert isinstance(result, Result)
        assert result.left.count == 0
