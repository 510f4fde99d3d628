"""The ways to a plan: a site that is named, a sitting, a day, all of one profile."""

from __future__ import annotations

from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from hygiene.contract import Group, Platform, Site, Span, Untrusted
from hygiene.contract.phrases import Phrases
from hygiene.engine.spans import of_day, of_sitting
from hygiene.practice.home import build
from hygiene.tui.screens.days import Days
from hygiene.tui.screens.decide import Decide
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.sitting import SittingPage
from hygiene.tui.screens.sittings import Sittings
from hygiene.tui.widgets.door import Door
from hygiene.tui.widgets.row_list import RowList
from hygiene.tui.widgets.site_ticks import SiteTicks
from hygiene.tui.widgets.trace_list import TraceList
from hygiene.wiring import Options, Session
from tests.tui.forgetting import at_forget, days, forgetting, named, planned, typed
from tests.tui.seeing import lines, seen, until, words
from tests.tui.visits import NOW, SIZES, SaidCheck, app, history, sittings
from tests.words.language import words as counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.forgetting import Forgetter

WORDS = Phrases("hygiene", "en")
WHOLE, HOST = Site("example.org", below=True), Site("example.org")
STORE = ".config/chromium/Default/History"


def with_history() -> list[SaidCheck]:
    """One finding, and three sittings."""
    check = SaidCheck("browser-history", Group.PAGES, [history()], sat=sittings())
    return [check]


@asynccontextmanager
async def behind(door: str) -> AsyncIterator[tuple[Pilot[bool], Forgetter]]:
    """What stands behind one choice of the finding, and who plans it."""
    held, planner, _ = forgetting(said=with_history())
    async with app(held).run_test(size=(80, 60)) as pilot:
        await at_finding(pilot)
        await through(pilot, door)
        yield pilot, planner


async def at_finding(pilot: Pilot[bool]) -> FindingPage:
    """From the gate to the one finding."""
    await pilot.press("l")
    await until(pilot, lambda: "1 of 1" in seen(pilot.app))
    await pilot.press("enter")
    page = pilot.app.screen
    assert isinstance(page, FindingPage)
    return page


async def through(pilot: Pilot[bool], door: str) -> None:
    """Through one of the doors of the page."""
    for each in pilot.app.screen.query(Door):
        if each.name == door:
            each.focus()
    await pilot.press("enter")


@pytest.mark.rule("SR-56")
async def test_the_doors_come_in_the_order_of_safety() -> None:
    """Read, look, save copies, clear: on the last lines of the overview, and on the gate
    as far as it has them.
    """
    held, _, _ = forgetting()
    async with app(held).run_test() as pilot:
        assert [each.name for each in pilot.app.screen.query(Door)] == [
            "leave",
            "read",
            "look",
        ]
        await pilot.press("l")
        said = " ".join(words(pilot.app).split("Nothing has been changed.")[-1].split())
        wanted = ["guides", "save copies", "forget a site"]
        assert sorted(wanted, key=said.index) == wanted


@pytest.mark.rule("SR-63")
async def test_a_name_is_typed_and_the_whole_domain_comes_first() -> None:
    """Enter takes it; one row down is the one name alone."""
    held, planner, _ = forgetting()
    for keys, site in ((("enter",), WHOLE), (("down", "enter"), HOST)):
        async with at_forget(held).run_test() as pilot:
            await typed(pilot, "https://example.org/a?b")
            await pilot.press(*keys)
            await planned(pilot)
            assert planner.asked[-1] == site


async def test_a_name_that_can_be_meant_in_one_way_needs_no_choice() -> None:
    """An address of a machine has nothing below it."""
    held, planner, _ = forgetting()
    async with at_forget(held).run_test() as pilot:
        await typed(pilot, "192.0.2.7:8080")
        await planned(pilot)
        assert planner.asked == [Site("192.0.2.7")]


@pytest.mark.parametrize("text", ["two words", "..", "-", "a b.org", "http://"])
async def test_what_is_no_site_is_said_kindly(text: str) -> None:
    """Nothing is looked for; the next name is read as if it were the first."""
    held, planner, _ = forgetting()
    async with at_forget(held).run_test() as pilot:
        await typed(pilot, text)
        await until(pilot, lambda: WORDS.say("forget.no-site") in words(pilot.app))
        assert planner.asked == []
        await pilot.press(*["backspace"] * len(text), *"a.org", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one(RowList).key == "0")
        assert WORDS.say("forget.no-site") not in words(pilot.app)


