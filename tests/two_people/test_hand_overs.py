"""Two people share an account; one of them clears a sitting."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hygiene import wiring
from hygiene.contract import Kept, Platform, Span
from hygiene.engine.applying import Result
from hygiene.engine.decision import Proof
from hygiene.engine.spans import of_sitting
from tests.differ import Change, changes, tables
from tests.two_people.owners import Owners, stores
from tests.two_people.people import GAP, Turn, build, take_turns

if TYPE_CHECKING:
    from hygiene.contract import Sitting
    from hygiene.engine.planning import Plan
    from hygiene.wiring import Session

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
FAR = (GAP + TICK, GAP + timedelta(seconds=1), 45 * MINUTE, 180 * MINUTE, 840 * MINUTE)
CLOSE = (MINUTE, 10 * MINUTE, GAP)
MIXED = (*CLOSE, *FAR)
SEEDS = range(6)
TURNS = 8


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


def opened(home: Path) -> Session:
    options = wiring.Options(home=home, platform=Platform.LINUX)
    return wiring.Session(options, ExitStack())


def sittings(session: Session) -> list[Sitting]:
    """The oldest first, as the turns are."""
    return list(reversed(session.sittings()))


def clear(session: Session, span: Span) -> Plan:
    """Plan, agree, and carry out with the real writer; what was planned."""
    decision = session.decide(session.plan(span))
    decision.answer_proof(Proof.NO)
    consent = decision.type_number(str(decision.plan.count))
    assert consent is not None
    *_, last = session.carry_out(decision.plan, consent)
    assert isinstance(last, Result)
    assert last.not_done == ()
    return decision.plan


def span_of(sitting: Sitting) -> Span:
    return of_sitting(sitting)


def touched(before: Path, after: Path) -> set[Change]:
    """Rows that are not as they were; the stores' own bookkeeping left out."""
    return {
        each
        for each in changes(before, after)
        if each.table not in {"", "header", "sqlite_master"}
    }


@pytest.mark.rule("SR-23")
@pytest.mark.parametrize("seed", SEEDS)
def test_far_hand_overs_are_bounds_of_sittings(home: Path, seed: int) -> None:
    """To the microsecond, over all browsers, with as many sites and visits as there
    were; the sites of a sitting are those of its turn.
    """
    turns = take_turns(seed, TURNS, FAR)
    build(home, turns)
    session = opened(home)
    found = sittings(session)
    assert [(each.start, each.end, each.sites, each.visits) for each in found] == [
        (turn.start, turn.end, len(turn.sites), len(turn.visits)) for turn in turns
    ]
    for turn, sitting in zip(turns, found, strict=True):
        told = {each.key for each in session.sites_of(span_of(sitting))}
        assert told == turn.sites


@pytest.mark.rule("SR-23", "SR-52")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_cleared_sitting_touches_no_row_of_the_other_person(
    home: Path, tmp_path: Path, seed: int
) -> None:
    """Every row of the turn is gone, every row of any other turn stays, and of a page
    that both had, the other's visits stay and are counted. Three sittings, one after
    the other.
    """
    turns = take_turns(seed, TURNS, FAR)
    build(home, turns)
    session = opened(home)
    for turn in (turns[-1], turns[2], turns[5]):
        before = tmp_path / f"before-{turn.number}"
        shutil.copytree(home, before)
        owners = Owners(before, turns)
        sitting = next(each for each in session.sittings() if each.start == turn.start)
        clear(session, span_of(sitting))
        found = touched(before, home)
        mine = {(c.store, c.table, c.key) for c in found if c.what == "gone"}
        assert mine >= owners.only_of({turn.number})
        others = {each for each in found if is_of_others(each, owners, turn)}
        assert others == set()
        counted_again(home)
        assert marks_left(home, turn) == []


def is_of_others(change: Change, owners: Owners, turn: Turn) -> bool:
    """Whether a change takes, or rewrites, a row that is not this turn's."""
    of = owners.of(change)
    if change.what == "gone":
        return bool(of - {turn.number})
    return turn.number not in of and not is_a_sum(change)


def is_a_sum(change: Change) -> bool:
    """A row about a whole site, which counts its pages and visits again."""
    return change.table in {"moz_origins", "moz_meta", "segment_usage"}


def counted_again(home: Path) -> None:
    """Each page says how often and when it was last visited: as its visits do."""
    for store, path in stores(home):
        found = tables(path)
        if store.endswith("/History"):
            _agree(
                found["urls"], found["visits"], "url", "visit_time", "last_visit_time"
            )
        if store.endswith("/places.sqlite"):
            _agree(
                found["moz_places"],
                found["moz_historyvisits"],
                "place_id",
                "visit_date",
                "last_visit_date",
            )


