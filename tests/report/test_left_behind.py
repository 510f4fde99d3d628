"""The page of what this program leaves behind."""

from __future__ import annotations

import pytest

from hygiene.contract import Platform
from hygiene.contract.phrases import Phrases
from hygiene.report.left_behind import Mark, lines, told

REQUIRED = {
    *("shell-history", "scrollback", "saved-windows", "recorded-sessions"),
    *(
        "install-records",
        "compiled-files",
        "recent-files",
        "run-records",
        "system-logs",
    ),
    *("usb-records", "drive-files", "process-list", "security-logs"),
    *("screen-snapshots", "access-times", "download"),
}
every_system = pytest.mark.parametrize("platform", Platform)


@pytest.mark.rule("SR-44")
@every_system
def test_every_line_that_must_stand_there_does(platform: Platform) -> None:
    """On each system, marked, with how it is known."""
    found = {each.id: each for each in lines(platform)}
    assert set(found) >= REQUIRED
    assert all(each.source for each in found.values())


@pytest.mark.rule("SR-44")
@every_system
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_tells_every_line_below_its_mark(
    platform: Platform, language: str
) -> None:
    """What can be taken away comes first, each with how."""
    words = Phrases("hygiene", language)
    page = told(platform, words)
    assert [heading for heading, _ in page] == [
        words.say(f"left-mark.{mark}")
        for mark in (Mark.CLEARABLE, Mark.NOBODY, Mark.PREVENTED)
    ]
    said = [line for _, below in page for line in below]
    assert len(said) == len(lines(platform))
    for line in lines(platform):
        assert words.has(f"left.{line.id}")
        clearable = line.mark is Mark.CLEARABLE
        assert words.has(f"left-how.{line.id}") or not clearable
        text = words.say(f"left.{line.id}")
        assert any(each.startswith(text) for each in said)
        if clearable:
            assert f"{text} {words.say(f'left-how.{line.id}')}" in said
