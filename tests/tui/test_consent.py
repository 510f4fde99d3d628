"""Consent is typed: whatever else is pressed, nothing goes."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from hygiene.contract import Kept, Platform
from hygiene.contract.phrases import Phrases
from hygiene.practice.home import build
from hygiene.tui.screens.clearing import ClearingPage
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.plan import PlanPage
from hygiene.wiring import Options, Session
from tests.footprint import age, footprint
from tests.tui.forgetting import (
    FEW,
    MANY,
    at_forget,
    forgetting,
    named,
    part,
    planned,
    syncing,
    typed,
)
from tests.tui.seeing import lines, seen, until, words
from tests.tui.visits import SIZES, app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

WORDS = Phrases("hygiene", "en")
TALL = (80, 60)
MASH = ("enter", "space", "y", "enter", "enter", "space", "y", "Y", "space")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with every kind of trace."""
    root = tmp_path / "home"
    root.mkdir()
    build(root, Platform.LINUX, datetime.now(UTC))
    age(root)
    return root


@pytest.fixture
def live(home: Path) -> Iterator[Session]:
    """A session over it."""
    with ExitStack() as stack:
        yield Session(Options(home=home, platform=Platform.LINUX), stack)


async def to_the_plan(pilot: Pilot[bool]) -> None:
    await named(pilot, "library.example")


async def to_the_number(pilot: Pilot[bool]) -> None:
    await named(pilot, "library.example")
    await pilot.press("n")


async def into_the_number(pilot: Pilot[bool]) -> None:
    await to_the_number(pilot)
    pilot.app.screen.query_one("#number").focus()


async def to_the_readings(pilot: Pilot[bool]) -> None:
    await typed(pilot, "library.example")


async def to_the_ticks(pilot: Pilot[bool]) -> None:
    await to_the_number(pilot)
    pilot.app.screen.query_one("#ticks").focus()


async def to_the_name(pilot: Pilot[bool]) -> None:
    await pilot.press("f")


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize(
    "way",
    [
        to_the_name,
        to_the_readings,
        to_the_plan,
        to_the_number,
        into_the_number,
        to_the_ticks,
    ],
)
async def test_mashing_clears_nothing(way: object, home: Path, live: Session) -> None:
    """Enter, space and y from any page on the way: not a byte of the home changes."""
    before = footprint(home)
    async with at_forget(live).run_test(size=(80, 24)) as pilot:
        assert callable(way)
        await way(pilot)
        for key in MASH * 3:
            await pilot.press(key)
            assert not isinstance(pilot.app.screen, ClearingPage)
        await pilot.pause()
    assert footprint(home) == before


@pytest.mark.rule("SR-26", "SR-22")
async def test_planning_changes_nothing(home: Path, live: Session) -> None:
    """A site, all ticks changed and changed back, the whole lists."""
    before = footprint(home)
    async with at_forget(live).run_test(size=TALL) as pilot:
        await to_the_ticks(pilot)
        await pilot.press("space", "down", "space", "down", "space", "m", "m")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, NameSite)
    assert footprint(home) == before


STEPS = {
    "proof": ((), FEW),
    "number": (("n",), FEW),
    "copy first": (("y",), FEW),
    "sync": (("n",), [syncing(each) for each in FEW]),
    "nothing ticked": (("n",), (FEW[2],)),
}


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_has_the_focus_and_always_the_same_place(
    size: tuple[int, int],
) -> None:
    """At every step of every consent."""
    places = set()
    for keys, there in STEPS.values():
        held, _, _ = forgetting(there)
        async with at_forget(held).run_test(size=size) as pilot:
            await named(pilot)
            await pilot.press(*keys)
            await pilot.pause()
            no = pilot.app.screen.query_one("#no")
            assert pilot.app.focused is no
            assert WORDS.say("screens.plan.go-back") in seen(pilot.app)
            assert no.region.bottom <= size[1]
            places.add(no.region.offset)
    assert len(places) == 1


async def test_no_goes_back_and_nothing_has_changed() -> None:
    """By Enter, by click, by Escape."""
    for way in ("enter", "click", "escape"):
        held, _, writer = forgetting()
        async with at_forget(held).run_test() as pilot:
            await named(pilot)
            if way == "click":
                await pilot.click("#no")
            else:
                await pilot.press(way)
            assert isinstance(pilot.app.screen, NameSite)
            assert writer.done == []


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("number", ["1", "41", "140", "0", "14 14", "1.4.0", "99" * 9])
async def test_a_wrong_number_says_so_and_nothing_else(number: str) -> None:
    """The page stands as before, and the right number still counts."""
    held, planner, writer = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("n")
        before = words(pilot.app)
        field = pilot.app.screen.query_one("#number", Input)
        field.focus()
        field.value = number
        await pilot.press("enter")
        assert WORDS.say("forget.wrong-number") in words(pilot.app)
        now = words(pilot.app)
        assert (
            now.replace(WORDS.say("forget.wrong-number"), WORDS.say("plan.stop"))
            == before
        )
        assert field.value == ""
        assert writer.done == []
        assert len(planner.asked) == 1
        await pilot.press("1", "4", "enter")
        await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))
        assert len(writer.done) == 3


