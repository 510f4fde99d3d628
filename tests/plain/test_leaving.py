"""Leaving while something is on its way to be cleared, in a real terminal."""

from __future__ import annotations

import re

import pytest

from tests.plain.conversation import Conversation

DOORS = "x leaves at once, on every page."
PLAN = "l Leave it as it is. x Leave now."
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "site": (("3", "Which site?"),),
    "plan": (("3", "Which site?"), ("nowhere.example", PLAN)),
    "more": (("3", "Which site?"), ("nowhere.example", PLAN), ("m", "b Back.")),
    "passphrase": (
        *(("3", "Which site?"), ("news.example", PLAN), ("s", "b Back. x Leave now.")),
        *(("f", "b Back. x Leave now."), ("/", "Enter alone goes back. x Leave now.")),
    ),
}
KEYS = {"x": "x\n", "ctrl-c": "\x03", "ctrl-q": "\x11", "ctrl-d": "\x04"}


@pytest.mark.rule("SR-36", "SR-37", "SR-48")
@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("way", WAYS)
def test_leaving_blanks_every_page_of_forgetting(way: str, keys: str) -> None:
    """The site that was typed and the line that started the program included; the end
    of the input is one way to leave.
    """
    before = "$ hygiene forget --plain\r\n"
    with Conversation("--practice", command="forget", before=before) as talk:
        talk.until(DOORS)
        for answer, until in WAYS[way]:
            talk.answer(answer, until)
        talk.session.send(keys)
        assert talk.session.wait_end() == 0
        assert talk.session.is_blank
        assert talk.session.modes == talk.session.modes_before


@pytest.mark.rule("SR-36", "SR-37", "SR-39")
@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.25, 0.5])
def test_leaving_while_it_clears_blanks_the_window_and_tells_nothing(
    seconds: float,
) -> None:
    """Neither what is done nor that the rest was stopped; the status is that of leaving."""
    before = "$ hygiene forget --plain\r\n"
    with Conversation("--practice", command="forget", before=before) as talk:
        talk.until(DOORS)
        talk.answer("3", "Which site?")
        talk.answer("news.example", PLAN)
        plan = talk.answer("n", PLAN)
        [number] = re.findall(r"To clear, type ([0-9]+)", plan)
        talk.answer(number, "Clearing now.")
        talk.session.read(seconds)
        talk.session.send("\x03")
        assert talk.session.wait_end() == 0
        assert talk.session.is_blank
        assert talk.session.modes == talk.session.modes_before
        assert b"fault" not in talk.session.raw


@pytest.mark.rule("SR-48", "SR-63")
def test_the_way_to_a_plan_is_printable_text_only() -> None:
    """No control sequence; a site nobody visited has an honest empty plan."""
    with Conversation("--practice", command="forget") as talk:
        talk.until(DOORS)
        talk.answer("3", "b Back. x Leave now.")
        plan = talk.answer("nowhere.example", PLAN)
        said = talk.session.raw.decode().replace("\r\n", "\n")
    assert "Nothing of nowhere.example (all of it) was found." in plan
    assert "Something could still be there." in plan
    assert all(each.isprintable() for each in said.replace("\n", ""))
