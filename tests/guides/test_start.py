"""Where to start, by worry."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygiene.guides import contents, find, shelf, start
from hygiene.guides.shelf import table
from tests.words import language as english
from tests.words import spanish

WORRIES = ["found-out", "messages", "places", "accounts", "leaving"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_five_worries_lead_to_guides(language: str) -> None:
    """Every slug of the list is a guide, none twice, and few enough to choose from."""
    assert [each.id for each in start(language)] == WORRIES
    for worry, listed in zip(
        start(language), table("start.toml")["worry"], strict=True
    ):
        slugs = [guide.slug for guide in worry.guides]
        assert slugs == listed["slugs"]
        assert len(set(slugs)) == len(slugs)
        assert 3 <= len(slugs) <= 7
        assert all(find(slug) is not None for slug in slugs)


@pytest.mark.rule("SR-56")
def test_danger_comes_first_then_a_safer_computer() -> None:
    """Where they are on a list, they stand in this order before all others."""
    order = ["danger-now", "safer-device"]
    for worry in start():
        slugs = [guide.slug for guide in worry.guides]
        first = [slug for slug in order if slug in slugs]
        assert first
        assert slugs[: len(first)] == first


@pytest.mark.rule("SR-06", "SR-08", "SR-11")
def test_sentences_are_short_and_calm() -> None:
    """One sentence each, that blames nobody and promises nothing, in both languages."""
    for each in start("en"):
        assert english.banned(each.sentence) == []
        assert english.orders(each.sentence) == 0
        assert len(each.sentence.split()) <= 12
        assert each.sentence.count(".") == 1
    for each in start("es"):
        assert spanish.banned(each.sentence) == []
        assert len(each.sentence.split()) <= 14
    assert not {each.sentence for each in start("en")} & {
        each.sentence for each in start("es")
    }


@pytest.mark.rule("SR-12")
def test_a_sentence_without_a_translation_is_there_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when a language has no such file at all."""
    contents()  # pages are read before the tables are swapped
    for name, text in {
        "en": '[[worry]]\nid="a"\nsentence="One"\nslugs=["leaving","no-such"]\n'
        '[[worry]]\nid="b"\nsentence="Two"\nslugs=[]\n',
        "es": '[[worry]]\nid="b"\nsentence="Dos"\n',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "start.toml").write_text(text)
    contents("es")
    monkeypatch.setattr(shelf, "_root", lambda: tmp_path)
    found = start("es")
    assert [each.sentence for each in found] == ["One", "Dos"]
    assert [guide.slug for guide in found[0].guides] == ["leaving"]
    assert [each.sentence for each in start("en")] == ["One", "Two"]
