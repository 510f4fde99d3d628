"""What a plan shows is what changes: no row, no file more or less (SR-22).

The witness knows nothing of the product; the homes are of every age of schema that
builders write, on each system.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hygiene.contract import Platform, Site, Span
from hygiene.engine.planning import Subject
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.practice.forms import write_old_web_data
from hygiene.practice.home import build
from hygiene.practice.logins import write_old_logins
from hygiene.practice.safari import SafariProfile
from tests.differ import Change, changes
from tests.forgetting import everything, forget, planned
from tests.previews import previewed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = "harbor.example"
OTHER = "meadow.example"
OF_THE_SITE: Subject = Site(SITE, below=True)
OF_THE_DAY: Subject = Span(start=NOW - timedelta(hours=1), end=NOW)

_OLDEST = 20
"""Schema of Chromium's history in 2011; its other stores were as old."""
_WITHOUT_NOTES = 9
"""Schema of places in which downloads are not kept yet."""

Maker = Callable[[Path], Platform]


def _chromium(version: int) -> Maker:
    def make(root: Path) -> Platform:
        folder = root / USER_DATA[Platform.LINUX] / "Default"
        profile = ChromiumProfile(folder, history_version=version)
        for days, host in ((0, SITE), (3, SITE), (0, OTHER), (3, OTHER)):
            at = NOW - timedelta(days=days)
            profile.visit(f"https://{host}/page", at).visit(f"https://w.{host}/", at)
            profile.form_word("town", f"{host} word {days}", at)
            profile.download(f"https://{host}/{days}.bin", at)
        (
            profile.search("quiet places", NOW)
            .shortcut("har", f"https://{SITE}/page", NOW)
            .login(f"https://{SITE}/", "me", NOW, secret=b"x")
            .never_save(f"https://{SITE}/", NOW)
            .open_tabs(f"https://{SITE}/")
            .write()
        )
        if version == _OLDEST:
            words = [("q", SITE), ("q", OTHER)]
            write_old_web_data(folder, words)
            accounts = [(f"https://{host}/", "me") for host in (SITE, OTHER)]
            write_old_logins(folder, accounts)
        return Platform.LINUX

    return make


def _firefox(version: int, *, in_log: bool) -> Maker:
    def make(root: Path) -> Platform:
        folder = root / ".mozilla/firefox"
        profile = FirefoxProfile(folder / "p", places_version=version)
        for days, host in ((0, SITE), (3, SITE), (0, OTHER), (3, OTHER)):
            at = NOW - timedelta(days=days)
            profile.visit(f"https://{host}/page", at).visit(f"https://w.{host}/", at)
            profile.form_word("town", f"{host} word {days}", at)
            if version > _WITHOUT_NOTES:
                profile.download(f"https://{host}/{days}.bin", at)
        (
            profile.bookmark(f"https://{SITE}/kept", NOW)
            .typed("har", f"https://{SITE}/page")
            .login(f"https://{SITE}", NOW, secret="x")  # noqa: S106
            .open_tabs(f"https://{SITE}/", f"https://{OTHER}/")
            .write(newest_in_wal=in_log)
        )
        write_profiles_ini(folder, "p")
        return Platform.LINUX

    return make


def _safari(root: Path) -> Platform:
    profile = SafariProfile(root / "Library/Safari")
    for days, host in ((0, SITE), (3, SITE), (0, OTHER), (3, OTHER)):
        profile.visit(f"https://{host}/page", NOW - timedelta(days=days))
    (
        profile.icon("A1", f"https://{SITE}/icon.png", f"https://{SITE}/page")
        .icon("B2", f"https://{OTHER}/icon.png", f"https://{OTHER}/page")
        .download(f"https://{SITE}/file.bin")
        .download(f"https://{OTHER}/file.bin")
        .write()
    )
    return Platform.MACOS


def _epiphany(root: Path) -> Platform:
    folder, cache = root / ".local/share/epiphany", root / ".cache/epiphany"
    profile = EpiphanyProfile(folder, cache)
    for days, host in ((0, SITE), (3, SITE), (0, OTHER), (3, OTHER)):
        profile.visit(f"https://{host}/page", NOW - timedelta(days=days))
    for host in (SITE, OTHER):
        profile.icon(f"https://{host}/icon.png", f"https://{host}/page")
        profile.observed(host).strict(host).cookie(host)
    profile.window(f"https://{SITE}/page", f"https://{OTHER}/page").write()
    return Platform.LINUX


def _falkon(root: Path) -> Platform:
    profile = FalkonProfile(root / ".config/falkon/profiles/default")
    for days, host in ((0, SITE), (3, SITE), (0, OTHER), (3, OTHER)):
        profile.visit(f"https://{host}/{days}", NOW - timedelta(days=days))
        profile.icon(f"https://{host}/{days}")
    profile.login(SITE, "me", "x").login(OTHER, "me", "x").write()
    return Platform.LINUX