def _agree(pages: Any, visits: Any, page: str, when: str, last: str) -> None:
    times: dict[int, list[int]] = {key: [] for key in pages}
    for row in visits.values():
        times[row[page]].append(row[when])
    for key, row in pages.items():
        assert times[key], "a page without a visit is left"
        assert row[last] == max(times[key])


def marks_left(home: Path, turn: Turn) -> list[str]:
    """Files in which a byte of the turn is left."""
    mark = f"{turn.person}t{turn.number}n".encode()
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and mark in path.read_bytes()
    ]


def together(turns: list[Turn]) -> list[list[Turn]]:
    """The turns that lie in one sitting: no longer pause between them than the gap."""
    found: list[list[Turn]] = []
    for turn in turns:
        if found and turn.start - found[-1][-1].end <= GAP:
            found[-1].append(turn)
        else:
            found.append([turn])
    return found


def is_mixed(group: list[Turn]) -> bool:
    return len({turn.person for turn in group}) > 1


@pytest.mark.rule("SR-23")
@pytest.mark.parametrize("seed", SEEDS)
def test_close_hand_overs_are_one_sitting_with_all_its_sites_listed(
    home: Path, seed: int
) -> None:
    """Where no long pause parts them nobody can: so every site of both is there to be
    unticked, each with its pages in that time.
    """
    turns = take_turns(seed, TURNS, MIXED)
    build(home, turns)
    session = opened(home)
    groups, found = together(turns), sittings(session)
    assert [(each.start, each.end) for each in found] == [
        (group[0].start, group[-1].end) for group in groups
    ]
    for group, sitting in zip(groups, found, strict=True):
        told = {each.key: each.count for each in session.sites_of(span_of(sitting))}
        pages = {(each.url, each.site) for turn in group for each in turn.visits}
        assert told == dict(Counter(site for _, site in pages))
        assert sum(told.values()) == sitting.pages


@pytest.mark.rule("SR-23", "SR-52")
@pytest.mark.parametrize("seed", SEEDS)
def test_unticked_sites_keep_the_rows_of_the_other_person(
    home: Path, tmp_path: Path, seed: int
) -> None:
    """In every mixed sitting the last person unticks the sites of the other one: no
    visit, page, search or download of the other is touched, and all of one's own on
    other sites goes.
    """
    turns = take_turns(seed, TURNS, CLOSE)
    build(home, turns)
    session = opened(home)
    (sitting,) = session.sittings()
    before = tmp_path / "before"
    shutil.copytree(home, before)
    owners = Owners(before, turns)
    me = turns[-1].person
    mine = {turn.number for turn in turns if turn.person == me}
    others = {turn.number for turn in turns if turn.person != me}
    unticked = {site for n in others for site in turns[n].sites}
    span = replace(span_of(sitting), left_out=frozenset(unticked))
    plan = clear(session, span)
    found = touched(before, home)
    assert [each for each in found if owners.of(each) & others] == []
    gone = {(each.store, each.table, each.key) for each in found if each.what == "gone"}
    kept = owners.only_of(mine) - gone
    assert {row for row in kept if names_own_site(before, row, me)} == set()
    assert {each.key for each in session.sites_of(span)} == set()
    assert {each.key for each in session.sites_of(span_of(sitting))} == unticked
    assert plan.counts[Kept.PAGES]["pages"] > 0


def names_own_site(home: Path, row: tuple[str, str, Any], person: str) -> bool:
    """Whether a text of the row is an address of the person's own sites."""
    store, table, key = row
    values = tables(home / store)[table][key].values()
    return any(f"//{person}" in str(value) for value in values)


@pytest.mark.rule("SR-23")
def test_the_share_of_mixed_sittings_is_told() -> None:
    """For hand-overs of several kinds: how many sittings hold both people."""
    lines = []
    for name, pauses in (("far", FAR), ("any", MIXED), ("close", CLOSE)):
        groups = [
            group
            for seed in range(40)
            for group in together(take_turns(seed, 24, pauses))
        ]
        mixed = sum(map(is_mixed, groups))
        lines.append(f"{name}: {mixed} of {len(groups)} sittings are mixed")
    sys.stdout.write("\n".join(lines) + "\n")
    assert lines[0].startswith("far: 0 of")
    assert lines[2].startswith("close: 40 of 40")
