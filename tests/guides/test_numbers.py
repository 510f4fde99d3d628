"""The numbers to call or text are data, and the guides print these and no others."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from tests.guides.pages import NAMES, PAGES, Page
from tests.words.catalogues import CATALOGUES, entries
from tests.words.language import numbers

PACK: dict[str, Any] = tomllib.loads(
    files("hygiene_guides").joinpath("packs", "us.toml").read_text(encoding="utf-8")
)
LINES: list[dict[str, Any]] = PACK["lines"]
LINE_KEYS = {"service", "way", "number", "hours", "urgent", "source", "as_of", "check"}
MAY_ADD = {"note", "also_printed", "word"}
QUIET = ("text", "relay")


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def of_pack(*, urgent: bool = False) -> set[str]:
    return {digits(line["number"]) for line in LINES if line["urgent"] or not urgent}


def page(name: str) -> Page:
    return next(each for each in PAGES if each.name == name)


@pytest.mark.rule("SR-51")
def test_every_line_has_a_source_and_a_date() -> None:
    """Each line of the pack is whole, dated, and marked to be checked at a release."""
    for line in LINES:
        assert LINE_KEYS <= set(line) <= LINE_KEYS | MAY_ADD
        assert line["source"]
        assert isinstance(line["as_of"], date)
        assert line["check"] == "before a release"
        if "also_printed" in line:
            assert digits(line["also_printed"]) == digits(line["number"])


@pytest.mark.rule("SR-51")
def test_the_pack_is_the_one_that_was_decided() -> None:
    """The services and their numbers, spelled out once more by hand."""
    assert of_pack() == {
        "911",
        "18883737888",
        "233733",
        "711",
        "18007997233",
        "88788",
        "8008294933",
        "8884074747",
        "2025014444",
    }
    assert LINES[0]["service"] == "Emergency"


@pytest.mark.rule("SR-51")
def test_quiet_ways_come_first() -> None:
    """Within each service of the pack no call stands before a text or the relay."""
    for service in {line["service"] for line in LINES}:
        ways = [line["way"] in QUIET for line in LINES if line["service"] == service]
        assert ways == sorted(ways, reverse=True)


@pytest.mark.rule("SR-51")
@pytest.mark.parametrize(("name", "urgent"), [("numbers", False), ("danger-now", True)])
def test_the_guides_equal_the_pack(name: str, *, urgent: bool) -> None:
    """The lines of the guide are those of the pack, in its order, with its words."""
    shown = page(name).shown
    wanted = [line for line in LINES if line["urgent"] or not urgent]
    assert numbers(shown) == of_pack(urgent=urgent)
    items = iter(re.split(r"\n(?=- |\n)", shown))
    for line in wanted:
        parts = (line["way"].split()[0], line["number"], line.get("word", ""))
        assert any(
            each.startswith("- ")
            and all(part.lower() in each.lower() for part in parts)
            for each in items
        ), parts
    services = {line["service"] for line in wanted}
    assert all(each.lower() in shown.lower() for each in services)


@pytest.mark.rule("SR-51")
def test_the_page_says_when_the_numbers_were_looked_at() -> None:
    """The date in the text is the oldest date of the pack."""
    oldest: date = min(line["as_of"] for line in LINES)
    assert f"{oldest.day} {oldest:%B %Y}" in page("numbers").shown


@pytest.mark.rule("SR-51")
@pytest.mark.parametrize("name", ["numbers", "danger-now"])
def test_bills_and_lists_are_told(name: str) -> None:
    """A page with numbers warns of the bill and of the list of calls."""
    noticed = page(name).section("What someone may notice")
    assert "bill" in noticed
    assert "list" in noticed


@pytest.mark.rule("SR-51")
def test_no_other_number_anywhere() -> None:
    """All guides and all catalogues together print the numbers of the pack only."""
    found = {
        (each.name, number) for each in PAGES for number in numbers(each.shown)
    } | {
        (f"{catalogue.stem} {entry.key}", number)
        for catalogue in CATALOGUES
        for entry in entries(catalogue)
        for number in numbers(entry.text)
    }
    assert {each for each in found if each[1] not in of_pack()} == set()
    assert {number for name, number in found if name in NAMES} == of_pack()
