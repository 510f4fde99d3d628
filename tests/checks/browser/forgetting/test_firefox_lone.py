"""Rows of hosts that no page is left of, in stores of Firefox that say when."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hygiene.contract import Kept, Span, Tick
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    kept_rows,
    planned,
    stays,
)
from tests.checks.browser.forgetting.fox import AT, FOLDER, fox

MINUTE = timedelta(minutes=1)
BEFORE, START, END, AFTER = AT - MINUTE, AT, AT + 10 * MINUTE, AT + 11 * MINUTE
SITTING = Span(start=START, end=END)
BOUNCES = "bounce-tracking-protection.sqlite"
SETTINGS = "content-prefs.sqlite"


def _home(home: Path) -> Path:
    """A site of that time alone, one with two hosts of which one was seen before, one
    that was seen before, and one that no history has.
    """
    (
        fox(home)
        .visit("https://www.new.test/", START)
        .visit("https://one.both.test/", START)
        .visit("https://two.both.test/", BEFORE)
        .visit("https://old.test/", BEFORE)
        .visit("https://old.test/", START)
        .write()
    )
    return home / FOLDER


def _bounces(folder: Path, times: dict[str, datetime]) -> None:
    stores = FirefoxStores(folder)
    for host in times:
        stores.bounce(host)
    stores.write()
    with closing(sqlite3.connect(folder / BOUNCES)) as store, store:
        for host, at in times.items():
            stored = round(at.timestamp() * 1_000_000)
            store.execute(
                "UPDATE sites SET timeStamp = ? WHERE siteHost = ?", (stored, host)
            )


def _settings(folder: Path, times: dict[tuple[str, str], datetime]) -> None:
    stores = FirefoxStores(folder)
    for host, setting in times:
        stores.page_setting(host, setting)
    stores.write()
    with closing(sqlite3.connect(folder / SETTINGS)) as store, store:
        for (host, setting), at in times.items():
            store.execute(
                "UPDATE prefs SET timestamp = ?"
                " WHERE groupID = (SELECT id FROM groups WHERE name = ?)"
                " AND settingID = (SELECT id FROM settings WHERE name = ?)",
                (at.timestamp(), host, setting),
            )


@pytest.mark.rule("SR-23")
def test_a_bounce_goes_by_host_and_time_together(tmp_path: Path) -> None:
    """A domain with a page of another time below it keeps its row, and so does one that
    was noted at another time; what only one of the two speaks for is told.
    """
    folder = _home(tmp_path)
    _bounces(
        folder,
        {
            "new.test": START,
            "www.new.test": AFTER,
            "both.test": START,
            "old.test": BEFORE,
            "never.test": END,
        },
    )
    plan = planned(FIREFOX, tmp_path, SITTING)
    [part] = clearings(plan, Kept.CONNECTIONS)
    assert (part.counts, part.tick) == ({"records": 1}, Tick.ALWAYS)
    assert stays(plan)[BOUNCES, Kept.CONNECTIONS] == 3
    carry_out(tmp_path, plan)
    left = kept_rows(folder / BOUNCES, "SELECT siteHost FROM sites ORDER BY 1")
    assert [host for (host,) in left] == [
        *("both.test", "never.test", "old.test", "www.new.test")
    ]


def test_all_of_a_history_takes_hosts_without_a_page(tmp_path: Path) -> None:
    """Whatever their time; a bookmarked host and one that was left out keep theirs."""
    folder = tmp_path / FOLDER
    fox(tmp_path).visit("https://a.test/", START).visit(
        "https://out.test/", START
    ).bookmark("https://mine.test/", START).write()
    _bounces(
        folder, dict.fromkeys(("a.test", "out.test", "mine.test", "never.test"), BEFORE)
    )
    carry_out(
        tmp_path,
        planned(FIREFOX, tmp_path, Span(left_out=frozenset({"out.test"}))),
    )
    left = kept_rows(folder / BOUNCES, "SELECT siteHost FROM sites ORDER BY 1")
    assert left == [("mine.test",), ("out.test",)]


@pytest.mark.rule("SR-23", "SR-24")
def test_a_host_that_was_left_out_needs_no_page_here(tmp_path: Path) -> None:
    """It was visited in another browser, or its pages are too old to be kept."""
    folder = tmp_path / FOLDER
    fox(tmp_path).visit("https://gone.test/", START).write()
    _bounces(folder, dict.fromkeys(("gone.test", "out.test"), START))
    _settings(folder, {(host, "zoom"): START for host in ("gone.test", "www.out.test")})
    left_out = frozenset({"out.test", "www.out.test"})
    carry_out(tmp_path, planned(FIREFOX, tmp_path, Span(left_out=left_out)))
    bounces = kept_rows(folder / BOUNCES, "SELECT siteHost FROM sites")
    assert bounces == [("out.test",)]
    assert kept_rows(folder / SETTINGS, "SELECT name FROM groups") == [
        ("www.out.test",)
    ]


@pytest.mark.rule("SR-23")
def test_page_settings_go_by_host_and_time_together(tmp_path: Path) -> None:
    """All of a host's settings or none, and the name of a setting that nothing has."""
    folder = _home(tmp_path)
    _settings(
        folder,
        {
            ("www.new.test", "zoom"): START,
            ("www.new.test", "only.there"): END,
            ("one.both.test", "zoom"): START,
            ("one.both.test", "folder"): BEFORE,
            ("old.test", "zoom"): START,
            ("two.both.test", "zoom"): BEFORE,
        },
    )
    plan = planned(FIREFOX, tmp_path, SITTING)
    [part] = clearings(plan, Kept.SITE_SETTINGS)
    assert part.counts == {"records": 2}
    assert stays(plan)[SETTINGS, Kept.SITE_SETTINGS] == 2
    carry_out(tmp_path, plan)
    groups = kept_rows(folder / SETTINGS, "SELECT name FROM groups ORDER BY 1")
    assert groups == [("old.test",), ("one.both.test",), ("two.both.test",)]
    names = kept_rows(folder / SETTINGS, "SELECT name FROM settings ORDER BY 1")
    assert names == [("folder",), ("zoom",)]


def test_a_host_without_any_setting_goes(tmp_path: Path) -> None:
    """A row that only names a host without a page says nothing else."""
    folder = _home(tmp_path)
    _settings(folder, {("old.test", "zoom"): BEFORE})
    with closing(sqlite3.connect(folder / SETTINGS)) as store, store:
        store.execute("INSERT INTO groups (name) VALUES ('www.new.test')")
    plan = planned(FIREFOX, tmp_path, SITTING)
    [part] = clearings(plan, Kept.SITE_SETTINGS)
    assert part.counts == {"records": 1}
    assert (SETTINGS, Kept.SITE_SETTINGS) not in stays(plan)
