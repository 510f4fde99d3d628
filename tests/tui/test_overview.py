"""The overview fills while checks end and never jumps."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CheckInfo, Group, Home, NothingFound, Progress
from hygiene.contract.phrases import Phrases
from hygiene.tui.screens.check import CheckPage
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.not_checked import NotCheckedPage
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.sittings import Sittings
from hygiene.tui.widgets.row_list import RowList
from tests.tui.seeing import lines, seen, until, words
from tests.tui.visits import (
    BROWSER,
    SIZES,
    SaidCheck,
    app,
    checks,
    history,
    session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from hygiene.contract import Outcome

WORDS = Phrases("hygiene", "en")


@dataclass
class HeldCheck:
    """A check that waits until it is let go."""

    id: str
    group: Group
    go: threading.Event = field(default_factory=threading.Event)

    @property
    def info(self) -> CheckInfo:
        """Its own id and group."""
        return CheckInfo(id=self.id, group=self.group, words=BROWSER)

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """Say how far, wait, say nothing was found."""
        del home
        yield Progress(1204, 3310)
        self.go.wait(20)
        yield NothingFound()


async def looked(pilot: Pilot[bool], number: int) -> None:
    """From the gate to a full overview."""
    await pilot.press("l")
    said = WORDS.say("screens.looked", done=number, all=number)
    await until(pilot, lambda: said in words(pilot.app))


async def test_rows_keep_their_order_whoever_ends_first() -> None:
    """The last check ends first; its row stays last; progress is told meanwhile."""
    held = [
        HeldCheck("browser-history", Group.PAGES),
        HeldCheck("autocomplete", Group.WORDS),
    ]
    async with app(session(held)).run_test() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: seen(pilot.app).count("1,204 of 3,310") == 2)
        held[1].go.set()
        await until(pilot, lambda: WORDS.say("status.nothing-found") in seen(pilot.app))
        rows = [line for line in lines(pilot.app) if "Pages" in line or "Words" in line]
        assert "Pages" in rows[0]
        assert WORDS.say("status.looking") in rows[0]
        assert WORDS.say("status.nothing-found") in rows[1]
        held[0].go.set()
        await until(
            pilot, lambda: seen(pilot.app).count(WORDS.say("status.nothing-found")) == 2
        )


@pytest.mark.rule("SR-18", "SR-49")
@pytest.mark.parametrize("no_colour", [False, True], ids=["colours", "NO_COLOR"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_three_answers_never_look_alike(
    size: tuple[int, int], no_colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found, nothing found and could not check differ in mark and word."""
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with app().run_test(size=(size[0], 60)) as pilot:
        await looked(pilot, 6)
        shown = seen(pilot.app)
        for marked in ("○ Worth a look", "· Note", "● Important"):
            assert marked in shown
        for marked in ("\u2013 Nothing found", "? Could not check", "? Partly checked"):
            assert marked in shown


@pytest.mark.rule("SR-07")
async def test_nothing_found_never_stands_alone() -> None:
    """The row and the page both say that something could still be there."""
    made = session([SaidCheck("browser-history", Group.PAGES, [NothingFound()])])
    async with app(made).run_test() as pilot:
        await looked(pilot, 1)
        assert WORDS.say("nothing-found.still-short") in words(pilot.app)
        await pilot.press("enter")
        assert WORDS.say("nothing-found.still") in words(pilot.app)


@pytest.mark.rule("SR-18")
async def test_what_was_not_looked_at_stands_on_a_key_with_its_reason() -> None:
    """Counted below the list; reasons on `n`, paths behind one key more."""
    async with app().run_test() as pilot:
        await looked(pilot, 6)
        assert WORDS.count("overview.not-looked", 2) in words(pilot.app)
        await pilot.press("n")
        assert isinstance(pilot.app.screen, NotCheckedPage)
        assert WORDS.say("why.denied") in words(pilot.app)
        assert WORDS.say("why.unknown-format") in words(pilot.app)
        assert ".purple" not in seen(pilot.app)
        await pilot.press("p")
        assert ".purple/logs" in seen(pilot.app)
        await pilot.press("p")
        assert ".purple" not in seen(pilot.app)


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_name_and_no_path_stands_on_the_overview(
    size: tuple[int, int],
) -> None:
    """Counts only, also beside the list where there is room."""
    async with app().run_test(size=size) as pilot:
        await looked(pilot, 6)
        for _ in range(6):
            assert "site-" not in seen(pilot.app)
            assert "/" not in seen(pilot.app)
            await pilot.press("down")


async def test_a_row_opens_its_places_and_a_single_place_opens_at_once() -> None:
    """Two profiles: a list of both. One: the finding itself."""
    async with app().run_test() as pilot:
        await looked(pilot, 6)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, CheckPage)
        assert "Chromium, Default" in seen(pilot.app)
        assert "Chromium, Profile 1" in seen(pilot.app)
        await pilot.press("escape", "down", "enter")
        assert isinstance(pilot.app.screen, FindingPage)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)
        assert pilot.app.screen.query_one(RowList).key == "autocomplete"


async def test_a_row_that_is_still_looking_does_not_open() -> None:
    """There is nothing to read yet."""
    held = HeldCheck("browser-history", Group.PAGES)
    async with app(session([held])).run_test() as pilot:
        await pilot.press("l", "enter")
        assert isinstance(pilot.app.screen, Overview)
        held.go.set()


async def test_settings_are_rows_of_their_own() -> None:
    """A setting says its state and opens its five answers."""
    async with app().run_test() as pilot:
        await looked(pilot, 6)
        await pilot.press("down", "down", "enter")
        assert WORDS.say("finding.setting") in seen(pilot.app)
        await pilot.press("down", "enter")
        assert isinstance(pilot.app.screen, FindingPage)
        assert WORDS.say("question.what") in seen(pilot.app)


async def test_look_again_asks_every_check_again() -> None:
    """From the start, on the same page."""
    said = checks()
    async with app(session(said)).run_test() as pilot:
        await looked(pilot, 6)
        await pilot.press("a")
        await until(pilot, lambda: all(each.asked == ["run"] * 2 for each in said))


@pytest.mark.rule("SR-02")
async def test_look_only_is_a_key() -> None:
    """It is seen in the first line, on and off."""
    made = session()
    async with app(made).run_test() as pilot:
        await pilot.press("l", "l")
        assert made.look_only
        assert WORDS.say("screens.look-only") in lines(pilot.app)[0]
        await pilot.press("l")
        assert not made.look_only
        assert WORDS.say("screens.look-only") not in lines(pilot.app)[0]


async def test_sittings_stand_on_a_key() -> None:
    """Newest first, each in one line, the one with the cursor in full."""
    async with app().run_test(size=(40, 24)) as pilot:
        await pilot.press("l", "t")
        assert isinstance(pilot.app.screen, Sittings)
        await until(pilot, lambda: WORDS.count("count.sittings", 3) in seen(pilot.app))
        assert "12 sites, 40 pages, Chromium and Firefox" in words(pilot.app)
        await pilot.press("down")
        assert "13 sites, 41 pages, Chromium and Firefox" in words(pilot.app)


async def test_the_mouse_opens_a_row() -> None:
    """One click."""
    made = session([SaidCheck("browser-history", Group.PAGES, [history()])])
    async with app(made).run_test() as pilot:
        await looked(pilot, 1)
        await pilot.click("#checks", offset=(5, 0))
        assert isinstance(pilot.app.screen, FindingPage)
