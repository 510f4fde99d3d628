"""What goes out of a Falkon profile with one site or one stretch of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Kept, Site, Span, Tick, Why
from hygiene.practice.falkon import FalkonProfile
from hygiene_checks.browser.forgetting.falkon import FALKON
from tests.checks.answers import store
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    missed,
    planned,
    planned_twice,
    stays,
    steps_on,
    stores,
    without,
)

FOLDER = ".config/falkon/profiles/default"
SITE = Site("help.example", below=True)
AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OWN = ("https://help.example/", "https://www.help.example/a")
LOOK_ALIKES = ("https://nothelp.example/", "https://o.test/?q=help.example")
HIDDEN = "made-up-word"


def _everything(home: Path) -> Path:
    profile = FalkonProfile(home / FOLDER)
    for url in (*OWN, *LOOK_ALIKES):
        profile.visit(url, AT).visit(url, AT + MINUTE).icon(url)
    folder = (
        profile.icon("https://help.example/kept")
        .bookmark("https://help.example/kept")
        .bookmark(LOOK_ALIKES[0])
        .login("help.example", "me", HIDDEN)
        .login("www.help.example", "", HIDDEN)
        .login("nothelp.example", "me", HIDDEN)
        .never_save("help.example")
        .never_save("nothelp.example")
        .write()
    )
    (folder / "session.dat").write_bytes(b"Qt")
    (folder / "Visited Links").write_bytes(b"hashes")
    for origin in ("https_help.example_0", "https_nothelp.example_0"):
        path = folder / f"IndexedDB/{origin}.indexeddb.leveldb/LOG"
        path.parent.mkdir(parents=True)
        path.write_text("log")
    return folder


def _left(
    home: Path, subject: Site | Span = SITE, *, ticked: bool = False
) -> dict[str, list[Any]]:
    steps = [
        step
        for each in clearings(planned(FALKON, home, subject))
        if each.store.endswith("browsedata.db")
        and (ticked or each.tick is not Tick.OFF)
        for step in each.steps
    ]
    return without(home / FOLDER / "browsedata.db", steps)


@pytest.mark.rule("SR-30")
def test_pages_and_icons_go_but_for_bookmarks(tmp_path: Path) -> None:
    """Look-alikes stay, and the picture of a bookmark."""
    _everything(tmp_path)
    left = _left(tmp_path)
    assert [row[4] for row in left["history"]] == list(LOOK_ALIKES)
    assert [row[2] for row in left["icons"]] == [
        *LOOK_ALIKES,
        "https://help.example/kept",
    ]
    plan = planned(FALKON, tmp_path, SITE)
    [part] = clearings(plan, Kept.PAGES)[-1:]
    assert part.counts == {"pages": 2, "visits": 4}
    assert part.last == AT + MINUTE
    assert stays(plan)["bookmarks.json", Kept.BOOKMARKS] == 1


@pytest.mark.rule("SR-23")
def test_each_sign_in_has_a_tick_of_its_own(tmp_path: Path) -> None:
    """Told by its account name, else by its site; no password is in the plan."""
    _everything(tmp_path)
    plan = planned(FALKON, tmp_path, SITE)
    parts = [*clearings(plan, Kept.SIGN_INS), *clearings(plan, Kept.NEVER_SAVED)]
    assert [each.label.raw for each in parts if each.label] == [
        *("me", "www.help.example", "help.example")
    ]
    assert {each.tick for each in parts} == {Tick.OFF}
    assert len({each.key for each in parts}) == 3
    left = _left(tmp_path, ticked=True)
    assert [row[3] for row in left["autofill"]] == ["nothelp.example"]
    assert [row[1] for row in left["autofill_exceptions"]] == ["nothelp.example"]
    assert len(_left(tmp_path)["autofill"]) == 3
    assert HIDDEN not in repr(plan)


def test_what_can_only_go_whole_can_be_left_out(tmp_path: Path) -> None:
    """Tabs and colours of links."""
    _everything(tmp_path)
    parts = {
        each.store.rpartition("/")[2]: each
        for each in clearings(planned(FALKON, tmp_path, SITE))
    }
    for name in ("session.dat", "Visited Links"):
        assert (parts[name].tick, parts[name].more) == (Tick.ON, True)


def test_stores_of_the_engine(tmp_path: Path) -> None:
    """Folders by origin, as in Chromium."""
    _everything(tmp_path)
    folders = {
        name for name in stores(planned(FALKON, tmp_path, SITE)) if "leveldb" in name
    }
    assert folders == {"https_help.example_0.indexeddb.leveldb"}


@pytest.mark.rule("SR-22")
def test_planning_changes_nothing_and_a_second_run_finds_nothing(
    tmp_path: Path,
) -> None:
    """The same steps twice; once they are done there are none."""
    _everything(tmp_path)
    plan = planned_twice(FALKON, tmp_path, SITE)
    assert carry_out(tmp_path, plan)[-1] == f"{FOLDER}/browsedata.db"
    assert clearings(planned(FALKON, tmp_path, SITE)) == []


@pytest.mark.rule("SR-23")
def test_a_stretch_of_time(tmp_path: Path) -> None:
    """Only the last visit has a time: a page that was opened oftener stays."""
    (
        FalkonProfile(tmp_path / FOLDER)
        .visit("https://once.test/", AT)
        .visit("https://twice.test/", AT - MINUTE)
        .visit("https://twice.test/", AT)
        .visit("https://later.test/", AT + 9 * MINUTE)
        .visit("https://out.test/", AT)
        .icon("https://once.test/")
        .icon("https://twice.test/")
        .write()
    )
    span = Span(start=AT, end=AT + MINUTE, left_out=frozenset({"out.test"}))
    left = _left(tmp_path, span)
    assert {row[4] for row in left["history"]} == {
        *("https://twice.test/", "https://later.test/", "https://out.test/")
    }
    assert [row[2] for row in left["icons"]] == ["https://twice.test/"]
    assert stays(planned(FALKON, tmp_path, span)) == {("browsedata.db", Kept.PAGES): 1}
    everything = _left(tmp_path, Span(end=AT + MINUTE))
    assert [row[4] for row in everything["history"]] == ["https://later.test/"]


@pytest.mark.rule("SR-25")
def test_what_a_stretch_of_time_does_not_reach_is_told(tmp_path: Path) -> None:
    """Stores that have no times, where something goes at all."""
    _everything(tmp_path)
    told = stays(planned(FALKON, tmp_path, Span()))
    assert set(told) == {
        ("session.dat", Kept.OPEN_TABS),
        ("IndexedDB", Kept.SITE_DATA),
        ("Visited Links", Kept.PAGES),
    }
    assert planned(FALKON, tmp_path, Span(start=AT + 9 * MINUTE)) == []


@pytest.mark.rule("SR-29")
def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Without the bookmarks nobody knows which icons they show."""
    folder = _everything(tmp_path)
    (folder / "bookmarks.json").write_text("{")
    plan = planned(FALKON, tmp_path, SITE)
    assert missed(plan) == dict.fromkeys(
        ("bookmarks.json", "browsedata.db"), Why.DAMAGED
    )
    assert steps_on(plan, "browsedata.db") == []
    (folder / "bookmarks.json").unlink()
    (folder / "browsedata.db").unlink()
    store(folder / "browsedata.db", "CREATE TABLE history(id INTEGER, url TEXT)")
    assert missed(planned(FALKON, tmp_path, SITE)) == {
        "browsedata.db": Why.UNKNOWN_FORMAT
    }