async def test_nothing_typed_is_no_mistake() -> None:
    """Enter on an empty line says nothing."""
    held, planner, _ = forgetting()
    async with at_forget(held).run_test() as pilot:
        await pilot.press("f", "enter", "enter")
        assert WORDS.say("forget.no-site") not in words(pilot.app)
        assert planner.asked == []


async def test_escape_goes_from_the_readings_to_the_name_and_back() -> None:
    """The name stands on its own page only."""
    held, _, _ = forgetting()
    async with at_forget(held).run_test() as pilot:
        await typed(pilot, "example.org")
        await until(pilot, lambda: WORDS.say("forget.which") in words(pilot.app))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, NameSite)
        assert WORDS.say("forget.which") not in words(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)
        await pilot.press("f")
        assert "example.org" not in seen(pilot.app)


async def test_from_a_plan_escape_leads_back_to_the_name() -> None:
    """Nothing is lost by going back."""
    held, _, writer = forgetting()
    async with at_forget(held).run_test() as pilot:
        await named(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, NameSite)
        assert "example.org" in seen(pilot.app)
        assert writer.done == []


# --- hygiene forget


async def test_the_gate_of_forget_has_its_own_third_door() -> None:
    """Also behind Help me decide; and no key leads past it to the checks."""
    said = with_history()
    held, _, _ = forgetting(said=said)
    async with at_forget(held).run_test() as pilot:
        doors = [each.name for each in pilot.app.screen.query(Door)]
        assert doors == ["leave", "read", "forget"]
        await pilot.press("l", "enter", "space")
        assert isinstance(pilot.app.screen, Gate)
        await pilot.press("d", "l", "f", "y", "y")
        assert isinstance(pilot.app.screen, Decide)
        await pilot.press("y")
        doors = [each.name for each in pilot.app.screen.query(Door)]
        assert doors == ["leave", "read", "forget"]
        await pilot.press("l")
        assert isinstance(pilot.app.screen, Decide)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameSite))
        assert said[0].asked == []


async def test_the_gate_of_check_has_no_such_door() -> None:
    """`f` does nothing there."""
    held, _, _ = forgetting()
    async with app(held).run_test() as pilot:
        await pilot.press("f")
        assert isinstance(pilot.app.screen, Gate)
        await pilot.press("d", "y", "y", "y", "f")
        assert isinstance(pilot.app.screen, Decide)


# --- from a finding


@pytest.mark.rule("SR-24", "SR-55")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_finding_offers_narrow_choices_first(size: tuple[int, int]) -> None:
    """One site, one sitting, a day, all of the profile; leaving it on the same level, and
    each whole on the screen.
    """
    held, _, _ = forgetting(said=with_history())
    async with app(held).run_test(size=size) as pilot:
        await at_finding(pilot)
        doors = list(pilot.app.screen.query(Door))
        assert [each.name for each in doors] == [
            "forget-site",
            "clear-sitting",
            "clear-day",
            "clear-all",
            "leave",
        ]
        assert len({type(each) for each in doors}) == 1
        assert len({each.parent for each in doors}) == 1
        for each in doors:
            assert WORDS.say(f"clearing.{each.name}") in words(pilot.app)
        places = [(each.region.y, each.region.x) for each in doors]
        assert places == sorted(places)
        assert all(each.region.right <= size[0] for each in doors)


async def test_a_finding_that_cannot_be_cleared_has_no_doors() -> None:
    """Nothing is offered that does not work."""
    bare = replace(history(), choices=())
    held, _, _ = forgetting(said=[SaidCheck("browser-history", Group.PAGES, [bare])])
    async with app(held).run_test() as pilot:
        page = await at_finding(pilot)
        assert not page.query(Door)
        await pilot.press("f")
        assert isinstance(pilot.app.screen, FindingPage)


@pytest.mark.rule("SR-55")
async def test_leave_it_as_it_is_goes_back_without_a_word() -> None:
    """One page."""
    async with behind("leave") as (pilot, planner):
        assert isinstance(pilot.app.screen, Overview)
        assert planner.asked == []


async def test_a_site_is_typed_or_taken_from_the_names_that_are_shown() -> None:
    """With names shown, the one with the cursor."""
    held, planner, _ = forgetting(said=with_history())
    async with app(held).run_test() as pilot:
        page = await at_finding(pilot)
        await through(pilot, "forget-site")
        assert isinstance(pilot.app.screen, NameSite)
        await pilot.press("escape", "s")
        await until(pilot, lambda: page.query_one(TraceList).total == 412)
        await pilot.press("slash", *"000007", "enter", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameSite))
        assert "site-000007.example" in words(pilot.app)
        await pilot.press("enter")
        await planned(pilot)
        assert planner.asked == [Site("site-000007.example", below=True)]


