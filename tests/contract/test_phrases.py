"""Sentences by key, with plurals and gaps."""

from __future__ import annotations

from hygiene.contract.phrases import Phrases, languages


def test_a_key_becomes_a_sentence() -> None:
    """English is a catalogue like any other."""
    words = Phrases("hygiene")
    assert words.say("level.worth-a-look") == "Worth a look"
    assert words.say("finding.place", program="P", profile="q") == "P, q"


def test_plurals_follow_the_number() -> None:
    """One page, two pages, thousands with a separator."""
    words = Phrases("hygiene")
    assert words.count("count.pages", 1) == "1 page"
    assert words.count("count.pages", 1204) == "1,204 pages"


def test_a_gap_is_seen_and_breaks_nothing() -> None:
    """A key without a sentence stands for itself."""
    words = Phrases("hygiene")
    assert words.say("no.such.key") == "no.such.key"
    assert words.count("no.such.key", 3) == "no.such.key"
    assert not words.has("no.such.key")


def test_another_language_falls_back_to_english() -> None:
    """A language without a catalogue speaks English."""
    words = Phrases("hygiene", "xx")
    assert words.say("level.note") == "Note"
    assert words.count("count.pages", 2) == "2 pages"
    assert words.has("level.note")


def test_languages_are_those_with_a_catalogue() -> None:
    """Only what is there is offered."""
    assert "en" in languages("hygiene")
    assert languages("no_such_package") == ()
