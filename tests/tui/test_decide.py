"""Help to decide is offered and locks nothing."""

from __future__ import annotations

from itertools import product

import pytest

from hygiene.contract.phrases import Phrases
from hygiene.report.advice import Reply, advice
from hygiene.tui.screens.decide import Decide
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.overview import Overview
from hygiene.tui.widgets.door import Door
from tests.tui.seeing import words
from tests.tui.visits import app

WORDS = Phrases("hygiene", "en")
KEYS = {Reply.YES: "y", Reply.NO: "n", Reply.NOT_SURE: "u"}


@pytest.mark.rule("SR-02")
@pytest.mark.parametrize("replies", [*product(Reply, repeat=3)], ids=str)
async def test_every_set_of_answers_ends_in_advice_and_the_same_doors(
    replies: tuple[Reply, Reply, Reply],
) -> None:
    """All 27; not sure reads as the careful answer."""
    async with app().run_test() as pilot:
        await pilot.press("d", *(KEYS[each] for each in replies))
        shown = words(pilot.app)
        for key in advice(*replies):
            assert WORDS.say(key) in shown
        doors = [each.name for each in pilot.app.screen.query(Door)]
        assert doors == ["leave", "read", "look"]


@pytest.mark.rule("SR-02")
def test_not_sure_is_the_careful_answer() -> None:
    """Yes where yes warns, no where no sends to a library."""
    yes, no, unsure = Reply.YES, Reply.NO, Reply.NOT_SURE
    assert advice(unsure, no, yes) == advice(yes, no, yes)
    assert advice(no, unsure, yes) == advice(no, yes, yes)
    assert advice(no, no, unsure) == advice(no, no, no)
    assert advice(yes, yes, no)[0] == "decide.advice-watched"


@pytest.mark.rule("SR-02")
async def test_the_door_to_look_stays_open_and_answers_are_gone() -> None:
    """Look works after the most careful answers; coming again starts anew."""
    async with app().run_test() as pilot:
        await pilot.press("d", "y", "y", "n", "l")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Overview)
        await pilot.press("escape", "d")
        assert WORDS.say("decide.watched") in words(pilot.app)


async def test_escape_goes_back_one_question_then_to_the_gate() -> None:
    """Escape is always back."""
    async with app().run_test() as pilot:
        await pilot.press("d", "y")
        assert WORDS.say("decide.soon") in words(pilot.app)
        await pilot.press("escape")
        assert WORDS.say("decide.watched") in words(pilot.app)
        assert isinstance(pilot.app.screen, Decide)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)


@pytest.mark.rule("SR-50")
async def test_doors_alone_answer_the_questions() -> None:
    """Arrow keys and Enter, no letter."""
    async with app().run_test() as pilot:
        await pilot.press("d", "right", "enter", "right", "enter", "enter")
        for key in advice(Reply.NO, Reply.NO, Reply.YES):
            assert WORDS.say(key) in words(pilot.app)
