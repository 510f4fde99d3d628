"""A plan on one page: what it says, what can be ticked, and how it waits."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from hygiene.contract import Group, Refusal, Untrusted
from hygiene.contract.phrases import Phrases
from hygiene.engine.decision import Proof, Wanted
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.consent import Ask, Consent
from hygiene.tui.widgets.door import Door
from hygiene.tui.widgets.plan_sheet import PlanSheet
from hygiene.tui.widgets.tick_list import TickList
from tests.engine.clearings import CHROMIUM
from tests.tui.forgetting import (
    CACHE,
    FEW,
    MANY,
    SIGN_IN,
    at_forget,
    forgetting,
    named,
    planned,
    syncing,
)
from tests.tui.seeing import lines, seen, until, words
from tests.tui.visits import SIZES, SaidCheck, app, history

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

WORDS = Phrases("hygiene", "en")
TALL = (80, 60)


def page_of(pilot: Pilot[bool]) -> PlanPage:
    """The plan that stands there."""
    page = pilot.app.screen
    assert isinstance(page, PlanPage)
    return page


def asks(pilot: Pilot[bool]) -> Ask:
    """What the page asks for."""
    [ask] = [
        each
        for each in Ask
        if pilot.app.screen.query_one(Consent).has_class(each.value)
    ]
    return ask


async def tick(pilot: Pilot[bool], text: str) -> None:
    """Space on the row that says this."""
    page = page_of(pilot)
    rows = [row.text for row in page.query_one(PlanSheet).rows.values()]
    page.query_one(TickList).focus()
    at = next(at for at, row in enumerate(rows) if text in row)
    await pilot.press("home", *["down"] * at, "space")
    await pilot.pause()


@pytest.mark.rule("SR-22", "SR-25", "SR-27", "SR-52")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_one_page_says_it_all(size: tuple[int, int]) -> None:
    """The count first; what goes, what stays, what is not reached, who may notice, that
    it cannot be undone, that others may use this account, and that one can stop.
    """
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=(size[0], 90)) as pilot:
        await named(pilot)
        told = words(pilot.app)
        assert lines(pilot.app)[2].startswith("  17 pages of example.org")
        for key in ("undone", "others", "not-reached"):
            assert WORDS.say(f"plan.{key}") in told
        assert WORDS.say("noticed.site") in told
        assert "bookmarks (1)" in told
        assert "2 address bar suggestions" in told
        assert WORDS.count("plan.missed", 1) in told
        assert WORDS.say("proof.question") in told
        assert WORDS.say("proof.lawyer") in told
        await pilot.press("n")
        assert WORDS.say("plan.stop") in words(pilot.app)
        assert WORDS.say("plan.type", number="17") in words(pilot.app)


@pytest.mark.rule("SR-27")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_matters_most_is_in_view_at_once(size: tuple[int, int]) -> None:
    """Without scrolling, beside the number: the count, who may notice, that it cannot be
    undone, that one can stop.
    """
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=size) as pilot:
        await named(pilot)
        await pilot.press("n")
        told = words(pilot.app)
        assert "17 pages of example.org" in told
        assert WORDS.say("noticed.site") in told
        assert WORDS.say("plan.undone") in told
        assert WORDS.say("plan.stop") in told
        assert WORDS.say("plan.type", number="17") in told


async def test_ticks_change_what_goes_and_the_number() -> None:
    """Profiles, what goes whole, what stays unless it is ticked; each says what someone
    may notice while it has the cursor.
    """
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        plan = page_of(pilot).in_hand.decided
        assert "[ ] cookies (4), Chromium, Default" in seen(pilot.app)
        assert WORDS.say("notice.cookies") not in words(pilot.app)
        await tick(pilot, "cookies")
        assert "[x] cookies (4), Chromium, Default" in seen(pilot.app)
        assert WORDS.say("notice.cookies") in words(pilot.app)
        await tick(pilot, "cache")
        assert "[ ] cache (212)" in seen(pilot.app)
        await tick(pilot, "me@mail")
        await tick(pilot, "Firefox")
        kinds = sorted({each.kept.value for each in plan.plan.chosen})
        assert kinds == ["cookies", "icons", "pages", "sign-ins", "suggestions"]
        assert plan.plan.count == 14
        assert lines(pilot.app)[2].startswith("  14 pages")
        await tick(pilot, "Firefox")
        assert plan.plan.count == 17


async def test_parts_of_one_kind_in_one_profile_are_one_row() -> None:
    """Two folders of open tabs go or stay together; sign-ins stay apart."""
    twin = replace(CACHE, key="cache:twin", store="chromium/Default/GPUCache")
    other = replace(SIGN_IN, key="sign-in:other", label=Untrusted("you@mail"))
    held, _, _ = forgetting([*MANY, twin, other])
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        assert "[x] cache (424), Chromium" in seen(pilot.app)
        assert seen(pilot.app).count("saved sign-in:") == 2
        await tick(pilot, "cache")
        left_out = page_of(pilot).in_hand.decided.plan.left_out
        assert left_out == {CACHE.key, twin.key}
        await tick(pilot, "cache")
        assert page_of(pilot).in_hand.decided.plan.left_out == frozenset()


async def test_a_tick_is_one_click() -> None:
    """On its row."""
    held, _, _ = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.click(TickList, offset=(6, 1))
        assert "[x] cookies" in seen(pilot.app)


async def test_the_whole_lists_stand_behind_a_key() -> None:
    """Paths are nowhere else; beside the plan where there is room, else in its place."""
    for width, both in ((120, True), (80, False)):
        held, _, _ = forgetting(MANY)
        async with at_forget(held).run_test(size=(width, 60)) as pilot:
            await named(pilot)
            assert "firefox/abc" not in seen(pilot.app)
            await pilot.press("m")
            assert "firefox/abc/places.sqlite" in seen(pilot.app)
            assert "Backups and older copies" in seen(pilot.app)
            assert ("17 pages of" in seen(pilot.app)) is both
            await pilot.press("m")
            assert "firefox/abc" not in seen(pilot.app)


async def test_escape_leads_from_the_lists_to_the_plan_they_stand_in_place_of() -> None:
    """Then back. Beside the plan they are no page of their own; No is always no."""
    for width, own in ((80, True), (120, False)):
        held, _, _ = forgetting(MANY)
        async with at_forget(held).run_test(size=(width, 60)) as pilot:
            await named(pilot)
            await pilot.press("m", "escape")
            assert isinstance(pilot.app.screen, PlanPage) is own
            if own:
                assert "17 pages of" in seen(pilot.app)
                await pilot.press("m", "enter")
            assert isinstance(pilot.app.screen, NameSite)


async def test_a_key_leads_to_the_ticks() -> None:
    """From the lists too. It is told only where there is something to tick."""
    told = f"t {WORDS.say('screens.does.ticks')}"
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=(80, 24)) as pilot:
        await named(pilot)
        assert lines(pilot.app)[-1].count(told) == 1
        await pilot.press("m", "t", "space")
        assert pilot.app.focused is page_of(pilot).query_one(TickList)
        assert page_of(pilot).in_hand.decided.plan.count == 3
        await pilot.press("question_mark")
        assert "Space   tick or untick" in seen(pilot.app)
    held, _, _ = forgetting((FEW[3],))
    async with at_forget(held).run_test(size=(80, 24)) as pilot:
        await named(pilot)
        assert told not in seen(pilot.app)
        await pilot.press("t")
        assert pilot.app.focused is pilot.app.screen.query_one("#no")


@pytest.mark.rule("SR-27")
async def test_that_it_cannot_be_undone_stands_above_a_long_list() -> None:
    """Of all that someone may notice; a whole profile has much of it."""
    held, _, _ = forgetting(
        MANY, said=[SaidCheck("browser-history", Group.PAGES, [history()])]
    )
    async with app(held).run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: "1 of 1" in seen(pilot.app))
        await pilot.press("enter")
        [door] = [e for e in pilot.app.screen.query(Door) if e.name == "clear-all"]
        door.focus()
        await pilot.press("enter")
        await planned(pilot)
        told = words(pilot.app)
        undone, noticed = WORDS.say("plan.undone"), WORDS.say("noticed.all")
        assert told.index("17 pages") < told.index(undone) < told.index(noticed)


async def test_keys_scroll_the_plan_wherever_the_focus_is() -> None:
    """It rests on No, and the end can be read all the same."""
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=(80, 24)) as pilot:
        await named(pilot)
        assert WORDS.say("plan.others") not in words(pilot.app)
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert WORDS.say("plan.others") in words(pilot.app)
        assert pilot.app.focused is pilot.app.screen.query_one("#no")


# --- nothing to clear, refused


@pytest.mark.rule("SR-07")
async def test_nothing_found_is_not_good_news_and_asks_for_nothing() -> None:
    """There is no number to type, nothing to save, and two ways back."""
    held, _, writer = forgetting(())
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        assert WORDS.say("nothing-found.still") in words(pilot.app)
        assert asks(pilot) is Ask.NOTHING
        assert WORDS.say("plan.stop") not in words(pilot.app)
        await pilot.press("0", "enter", "s")
        assert writer.done == []
        assert "Save a copy" not in seen(pilot.app)


async def test_where_all_can_be_ticked_and_nothing_is_it_stands_there_once() -> None:
    """Among the ticks; and there is nothing yet that one could stop."""
    held, _, _ = forgetting((FEW[2],))
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        assert WORDS.say("plan.none-ticked") in words(pilot.app)
        assert seen(pilot.app).count("cookies") == 1
        assert WORDS.say("plan.stop") not in words(pilot.app)
        await tick(pilot, "cookies")
        assert WORDS.say("plan.stop") in words(pilot.app)


@pytest.mark.rule("SR-29")
async def test_a_profile_that_cannot_be_changed_says_why_and_the_other_way() -> None:
    """The rest of the plan stands."""
    held, _, writer = forgetting(MANY)
    writer.refused = {"firefox/abc/places.sqlite": Refusal.UNKNOWN_FORMAT}
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        told = words(pilot.app).replace("▌ ", "")
        assert WORDS.say("refusal.unknown-format") in told
        assert WORDS.say("menu.site") in told
        assert "14 pages of example.org" in told


# --- proof, sync, copies


@pytest.mark.rule("SR-28")
@pytest.mark.parametrize("key", ["y", "u"])
async def test_yes_and_not_sure_put_a_copy_on_top_and_close_no_road(key: str) -> None:
    """The door stands above the number, which can be typed all the same."""
    held, _, _ = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        assert asks(pilot) is Ask.PROOF
        await pilot.press(key)
        assert page_of(pilot).in_hand.decided.copy_first
        assert asks(pilot) is Ask.NUMBER
        top = pilot.app.screen.query_one("#copy-first")
        assert top.display
        assert top.region.y < pilot.app.screen.query_one("#number").region.y


@pytest.mark.rule("SR-28")
async def test_the_proof_question_is_asked_once_a_run() -> None:
    """By key or by door; then again only where another person may stand."""
    held, _, _ = forgetting(MANY)
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        for each in pilot.app.screen.query(Door):
            if each.name == "no":
                each.focus()
        await pilot.press("enter")
        assert page_of(pilot).in_hand.decided.proof is Proof.NO
        assert asks(pilot) is Ask.NUMBER
        await pilot.press("escape", "enter")
        await planned(pilot)
        assert asks(pilot) is Ask.NUMBER
        await tick(pilot, "me@mail")
        assert asks(pilot) is Ask.PROOF


@pytest.mark.rule("SR-25")
async def test_a_profile_that_syncs_wants_a_second_tick() -> None:
    """The browser's own delete stands first; before the tick no number counts."""
    held, _, writer = forgetting([syncing(each) for each in FEW])
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        told = words(pilot.app).replace("▌ ", "")
        first = WORDS.say("sync.first", steps=WORDS.say("menu.site"))
        assert told.index(first) < told.index(WORDS.say("sync.second"))
        await pilot.press("n")
        assert asks(pilot) is Ask.SYNC
        await pilot.press("1", "4")
        assert pilot.app.screen.query_one("#number", Input).value == ""
        assert writer.done == []
        pilot.app.screen.query_one("#agree").focus()
        await pilot.press("enter")
        assert asks(pilot) is Ask.NUMBER


