"""The JSON document: fixed keys, cleaned text, times in UTC or left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from hygiene.contract import (
    CannotLook,
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Setting,
    Switch,
    Trace,
    Untrusted,
    Why,
)
from hygiene.engine.registry import Origin
from hygiene.engine.results import CheckResult
from hygiene.report.record import document

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOSTILE = "a\x1b[31m\u202eb\nc\udcff"


def _finding(**fields: Any) -> Finding:
    given: dict[str, Any] = {
        "topic": "t",
        "level": Level.WORTH_A_LOOK,
        "program": "Chromium",
        "program_id": "chromium",
        **fields,
    }
    return Finding(**given)


def _check(*outcomes: Outcome, items: bool = False) -> dict[str, Any]:
    result = CheckResult("history", (Origin("pkg", "1.0"),), outcomes, 0.0512)
    made = document(
        [result], platform=Platform.LINUX, started=START, seconds=0.41234, items=items
    )
    [check] = made["checks"]
    found: dict[str, Any] = check
    return found


def test_the_frame_of_the_document() -> None:
    """Schema, program, platform, start and duration."""
    made = document(
        [], platform=Platform.MACOS, started=START, seconds=1.5, items=False
    )
    assert made == {
        "schema": 1,
        "program": {"name": "hygiene", "version": "0.1.0"},
        "platform": "macos",
        "started": "2026-11-23T02:00:00Z",
        "seconds": 1.5,
        "checks": [],
    }


def test_a_finding_has_the_keys_of_the_interface() -> None:
    """In order, and nothing besides."""
    east = timezone(timedelta(hours=5))
    check = _check(
        _finding(
            profile=Untrusted("Default"),
            sources=(".config/chromium/Default/History",),
            counts={"sites": 12},
            first=datetime(2026, 11, 1, 15, 0, tzinfo=east),
            last=START,
            guide="browser-history",
        )
    )
    assert check == {
        "check": "history",
        "origin": "pkg 1.0",
        "status": "found",
        "seconds": 0.051,
        "findings": [
            {
                "id": "history:chromium:Default",
                "level": "worth-a-look",
                "program": "Chromium",
                "profile": "Default",
                "sources": [".config/chromium/Default/History"],
                "counts": {"sites": 12},
                "first": "2026-11-01T10:00:00Z",
                "last": "2026-11-23T02:00:00Z",
                "guide": "browser-history",
                "choices": ["leave"],
            }
        ],
        "not_checked": [],
    }


def test_a_setting_has_empty_counts_and_its_value() -> None:
    """Its id ends in its name."""
    [finding] = _check(_finding(setting=Setting("save", Switch.OFF)))["findings"]
    assert finding["id"] == "history:chromium:setting:save"
    assert finding["counts"] == {}
    assert finding["setting"] == {"name": "save", "value": "off"}


@pytest.mark.parametrize("year", [1969, 2100, 9999])
def test_a_time_out_of_bounds_is_left_out(year: int) -> None:
    """Not invented."""
    [finding] = _check(_finding(first=datetime(year, 1, 1, tzinfo=UTC), last=START))[
        "findings"
    ]
    assert "first" not in finding
    assert "last" in finding


@pytest.mark.rule("SR-18")
def test_what_could_not_be_checked_is_listed_with_its_reason() -> None:
    """And how many files, where there are several."""
    check = _check(
        NotChecked("a", Why.DENIED),
        NotChecked("b", Why.DAMAGED, count=3),
        NothingFound(),
    )
    assert check["status"] == "partly-checked"
    assert check["not_checked"] == [
        {"source": "a", "why": "denied"},
        {"source": "b", "why": "damaged", "count": 3},
    ]


def test_text_of_the_machine_is_cleaned_everywhere() -> None:
    """Names, paths, keys and labels, the origin too."""

    def traces() -> Iterable[Trace]:
        yield Trace(key=HOSTILE, label=Untrusted(HOSTILE), kind="site")

    check = _check(
        _finding(
            program=HOSTILE,
            profile=Untrusted(HOSTILE),
            sources=(HOSTILE,),
            traces=traces,
        ),
        NotChecked(HOSTILE, Why.DENIED),
        items=True,
    )
    texts = list(_texts(check))
    assert len(texts) > 10
    for text in texts:
        assert all(each.isprintable() for each in text)
        assert "\u202e" not in text


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)


def test_items_are_read_only_when_asked_for() -> None:
    """Without `--items` nothing behind a count is touched."""

    def traces() -> Iterable[Trace]:
        raise AssertionError

    [finding] = _check(_finding(traces=traces))["findings"]
    assert "items" not in finding


def test_items_that_cannot_be_read_are_not_checked() -> None:
    """The counts stand; what stands behind them is said to be missing."""

    def traces() -> Iterable[Trace]:
        yield Trace(key="a", label=Untrusted("a"), kind="site")
        raise CannotLook(Why.LOCKED)

    check = _check(_finding(sources=("History",), traces=traces), items=True)
    assert "items" not in check["findings"][0]
    assert check["not_checked"] == [{"source": "History", "why": "locked"}]
