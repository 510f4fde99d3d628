"""Clearing for real, in a made-up home, in a terminal: the way a person tries it."""

from __future__ import annotations

import re

import pytest

from tests.plain.conversation import Conversation

DOORS = "x leaves at once, on every page."
PLAN = "l Leave it as it is. x Leave now."
RESULT = "a Look again. f Forget another site. b Back. x Leave now."


@pytest.mark.rule("SR-22", "SR-26", "SR-31", "SR-48")
def test_a_site_is_forgotten_and_counted_again() -> None:
    """The number of the first line clears as many pages; looking again finds none of
    them, and the run ends well.
    """
    with Conversation("--practice", command="forget") as talk:
        talk.until(DOORS)
        talk.answer("3", "b Back. x Leave now.")
        plan = talk.answer("news.example", PLAN)
        [number] = re.findall(r"^([0-9,]+) pages? of news\.example", plan, re.MULTILINE)
        asked = talk.answer("n", PLAN)
        assert f"To clear, type {number}." in asked
        wrong = talk.answer(f"{number}1", PLAN)
        assert "Nothing was changed." in wrong
        done = talk.answer(number, RESULT)
        assert re.search(rf"^Done: {number} pages?\b", done, re.MULTILINE)
        assert "Counted again: this program finds no more of it" in done
        again = talk.answer("a", PLAN)
        assert f"{number} page" not in again
        talk.session.send("l\n")
        talk.until(DOORS)
        talk.session.send("b\n")
        assert talk.session.wait_end() == 0
        assert talk.session.is_blank


@pytest.mark.rule("SR-23", "SR-48")
def test_a_sitting_is_cleared_and_the_overview_says_so() -> None:
    """Picked from the list; afterwards the checks look again."""
    with Conversation("--practice", "browser-history") as talk:
        talk.until(DOORS)
        talk.answer("3", "a Look again. b Back. x Leave now.")
        before = talk.answer("t", "Type a number to choose it.")
        talk.answer("1", PLAN)
        plan = talk.answer("n", PLAN)
        [number] = re.findall(r"To clear, type ([0-9,]+)\.", plan)
        talk.answer(number, RESULT)
        overview = talk.answer("b", "a Look again. b Back. x Leave now.")
        assert "This run has cleared something that you chose." in overview
        assert "Nothing has been changed." not in overview
        after = talk.answer("t", "Type a number to choose it.")
    sittings = [
        re.findall(r"^\d+\. (.+)$", each, re.MULTILINE) for each in (before, after)
    ]
    assert sittings[1] == sittings[0][1:]
