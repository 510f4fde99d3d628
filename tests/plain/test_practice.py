"""Clearing for real, in a made-up home, in a terminal: the way a person tries it."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from hygiene.contract.phrases import Phrases
from tests.plain.conversation import Conversation

DOORS = "x leaves at once, on every page."
GATE = "\r\nEspa\u00f1ol: "
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


@pytest.mark.rule("SR-48")
@pytest.mark.parametrize("language", ["en", "es"])
def test_on_a_narrow_terminal_no_line_reaches_the_edge(language: str) -> None:
    """From the gate to the result, lists and guides included; only a name that is longer
    than a line stands on one of its own.
    """
    words = Phrases("hygiene", language)
    leave = " ".join(words.say("plain.back-key").split()[-3:-1])
    with Conversation(
        "--practice", "--lang", language, command="forget", columns=60
    ) as talk:
        told = talk.until(GATE)
        told += talk.answer("2", leave) + talk.answer("1", leave)
        told += talk.answer("b", GATE)
        for answer in ("3", "news.example", "m", "b", "t", "b", "n"):
            told += talk.answer(answer, leave)
        number = re.findall(r"(?:type|escriba) ([0-9]+)", told, re.MULTILINE)[0]
        told += talk.answer(number, leave)
    assert words.say("result.title") in told
    for line in told.splitlines():
        assert cell_len(line) < 60 or len(line.split()) == 1, line


@pytest.mark.rule("SR-23", "SR-48")
def test_a_sitting_is_cleared_and_the_overview_says_so() -> None:
    """Picked from the list; afterwards the checks look again."""
    with Conversation("--practice", "browser-history") as talk:
        talk.until(DOORS)
        talk.answer("3", "a Look again. b Back. x Leave now.")
        before = talk.answer("t", "Type a number to choose it.")
        talk.answer("1", PLAN)
        plan = talk.answer("n", PLAN)
        [number] = re.findall(r"To clear, type ([0-9]+)", plan)
        talk.answer(number, RESULT)
        overview = talk.answer("b", "a Look again. b Back. x Leave now.")
        assert "This run has cleared something that you chose." in overview
        assert "Nothing has been changed." not in overview
        after = talk.answer("t", "Type a number to choose it.")
    sittings = [
        re.findall(r"^\d+\. (.+)$", each, re.MULTILINE) for each in (before, after)
    ]
    assert sittings[1] == sittings[0][1:]
