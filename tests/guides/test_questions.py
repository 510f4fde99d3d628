"""Questions as people in fear type them lead to the guide that answers."""

from __future__ import annotations

import pytest

from hygiene.guides import find, search
from hygiene.guides.stems import stems
from tests.guides.questions import ENGLISH, SPANISH


@pytest.mark.parametrize(("question", "slug"), ENGLISH)
def test_the_guide_is_among_the_first_three(question: str, slug: str) -> None:
    """The guide that answers stands among the first three hits."""
    assert slug in [hit.guide.slug for hit in search(question, most=3)]


@pytest.mark.parametrize(
    ("language", "question", "slug"),
    [("en", *each) for each in ENGLISH] + [("es", *each) for each in SPANISH],
)
def test_a_question_has_no_word_of_the_title(
    language: str, question: str, slug: str
) -> None:
    """Small words such as "the" aside: who asks does not know what a guide is called."""
    guide = find(slug, language)
    assert guide is not None
    title = set(stems(guide.title, language))
    assert title.isdisjoint(stems(question, language))


@pytest.mark.parametrize(
    ("typed", "quickly"),
    [
        ("i don't know where i am", "i dont know where i am"),
        ("he won\u2019t stop texting me", "he wont stop texting me"),
        ("is my friend's computer ok", "is my friends computer ok"),
    ],
)
def test_an_apostrophe_changes_nothing(typed: str, quickly: str) -> None:
    """With or without the apostrophe, the same guides come in the same order."""
    hits = [hit.guide.slug for hit in search(typed)]
    assert hits
    assert hits == [hit.guide.slug for hit in search(quickly)]


@pytest.mark.parametrize("words", ["dont", "don't", "i wont", "they\u2019ve"])
def test_a_no_alone_asks_nothing(words: str) -> None:
    """Short forms such as "don't" are small words, so alone they find nothing."""
    assert search(words) == []
