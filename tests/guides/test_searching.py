"""Everyday questions, spelled as people spell them, lead to the right guide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.guides import contents, search

QUESTIONS = [
    ("he reads my mesages", "chat-logs"),
    ("somone reads my whatsap", "chat-logs"),
    ("how do i see linked devises", "chat-logs"),
    ("somone sees what i search", "search-history"),
    ("delete what i googled", "search-history"),
    ("my phone tells where i am", "photos-places"),
    ("fotos show my locaton", "photos-places"),
    ("she checks my browser histry", "browser-history"),
    ("incognito windw", "browser-history"),
    ("it fills in what i typed befor", "autocomplete"),
    ("sugestions when i type", "autocomplete"),
    ("they know my pasword", "passwords"),
    ("somebody guessed my pin", "passwords"),
    ("someone is in my icloud acount", "account-sync"),
    ("logged in on his tablet", "account-sync"),
    ("is my computr watched", "safer-device"),
    ("can i use the libary", "safer-device"),
    ("will they notice if i delet everything", "before-you-clear"),
    ("should i wipe my computer", "before-you-clear"),
    ("save proof of thretening texts", "saving-evidence"),
    ("screenshot for the judge", "saving-evidence"),
    ("i am afraid he will hurt me", "danger-now"),
    ("i dont know where i am", "danger-now"),
    ("who can i cal for help", "numbers"),
    ("hotlin number", "numbers"),
    ("where do i start", "plan-ahead"),
    ("i want to leave, make a plan", "plan-ahead"),
    ("will they see that i used this program", "how-this-works"),
    ("can it find spywear", "how-this-works"),
    ("what is a cookie", "glossary"),
]


@pytest.mark.parametrize(("question", "slug"), QUESTIONS)
def test_the_right_guide_is_in_the_first_three(question: str, slug: str) -> None:
    """The guide that answers stands among the first three hits."""
    assert slug in [hit.guide.slug for hit in search(question)[:3]]


def test_every_guide_is_found_by_its_title() -> None:
    """The words of a title lead to that guide first."""
    for group in contents():
        for guide in group.guides:
            assert search(guide.title)[0].guide.slug == guide.slug


def test_half_a_word_is_enough() -> None:
    """While someone types, the start of a word already finds the guide."""
    assert search("passw")[0].guide.slug == "passwords"


def test_the_line_that_fits_is_given() -> None:
    """A hit comes with the line of the guide that speaks of what was asked."""
    hit = next(
        hit for hit in search("shift delete") if hit.guide.slug == "autocomplete"
    )
    assert "Shift and Delete" in hit.line


@pytest.mark.parametrize("words", ["", "   ", "?!", "the and of", "zzzzqqqq"])
def test_words_that_say_nothing_find_nothing(words: str) -> None:
    """No words, small words and words like no other give no hits."""
    assert search(words) == []


def test_no_more_hits_than_asked_for() -> None:
    """The number of hits is limited."""
    assert len(search("phone", most=3)) == 3


@given(st.text(max_size=60))
def test_any_question_gives_an_answer(words: str) -> None:
    """Whatever is typed, search answers with guides, each at most once."""
    slugs = [hit.guide.slug for hit in search(words)]
    assert len(slugs) == len(set(slugs))
