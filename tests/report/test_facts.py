"""The sentences that both front ends show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hygiene.contract import (
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Setting,
    Sitting,
    Switch,
    Trace,
    Untrusted,
    Why,
)
from hygiene.contract.phrases import Phrases
from hygiene.engine import registry
from hygiene.engine.registry import Loaded, Origin
from hygiene.engine.results import CheckResult, Status
from hygiene.report.facts import QUESTIONS, Facts
from tests.words.catalogues import CATALOGUES, entries

ORIGIN = (Origin("pkg", "1.0"),)


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Sentences of the program and of the built-in checks."""
    return Facts(registry.load(registry.find()))


def _finding(**fields: Any) -> Finding:
    given: dict[str, Any] = {
        "topic": "browser-history",
        "level": Level.WORTH_A_LOOK,
        "program": "Chromium",
        "program_id": "chromium",
        **fields,
    }
    return Finding(**given)


def _result(*outcomes: Outcome) -> CheckResult:
    return CheckResult("browser-history", ORIGIN, outcomes)


def test_counts_read_in_the_interfaces_order_without_noughts(facts: Facts) -> None:
    """Sites before pages before visits; what is nought is not said."""
    finding = _finding(counts={"visits": 2, "downloads": 0, "sites": 1, "odd": 3})
    assert facts.counts(finding) == ["1 site", "2 visits", "3 odd"]


@pytest.mark.rule("SR-10", "SR-55")
def test_every_topic_of_the_built_in_checks_answers_all_questions(facts: Facts) -> None:
    """What, who, choices (leaving it is one), what someone may notice, and a title."""
    packages = {
        each.info.words
        for each in registry.load(registry.find())
        if isinstance(each, Loaded)
    }
    topics = 0
    for package in sorted(packages):
        words = Phrases(package)
        for topic in _topics(package):
            topics += 1
            for part in ("title", *QUESTIONS[:-1]):
                assert words.has(f"{topic}.{part}"), f"{topic}.{part}"
            assert "leave it as it is" in words.say(f"{topic}.choices").lower()
    assert topics > 10
    assert facts


def _topics(package: str) -> list[str]:
    [catalogue] = [
        each for each in CATALOGUES if each.stem == package.rsplit(".", maxsplit=1)[-1]
    ]
    keys = [each.key for each in entries(catalogue)]
    return [key.removesuffix(".what") for key in keys if key.endswith(".what")]


@pytest.mark.rule("SR-07")
def test_nothing_found_never_stands_alone(facts: Facts) -> None:
    """Every check's own sentence is followed by the same second half."""
    for each in registry.load(registry.find()):
        text = facts.empty(each.id)
        assert text.endswith("Something could still be there.")
        assert len(text) > len("Something could still be there.") + 10
    row = facts.row(_result(NothingFound()))
    assert (row.word, row.text) == ("Nothing found", "something could still be there")


@pytest.mark.rule("SR-18", "SR-49")
def test_the_three_answers_differ_in_words(facts: Facts) -> None:
    """Without any colour."""
    rows = [
        facts.row(_result(_finding(counts={"pages": 3}))),
        facts.row(_result(NothingFound())),
        facts.row(_result(NotChecked("x", Why.LOCKED))),
    ]
    assert [row.word for row in rows] == [
        "Worth a look",
        "Nothing found",
        "Could not check",
    ]
    assert len({row.text for row in rows}) == 3
    assert [row.status for row in rows] == [
        Status.FOUND,
        Status.NOTHING_FOUND,
        Status.COULD_NOT_CHECK,
    ]


def test_a_row_sums_up_over_programs(facts: Facts) -> None:
    """The headline count, how many programs, and whether something is missing."""
    row = facts.row(
        _result(
            _finding(counts={"pages": 400, "visits": 9}),
            _finding(counts={"pages": 12}, program_id="firefox"),
            NotChecked("x", Why.DAMAGED),
        )
    )
    assert row.text == "412 pages, 2 programs, some could not be looked at"


