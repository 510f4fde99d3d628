"""Every guide opens inside, and can be searched."""

from __future__ import annotations

import pytest

from hygiene import guides
from hygiene.contract.phrases import Phrases
from hygiene.guides.plain import pieces
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.reader import Reader
from tests.tui.seeing import lines, seen, words
from tests.tui.visits import SIZES, Way, app, visit

WORDS = Phrases("hygiene", "en")
ALL = [each for group in guides.contents() for each in group.guides]


def reading(guide: guides.Guide, way: Way | None = None) -> HygieneApp:
    """The reader alone, as `hygiene guide SLUG` starts it."""
    seen_by = visit(None, way)
    return HygieneApp(seen_by, [Contents(seen_by), Reader(seen_by, guide)])


@pytest.mark.rule("SR-59")
@pytest.mark.parametrize("guide", ALL, ids=lambda each: each.slug)
async def test_every_guide_is_shown_whole(guide: guides.Guide) -> None:
    """Every word of its plain text, in order, at 80 columns; the way out at its end."""
    way = Way()
    async with reading(guide, way).run_test(size=(80, 400)) as pilot:
        shown = words(pilot.app)
        for marker, text in pieces(guide.text):
            assert text in shown, (marker, text)
        await pilot.press("end", "ctrl+q")
        assert way.times == 1


@pytest.mark.rule("SR-50")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_line_is_cut(size: tuple[int, int]) -> None:
    """Lines are as wide as the page at most, and 72 at most."""
    async with reading(ALL[0]).run_test(size=(size[0], 300)) as pilot:
        shown = words(pilot.app)
        for _, text in pieces(ALL[0].text):
            assert text in shown
        assert max(len(line.strip()) for line in lines(pilot.app)[1:-2]) <= 72


async def test_contents_stand_by_group() -> None:
    """All of them, in order."""
    async with app().run_test(size=(80, 90)) as pilot:
        await pilot.press("g")
        shown = words(pilot.app)
        at = -1
        for group in guides.contents():
            assert group.title in shown
            for guide in group.guides:
                found = shown.find(guide.title, at + 1)
                assert found > at
                at = found


async def test_everyday_words_find_a_guide() -> None:
    """As one types; nonsense says so; Escape gives the contents back."""
    async with app().run_test() as pilot:
        await pilot.press("g", "slash", *"history")
        first = guides.search("history")[0].guide.title
        assert first in words(pilot.app)
        await pilot.press("enter", "enter")
        assert isinstance(pilot.app.screen, Reader)
        assert first in words(pilot.app)
        await pilot.press("escape", "slash", *"qqqqxx")
        assert WORDS.say("guides.no-hit") in words(pilot.app)
        await pilot.press("escape")
        assert guides.contents()[0].title in seen(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)


async def test_find_goes_from_place_to_place() -> None:
    """`/` finds, `n` goes on and round the end, Escape ends it, then goes back."""
    guide = guides.find("browser-history")
    assert guide is not None
    async with reading(guide).run_test() as pilot:
        await pilot.press("slash", *"history")
        number = sum(text.casefold().count("history") for _, text in pieces(guide.text))
        assert WORDS.count("screens.guides.found", number) in seen(pilot.app)
        await pilot.press("enter")
        before = seen(pilot.app)
        await pilot.press("n", "n")
        assert seen(pilot.app) != before
        await pilot.press(*["n"] * (number - 2))
        assert seen(pilot.app) == before
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Reader)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Contents)


async def test_where_to_read_more_opens() -> None:
    """The guides a page ends with, by keyboard."""
    guide = next(each for each in ALL if each.more)
    async with reading(guide).run_test() as pilot:
        await pilot.press("tab", "enter")
        following = guides.find(guide.more[0])
        assert following is not None
        assert following.title in words(pilot.app)


async def test_guides_are_one_key_away_and_back_is_where_one_came_from() -> None:
    """Also from a guide that a finding opened."""
    async with app().run_test() as pilot:
        await pilot.press("l", "g")
        assert isinstance(pilot.app.screen, Contents)
        await pilot.press("down", "enter")
        assert isinstance(pilot.app.screen, Reader)
        await pilot.press("g")
        assert isinstance(pilot.app.screen, Contents)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)


async def test_the_reader_alone_ends_at_its_contents() -> None:
    """Escape on the first page of `hygiene guide` is an ordinary end."""
    made = reading(ALL[0])
    async with made.run_test() as pilot:
        await pilot.press("escape", "escape")
    assert made.return_value is False
