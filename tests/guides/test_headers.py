"""The header of every guide is whole, and its facts stand in the text."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import groupby

import pytest

from tests.guides.pages import LANGUAGE, NAMES, PAGES, Page
from tests.words.language import blocks, hedged

KEYS = {
    "slug": str,
    "title": str,
    "audience": str,
    "grade_target": int,
    "group": str,
    "order": int,
    "reviewed_on": date,
    "reviewer": str,
    "action": bool,
    "seed_headings": list,
    "words": list,
}
AUDIENCES = {"survivor", "advocate", "friend", "both"}
SOURCE_HEADINGS = {
    "opening",
    "warning-signs",
    "general-safety",
    "online-safety",
    "use-public-computers",
    "delete-search-history",
    "delete-browser-history",
    "inline-autocomplete",
    "disable-chat-logs",
    "privacy-settings",
    "blocking",
    "new-email",
    "new-username",
    "address-book",
    "sent-deleted-mail",
    "filtering-mail",
    "youth",
    "password-safety",
    "search-yourself",
    "harassment-authorities",
    "harassment-providers",
    "more-resources",
    "safety-apps",
    "job-offers",
    "travel",
    "controlling-relationship",
    "leaving",
    "after-leaving",
    "talking",
}
"""The headings of the page all this began with: the hotline's safety planning page."""

READY = {
    "account-sync",
    "autocomplete",
    "before-you-clear",
    "browser-history",
    "chat-logs",
    "danger-now",
    "glossary",
    "how-this-works",
    "numbers",
    "passwords",
    "photos-places",
    "plan-ahead",
    "safer-device",
    "saving-evidence",
    "search-history",
}
"""The guides that the gate, the overview and the checks lead to."""


def groups() -> list[str]:
    listed = files("hygiene_guides").joinpath(LANGUAGE, "contents.toml")
    table = tomllib.loads(listed.read_text(encoding="utf-8"))
    return [each["id"] for each in table["group"]]


def test_the_guides_that_are_led_to_are_there() -> None:
    """No page that another part of the program leads to is missing."""
    assert set(NAMES) >= READY


def test_every_heading_of_the_source_is_in_some_guide() -> None:
    """Nothing of the page all this began with is left out."""
    told = {each for page in PAGES for each in page.header["seed_headings"]}
    assert told == SOURCE_HEADINGS


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_header_has_every_key(page: Page) -> None:
    """Each key is there with its kind of value, and `facts` is the only other one."""
    header = dict(page.header)
    header.pop("facts", None)
    assert {key: type(value) for key, value in header.items()} == KEYS
    assert header["slug"] == page.name
    assert header["audience"] in AUDIENCES
    assert header["grade_target"] <= (9 if header["audience"] == "advocate" else 6)
    assert header["group"] in groups()
    assert set(header["seed_headings"]) <= SOURCE_HEADINGS
    assert len(header["words"]) >= 8
    assert all(each == each.lower() for each in header["words"])


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_title_stands_above_the_text(page: Page) -> None:
    """A code host shows the same title as the program."""
    assert page.shown.strip().splitlines()[0] == f"# {page.header['title']}"


@pytest.mark.rule("SR-57")
@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_review_is_told_as_it_is(page: Page) -> None:
    """A review date is no date to come, and a missing review is said to be missing."""
    assert page.header["reviewed_on"] <= datetime.now(tz=UTC).date()
    assert page.header["reviewer"] == "not yet reviewed by an advocate"


def test_places_are_taken_once() -> None:
    """No two guides of a group claim one place, and every group has a guide."""
    places = sorted((page.header["group"], page.header["order"]) for page in PAGES)
    assert len(places) == len(set(places))
    assert {group for group, _ in groupby(places, key=lambda each: each[0])} == set(
        groups()
    )


@pytest.mark.rule("SR-58")
@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_facts_are_dated_and_unsure_ones_say_so(page: Page) -> None:
    """Each fact has a certainty and a date, stands in the text word for word, and has
    a word of doubt where it is unsure.
    """
    text = " ".join(blocks(page.shown))
    for fact in page.header.get("facts", []):
        assert set(fact) == {"text", "certainty", "checked_on"}
        assert fact["certainty"] in {"sure", "unsure"}
        assert isinstance(fact["checked_on"], date)
        assert fact["text"] in text
        assert fact["certainty"] == "sure" or hedged(fact["text"])


@pytest.mark.rule("SR-58")
def test_every_guide_on_a_product_has_facts() -> None:
    """A guide that names menus of other programs has facts that can go out of date."""
    for page in PAGES:
        if "named like" in page.shown:
            assert page.header.get("facts"), page.name
