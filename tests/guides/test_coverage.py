"""Every point of the page the guides began with stands in a guide.

`points.toml` names each point in short words of our own, the heading it stands under,
and the guide and the sentence that carry it. Whether a sentence says what its point
says is judged by people; that it is there, and that no point is lost, is tested here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.guides.pages import PAGES
from tests.guides.test_headers import SOURCE_HEADINGS
from tests.guides.test_own_words import SOURCE_RUNS, runs
from tests.words.language import blocks

POINTS: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("points.toml").read_text(encoding="utf-8")
)["point"]

AT_LEAST = {
    "opening": 8,
    "warning-signs": 13,
    "general-safety": 12,
    "online-safety": 2,
    "use-public-computers": 3,
    "delete-search-history": 6,
    "delete-browser-history": 7,
    "inline-autocomplete": 3,
    "disable-chat-logs": 2,
    "privacy-settings": 10,
    "blocking": 5,
    "new-email": 3,
    "new-username": 4,
    "address-book": 3,
    "sent-deleted-mail": 2,
    "filtering-mail": 5,
    "youth": 8,
    "password-safety": 6,
    "search-yourself": 3,
    "harassment-authorities": 4,
    "harassment-providers": 4,
    "more-resources": 1,
    "safety-apps": 14,
    "job-offers": 10,
    "travel": 16,
    "controlling-relationship": 13,
    "leaving": 22,
    "after-leaving": 18,
    "talking": 14,
}
"""The points under each heading as we counted them on the page itself. The table may have
more, where a further guide carries a point again.
"""

SENTENCES = {page.name: blocks(page.shown) for page in PAGES}
HEADINGS = {page.name: page.header["seed_headings"] for page in PAGES}


def test_every_heading_has_all_its_points() -> None:
    """No heading is missing, and none has fewer points than were counted on the page."""
    assert AT_LEAST.keys() == SOURCE_HEADINGS
    found = Counter(point["heading"] for point in POINTS)
    assert found.keys() == SOURCE_HEADINGS
    assert {each for each in found if found[each] < AT_LEAST[each]} == set()


def test_every_heading_is_in_the_header_of_a_guide() -> None:
    """Each heading of the page is named by some guide."""
    assert {each for named in HEADINGS.values() for each in named} == SOURCE_HEADINGS


@pytest.mark.parametrize(
    "point", POINTS, ids=[f"{each['heading']}: {each['says']}" for each in POINTS]
)
def test_the_sentence_stands_in_its_guide(point: dict[str, str]) -> None:
    """The sentence is in that guide word for word, and the guide names the heading."""
    assert set(point) == {"heading", "says", "guide", "sentence"}
    assert any(point["sentence"] in block for block in SENTENCES[point["guide"]])
    assert point["heading"] in HEADINGS[point["guide"]]


def test_no_guide_names_a_heading_in_vain() -> None:
    """A guide that names a heading carries a point of it."""
    carried = {(point["guide"], point["heading"]) for point in POINTS}
    named = {(guide, each) for guide, every in HEADINGS.items() for each in every}
    assert named - carried == set()


def test_no_point_is_there_twice() -> None:
    """Each point has its own words under its heading, and its own sentence."""
    said = Counter((point["heading"], point["says"]) for point in POINTS)
    tied = Counter(
        (each["heading"], each["guide"], each["sentence"]) for each in POINTS
    )
    assert [each for each, times in said.items() if times > 1] == []
    assert [each for each, times in tied.items() if times > 1] == []


def test_the_table_is_in_our_own_words() -> None:
    """No eight words in a row of a point stand on that page."""
    for point in POINTS:
        assert runs(point["says"]).keys() & SOURCE_RUNS == set()
