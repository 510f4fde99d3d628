"""What goes out of a Safari profile with one site or one stretch of time."""

from __future__ import annotations

import plistlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Kept, Platform, ReplaceFile, Site, Span, Tick, Why
from hygiene.practice.safari import SafariProfile
from hygiene_checks.browser.forgetting.safari import SAFARI
from tests.checks.browser.forgetting import carried_out
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    missed,
    planned_twice,
    stays,
    steps_on,
    stores,
    without,
)
from tests.host.refusal import shut

FOLDER = "Library/Safari"
CONTAINER = "Library/Containers/com.apple.Safari/Data/Library"
SITE = Site("help.example", below=True)
AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OWN = ("https://help.example/", "https://www.help.example/a")
LOOK_ALIKES = ("https://nothelp.example/", "https://o.test/?q=help.example")
OTHER = "https://o.test/next"

planned = partial(carried_out.planned, SAFARI, platform=Platform.MACOS)


def _everything(home: Path) -> Path:
    profile = SafariProfile(home / FOLDER)
    for number, url in enumerate((*OWN, *LOOK_ALIKES, OTHER)):
        profile.visit(url, AT + number * MINUTE)
    folder = (
        profile.redirect(1, 5)
        .tombstone("https://help.example/deleted")
        .tombstone("https://nothelp.example/deleted")
        .topic("only", OWN[0])
        .topic("shared", OWN[0], OTHER)
        .icon("A", "https://help.example/i.png", OWN[0], "https://help.example/kept")
        .icon("B", "https://cdn.test/own.png", OWN[1])
        .icon("C", "https://nothelp.example/i.png", LOOK_ALIKES[0])
        .page_setting("help.example")
        .page_setting("nothelp.example")
        .download("https://help.example/f")
        .download("https://nothelp.example/f")
        .plist(
            "Bookmarks.plist",
            {"Children": [{"URLString": "https://help.example/kept"}]},
        )
        .plist("LastSession.plist", {"SessionWindows": []})
        .setting(
            "RecentWebSearches",
            [{"SearchString": "help.example"}, {"SearchString": "other"}],
        )
        .write()
    )
    data = home / CONTAINER / "WebKit/WebsiteData"
    for name, host in (("a/a", b"help.example"), ("b/b", b"nothelp.example")):
        (data / "Default" / name).mkdir(parents=True)
        (data / "Default" / name / "origin").write_bytes(b"\1https\2\1" + host + b"\0")
    cache = home / CONTAINER / "Caches/com.apple.Safari/Cache.db"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"x")
    cookies = home / CONTAINER / "Cookies/Cookies.binarycookies"
    cookies.parent.mkdir()
    cookies.write_bytes(b"cook.help.example\0")
    return folder


def _left(home: Path, subject: Site | Span = SITE) -> dict[str, list[Any]]:
    steps = steps_on(planned(home, subject), "History.db")
    return without(home / FOLDER / "History.db", steps)


@pytest.mark.rule("SR-30")
def test_items_visits_marks_and_topics_go(tmp_path: Path) -> None:
    """The site's own; look-alikes stay, and visits that came from it lose the link."""
    _everything(tmp_path)
    left = _left(tmp_path)
    assert {row[1] for row in left["history_items"]} == {*LOOK_ALIKES, OTHER}
    assert {row[1] for row in left["history_visits"]} == {
        row[0] for row in left["history_items"]
    }
    assert {row[7] for row in left["history_visits"]} == {None}
    assert [row[3] for row in left["history_tombstones"]] == [
        "https://nothelp.example/deleted"
    ]
    assert [row[4] for row in left["history_tags"]] == ["shared"]
    assert len(left["history_items_to_tags"]) == 1
    [part] = clearings(planned(tmp_path, SITE), Kept.PAGES)
    assert part.counts == {"pages": 2, "visits": 2, "records": 1}
    assert (part.first, part.last) == (AT, AT + MINUTE)


def test_downloads_go_out_of_their_list(tmp_path: Path) -> None:
    """The list stays in its own form, with all other entries as they were."""
    folder = _everything(tmp_path)
    before = plistlib.loads((folder / "Downloads.plist").read_bytes())
    [step] = steps_on(planned(tmp_path, SITE), "Downloads.plist")
    assert isinstance(step, ReplaceFile)
    assert step.after.startswith(b"bplist00")
    assert plistlib.loads(step.after) == {
        "DownloadHistory": before["DownloadHistory"][1:]
    }
    (folder / "Downloads.plist").write_bytes(plistlib.dumps(before))
    [step] = steps_on(planned(tmp_path, SITE), "Downloads.plist")
    assert isinstance(step, ReplaceFile)
    assert step.after.startswith(b"<?xml")


