"""The walk in plain lines: everything the screens can do, in numbered lines."""

from __future__ import annotations

import itertools
import re

import pytest

from hygiene.practice.home import CANARIES
from tests.plain.conversation import Conversation

DOORS = "x leaves at once, on every page."
OVERVIEW = "a Look again. b Back. x Leave now."


def test_the_gate_says_facts_and_asks_nothing() -> None:
    """Doors in the order of safety; what may show stays in the window is said."""
    with Conversation("--practice") as talk:
        said = talk.until(DOORS)
    assert said.index("Leave now") < said.index("Read first") < said.index("3 Look")
    assert "Looking changes nothing." in said
    assert "made up" in said
    assert "stay in this window" in said


@pytest.mark.rule("SR-01", "SR-26")
def test_enter_alone_does_nothing() -> None:
    """Nothing runs before Look is chosen."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        talk.session.send("\n\n\n\n")
        talk.session.read(0.5)
        assert b"Looking. Each line" not in talk.session.raw


@pytest.mark.rule("SR-04", "SR-03", "SR-40", "SR-57")
def test_limits_and_what_leaving_does_are_one_key_away() -> None:
    """`m` at the gate."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        said = talk.answer("m", "b Back. x Leave now.")
    assert "It cannot find all ways of watching." in said
    assert "never touch, set up or sign in to, now or before" in said
    assert "It cannot hide that a program ran" in said
    assert "No survivor group" in said


@pytest.mark.rule("SR-02")
@pytest.mark.parametrize("answers", list(itertools.product("123", repeat=3)))
def test_help_to_decide_ends_at_the_same_doors(answers: tuple[str, ...]) -> None:
    """Whatever is answered: some advice, and every door still open."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        talk.answer("d", "1 Yes. 2 No. 3 Not sure.")
        talk.answer(answers[0], "1 Yes. 2 No. 3 Not sure.")
        talk.answer(answers[1], "1 Yes. 2 No. 3 Not sure.")
        said = talk.answer(answers[2], DOORS)
    watched, soon, other = answers
    assert ("Looking can wait" in said) is (watched in "13")
    assert ("when you have more time" in said) is (soon in "13")
    assert ("the safer computer is the better place" in said) is (other == "1")
    assert "You know your situation best." in said
    assert "3 Look" in said


def test_a_finding_is_four_answers_away_and_explains_itself() -> None:
    """Gate, overview, check, finding; what stands behind it after a warning."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        overview = talk.answer("3", OVERVIEW)
        assert re.search(
            r"^1\. Pages you visited: Worth a look: ", overview, re.MULTILINE
        )
        check = talk.answer("1", "Type a number to read about it.")
        number = re.search(r"^(\d+)\. .*Chromium, Default", check, re.MULTILINE)
        assert number is not None
        finding = talk.answer(number[1], "s Show the names.")
        for question in (
            *("What is this?", "Who could see it?", "What you could do"),
            *("What someone may notice", "Read more"),
        ):
            assert question in finding
        assert "leave it as it is" in finding
        warned = talk.answer("s", "1 Show. b Back.")
        assert "news.example" not in finding + warned
        shown = talk.answer("1", "/word Narrow.")
        assert "news.example" in shown
        narrowed = talk.answer("/weather", "/word Narrow.")
        assert "weather.example" in narrowed
        assert "1 of 13 rows" in narrowed
        assert "news.example" not in narrowed
        assert "There is no more." in talk.answer("n", "/word Narrow.")
        back = talk.answer("b", "s Show the names.")
        assert "Pages you visited" in back
        assert "What is this?" not in back


@pytest.mark.rule("SR-15")
def test_form_words_stand_only_behind_their_field() -> None:
    """One field's words are shown after its number and one more warning."""
    with Conversation("--practice", "autocomplete") as talk:
        talk.until(DOORS)
        talk.answer("3", OVERVIEW)
        check = talk.answer("1", "Type a number to read about it.")
        number = re.search(
            r"^(\d+)\. .*Chromium, Default.*words typed", check, re.MULTILINE
        )
        assert number is not None
        talk.answer(number[1], "s Show the names.")
        talk.answer("s", "1 Show. b Back.")
        fields = talk.answer("1", "/word Narrow.")
        assert "made-up-form-value" not in talk.session.raw.decode()
        town = re.search(r"^(\d+)\. town", fields, re.MULTILINE)
        assert town is not None
        talk.answer(town[1], "1 Show. b Back.")
        assert "made-up-form-value" in talk.answer("1", "/word Narrow.")


def test_what_was_not_looked_at_and_sittings_have_pages() -> None:
    """`n` and `t` on the overview."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        talk.answer("3", OVERVIEW)
        missed = talk.answer("n", "b Back. x Leave now.")
        assert "What was not looked at" in missed
        assert "Nothing was left out in this run so far." in missed
        talk.answer("b", OVERVIEW)
        sittings = talk.answer("t", "b Back. x Leave now.")
    assert "no break over 30 minutes" in sittings
    assert re.search(r"\d\d:\d\d to \d\d:\d\d: \d+ sites?, \d+ pages?", sittings)


@pytest.mark.rule("SR-59")
def test_guides_are_read_and_searched_inside() -> None:
    """Contents, a page by number, a search by everyday words."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        contents = talk.answer("2", "/words Search.")
        number = re.search(r"^(\d+)\. Using a safer computer", contents, re.MULTILINE)
        assert number is not None
        assert "library" in talk.answer(number[1], "/words Search.")
        assert "Chat logs" in talk.answer("/he reads my mesages", "/words Search.")


@pytest.mark.rule("SR-48")
def test_nothing_but_printable_text_and_newlines_until_the_end() -> None:
    """No control sequence, no colour, no cursor movement, no canary."""
    with Conversation("--practice") as talk:
        talk.until(DOORS)
        talk.answer("3", OVERVIEW)
        for check in "12345":
            talk.answer(check, "b Back. x Leave now.")
            talk.answer("b", OVERVIEW)
        said = talk.session.raw.decode().replace("\r\n", "\n")
    assert all(each.isprintable() for each in said.replace("\n", ""))
    for canary in CANARIES:
        assert canary not in said


LEAVING = {"x": "x\n", "ctrl-c": "\x03", "ctrl-q": "\x11"}


@pytest.mark.rule("SR-36", "SR-37", "SR-48")
@pytest.mark.parametrize("keys", LEAVING.values(), ids=LEAVING)
@pytest.mark.parametrize("way", [[], ["3"], ["3", "1"], ["d"], ["2"]], ids="-".join)
def test_leaving_blanks_everything(keys: str, way: list[str]) -> None:
    """From any page, scrollback and the line that started the program included."""
    with Conversation("--practice", before="$ hygiene check --plain\r\n") as talk:
        talk.until(DOORS)
        for answer in way:
            talk.session.send(f"{answer}\n")
            talk.session.read(0.4)
        talk.session.send(keys)
        assert talk.session.wait_end() == 0
        assert talk.session.is_blank
        assert talk.session.modes == talk.session.modes_before


def test_the_ordinary_end_can_keep_earlier_lines() -> None:
    """`b` at the gate ends; `--keep-scrollback` leaves what stood there before."""
    with Conversation("--practice", "--keep-scrollback", before="earlier\r\n") as talk:
        talk.until(DOORS)
        talk.session.send("b\n")
        assert talk.session.wait_end() == 0
        assert "earlier" in talk.session.emulator.everything