def test_a_row_without_a_headline_names_the_programs(facts: Facts) -> None:
    """A bare number of items would tell nothing; more than three are counted."""
    found = [
        _finding(program=name, program_id=name.lower(), counts={"items": 2})
        for name in ("Signal", "Slack", "Skype", "Teams")
    ]
    assert facts.row(_result(*found[:2])).text == "Signal and Slack"
    assert facts.row(_result(*found)).text == "4 programs"


@pytest.mark.rule("SR-09")
def test_four_levels_and_no_more(facts: Facts) -> None:
    """Their words, in order."""
    assert [facts.level(each) for each in Level] == [
        "Note",
        "Worth a look",
        "Important",
        "Read this first",
    ]


def test_every_reason_has_a_sentence(facts: Facts) -> None:
    """And names no path."""
    for why in Why:
        text = facts.not_checked(NotChecked("secret/path", why, "Gajim", 3))
        assert text.startswith("Gajim: 3 files: ")
        assert "secret" not in text
        assert "why." not in text


def test_a_setting_says_its_state(facts: Facts) -> None:
    """On, off and unknown are three sentences."""
    states = {
        facts.setting(
            "browser-history",
            _finding(
                topic="remember-history", setting=Setting("remember-history", each)
            ),
        )
        for each in Switch
    }
    assert len(states) == 3
    assert not any(state.startswith("remember-history.") for state in states)


def test_times_are_told_in_words(facts: Facts) -> None:
    """A day, a month's name, a year, a clock."""
    when = datetime(2026, 11, 22, 12, 10).astimezone()
    assert facts.when(when) == "22 Nov 2026, 12:10"
    assert facts.when(datetime.max.replace(tzinfo=UTC)).startswith("31 Dec 9999")


def test_one_moment_is_not_told_as_a_span(facts: Facts) -> None:
    """First and last in the same minute: one date, no end."""
    at = datetime(2026, 11, 22, 12, 10).astimezone()
    later = at.replace(hour=13)
    assert facts.span(_finding(first=at, last=at)) == "On 22 Nov 2026, 12:10"
    assert facts.span(_finding(first=at, last=later)) == (
        "From 22 Nov 2026, 12:10 to 22 Nov 2026, 13:10"
    )
    lines = [
        facts.sitting(
            Sitting(start=at, end=end, sites=1, pages=2, visits=2, programs=("Edge",))
        )
        for end in (at, later)
    ]
    assert lines == [
        "22 Nov 2026, 12:10: 1 site, 2 pages, Edge",
        "22 Nov 2026, 12:10 to 13:10: 1 site, 2 pages, Edge",
    ]


def test_a_site_that_is_never_saved_does_not_look_like_a_saved_one(
    facts: Facts,
) -> None:
    """Its line says so; other kinds stand by their label."""
    label = Untrusted("bank.example")
    never = Trace(key="k", label=label, kind="never-saved")
    assert facts.trace(never) == "bank.example: set to never save"
    assert facts.trace(Trace(key="k", label=label, kind="site")) == "bank.example"


def test_findings_stand_by_place_traces_before_settings(facts: Facts) -> None:
    """A setting joins the traces of its own profile."""
    chromium = _finding(counts={"pages": 1})
    firefox = _finding(program="Firefox", program_id="firefox")
    switch = Setting("remember-history", Switch.ON)
    setting = _finding(topic="remember-history", setting=switch)
    places = facts.places(_result(setting, chromium, firefox))
    assert places == [("Chromium", [chromium, setting]), ("Firefox", [firefox])]
    assert [facts.word(each) for each in places[0][1]] == ["Worth a look", "Setting"]


def test_labels_are_cleaned(facts: Facts) -> None:
    """A trace's line holds no control character."""
    trace = Trace(key="k", label=Untrusted("a\x1b[2Jb"), kind="site", count=1200)
    assert facts.trace(trace) == "a\ufffd[2Jb, 1,200 times"


def test_lists_read_as_people_write_them(facts: Facts) -> None:
    """One, two, three."""
    assert facts.join([]) == ""
    assert facts.join(["a"]) == "a"
    assert facts.join(["a", "b", "c"]) == "a, b and c"
