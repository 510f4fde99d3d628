"""Words of the glossary are marked where a guide uses them first, and explained."""

from __future__ import annotations

import re

import pytest

from hygiene.guides import Guide, contents, find, plain_text
from hygiene.guides.pieces import pieces
from hygiene.guides.shelf import table
from hygiene.guides.terms import explained, first_uses
from tests.guides.test_plain import guide

LANGUAGES = ["en", "es"]


def named(found: Guide) -> list[str]:
    return [use.term.name for use in first_uses(found)]


@pytest.mark.rule("SR-11")
def test_a_term_is_marked_once_and_explained_at_the_foot() -> None:
    """Whatever its case, in the plural too; the order is that of reading."""
    body = (
        "Some Cookies stay.\n\n- a browser with a cookie\n- a browser\n\n## More\n\n- x"
    )
    text = plain_text(guide(body))
    assert "Some Cookies* stay.\n\n- a browser* with a cookie\n- a browser\n" in text
    foot = text.partition("\nWords explained\n\n")[2]
    assert re.findall(r"^\* (\w+): \w+", foot, re.MULTILINE) == ["Cookie", "Browser"]
    assert foot.endswith("\n\nMore\n\n- x\n")


@pytest.mark.parametrize(
    "text",
    [
        "A cloudy day in a backpack.",
        "A browser-like thing.",
        'The box named "Clear cookies" is another matter.',
        "You check what someone may find.",
    ],
)
def test_what_is_no_use_of_a_term_is_not_marked(text: str) -> None:
    """Parts of other words, names of menus in quotes, and words everybody knows."""
    body = f"{text}\n\n## More\n\n- x"
    assert named(guide(body)) == []
    assert "*" not in plain_text(guide(body))


def test_the_longer_text_in_quotes_does_not_move_the_mark() -> None:
    """A use after a quotation is marked at its own place."""
    body = 'Named "cookies" there: a cookie is small.\n\n## More\n\n- x'
    assert 'Named "cookies" there: a cookie* is small.' in plain_text(guide(body))


@pytest.mark.rule("SR-11", "SR-59")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_explains_what_it_marks(language: str) -> None:
    """As many marks as explanations, each with words, and few enough to be read."""
    seen = 0
    for group in contents(language):
        for each in group.guides:
            uses = first_uses(each)
            seen += len(uses)
            assert all(use.term.text for use in uses)
            assert len({use.term.name for use in uses}) == len(uses) <= 12
            texts = [text for _, text in explained(each)]
            assert "".join(texts).count("*") == len(uses)
            unmarked = [text.replace("*", "") for text in texts]
            assert unmarked[: len(list(pieces(each.text)))] == [
                text for _, text in pieces(each.text)
            ]
    assert seen > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_itself_marks_nothing(language: str) -> None:
    """It is the explanation."""
    found = find("glossary", language)
    assert found is not None
    assert named(found) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_not_marked_are_in_the_glossary(language: str) -> None:
    """So that none stays on the list by a spelling mistake."""
    found = find("glossary", language)
    assert found is not None
    assert found.language == language
    entries = {text.partition(": ")[0] for mark, text in pieces(found.text) if mark}
    unmarked = table("glossary.toml", language)["unmarked"]
    assert len(unmarked) >= 5
    assert set(unmarked) - entries == set()
