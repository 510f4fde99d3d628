"""The gate says plain facts and looks at nothing."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

import hygiene
from hygiene.contract import Platform
from hygiene.contract.phrases import Phrases
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.asking_first import AskingFirst
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.decide import Decide
from hygiene.tui.screens.ending import Ending
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.more import More
from hygiene.tui.screens.overview import Overview
from hygiene.tui.widgets.door import Door
from hygiene.words.offered import offered
from tests.tui.seeing import seen, until, words
from tests.tui.visits import SIZES, Way, app, checks, session, visit

WORDS = Phrases("hygiene", "en")


@pytest.mark.rule("SR-01")
async def test_nothing_is_looked_at_before_look() -> None:
    """Enter at once, and every other key but `l`, starts no check."""
    said = checks()
    held = session(said)
    async with app(held).run_test() as pilot:
        await pilot.press("enter", "space", "x", "down", "s")
        assert isinstance(pilot.app.screen, Gate)
        assert not any(each.asked for each in said)
        await pilot.press("l")
        await until(pilot, lambda: all(each.asked for each in said))


@pytest.mark.rule("SR-01")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_gate_is_short_and_whole_at_every_size(size: tuple[int, int]) -> None:
    """At most 70 words, and every one of them is on the screen."""
    body = " ".join(WORDS.say(f"gate.{key}") for key in ("title", "what", "watched"))
    assert len(body.split()) <= 70
    async with app().run_test(size=size) as pilot:
        await pilot.pause()
        assert body in words(pilot.app)


@pytest.mark.rule("SR-01", "SR-56")
async def test_the_doors_stand_in_the_order_of_safety() -> None:
    """Leave now, Read first, Look."""
    async with app().run_test() as pilot:
        doors = [each.name for each in pilot.app.screen.query(Door)]
        assert doors == ["leave", "read", "look"]


@pytest.mark.rule("SR-01", "SR-50")
@pytest.mark.parametrize(
    ("tabs", "page"), [(3, Contents), (4, Overview)], ids=["read", "look"]
)
async def test_doors_open_by_keyboard_alone(tabs: int, page: type) -> None:
    """Tab goes to the way out first, then from door to door."""
    async with app().run_test() as pilot:
        await pilot.press(*["tab"] * tabs, "enter")
        assert isinstance(pilot.app.screen, page)


async def test_the_leave_door_leaves() -> None:
    """By keyboard and by mouse."""
    way = Way()
    async with app(way=way).run_test() as pilot:
        await pilot.press("tab", "tab", "enter")
        assert way.times == 1
        await pilot.click(Door)
        assert way.times == 2


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("l", Overview),
        ("r", Contents),
        ("g", Contents),
        ("d", Decide),
        ("m", More),
        ("escape", Ending),
    ],
)
async def test_every_key_of_the_last_line_works(key: str, page: type) -> None:
    """What is one key away is one key away."""
    async with app().run_test() as pilot:
        await pilot.press(key)
        assert isinstance(pilot.app.screen, page)


@pytest.mark.rule("SR-14")
async def test_with_admin_rights_the_way_out_has_the_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The gate says so; Look still works."""
    monkeypatch.setattr("hygiene.host.account.running_as_admin", lambda: True)
    way = Way()
    async with app(way=way).run_test() as pilot:
        assert WORDS.say("gate.admin").split(".")[0] in words(pilot.app).replace(
            "▌ ", ""
        )
        await pilot.press("enter")
        assert way.times == 1
        await pilot.press("l")
        assert isinstance(pilot.app.screen, Overview)


@pytest.mark.rule("SR-01", "SR-14")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 24), (40, 12)], ids=str)
async def test_the_doors_are_in_view_whatever_else_is_said(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    """With every note at once. The last of them is reached by a key, and the doors stand
    where they did.
    """
    monkeypatch.setattr("hygiene.host.account.running_as_admin", lambda: True)
    held = session(practice=True)
    held.look_only = True
    vars(held)["recording"] = "keeper"
    spoken = Phrases("hygiene", language)
    async with app(held).run_test(size=size) as pilot:
        await pilot.press("1" if language == "en" else "2")
        doors = list(pilot.app.screen.query(Door))
        places = [each.region for each in doors]
        body = pilot.app.screen.query_one("Body").region
        for each in doors:
            assert spoken.say(f"gate.{each.name}") in words(pilot.app)
            assert body.contains_region(each.region)
        await pilot.press(*["pagedown"] * 12)
        [note] = [each.note for each in offered() if each.note]
        assert note.split()[-1] in words(pilot.app)
        assert [each.region for each in doors] == places


async def test_arrows_go_from_door_to_door() -> None:
    """Both ways and round, and never to the way out in the corner."""
    async with app().run_test() as pilot:
        names = []
        for key in ("right", "down", "right", "down", "left", "up"):
            await pilot.press(key)
            assert isinstance(pilot.app.focused, Door)
            names.append(pilot.app.focused.name)
        assert names == ["leave", "read", "look", "leave", "look", "read"]
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Contents)


async def test_practice_and_look_only_are_said() -> None:
    """On the gate in a sentence, on every page in the first line."""
    held = session(practice=True)
    held.look_only = True
    async with app(held).run_test() as pilot:
        for key in ("", "l", "g", "question_mark"):
            if key:
                await pilot.press(key)
            first = seen(pilot.app).splitlines()[0]
            assert WORDS.say("screens.practice") in first
            assert WORDS.say("screens.look-only") in first