@pytest.mark.rule("SR-34")
async def test_copies_that_are_not_whole_close_the_way() -> None:
    """Until there are whole ones."""
    held, _, writer = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("n")
        page = page_of(pilot)
        page.in_hand.decided.copy_ended(complete=False)
        await pilot.press("g", "escape")
        assert page.in_hand.decided.wanted is Wanted.COPY
        assert WORDS.say("evidence.not-whole-clear") in words(pilot.app)
        assert asks(pilot) is Ask.NOTHING
        await pilot.press("1", "4")
        assert pilot.app.screen.query_one(Input).value == ""
        page.in_hand.decided.copy_ended(complete=True)
        await pilot.press("g", "escape")
        assert asks(pilot) is Ask.NUMBER
        assert writer.done == []


@pytest.mark.rule("SR-55")
@pytest.mark.parametrize("way", ["key", "door"])
async def test_leave_it_as_it_is_is_a_full_answer(way: str) -> None:
    """Back to the overview at once; nothing asks again."""
    held, planner, writer = forgetting()
    async with app(held).run_test() as pilot:
        await pilot.press("l")
        await named(pilot)
        if way == "key":
            await pilot.press("L")
        else:
            await pilot.click(pilot.app.screen.query(Door).last())
        assert isinstance(pilot.app.screen, Overview)
        assert writer.done == []
        assert len(planner.asked) == 1


