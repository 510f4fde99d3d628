"""What became of a clearing: counted again, said truly, and gone with the page."""

from __future__ import annotations

import threading
from argparse import Namespace
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import Group, Kept, Platform, Refusal, Site
from hygiene.contract.phrases import Phrases
from hygiene.practice.home import build
from hygiene.tui.app import run_screens
from hygiene.tui.screens.clearing import ClearingPage
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.door import Door
from hygiene.wiring import NotCarriedOut, Options, Session
from tests.engine.clearings import MemoryWriter
from tests.tui.forgetting import FEW, MANY, at_forget, forgetting, named, part, planned
from tests.tui.seeing import seen, until, words
from tests.tui.visits import SIZES, SaidCheck, Way, app, history, sittings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from hygiene.contract import Consent, Unit
    from hygiene.tui.app import HygieneApp

WORDS = Phrases("hygiene", "en")


async def cleared(pilot: Pilot[bool], number: str = "14") -> None:
    """From the plan on."""
    await pilot.press("n", *number, "enter")
    await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))


class HeldWriter(MemoryWriter):
    """Waits before each store until it is let go."""

    def __init__(self, other: MemoryWriter) -> None:
        super().__init__(other.planner, other.redeem)
        self.go = threading.Semaphore(0)

    def carry_out(
        self, consent: Consent, units: Sequence[Unit], stamps: Mapping[str, object]
    ) -> Iterator[str]:
        """As the other one, held up."""
        for store in super().carry_out(consent, units, stamps):
            self.go.acquire(timeout=20)
            yield store


def held_up() -> tuple[Session, HeldWriter]:
    """A session whose writer waits."""
    held, _, writer = forgetting()
    slow = HeldWriter(writer)
    vars(held)["_writer"] = slow
    return held, slow


@pytest.mark.rule("SR-31")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_done_is_what_a_new_count_does_not_find(size: tuple[int, int]) -> None:
    """In words and numbers; what stays and what is not reached stand below."""
    held, planner, writer = forgetting()
    async with at_forget(held).run_test(size=size) as pilot:
        await named(pilot)
        await cleared(pilot)
        told = words(pilot.app)
        assert "Done: 14 pages, 2 address bar suggestions and 3 other traces." in told
        assert WORDS.say("result.none-left") in told
        assert "cookies (4)" in told
        assert [each.rpartition("/")[2] for each in writer.done] == [
            "Favicons",
            "Shortcuts",
            "History",
        ]
        assert len(planner.asked) == 2


@pytest.mark.rule("SR-31")
async def test_what_was_not_done_says_why_and_how_much_is_left() -> None:
    """Counts are those of the store, not of the plan."""
    held, planner, writer = forgetting(MANY)
    writer.fails_at = "chromium/Default/History"
    async with at_forget(held).run_test(size=(80, 60)) as pilot:
        await named(pilot)
        left = part("History", Kept.PAGES, {"pages": 9, "visits": 9})

        def fewer(*given: object) -> Iterator[str]:
            yield from MemoryWriter.carry_out(writer, *given)  # type: ignore[arg-type]

        vars(writer)["carry_out"] = fewer
        await cleared(pilot, "17")
        told = words(pilot.app).replace("▌ ", "")
        assert WORDS.say("refusal.full") in told
        assert "Not done:" in told
        assert "17 pages" in told
        planner.planned = [left]
        await pilot.press("a")
        await planned(pilot)
        assert "9 pages of example.org" in seen(pilot.app)