def test_icons_and_settings_of_pages(tmp_path: Path) -> None:
    """What a bookmark shows stays."""
    folder = _everything(tmp_path)
    plan = planned(tmp_path, SITE)
    icons = without(folder / "Favicon Cache/favicons.db", steps_on(plan, "favicons.db"))
    assert {row[0] for row in icons["page_url"]} == {
        *("https://help.example/kept", LOOK_ALIKES[0])
    }
    assert {row[0] for row in icons["icon_info"]} == {"A", "C"}
    settings = without(
        folder / "PerSitePreferences.db", steps_on(plan, "PerSitePreferences.db")
    )
    assert [row[1] for row in settings["preference_values"]] == ["nothelp.example"]
    assert stays(plan)["favicons.db", Kept.ICONS] == 1


def test_icons_that_were_refused_are_counted(tmp_path: Path) -> None:
    """A page whose icon could not be had has a row of its own."""
    SafariProfile(tmp_path / FOLDER).visit(OTHER, AT).icon("A", OTHER, OTHER).write()
    icons = tmp_path / FOLDER / "Favicon Cache/favicons.db"
    with closing(sqlite3.connect(icons)) as store, store:
        store.execute(
            "INSERT INTO rejected_resources VALUES(?, ?, 1)",
            (OWN[0], f"{OWN[0]}favicon.ico"),
        )
    [part] = clearings(planned(tmp_path, SITE), Kept.ICONS)
    assert part.counts == {"records": 1}


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("subject", [SITE, Span()], ids=["site", "all"])
def test_site_data_that_cannot_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subject: Site | Span
) -> None:
    """Whose folders are in it is not known; the rest is planned."""
    name = "0A1B2C3D-0000-4000-8000-000000000000"
    SafariProfile(tmp_path / f"{FOLDER}/Profiles/{name}").visit(OWN[0], AT).write()
    around = tmp_path / CONTAINER / "WebKit/WebsiteDataStore"
    (around / name.lower()).mkdir(parents=True)
    shut(around, monkeypatch)
    plan = planned(tmp_path, subject)
    assert missed(plan) == {"WebKit": Why.DENIED}
    assert "History.db" in stores(plan)


def test_what_lies_in_the_container(tmp_path: Path) -> None:
    """Site data by origin; caches and tabs whole; cookies, searches are told."""
    _everything(tmp_path)
    plan = planned(tmp_path, SITE)
    assert [each.store for each in clearings(plan, Kept.SITE_DATA)] == [
        f"{CONTAINER}/WebKit/WebsiteData/Default/a/a"
    ]
    assert stores(plan, Tick.ON) == {"Cache.db", "LastSession.plist"}
    told = stays(plan)
    assert told["com.apple.Safari.plist", Kept.SEARCHES] == 1
    assert ("Cookies.binarycookies", Kept.COOKIES) in told
    assert ("Bookmarks.plist", Kept.BOOKMARKS) in told


def test_a_profile_of_its_own_has_its_own_site_data(tmp_path: Path) -> None:
    """Profiles lie below the first one; what is not theirs is not planned twice."""
    _everything(tmp_path)
    name = "0A1B2C3D-0000-4000-8000-000000000000"
    SafariProfile(tmp_path / f"{FOLDER}/Profiles/{name}").visit(OWN[0], AT).write()
    own = name.lower()
    for store in ("WebsiteData", f"WebsiteDataStore/{own}"):
        folder = tmp_path / CONTAINER / f"WebKit/{store}/Default/q/q"
        folder.mkdir(parents=True)
        (folder / "origin").write_bytes(b"\1help.example\0")
    parts = clearings(planned(tmp_path, SITE), Kept.SITE_DATA)
    by_place = {each.store: each.place.folder for each in parts}
    start = f"{CONTAINER}/WebKit"
    assert by_place == {
        f"{start}/WebsiteData/Default/a/a": FOLDER,
        f"{start}/WebsiteData/Default/q/q": FOLDER,
        f"{start}/WebsiteDataStore/{own}/Default/q/q": f"{FOLDER}/Profiles/{name}",
    }


@pytest.mark.rule("SR-22")
def test_planning_changes_nothing_and_says_the_same_twice(tmp_path: Path) -> None:
    """Not even an access time moves; the history comes last."""
    _everything(tmp_path)
    plan = planned_twice(SAFARI, tmp_path, SITE, Platform.MACOS)
    assert clearings(plan)[-1].store == f"{FOLDER}/History.db"
    assert not clearings(plan)[-1].place.tried


def test_a_second_run_finds_nothing(tmp_path: Path) -> None:
    """Once the plan is carried out."""
    _everything(tmp_path)
    carried_out.carry_out(tmp_path, planned(tmp_path, SITE), platform=Platform.MACOS)
    assert clearings(planned(tmp_path, SITE)) == []


