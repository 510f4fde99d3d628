"""A page nobody looks at is covered, and comes back by any key."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.visit import COVER_AFTER, Idle
from tests.tui.forgetting import at_forget, forgetting, named
from tests.tui.seeing import seen, until
from tests.tui.visits import Way, session, visit


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def over(clock: Clock, idle: Idle, way: Way | None = None) -> HygieneApp:
    """The app under that clock."""
    seen_by = visit(session(), way, idle=idle, clock=clock)
    return HygieneApp(seen_by, [Gate(seen_by)])


@pytest.mark.rule("SR-41")
async def test_after_three_minutes_the_page_is_covered() -> None:
    """Any key gives back the same page and does nothing else there."""
    clock = Clock()
    made = over(clock, Idle())
    async with made.run_test() as pilot:
        await pilot.press("l")
        clock.now += COVER_AFTER - 1
        made.check_idle_time()
        await pilot.pause()
        assert isinstance(made.screen, Overview)
        clock.now += 1
        made.check_idle_time()
        await pilot.pause()
        assert isinstance(made.screen, Cover)
        assert "Pages" not in seen(made)
        await pilot.press("g")
        assert isinstance(made.screen, Overview)
        assert not isinstance(made.screen, Contents)
        made.check_idle_time()
        await pilot.pause()
        assert isinstance(made.screen, Overview)


@pytest.mark.rule("SR-41")
async def test_a_click_takes_the_cover_off_too() -> None:
    """And only one cover ever lies over a page."""
    clock = Clock()
    made = over(clock, Idle())
    async with made.run_test() as pilot:
        clock.now += COVER_AFTER
        made.check_idle_time()
        await pilot.pause()
        made.check_idle_time()
        await pilot.pause()
        await pilot.click("#cover")
        assert isinstance(made.screen, Gate)


@pytest.mark.rule("SR-36", "SR-41")
async def test_the_way_out_works_on_the_cover() -> None:
    """Key and control."""
    clock, way = Clock(), Way()
    made = over(clock, Idle(), way)
    async with made.run_test() as pilot:
        clock.now += COVER_AFTER
        made.check_idle_time()
        await pilot.pause()
        await pilot.press("ctrl+q")
        assert way.times == 1
        await pilot.click("#leave")
        assert way.times == 2


@pytest.mark.rule("SR-41")
async def test_it_leaves_by_itself_only_when_asked_to() -> None:
    """`--idle 5` leaves after five minutes; without it hours pass."""
    for idle, times in ((Idle.asked(5), 1), (Idle.asked(None), 0), (Idle.asked(0), 0)):
        clock, way = Clock(), Way()
        made = over(clock, idle, way)
        async with made.run_test():
            clock.now += 5 * 60 if times else 5 * 3600
            made.check_idle_time()
            assert way.times == times


@pytest.mark.rule("SR-41")
async def test_the_cover_can_be_turned_off() -> None:
    """`--idle off`."""
    clock = Clock()
    made = over(clock, Idle.asked(0))
    async with made.run_test() as pilot:
        clock.now += 24 * 3600
        made.check_idle_time()
        await pilot.pause()
        assert isinstance(made.screen, Gate)


@pytest.mark.rule("SR-41", "SR-26")
async def test_a_plan_below_the_cover_is_as_it_was() -> None:
    """Nothing of it is seen; the key that takes the cover off types nothing, and what
    was typed before still stands there.
    """
    clock = Clock()
    held, _, writer = forgetting()
    made = at_forget(held, clock=clock)
    async with made.run_test() as pilot:
        await named(pilot)
        await pilot.press("n", "1")
        clock.now += COVER_AFTER
        made.check_idle_time()
        await pilot.pause()
        assert isinstance(made.screen, Cover)
        assert "example.org" not in seen(made)
        await pilot.press("4")
        assert isinstance(made.screen, PlanPage)
        assert made.screen.query_one("#number", Input).value == "1"
        await pilot.press("enter")
        assert writer.done == []
        await pilot.press("1", "4", "enter")
        await until(pilot, lambda: len(writer.done) == 3)