MAKERS = {
    "safari": _safari,
    "epiphany": _epiphany,
    "falkon": _falkon,
    "chromium-20": _chromium(20),
    "chromium-70": _chromium(70),
    "firefox-9": _firefox(9, in_log=False),
    "firefox-86": _firefox(86, in_log=False),
    "firefox-86-log": _firefox(86, in_log=True),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty home."""
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    return made


def _before(root: Path) -> Path:
    """A copy of the home as it is, times and rights kept."""
    return shutil.copytree(root, root.with_name("before"), symlinks=True)


@pytest.mark.rule("SR-22", "SR-24")
@pytest.mark.parametrize("subject", [OF_THE_SITE, OF_THE_DAY], ids=["site", "day"])
@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_what_changes_is_what_was_shown(
    root: Path, maker: Maker, subject: Subject
) -> None:
    """Every age of schema: the changed rows and files are those of the plan's steps."""
    platform = maker(root)
    before = _before(root)
    done = forget(root, subject, everything, platform)
    assert done.result.not_done == ()
    found = changes(before, root)
    assert found == previewed(before, done.plan.units)
    assert found


@pytest.mark.rule("SR-22", "SR-24")
@pytest.mark.parametrize("platform", list(Platform))
def test_so_it_is_in_the_home_to_practise_in(root: Path, platform: Platform) -> None:
    """All programs of a whole home on each system, at once."""
    build(root, platform, NOW)
    before = _before(root)
    done = forget(root, Site("library.example", below=True), everything, platform)
    assert done.result.not_done == ()
    found = changes(before, root)
    assert found == previewed(before, done.plan.units)
    assert len({change.store for change in found}) > 3


@pytest.mark.rule("SR-22")
def test_the_witness_sees_a_row_that_a_trigger_added(root: Path) -> None:
    """A store with a planted trigger, cleared by plain SQL: one row more than shown."""
    maker = MAKERS["chromium-70"]
    maker(root)
    before = _before(root)
    done = forget(root, OF_THE_SITE, everything)
    history = root / USER_DATA[Platform.LINUX] / "Default/History"
    with closing(sqlite3.connect(history)) as store, store:
        store.execute(
            "CREATE TRIGGER planted AFTER DELETE ON visits BEGIN"
            " INSERT INTO meta(key, value) VALUES ('planted', old.id); END"
        )
        store.execute("DELETE FROM visits WHERE id = (SELECT max(id) FROM visits)")
        store.execute("DROP TRIGGER planted")
    more = changes(before, root) - previewed(before, done.plan.units)
    assert {(change.what, change.table) for change in more} == {
        ("new", "meta"),
        ("gone", "visits"),
    }


@pytest.mark.rule("SR-22", "SR-29")
def test_a_store_with_a_trigger_is_not_touched(root: Path) -> None:
    """What a trigger would do is in no plan: the profile is refused, all stays."""
    MAKERS["chromium-70"](root)
    history = root / USER_DATA[Platform.LINUX] / "Default/History"
    with closing(sqlite3.connect(history)) as store, store:
        store.execute(
            "CREATE TRIGGER planted AFTER DELETE ON visits BEGIN"
            " INSERT INTO meta(key, value) VALUES ('planted', 1); END"
        )
    before = _before(root)
    plan = planned(root, OF_THE_SITE)
    assert plan.offered == ()
    assert plan.refused or plan.not_reached
    assert changes(before, root) == set()


def test_the_witness_lists_each_kind_of_change(tmp_path: Path) -> None:
    """Rows, definitions, documents, files, folders, rights: planted, and found."""
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "gone").mkdir(parents=True)
    (old / "file").write_text("one")
    (old / "same").write_text("same")
    (old / "document.json").write_text('{"a": 1}')
    with closing(sqlite3.connect(old / "store")) as store, store:
        store.executescript(
            "CREATE TABLE plain(a, b); INSERT INTO plain VALUES (1, 'x'), (2, 'y');"
            "CREATE TABLE keyed(k PRIMARY KEY, v) WITHOUT ROWID;"
            "INSERT INTO keyed VALUES ('k', 1)"
        )
    shutil.copytree(old, new)
    assert changes(old, new) == set()
    (new / "gone").rmdir()
    (new / "file").unlink()
    (new / "made").write_text("")
    (new / "same").chmod(0o600)
    (new / "document.json").write_text('{"a": 2}')
    with closing(sqlite3.connect(new / "store")) as store, store:
        store.executescript(
            "UPDATE plain SET b = 'z' WHERE a = 1; DELETE FROM plain WHERE a = 2;"
            "UPDATE keyed SET v = '1'; CREATE TABLE more(x); INSERT INTO more VALUES (1)"
        )
    assert changes(old, new) == {
        Change("gone/", "gone"),
        Change("file", "gone"),
        Change("made", "new"),
        Change("same", "touched"),
        Change("document.json", "changed", now='{"a": 2}'),
        Change("store", "changed", "plain", 1, (("b", "z"),)),
        Change("store", "gone", "plain", 2),
        Change("store", "changed", "keyed", ("k",), (("v", "1"),)),
        Change("store", "new", "sqlite_master", ("table", "more")),
        Change("store", "new", "more", 1),
    }