@pytest.mark.rule("SR-24")
async def test_all_of_a_profile_says_that_an_empty_history_is_noticed() -> None:
    """And its plan is for that profile alone."""
    async with behind("clear-all") as (pilot, planner):
        await planned(pilot)
        assert planner.asked == [Span(store=STORE)]
        assert WORDS.say("noticed.all") in words(pilot.app)


# --- a day


async def test_a_day_is_picked_from_the_days_of_that_history() -> None:
    """Newest first; the whole of it, in the time zone of this computer."""
    async with behind("clear-day") as (pilot, planner):
        assert isinstance(pilot.app.screen, Days)
        await until(
            pilot, lambda: WORDS.count("screens.forget.days", 5) in seen(pilot.app)
        )
        rows = [line for line in lines(pilot.app) if "pages" in line and ":" in line]
        assert [row.split()[0] for row in rows] == ["22", "21", "20", "19", "18"]
        await pilot.press("down", "enter")
        await planned(pilot)
        [span] = planner.asked
        assert span == of_day(days(5)[1], STORE)


def test_a_day_lasts_from_midnight_to_midnight() -> None:
    """Both within it, and neither of the days beside it."""
    day = days(1)[0]
    span = of_day(day, STORE)
    midnight = datetime.fromisoformat("2026-11-22").astimezone()
    assert span.start == midnight
    assert span.end == midnight + timedelta(days=1, microseconds=-1)
    assert span.store == STORE


async def test_a_day_with_one_time_says_it_once() -> None:
    """Its only page may have been opened in one moment."""
    held, planner, _ = forgetting(said=with_history())
    [day] = days(1)
    planner.days = [replace(day, last=day.first)]
    async with app(held).run_test() as pilot:
        await at_finding(pilot)
        await through(pilot, "clear-day")
        said = f"{held.facts.when(NOW.replace(hour=10, minute=0))}: 9 pages"
        await until(pilot, lambda: "9 pages" in words(pilot.app))
        assert f"  {said}" in lines(pilot.app)


async def test_a_history_without_days_says_so() -> None:
    """Never as good news."""
    held, planner, _ = forgetting(said=with_history())
    planner.days = []
    async with app(held).run_test() as pilot:
        await at_finding(pilot)
        await through(pilot, "clear-day")
        await until(pilot, lambda: WORDS.say("forget.no-days") in words(pilot.app))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Days)


# --- a sitting


async def at_sitting(pilot: Pilot[bool]) -> SiteTicks:
    """From the gate to the last sitting."""
    await pilot.press("l", "t")
    await until(pilot, lambda: WORDS.count("count.sittings", 3) in seen(pilot.app))
    await pilot.press("enter")
    page = pilot.app.screen
    assert isinstance(page, SittingPage)
    ticks = page.query_one(SiteTicks)
    await until(pilot, lambda: ticks.row_count() == 12)
    return ticks


@pytest.mark.rule("SR-23", "SR-24")
async def test_a_sitting_goes_whole_or_without_single_sites() -> None:
    """The last one first, all its sites ticked; what is unticked is left out."""
    held, planner, _ = forgetting(said=with_history())
    last = sittings()[0]
    async with app(held).run_test(size=(80, 30)) as pilot:
        ticks = await at_sitting(pilot)
        assert seen(pilot.app).count("[x]") == 12
        await pilot.press("enter")
        await planned(pilot)
        assert planner.asked == [of_sitting(last)]
        await pilot.press("escape", "space", "space", "up", "space")
        assert ticks.left_out == {"site-0.example"}
        assert "11 of 12 ticked" in seen(pilot.app)
        await pilot.press("enter")
        await planned(pilot)
        without = frozenset({"site-0.example"})
        assert planner.asked[-1] == replace(of_sitting(last), left_out=without)


async def test_a_click_unticks_a_site() -> None:
    """And a second one ticks it again."""
    held, _, _ = forgetting(said=with_history())
    async with app(held).run_test() as pilot:
        ticks = await at_sitting(pilot)
        await pilot.click(SiteTicks, offset=(8, 3))
        assert ticks.left_out == {"site-2.example"}
        await pilot.click(SiteTicks, offset=(8, 3))
        assert ticks.left_out == frozenset()
        assert isinstance(pilot.app.screen, SittingPage)


