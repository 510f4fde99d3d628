"""Every guide opens inside, and can be searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hygiene import guides
from hygiene.contract.phrases import Phrases
from hygiene.guides.pieces import pieces
from hygiene.guides.terms import first_uses
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.reader import Reader
from hygiene.tui.widgets.guide_text import GuideText
from hygiene.tui.widgets.row_list import RowList
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
    """All of them, in order, after the worries."""
    async with app().run_test(size=(80, 120)) as pilot:
        await pilot.press("g")
        shown = words(pilot.app)
        at = shown.find(guides.start()[-1].sentence)
        assert at > 0
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
        assert guides.start()[0].sentence in seen(pilot.app)
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
        await pilot.press("end", "enter")
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


async def test_a_worry_shows_its_guides_and_escape_goes_back_to_it() -> None:
    """The first rows are worries; Enter shows the guides for one, in their order."""
    worries = guides.start()
    async with app().run_test() as pilot:
        await pilot.press("g")
        for each in worries:
            assert each.sentence in seen(pilot.app)
        await pilot.press("down", "enter")
        shown = words(pilot.app)
        assert worries[0].sentence not in shown
        places = [shown.find(each.title) for each in worries[1].guides]
        assert -1 not in places
        assert places == sorted(places)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Reader)
        assert worries[1].guides[0].title in words(pilot.app)
        await pilot.press("escape")
        assert worries[0].sentence not in words(pilot.app)
        await pilot.press("escape")
        rows = pilot.app.screen.query_one(RowList)
        assert rows.key == f"worry:{worries[1].id}"
        assert worries[0].sentence in words(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)


async def test_a_search_ends_a_worry() -> None:
    """Escape after it gives everything back, and the next one goes back a page."""
    async with app().run_test() as pilot:
        await pilot.press("g", "enter", "slash", *"history", "escape")
        assert guides.start()[1].sentence in words(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)


@pytest.mark.rule("SR-50")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_worries_are_whole_at_every_size(size: tuple[int, int]) -> None:
    """No word of them is cut."""
    async with app().run_test(size=(size[0], 120)) as pilot:
        await pilot.press("g")
        for each in guides.start():
            assert each.sentence in words(pilot.app)


@pytest.mark.rule("SR-11")
async def test_terms_are_underlined_and_explained_below() -> None:
    """Each once, where it is used first; the text itself stays as it is."""
    guide = guides.find("browser-history")
    assert guide is not None
    uses = first_uses(guide)
    assert len(uses) > 3
    texts = [text for _, text in pieces(guide.text)]
    async with reading(guide).run_test(size=(80, 300)) as pilot:
        shown = words(pilot.app)
        for use in uses:
            assert shown.count(f"{use.term.name}: {use.term.text}") == 1
        underlined = [
            line.plain[span.start : span.end]
            for line in pilot.app.screen.query_one(GuideText).lay(70)
            for span in line.spans
            if "underline" in str(span.style)
        ]
    used = [texts[use.piece][use.start : use.end] for use in uses]
    assert " ".join(underlined).split() == " ".join(used).split()


@pytest.mark.rule("SR-12", "SR-57")
async def test_what_is_to_be_known_of_a_guide_stands_above_it() -> None:
    """A translation nobody has reviewed, and a review that is long ago."""
    guide = guides.find("leaving")
    assert guide is not None
    notes = ("translation", "old", "english")
    told = [WORDS.say(f"screens.guides.{each}") for each in notes]
    async with reading(guide).run_test() as pilot:
        assert [each for each in told if each in words(pilot.app)] == []
    waits = "not yet reviewed by a human translator"
    old = replace(guide, reviewed_on=date(2020, 1, 1), translation=waits)
    async with reading(old).run_test() as pilot:
        assert [each for each in told if each in words(pilot.app)] == told[:2]