@pytest.mark.rule("SR-31")
@pytest.mark.parametrize("back", ["escape", "enter"])
async def test_back_from_a_second_look_leads_past_the_pages_before(back: str) -> None:
    """They show what was there before; the overview looks again, and does not say that
    nothing was changed.
    """
    check = SaidCheck("browser-history", Group.PAGES, [history()], sat=sittings())
    held, _, _ = forgetting((FEW[3],), said=[check])
    async with app(held).run_test(size=(80, 60)) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: "1 of 1" in seen(pilot.app))
        await pilot.press("t")
        await until(pilot, lambda: WORDS.count("count.sittings", 3) in seen(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "12 of 12" in seen(pilot.app))
        await pilot.press("enter")
        await planned(pilot)
        await cleared(pilot)
        await pilot.press("a")
        await planned(pilot)
        await pilot.press(back)
        assert isinstance(pilot.app.screen, Overview)
        await until(pilot, lambda: check.asked == ["run"] * 2)
        await until(pilot, lambda: WORDS.say("overview.cleared") in words(pilot.app))
        assert WORDS.say("overview.unchanged") not in words(pilot.app)


async def test_look_again_plans_the_same_once_more() -> None:
    """By key and by door; nothing is left to clear."""
    for way in ("key", "door"):
        held, planner, _ = forgetting((FEW[3],))
        async with at_forget(held).run_test(size=(80, 60)) as pilot:
            await named(pilot)
            await cleared(pilot)
            if way == "key":
                await pilot.press("a")
            else:
                [again] = [e for e in pilot.app.screen.query(Door) if e.name == "again"]
                await pilot.click(again)
            await planned(pilot)
            assert planner.asked[0] == planner.asked[-1]
            assert WORDS.say("nothing-found.still") in words(pilot.app)
            await pilot.press("escape")
            assert isinstance(pilot.app.screen, NameSite)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_back_leads_to_the_overview_which_looks_again(key: str) -> None:
    """It does not say any more that nothing was changed."""
    held, _, _ = forgetting()
    async with app(held).run_test() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: "6 of 6" in seen(pilot.app))
        first = [check.check.asked for check in held.checks]  # type: ignore[union-attr]
        await named(pilot)
        await cleared(pilot)
        await pilot.press(key)
        assert isinstance(pilot.app.screen, Overview)
        await until(pilot, lambda: all(each == ["run"] * 2 for each in first))
        await until(pilot, lambda: "6 of 6" in seen(pilot.app))
        assert WORDS.say("overview.unchanged") not in words(pilot.app)
        assert WORDS.say("overview.cleared") in words(pilot.app)


async def test_from_a_finding_back_leads_past_it_to_the_overview() -> None:
    """What the finding says is not true any more."""
    held, _, _ = forgetting()
    async with app(held).run_test() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: "6 of 6" in seen(pilot.app))
        await pilot.press("enter", "enter")
        assert isinstance(pilot.app.screen, FindingPage)
        await named(pilot)
        await cleared(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Overview)


async def test_after_forget_back_asks_for_the_next_site() -> None:
    """The name of the last one is gone."""
    held, _, _ = forgetting()
    async with at_forget(held).run_test() as pilot:
        await named(pilot)
        await cleared(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, NameSite)
        assert "example.org" not in seen(pilot.app)


# --- while it runs


@pytest.mark.rule("SR-36", "SR-39")
async def test_while_it_runs_it_tells_how_far_it_is_and_one_can_leave() -> None:
    """Escape and the other keys do nothing; the way out works."""
    held, writer = held_up()
    way = Way()
    async with at_forget(held, way=way).run_test() as pilot:
        await named(pilot)
        await pilot.press("n", "1", "4", "enter")
        writer.go.release()
        said = WORDS.say("result.progress", done="1", total="3")
        await until(pilot, lambda: said in words(pilot.app))
        await pilot.press("escape", "enter", "space", "a", "y")
        assert isinstance(pilot.app.screen, ClearingPage)
        await pilot.press("ctrl+q")
        await pilot.click("#leave")
        assert way.times == 2
        writer.go.release(2)
        await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))