@pytest.mark.rule("SR-23")
def test_a_stretch_of_time(tmp_path: Path) -> None:
    """Visits and downloads of that time; what has no time is named."""
    (
        SafariProfile(tmp_path / FOLDER)
        .visit("https://a.test/", AT - MINUTE)
        .visit("https://a.test/", AT)
        .visit("https://b.test/", AT)
        .visit("https://c.test/", AT + MINUTE)
        .visit("https://d.test/", AT + 2 * MINUTE)
        .visit("https://out.test/", AT)
        .download("https://b.test/f", at=AT)
        .download("https://out.test/f", at=AT)
        .download("https://d.test/f", at=AT + 2 * MINUTE)
        .download("https://e.test/f")
        .plist("LastSession.plist", {})
        .setting(
            "RecentWebSearches",
            [{"SearchString": "x", "Date": AT.replace(tzinfo=None)}],
        )
        .write()
    )
    span = Span(start=AT, end=AT + MINUTE, left_out=frozenset({"out.test"}))
    left = _left(tmp_path, span)
    items = {row[1]: row for row in left["history_items"]}
    assert set(items) == {*("https://a.test/", "https://d.test/", "https://out.test/")}
    assert (items["https://a.test/"][3], items["https://a.test/"][7]) == (1, 1)
    plan = planned(tmp_path, span)
    [step] = steps_on(plan, "Downloads.plist")
    assert isinstance(step, ReplaceFile)
    entries = plistlib.loads(step.after)["DownloadHistory"]
    assert [each["DownloadEntryURL"] for each in entries] == [
        *("https://out.test/f", "https://d.test/f", "https://e.test/f")
    ]
    told = stays(plan)
    assert ("LastSession.plist", Kept.OPEN_TABS) in told
    assert told["com.apple.Safari.plist", Kept.SEARCHES] == 1
    assert stores(plan, Tick.OFF) == set()


@pytest.mark.rule("SR-25")
def test_what_a_stretch_of_time_does_not_reach_is_told(tmp_path: Path) -> None:
    """Stores that have no times, where something goes at all."""
    _everything(tmp_path)
    told = stays(planned(tmp_path, Span(start=AT, end=AT)))
    assert set(told) == {
        ("LastSession.plist", Kept.OPEN_TABS),
        ("favicons.db", Kept.ICONS),
        ("Cookies.binarycookies", Kept.COOKIES),
        ("Cache.db", Kept.CACHE),
        ("WebsiteData", Kept.SITE_DATA),
    }
    late = AT + timedelta(days=1)
    assert stays(planned(tmp_path, Span(start=late))) == {}


@pytest.mark.rule("SR-24")
def test_all_of_a_history(tmp_path: Path) -> None:
    """Also items without a visit and marks of what was deleted; hosts that were left out
    keep theirs.
    """
    folder = (
        SafariProfile(tmp_path / FOLDER)
        .visit("https://a.test/", AT)
        .visit("https://seen.test/", AT)
        .visit("https://out.test/", AT)
        .tombstone("https://deleted.test/")
        .tombstone("https://out.test/deleted")
        .write()
    )
    with closing(sqlite3.connect(folder / "History.db")) as store, store:
        store.execute("DELETE FROM history_visits WHERE history_item = 2")
    left = _left(tmp_path, Span(left_out=frozenset({"out.test"})))
    assert [row[1] for row in left["history_items"]] == ["https://out.test/"]
    assert [row[3] for row in left["history_tombstones"]] == [
        "https://out.test/deleted"
    ]
    bounded = _left(tmp_path, Span(start=AT, end=AT))
    assert [row[1] for row in bounded["history_items"]] == ["https://seen.test/"]
    assert len(bounded["history_tombstones"]) == 2


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE history_items ADD COLUMN new_column TEXT",
        "ALTER TABLE history_visits ADD COLUMN new_column TEXT",
        "CREATE TABLE new_table(history_item INTEGER)",
        "DROP TABLE history_visits",
    ],
)
def test_a_history_with_something_new_is_not_planned_for(
    tmp_path: Path, change: str
) -> None:
    """Nobody could try it on macOS: what is not known is not touched."""
    folder = _everything(tmp_path)
    with closing(sqlite3.connect(folder / "History.db")) as store, store:
        store.execute(change)
    plan = planned(tmp_path, SITE)
    assert missed(plan) == {"History.db": Why.UNKNOWN_FORMAT}
    assert steps_on(plan, "History.db") == []


@pytest.mark.rule("SR-25")
@pytest.mark.parametrize(
    ("accounts", "syncs"), [([], False), ([{"AccountID": "x"}], True)]
)
def test_an_account_of_the_cloud_counts_as_sync(
    tmp_path: Path, accounts: list[dict[str, str]], syncs: bool
) -> None:
    """What is cleared here may come back from there."""
    _everything(tmp_path)
    (tmp_path / "Library/Preferences/MobileMeAccounts.plist").write_bytes(
        plistlib.dumps({"Accounts": accounts})
    )
    [part] = clearings(planned(tmp_path, SITE), Kept.PAGES)
    assert part.place.syncs is syncs
    assert part.place.locks == (f"{FOLDER}/History.db", f"{FOLDER}/History.db-shm")
