"""What the program leaves itself, in screens: its own typed lines, and the page."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from hygiene.contract import Finding, Group, Level, Picked, Platform
from hygiene.contract.phrases import Phrases
from hygiene.host.recording import Recording
from hygiene.practice import shells
from hygiene.report import left_behind
from hygiene.tui.screens.check import CheckPage
from hygiene.tui.screens.clearing import ClearingPage
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.left_behind import LeftBehind
from hygiene.tui.screens.more import More
from hygiene.tui.screens.plan import PlanPage
from hygiene.wiring import Options, Session
from tests.tui.forgetting import planned
from tests.tui.seeing import seen, until, words
from tests.tui.visits import SIZES, SaidCheck, app, history, session

if TYPE_CHECKING:
    from textual.pilot import Pilot

WHEN = datetime(2026, 11, 20, 12, 30).astimezone(UTC)
WORDS = Phrases("hygiene", "en")
OTHERS = ["ls hygiene", "nano list.txt"]
LINES = [OTHERS[0], "hygiene check", OTHERS[1], "hygiene"]
ID = "own-footprint"


def of_program(*found: Finding) -> Session:
    """A session with the one check about the program."""
    return session(
        [SaidCheck(ID, Group.PROGRAM, [*found], words="hygiene_checks.program")]
    )


def copy_kept() -> Finding:
    """A finding of it."""
    return Finding(
        topic="installer-cache", level=Level.NOTE, program="pip", program_id="pip"
    )


async def looked(pilot: Pilot[bool]) -> None:
    """From the gate to the page of the one check, or of its one finding."""
    await pilot.press("l")
    await until(pilot, lambda: "1 of 1" in seen(pilot.app))
    await pilot.press("enter")


# --- the page


@pytest.mark.rule("SR-44")
@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_stays_stands_behind_more(
    platform: Platform, size: tuple[int, int]
) -> None:
    """Below its marks, only of this system, and all of it can be scrolled to."""
    held = session(platform=platform)
    async with app(held).run_test(size=size) as pilot:
        await pilot.press("m", "w")
        assert isinstance(pilot.app.screen, LeftBehind)
        marks = left_behind.told(platform, WORDS)
        page = " ".join(
            [
                WORDS.say("left.title"),
                WORDS.say("left.intro"),
                *(" ".join([mark, *told]) for mark, told in marks),
            ]
        )
        shown = " ".join(
            str(each.render()) for each in pilot.app.screen.query("#text Text")
        )
        assert shown == page
        assert page.split(".")[0] in words(pilot.app)
        await pilot.press("end")
        await pilot.pause()
        assert page.split()[-1] in words(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, More)


@pytest.mark.rule("SR-44")
@pytest.mark.parametrize("findings", [0, 2])
async def test_the_check_about_the_program_leads_to_it(findings: int) -> None:
    """Whether it found something or not; the key stands on the last line."""
    held = of_program(*[copy_kept()] * findings)
    async with app(held).run_test(size=(100, 30)) as pilot:
        await looked(pilot)
        assert isinstance(pilot.app.screen, CheckPage)
        assert f"w {WORDS.say('screens.does.left')}" in words(pilot.app)
        await pilot.press("w")
        assert isinstance(pilot.app.screen, LeftBehind)


async def test_other_checks_do_not_lead_to_it() -> None:
    """The key does nothing there."""
    held = session(
        [SaidCheck("browser-history", Group.PAGES, [history(), history(3, "Other")])]
    )
    async with app(held).run_test() as pilot:
        await looked(pilot)
        await pilot.press("w")
        assert isinstance(pilot.app.screen, CheckPage)
        assert WORDS.say("screens.does.left") not in words(pilot.app)


# --- the lines


@pytest.mark.rule("SR-22", "SR-24", "SR-26", "SR-46")
async def test_our_lines_go_by_the_number(tmp_path: Path) -> None:
    """Finding, choice, plan, question, number, result; the rest stays as it was."""
    file, bare = tmp_path / ".bash_history", tmp_path / "bare"
    shells.bash(file, LINES, WHEN)
    shells.bash(bare, OTHERS, WHEN)
    options = Options(checks=(ID,), home=tmp_path, platform=Platform.LINUX)
    with ExitStack() as stack:
        held = Session(options, stack)
        async with app(held).run_test(size=(100, 50)) as pilot:
            await looked(pilot)
            if isinstance(pilot.app.screen, CheckPage):
                await pilot.press("enter")
            doors = [each.name for each in pilot.app.screen.query("#choices Door")]
            assert doors == ["clear-lines", "leave"]
            await pilot.click("#choices Door")
            page = await planned(pilot)
            assert page._subject == Picked(check=ID, store=".bash_history")
            told = words(pilot.app)
            for line in (
                "2 typed lines of what you picked, on 20 Nov 2026, 12:30, in Bash.",
                WORDS.say("plan.undone"),
                WORDS.say("noticed.picked"),
                WORDS.say("notice.own-lines"),
                WORDS.say("plan.stop"),
            ):
                assert line in told, line
            await pilot.press("n")
            await until(pilot, lambda: bool(pilot.app.screen.query(Input)))
            pilot.app.screen.query_one(Input).focus()
            await pilot.press("3", "enter")
            assert isinstance(pilot.app.screen, PlanPage)
            assert b"hygiene check" in file.read_bytes()
            pilot.app.screen.query_one(Input).value = "2"
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ClearingPage))
            await until(pilot, lambda: "Done: 2 typed lines." in words(pilot.app))
    assert file.read_bytes() == bare.read_bytes()


# --- a window that is kept or seen elsewhere


@pytest.mark.rule("SR-45", "SR-01")
@pytest.mark.parametrize("kind", [None, *Recording])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_gate_says_where_the_window_may_be_kept(
    kind: Recording | None, size: tuple[int, int]
) -> None:
    """In one sentence, without alarm, beside doors that are still whole."""
    held = session()
    vars(held)["recording"] = kind
    async with app(held).run_test(size=size) as pilot:
        assert isinstance(pilot.app.screen, Gate)
        await pilot.pause()
        told = words(pilot.app)
        for each in Recording:
            assert (WORDS.say(f"recording.{each}") in told) is (each is kind)
        for door in ("leave", "read", "look"):
            assert WORDS.say(f"gate.{door}") in told
        assert not pilot.app.screen.query(".notice")