@pytest.mark.rule("SR-41")
@pytest.mark.parametrize("on_top", [Contents, Cover])
async def test_a_result_that_comes_below_another_page_waits_there(
    on_top: type[Contents | Cover],
) -> None:
    """Below a guide and below the cover."""
    held, writer = held_up()
    made = at_forget(held)
    async with made.run_test() as pilot:
        await named(pilot)
        await pilot.press("n", "1", "4", "enter")
        await until(pilot, lambda: isinstance(made.screen, ClearingPage))
        made.push_screen(on_top(made.visit))
        writer.go.release(3)
        await until(pilot, lambda: len(writer.done) == 3)
        await pilot.pause(0.1)
        assert isinstance(made.screen, on_top)
        await pilot.press("escape")
        assert isinstance(made.screen, ClearingPage)
        await until(pilot, lambda: WORDS.say("result.title") in words(made))


async def test_a_change_that_is_found_below_a_guide_leads_to_the_plan_later() -> None:
    """Not before one is back from there."""
    held, _, writer = forgetting()
    go = threading.Event()

    def waiting(*given: object) -> Mapping[str, object]:
        go.wait(20)
        return MemoryWriter.stamps(writer, *given)  # type: ignore[arg-type]

    async with at_forget(held).run_test(size=(80, 60)) as pilot:
        await named(pilot)
        vars(writer)["stamps"] = waiting
        writer.marks["chromium/Default/History"] = 1
        held_planner = writer.planner
        await pilot.press("n", "1", "4", "enter")
        await until(pilot, lambda: WORDS.say("forget.clearing") in words(pilot.app))
        held_planner.planned[-1] = part("History", Kept.PAGES, {"pages": 15}, more=True)
        held_planner.planned.append(part("More", Kept.OTHER))
        await pilot.press("g")
        await until(pilot, lambda: isinstance(pilot.app.screen, Contents))
        go.set()
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, Contents)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanPage))
        await until(pilot, lambda: "15 pages of" in seen(pilot.app))
        assert writer.done == []


# --- how the program ends


@pytest.mark.parametrize("fails", [True, False])
async def test_what_could_not_be_carried_out_is_kept_for_the_exit_status(
    fails: bool,
) -> None:
    """Until the same thing was done after all."""
    held, _, writer = forgetting()
    made = at_forget(held)
    async with made.run_test(size=(80, 60)) as pilot:
        writer.fails_at = "chromium/Default/History"
        await named(pilot)
        await cleared(pilot)
        assert list(made.visit.failed.values()) == [f"refusal.{Refusal.FULL}"]
        if not fails:
            writer.fails_at = ""
            await pilot.press("a")
            page = await planned(pilot)
            await pilot.press(*str(page.in_hand.decided.plan.count), "enter")
            await until(
                pilot, lambda: WORDS.say("result.none-left") in words(pilot.app)
            )
            assert made.visit.failed == {}


def test_the_program_ends_with_what_could_not_be_carried_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As an error that names no file."""
    held, _, _ = forgetting()
    options = Namespace(theme=None, leave_key=17, keep_scrollback=True, idle=None)

    def end(made: HygieneApp) -> int:
        made.visit.failed[Site("example.org")] = "refusal.full"
        return 0

    monkeypatch.setattr("hygiene.tui.app._run", end)
    with pytest.raises(NotCarriedOut) as error:
        run_screens(held, options, forget=True)
    assert error.value.key == "refusal.full"


# --- for real


@pytest.mark.rule("SR-31", "SR-30")
async def test_on_a_real_home_a_new_session_finds_no_more_of_it(tmp_path: Path) -> None:
    """Another session plans the same site and finds nothing to clear; other sites of the
    same history are still there.
    """
    root = tmp_path / "home"
    root.mkdir()
    build(root, Platform.LINUX, datetime.now(UTC))
    with ExitStack() as stack:
        held = Session(Options(home=root, platform=Platform.LINUX), stack)
        async with at_forget(held).run_test(size=(80, 60)) as pilot:
            await named(pilot, "news.example")
            page = await planned(pilot)
            subject, number = page._subject, page.in_hand.decided.plan.count
            assert number > 0
            await cleared(pilot, str(number))
        after = Session(Options(home=root, platform=Platform.LINUX), stack)
        assert after.plan(subject).count == 0
        assert after.plan(Site("weather.example", below=True)).pages > 0
