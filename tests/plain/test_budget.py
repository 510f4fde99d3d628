"""Forgetting a site is short enough to be used: keys and words from launch on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hygiene.contract.phrases import Phrases
from tests.plain.made_up import READY, SITE, Made, everything, paragraphs
from tests.words.language import words


def body(told: str) -> str:
    """What there is to read: without the lines that only name keys, and those of the
    gate that stand there for their own reason (SR-12, 14, 48).
    """
    phrases = Phrases("hygiene")
    beside = {phrases.say(key) for key in ("gate.admin", "plain.stays")}
    keys = ("1 ", "b ", "y ", "a ", "Language: ", "Español: ")
    return "\n".join(
        each
        for each in told.splitlines()
        if not each.startswith(keys) and each not in beside
    )


@pytest.mark.rule("SR-28", "SR-01")
def test_forgetting_a_site_is_short(made: Made, said: Callable[[], str]) -> None:
    """From launch at most 12 keys and 250 words, with something of every kind; a second
    site at most 6 keys. A number is one key, each other answer two: with Enter.
    """
    made.forget(*READY, "14")
    on_the_way = said().partition("Clearing now.")[0]
    assert len(words(body(on_the_way))) <= 250
    assert len(words(body(paragraphs(on_the_way)[0]))) <= 70
    assert _pressed("3", "NAME", "n", "14") <= 12
    made.planner.planned = [*everything()]
    made.forget(*SITE, "14", "f", "example.net", "14")
    assert said().count("Done: 14 pages") == 1
    assert _pressed("f", "NAME", "14") <= 6


def _pressed(*answers: str) -> int:
    """Keys of these answers; a name counts only its Enter."""
    enters = len(answers)
    return enters + sum(each != "NAME" for each in answers)