async def test_the_number_is_typed_as_it_is_written() -> None:
    """With a separator of thousands, or without; letters are not taken."""
    many = part("History", Kept.PAGES, {"pages": 1204})
    for typed_number in ("1,204", "1204", "1.204"):
        held, _, writer = forgetting([many])
        async with at_forget(held).run_test(size=TALL) as pilot:
            await named(pilot)
            await pilot.press("n")
            assert WORDS.say("plan.type", number="1,204") in words(pilot.app)
            await pilot.press("1", "x", *typed_number[1:], "enter")
            await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))
            assert len(writer.done) == 1


@pytest.mark.rule("SR-26")
async def test_what_changed_meanwhile_is_shown_again() -> None:
    """Before anything is written; the number that was read before counts no more."""
    held, planner, writer = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("n", "1", "4")
        more = part("History", Kept.PAGES, {"pages": 15, "visits": 31})
        planner.planned[-1] = replace(more, steps=(replace(more.steps[0], store="x"),))
        writer.marks[more.store] = 1
        await pilot.press("enter")
        await until(pilot, lambda: "15 pages of" in seen(pilot.app))
        told = words(pilot.app).replace("▌ ", "")
        assert WORDS.say("plan.changed") in told
        assert "Before: 14 pages, 30 visits. Now: 15 pages, 31 visits." in told
        assert writer.done == []
        assert isinstance(pilot.app.screen, PlanPage)
        assert pilot.app.focused is pilot.app.screen.query_one("#no")
        await pilot.press("1", "4", "enter")
        assert WORDS.say("forget.wrong-number") in words(pilot.app)
        assert writer.done == []
        await pilot.press("1", "5", "enter")
        await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))


@pytest.mark.rule("SR-26")
async def test_a_consent_dies_with_its_screen() -> None:
    """Whatever was given is withdrawn when the page is left, and when another page comes
    on top of it.
    """
    held, _, writer = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        for leave in ("escape", "g"):
            if isinstance(pilot.app.screen, NameSite):
                await pilot.press("enter")
            else:
                await named(pilot)
            page = await planned(pilot)
            await pilot.press("n")
            consent = page.in_hand.decided.type_number("14")
            assert consent is not None
            await pilot.press(leave)
            await pilot.pause()
            assert not held._consents.redeem(consent, page.in_hand.decided.plan.digest)
    assert writer.done == []


@pytest.mark.rule("SR-26")
async def test_one_consent_counts_once() -> None:
    """After a clearing the same number, typed again, finds another plan."""
    held, _, writer = forgetting()
    async with app(held).run_test(size=TALL) as pilot:
        await pilot.press("l")
        await named(pilot)
        page = await planned(pilot)
        await pilot.press("n", "1", "4", "enter")
        await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))
        done = list(writer.done)
        plan = page.in_hand.decided.plan
        consent = page.in_hand.decided.type_number("14")
        assert consent is not None
        assert held._consents.redeem(consent, plan.digest)
        assert not held._consents.redeem(consent, plan.digest)
        await pilot.press("enter")
        await named(pilot)
        assert WORDS.say("plan.none-ticked") in words(pilot.app)
        assert writer.done == done


async def test_digits_count_only_where_a_number_is_wanted() -> None:
    """Typed while the proof question stands, they go nowhere."""
    held, _, writer = forgetting(MANY)
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("1", "7")
        assert pilot.app.screen.query_one("#number", Input).value == ""
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, NameSite)
        assert writer.done == []


@pytest.mark.rule("SR-26")
async def test_once_a_number_is_typed_it_says_what_enter_does() -> None:
    """And no more when it is taken back, or was not the one."""
    held, _, writer = forgetting()
    async with at_forget(held).run_test(size=(80, 24)) as pilot:
        await named(pilot)
        enter, stop = WORDS.say("screens.plan.enter"), WORDS.say("plan.stop")
        await pilot.press("n")
        assert enter not in words(pilot.app)
        await pilot.press("9")
        assert f"{enter} {stop}" in words(pilot.app)
        await pilot.press("backspace")
        assert enter not in words(pilot.app)
        assert stop in words(pilot.app)
        await pilot.press("9", "enter")
        assert WORDS.say("forget.wrong-number") in words(pilot.app)
        assert enter not in words(pilot.app)
        assert writer.done == []


async def test_the_number_stands_in_view_with_its_field() -> None:
    """At every size, on one line."""
    for size in SIZES:
        held, _, _ = forgetting(MANY)
        async with at_forget(held).run_test(size=size) as pilot:
            await named(pilot)
            await pilot.press("n", "1", "7")
            [row] = [each for each in lines(pilot.app) if "To clear, type 17." in each]
            assert row.split("type 17.")[1].strip() == "17"