@pytest.mark.rule("SR-62")
@pytest.mark.parametrize(("key", "agreed"), [("w", False), ("t", True)])
async def test_a_mac_is_asked_about_before_it_asks(key: str, agreed: bool) -> None:
    """Nothing is read before the answer, and the answer reaches the session."""
    said = checks()
    held = session(said, platform=Platform.MACOS, live=True)
    async with app(held).run_test() as pilot:
        await pilot.press("l")
        assert isinstance(pilot.app.screen, AskingFirst)
        assert not any(each.asked for each in said)
        await pilot.press(key)
        assert isinstance(pilot.app.screen, Overview)
        assert held.agreed is agreed
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)


@pytest.mark.rule("SR-03", "SR-04", "SR-40", "SR-57")
async def test_limits_stand_one_key_away() -> None:
    """What it sees and does not, what a safer device is, what leaving does not do."""
    async with app().run_test(size=(120, 120)) as pilot:
        await pilot.press("m")
        shown = words(pilot.app)
        for key in (
            *("limit.sees", "limit.monitoring", "limit.signs", "limit.account"),
            *("limit.forensic", "safer-device.definition", "exit.does-not"),
            *("disclaimer.general", "disclaimer.review"),
        ):
            assert WORDS.say(key) in shown, key
        await pilot.press("s")
        assert "safer" in seen(pilot.app).casefold()


async def test_more_says_where_each_check_comes_from() -> None:
    """A stranger's package is seen before anything runs."""
    held = session()
    async with app(held).run_test(size=(120, 120)) as pilot:
        await pilot.press("m")
        assert seen(pilot.app).count("privacy-hygiene 0.1.0") == len(held.checks)


@pytest.mark.rule("SR-37")
@pytest.mark.parametrize(("key", "clear"), [("c", True), ("k", False)])
async def test_an_ordinary_end_asks_once_about_earlier_lines(
    key: str, clear: bool
) -> None:
    """The app ends with the answer."""
    made = app()
    async with made.run_test() as pilot:
        await pilot.press("escape")
        assert isinstance(made.screen, Ending)
        await pilot.press(key)
    assert made.return_value is clear


async def test_keeping_scrollback_answers_before_it_is_asked() -> None:
    """`--keep-scrollback` ends at once."""
    seen_by = visit(session(), keep_scrollback=True)
    made = HygieneApp(seen_by, [Gate(seen_by)])
    async with made.run_test() as pilot:
        await pilot.press("escape")
    assert made.return_value is False


SPANISH = Phrases("hygiene", "es")


@pytest.mark.rule("SR-12")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_languages_are_offered_in_their_own_names(size: tuple[int, int]) -> None:
    """One that no human has reviewed says so in its own words."""
    async with app().run_test(size=(size[0], 40)) as pilot:
        shown = words(pilot.app)
        assert "1 English" in shown
        assert "2 Español" in shown
        note = SPANISH.say("screens.guides.translation")
        assert f"Español: {note}" in shown
        assert "English: " not in shown


@pytest.mark.rule("SR-01", "SR-12")
async def test_another_language_is_spoken_at_once() -> None:
    """Gate, session and the pages that follow; nothing is looked at by it."""
    said = checks()
    held = session(said)
    assert held.facts.app.say("gate.title") == WORDS.say("gate.title")
    async with app(held).run_test() as pilot:
        await pilot.press("2")
        shown = words(pilot.app)
        for key in ("gate.title", "gate.what", "gate.look", "gate.leave"):
            assert SPANISH.say(key) in shown
            assert WORDS.say(key) not in shown
        assert not any(each.asked for each in said)
        assert held.language == "es"
        assert held.facts.app.say("gate.title") == SPANISH.say("gate.title")
        await pilot.press("m")
        assert SPANISH.say("more.title") in words(pilot.app)
        await pilot.press("escape", "l")
        assert isinstance(pilot.app.screen, Overview)
        assert SPANISH.say("overview.title") in words(pilot.app)
        await pilot.press("escape", "1")
        assert isinstance(pilot.app.screen, Gate)
        assert WORDS.say("gate.what") in words(pilot.app)
        assert held.facts.app.say("gate.title") == WORDS.say("gate.title")


@pytest.mark.rule("SR-12")
async def test_the_language_spoken_and_other_numbers_change_nothing() -> None:
    """The same page stays."""
    async with app().run_test() as pilot:
        before = pilot.app.screen
        await pilot.press("1", "3", "9")
        assert pilot.app.screen is before


@pytest.mark.rule("SR-12", "SR-14")
async def test_with_admin_rights_the_way_out_keeps_the_focus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the new language too."""
    monkeypatch.setattr("hygiene.host.account.running_as_admin", lambda: True)
    way = Way()
    async with app(way=way).run_test() as pilot:
        await pilot.press("2", "enter")
        assert way.times == 1


@pytest.mark.rule("SR-12")
async def test_one_language_alone_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is offered then, and no number does anything."""
    monkeypatch.setattr("hygiene.words.offered.languages", lambda _: ("en",))
    async with app().run_test() as pilot:
        assert "English" not in words(pilot.app)
        before = pilot.app.screen
        await pilot.press("1", "2")
        assert pilot.app.screen is before


@pytest.mark.rule("SR-12")
def test_the_mark_of_a_language_is_that_of_its_catalogue() -> None:
    """A translation waits for as long as the header of its catalogue says so."""
    folder = Path(hygiene.__path__[0], "words")
    for each in offered():
        header = (folder / f"{each.code}.po").read_text("utf-8").partition("\n\n")[0]
        assert ("X-Translation: not yet reviewed" in header) is each.waits
        assert bool(each.note) is each.waits


async def test_memory_is_cleared_again_once_the_gate_stands() -> None:
    """The start puts that off; it must not stay so for a long reading."""
    gc.disable()
    try:
        async with app().run_test() as pilot:
            await until(pilot, gc.isenabled)
            assert isinstance(pilot.app.screen, Gate)
    finally:
        gc.enable()
