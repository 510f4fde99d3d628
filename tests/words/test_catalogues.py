"""Every sentence of the program is calm, plain and true to what it knows."""

from __future__ import annotations

import pytest

from tests.words.catalogues import CATALOGUES, Catalogue, entries
from tests.words.language import (
    GRADE,
    GRADED_FROM,
    banned,
    blocks,
    measure,
    orders,
    too_long,
)

every_catalogue = pytest.mark.parametrize(
    "catalogue", CATALOGUES, ids=[each.stem for each in CATALOGUES]
)

CHECKS = [each for each in CATALOGUES if each.stem != "hygiene"]
ANSWERS = ("title", "what", "who", "choices", "noticed")


def test_the_program_and_the_checks_have_catalogues() -> None:
    """The list is not empty by mistake."""
    assert {each.stem for each in CATALOGUES} >= {
        "hygiene",
        "browser",
        "chat",
        "photos",
    }


@every_catalogue
def test_every_key_has_a_text_and_stands_once(catalogue: Catalogue) -> None:
    """No key without words, and none twice."""
    texts = list(entries(catalogue))
    assert [each.key for each in texts if not each.text.strip()] == []
    keys = [
        line
        for line in catalogue.path.read_text("utf-8").splitlines()
        if line.startswith("msgid ")
    ]
    assert sorted(each for each in set(keys) if keys.count(each) > 1) == []


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@every_catalogue
def test_no_promise_blame_or_shouting(catalogue: Catalogue) -> None:
    """No banned word, exclamation mark or word in capitals."""
    assert {
        each.key: found for each in entries(catalogue) if (found := banned(each.text))
    } == {}


@pytest.mark.rule("SR-08")
@every_catalogue
def test_no_orders(catalogue: Catalogue) -> None:
    """Must and should stand at most once in a text."""
    assert [each.key for each in entries(catalogue) if orders(each.text) > 1] == []


@pytest.mark.rule("SR-11")
@every_catalogue
def test_sentences_are_short(catalogue: Catalogue) -> None:
    """No sentence has more than 25 words."""
    assert {
        each.key: found for each in entries(catalogue) if (found := too_long(each.text))
    } == {}


@pytest.mark.rule("SR-11")
@every_catalogue
def test_long_texts_read_at_grade_six(catalogue: Catalogue) -> None:
    """A text of more than 40 words has a grade of six or lower."""
    found = {each.key: measure(blocks(each.text)) for each in entries(catalogue)}
    assert {
        key: each.grade
        for key, each in found.items()
        if each.words > GRADED_FROM and each.grade > GRADE
    } == {}


@pytest.mark.rule("SR-11")
@every_catalogue
def test_short_texts_read_at_grade_six_together(catalogue: Catalogue) -> None:
    """A grade means little for a few words, so all of a catalogue are read as one."""
    together = [block for each in entries(catalogue) for block in blocks(each.text)]
    assert measure(together).grade <= GRADE


@pytest.mark.rule("SR-10", "SR-55")
@pytest.mark.parametrize("catalogue", CHECKS, ids=[each.stem for each in CHECKS])
def test_every_topic_gives_the_five_answers(catalogue: Catalogue) -> None:
    """A topic that gives one of the answers gives all, and leaving things as they are
    is one of the choices.
    """
    texts = {each.key: each.text for each in entries(catalogue)}
    topics = {
        key.rpartition(".")[0] for key in texts if key.endswith((".who", ".noticed"))
    }
    missing = {f"{topic}.{answer}" for topic in topics for answer in ANSWERS} - set(
        texts
    )
    assert missing == set()
    choices = [f"{topic}.choices" for topic in sorted(topics)]
    assert [
        key for key in choices if "leave it as it is" not in texts[key].lower()
    ] == []
