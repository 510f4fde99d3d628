"""A finding answers five questions, and shows names only while they are asked for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Finding, Group, Level, Trace, Untrusted, Why
from hygiene.contract.phrases import Phrases
from hygiene.engine.reveal import BATCH
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.reader import Reader
from hygiene.tui.widgets.behind import Behind
from hygiene.tui.widgets.trace_list import TraceList
from tests.tui.seeing import lines, seen, until, words
from tests.tui.visits import SIZES, SaidCheck, app, history, session, sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.pilot import Pilot

    from hygiene.wiring import Session

WORDS = Phrases("hygiene", "en")


async def opened(pilot: Pilot[bool]) -> None:
    """From the gate to the one finding there is."""
    await pilot.press("l")
    await until(pilot, lambda: "1 of 1" in seen(pilot.app))
    await pilot.press("enter")
    assert isinstance(pilot.app.screen, FindingPage)


async def shown(pilot: Pilot[bool], rows: int) -> None:
    """And on to what stands behind it."""
    await pilot.press("s")
    await until(pilot, lambda: pilot.app.screen.query_one(TraceList).total == rows)


def one(finding: Finding) -> Session:
    """A session with one finding."""
    return session([SaidCheck("browser-history", Group.PAGES, [finding])])


@pytest.mark.rule("SR-10")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_five_questions_are_answered(size: tuple[int, int]) -> None:
    """In order, each with its text, whole at every width."""
    made = one(history())
    async with app(made).run_test(size=(size[0], 90)) as pilot:
        await opened(pilot)
        facts = made.facts
        guide = "Clearing browser history"
        answers = facts.answers("browser-history", history(), guide)
        assert len(answers) == 5
        if size[0] < 100:
            told = " ".join(f"{each.question} {each.text}" for each in answers)
            assert told in words(pilot.app)
        else:
            for each in answers:
                assert each.question in seen(pilot.app)


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_names_stand_behind_a_key_and_go_again(size: tuple[int, int]) -> None:
    """Counts first; `s` shows, `s` hides, and nothing of them stays in the list."""
    async with app(one(history())).run_test(size=size) as pilot:
        await opened(pilot)
        assert "412 pages" in words(pilot.app)
        assert "site-" not in seen(pilot.app)
        await shown(pilot, 412)
        assert "site-" in seen(pilot.app)
        await pilot.press("s")
        assert "site-" not in seen(pilot.app)
        assert pilot.app.screen.query_one(TraceList).total == 0


@pytest.mark.rule("SR-15")
async def test_leaving_the_screen_hides_the_names() -> None:
    """Going to the guides and back, and going back and in again, shows counts only."""
    async with app(one(history())).run_test() as pilot:
        await opened(pilot)
        await shown(pilot, 412)
        await pilot.press("g")
        assert isinstance(pilot.app.screen, Contents)
        await pilot.press("escape")
        assert "site-" not in seen(pilot.app)
        await shown(pilot, 412)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)
        await pilot.press("enter")
        assert "site-" not in seen(pilot.app)


@pytest.mark.rule("SR-41")
async def test_the_cover_gives_back_what_was_shown() -> None:
    """Any key returns to the same place, the list included."""
    made = app(one(history()))
    async with made.run_test() as pilot:
        await opened(pilot)
        await shown(pilot, 412)
        made.push_screen(Cover(made.visit))
        await pilot.pause()
        assert "site-" not in seen(made)
        await pilot.press("down")
        assert "site-" in seen(made)
        assert made.screen.query_one(TraceList).cursor == 0


async def test_search_narrows_with_every_key() -> None:
    """Escape leaves the search, then the page."""
    async with app(one(history())).run_test() as pilot:
        await opened(pilot)
        await shown(pilot, 412)
        rows = pilot.app.screen.query_one(TraceList)
        await pilot.press("slash", "0", "4")
        await until(pilot, lambda: rows.in_view == 26)
        await pilot.press("1")
        await until(pilot, lambda: rows.in_view == 3)
        assert WORDS.say("screens.list.narrowed", shown="3", all="412") in seen(
            pilot.app
        )
        await pilot.press("escape")
        await until(pilot, lambda: rows.in_view == 412)
        assert isinstance(pilot.app.screen, FindingPage)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)


async def test_enter_shows_what_is_inside_a_row_and_escape_comes_back() -> None:
    """Where there is anything; else a sentence says so."""
    async with app(one(history())).run_test() as pilot:
        await opened(pilot)
        await shown(pilot, 412)
        rows = pilot.app.screen.query_one(TraceList)
        await pilot.press("enter")
        assert WORDS.say("plain.nothing-inside") in seen(pilot.app)
        await pilot.press("1", "enter")
        await until(pilot, lambda: rows.total == 1)
        assert "first name" in seen(pilot.app)
        assert "site-000000.example" in seen(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: rows.total == 412)


async def test_marks_are_counted() -> None:
    """Below the list, also when the marked rows are narrowed away."""
    async with app(one(history())).run_test() as pilot:
        await opened(pilot)
        await shown(pilot, 412)
        await pilot.press("space", "space", "slash", "z")
        narrowed = WORDS.say("screens.list.narrowed", shown="0", all="412")
        marked = WORDS.count("screens.list.marked", 2)
        await until(pilot, lambda: narrowed in seen(pilot.app))
        assert f"  {narrowed} · {marked}" in lines(pilot.app)


async def test_what_cannot_be_read_says_why() -> None:
    """Rows that came stay; the reason stands below them."""

    def broken() -> Iterable[Trace]:
        yield from islice(sites(BATCH)(), BATCH)
        raise CannotLook(Why.LOCKED)

    finding = Finding(
        topic="browser-history",
        level=Level.NOTE,
        program="Chromium",
        program_id="chromium",
        counts={"sites": 2},
        traces=broken,
    )
    async with app(one(finding)).run_test() as pilot:
        await opened(pilot)
        await shown(pilot, BATCH)
        await until(pilot, lambda: WORDS.say("why.locked") in words(pilot.app))
        assert "site-" in seen(pilot.app)


async def test_text_from_the_machine_is_never_markup() -> None:
    """Brackets, escapes and long names stay text on their row."""
    hostile = "[red]x[/red] \x1b[31mred\x1b[0m [@click=app.quit]y[/] " + "w" * 300

    def read() -> Iterable[Trace]:
        yield Trace(key="a", label=Untrusted(hostile), kind="site")

    finding = Finding(
        topic="browser-history",
        level=Level.NOTE,
        program="[b]Chromium",
        program_id="chromium",
        profile=Untrusted("[i]P\x1b[0m"),
        counts={"sites": 1},
        traces=read,
    )
    async with app(one(finding)).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "[b]Chromium, [i]P" in seen(pilot.app)
        await shown(pilot, 1)
        assert "[red]x[/red]" in seen(pilot.app)
        assert "\x1b" not in seen(pilot.app)


async def test_the_guide_is_one_key_away() -> None:
    """`r` opens the finding's own guide."""
    async with app(one(history())).run_test() as pilot:
        await opened(pilot)
        await pilot.press("r")
        assert isinstance(pilot.app.screen, Reader)


async def test_list_and_answers_stand_side_by_side_where_there_is_room() -> None:
    """At 120 columns both are seen; at 80 one takes the other's place."""
    for width, both in ((120, True), (80, False)):
        async with app(one(history())).run_test(size=(width, 40)) as pilot:
            await opened(pilot)
            await shown(pilot, 412)
            assert ("What is this?" in seen(pilot.app)) is both
            assert pilot.app.screen.query_one(Behind).display
