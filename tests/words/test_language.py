"""The measuring itself: it sees what it is there to see."""

from __future__ import annotations

import pytest

from tests.words.language import (
    ALLOWED,
    banned,
    blocks,
    hedged,
    measure,
    numbers,
    orders,
    sentences,
    too_long,
)


def test_blocks_are_paragraphs_and_list_items() -> None:
    """Headings are left out, wrapped lines are joined, bold marks are dropped."""
    text = (
        "# Top\n\nOne\nline.\n\n## Part\n- **First** point\n  goes on\n- second\n\nEnd."
    )
    assert blocks(text) == ["One line.", "First point goes on", "second", "End."]


def test_sentences_end_at_marks_and_not_inside_words() -> None:
    """A full stop ends a sentence only where a new one starts."""
    assert sentences("Press x. It leaves. See techsafety.org for more.") == [
        "Press x.",
        "It leaves.",
        "See techsafety.org for more.",
    ]


def test_a_sentence_of_26_words_is_too_long() -> None:
    """Twenty-five words are allowed, one more is not; a place to fill in is a word."""
    assert too_long("word " * 24 + "{n}.") == []
    assert len(too_long("word " * 25 + "{n}.")) == 1


def test_hard_words_raise_the_grade() -> None:
    """Plain words are under grade six, officialese is over it."""
    plain = measure(["You can look at the list. You can leave it as it is."])
    hard = measure(
        ["Organizational communication necessitates considerable consideration."]
    )
    assert plain.grade <= 6 < hard.grade
    assert plain.words == 13
    assert plain.longest == 7
    assert plain.average == 6.5


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@pytest.mark.parametrize(
    "text",
    [
        "You are safe.",
        "You're now safe here",
        "All clear",
        "This computer is clean.",
        "It leaves no trace.",
        "It is gone without a trace.",
        "You are invisible.",
        "100% sure",
        "We guarantee it.",
        "It was completely removed.",
        "There is nothing to worry about.",
        "You should have locked it.",
        "You forgot to sign out.",
        "This is a weak password.",
        "You must delete this.",
        "Your abuser may see it.",
        "He may see it.",
        "Ask her.",
        "Cover your tracks",
        "Look at this!",
        "READ this FIRST",
    ],
)
def test_banned_words_are_seen(text: str) -> None:
    """Each kind of banned wording is found."""
    assert banned(text)


@pytest.mark.parametrize(
    "text",
    [
        "This shows where someone was.",
        "A safer computer is one nobody else can open.",
        "The other person may notice.",
        "Chrome keeps there a list of pages.",
        "NNEDV and HEIC are names.",
        *ALLOWED,
    ],
)
def test_calm_words_are_let_through(text: str) -> None:
    """Words that only look like banned ones, and the reviewed uses, are allowed."""
    assert banned(text) == []


def test_orders_are_counted() -> None:
    """Must and should count, could does not."""
    assert orders("You must go. You should go. You could go.") == 2


def test_doubt_is_seen() -> None:
    """A word of doubt makes a text unsure."""
    assert hedged("Look for a menu named like this.")
    assert not hedged("The menu is at the top.")


@pytest.mark.rule("SR-51")
def test_numbers_to_call_are_told_from_other_digits() -> None:
    """Separators do not matter; years, dates and small numbers are none."""
    text = (
        "Call 9-1-1, (800) 829-4933 or 1-888-3737-888, text 233733. "
        "Checked 23 November 2026 and 2026-11-23, 15 signs, 26 words in 2022. "
        "Keys 1 2 3."
    )
    assert numbers(text) == {"911", "8008294933", "18883737888", "233733"}