@pytest.mark.rule("SR-55")
async def test_a_sitting_can_be_left_as_it_is() -> None:
    """Back to the overview; by door and by key."""
    for leave in ("door", "key"):
        held, planner, _ = forgetting(said=with_history())
        async with app(held).run_test() as pilot:
            await at_sitting(pilot)
            if leave == "door":
                await through(pilot, "leave-it")
            else:
                await pilot.press("l")
            assert isinstance(pilot.app.screen, Overview)
            assert planner.asked == []


async def test_the_sitting_door_of_a_finding_leads_to_the_sittings() -> None:
    """The newest has the cursor."""
    async with behind("clear-sitting") as (pilot, _):
        assert isinstance(pilot.app.screen, Sittings)


async def test_names_of_sites_are_never_markup() -> None:
    """They stay text on their row."""
    held, planner, _ = forgetting(said=with_history())
    planner.sites = [
        type(planner.sites[0])(
            key="a", label=Untrusted("[red]x[/] \x1b[31m"), kind="site"
        )
    ] * 12
    async with app(held).run_test() as pilot:
        await at_sitting(pilot)
        assert "[red]x[/]" in seen(pilot.app)
        assert "\x1b" not in seen(pilot.app)


# --- look only


@pytest.mark.rule("SR-02")
async def test_in_look_only_no_door_leads_to_a_writer() -> None:
    """No copies, no doors on a finding, no number and no copy on a plan."""
    held, _, writer = forgetting(said=with_history())
    async with app(held).run_test(size=(80, 60)) as pilot:
        await pilot.press("l", "l", "c")
        assert isinstance(pilot.app.screen, Overview)
        assert "save copies" not in seen(pilot.app)
        page = await at_finding_again(pilot)
        assert not page.query(Door)
        await pilot.press("escape")
        await named(pilot)
        plan = pilot.app.screen
        assert WORDS.say("gate.look-only") in words(pilot.app)
        assert WORDS.say("plan.type", number="14") not in words(pilot.app)
        await pilot.press("n", "1", "4", "enter")
        assert "save a copy" not in words(pilot.app).lower()
        assert writer.done == []
        if pilot.app.screen is plan:
            await pilot.press("s")
            assert pilot.app.screen is plan


async def at_finding_again(pilot: Pilot[bool]) -> FindingPage:
    """From the overview to the one finding."""
    await until(pilot, lambda: "1 of 1" in seen(pilot.app))
    await pilot.press("enter")
    page = pilot.app.screen
    assert isinstance(page, FindingPage)
    return page


# --- the budget


def read_here(pilot: Pilot[bool]) -> int:
    """Words between the first line and the keys, without the name one typed, the marks
    of ticks, and what is said in another language.
    """
    rows = lines(pilot.app)
    end = max(at for at, row in enumerate(rows) if row.strip())
    while rows[end - 1].strip():
        end -= 1
    body = [each for each in rows[1:end] if "Español: " not in each]
    said = " ".join(body).replace("library.example", " ").replace("[x]", " ")
    return len(counted(said))


@pytest.mark.rule("SR-28")
async def test_one_site_is_forgotten_within_the_budget(tmp_path: Path) -> None:
    """On a real home: at most 12 keys and 250 words for the first, six keys for the
    second. A name that is typed is none, the number one.
    """
    root = tmp_path / "home"
    root.mkdir()
    build(root, Platform.LINUX, datetime.now(UTC))
    keys = 0
    with ExitStack() as stack:
        held = Session(Options(home=root, platform=Platform.LINUX), stack)
        async with at_forget(held).run_test(size=(80, 60)) as pilot:
            read = read_here(pilot)
            await typed(pilot, "library.example")
            await until(pilot, lambda: WORDS.say("forget.which") in words(pilot.app))
            read += read_here(pilot)
            await pilot.press("enter")
            page = await planned(pilot)
            read += read_here(pilot)
            await pilot.press("n")
            asked = page.plans.number(page.in_hand.decided.plan)
            read += len(counted(" ".join((*asked, WORDS.say("screens.plan.enter")))))
            await pilot.press(*str(page.in_hand.decided.plan.count))
            await pilot.press("enter")
            keys += len(("f", "enter", "enter", "n", "number", "enter"))
            await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))
            assert keys <= 12
            assert read <= 250, read

            await pilot.press("enter")
            assert isinstance(pilot.app.screen, NameSite)
            pilot.app.screen.query_one(Input).value = "news.example"
            await pilot.press("enter", "enter")
            page = await planned(pilot)
            await pilot.press(*str(page.in_hand.decided.plan.count), "enter")
            keys = len(("enter", "enter", "enter", "number", "enter"))
            await until(pilot, lambda: WORDS.say("result.title") in words(pilot.app))
            assert keys <= 6