# --- waiting for a browser


_HOLD = """
import fcntl, sys
file = open(sys.argv[1], "r+b")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the file locked until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close() if process.stdin else None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
@pytest.mark.rule("SR-29")
async def test_an_open_browser_is_waited_for_and_the_choices_stay(
    tmp_path: Path,
) -> None:
    """The first line says which to close; while it is open no number counts; once it is
    closed the page goes on by itself, with the plan made anew.
    """
    lock = tmp_path / CHROMIUM.locks[0]
    lock.parent.mkdir(parents=True)
    lock.write_bytes(b"x")
    held, planner, writer = forgetting()
    vars(held)["root"] = tmp_path
    async with at_forget(held).run_test(size=TALL) as pilot:
        with held_by_another(lock) as browser:
            await named(pilot)
            page = page_of(pilot)
            first = lines(pilot.app)[2]
            assert WORDS.say("plan.open", programs="Chromium") in first
            await tick(pilot, "cookies")
            page.query_one("#no").focus()
            await pilot.press("n")
            assert asks(pilot) is Ask.NOTHING
            assert WORDS.say("screens.plan.waiting") in words(pilot.app)
            await pilot.press("1", "4")
            assert pilot.app.screen.query_one("#number", Input).value == ""
            assert writer.done == []
            assert browser.stdin is not None
            browser.stdin.close()
            browser.wait()
            await until(pilot, lambda: asks(pilot) is Ask.NUMBER)
        assert len(planner.asked) == 2
        assert "[x] cookies (4)" in seen(pilot.app)
        assert "Close Chromium" not in seen(pilot.app)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
@pytest.mark.rule("SR-29")
async def test_a_browser_that_is_opened_later_stops_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last look at it and the number."""
    monkeypatch.setattr("hygiene.tui.watching._LOOKS_AGAIN_SECONDS", 600.0)
    lock = tmp_path / CHROMIUM.locks[0]
    lock.parent.mkdir(parents=True)
    lock.write_bytes(b"x")
    held, _, writer = forgetting()
    vars(held)["root"] = tmp_path
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("n", "1", "4")
        with held_by_another(lock):
            await pilot.press("enter")
            await until(pilot, lambda: "Close Chromium" in seen(pilot.app))
            page_of(pilot)
            assert writer.done == []
            assert pilot.app.focused is pilot.app.screen.query_one("#no")


async def test_guides_and_back_leave_the_plan_as_it_was() -> None:
    """The ticks too; what was typed is dropped."""
    held, _, _ = forgetting()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await tick(pilot, "cookies")
        await pilot.press("n", "1", "tab", "g")
        assert isinstance(pilot.app.screen, Contents)
        await pilot.press("escape")
        assert "[x] cookies" in seen(pilot.app)
        assert pilot.app.screen.query_one("#number", Input).value == ""
