"""Profiles in which one site left its name, and others that only look like it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hygiene.contract import Clearing, Kept, Platform, Site
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene.practice.chromium_traces import ChromiumTraces
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.practice.firefox_stores import FirefoxStores
from tests.bench.residue import Residue, residue

__all__ = [
    "CHROMIUM",
    "FIREFOX",
    "LOOK_ALIKES",
    "NOON",
    "OTHER",
    "SITE",
    "WHOLE",
    "WORDS",
    "bookmarks",
    "chromium",
    "firefox",
    "home",
    "left_of",
    "rows",
    "run",
    "sign_ins",
]

SITE = "harbor.example"
WHOLE = Site(SITE, below=True)
OTHER = "meadow.example"
WORDS = "quiet words"
LOOK_ALIKES = (f"not{SITE}", f"{SITE}.evil.test", f"{OTHER}/?to={SITE}")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHROMIUM = f"{USER_DATA[Platform.LINUX]}/Default"
FIREFOX = ".config/mozilla/firefox/a.default"
_HOSTS = (SITE, f"www.{SITE}", OTHER, f"not{SITE}", f"{SITE}.evil.test")


def chromium(root: Path, folder: str = CHROMIUM) -> Path:
    """A Chromium profile; the words were searched for on the site, and only there."""
    path = root / folder
    profile, search = ChromiumProfile(path), f"https://{SITE}/find?q="
    traces = ChromiumTraces(path, _HOSTS, NOON, typed=(SITE, OTHER))
    for name, value in traces.preferences().items():
        profile.setting(name, value)
    for number, host in enumerate(_HOSTS):
        at, url = NOON + timedelta(minutes=number), f"https://{host}/"
        profile.visit(url, at, title=host, typed=True)
        profile.visit(f"{url}two", at + timedelta(seconds=9), came_from=url)
        profile.download(f"{url}file.bin", at).shortcut(host[:3], url, at)
        profile.login(url, f"me at {number}", at).form_word("site", host, at)
    (
        profile.visit(f"https://{OTHER}/?to={SITE}", NOON)
        .search(WORDS, NOON, search)
        .cluster(WORDS, search + WORDS.replace(" ", "+"), f"https://{SITE}/")
        .open_tabs(f"https://{SITE}/")
        .write()
    )
    traces.write()
    run(
        path / "History",
        f"UPDATE content_annotations SET alternative_title = '{WORDS} at {SITE}',"
        f" search_normalized_url = '{search}{WORDS}' WHERE search_terms <> ''",
    )
    return path


def bookmarks(profile: Path, *urls: str) -> Path:
    """The bookmarks of a Chromium profile, spaced as the program spaces them."""
    children = [{"type": "url", "url": url, "name": "kept"} for url in urls]
    document = {"roots": {"other": {"children": children}}, "version": 1}
    path = profile / "Bookmarks"
    path.write_text(json.dumps(document, indent=3), "utf-8")
    return path


def firefox(root: Path, folder: str = FIREFOX, *, in_log: bool = False) -> Path:
    """A Firefox profile, the only one of its list; the same words were searched for."""
    path = root / folder
    profile, stores = FirefoxProfile(path), FirefoxStores(path)
    for number, host in enumerate(_HOSTS):
        at, url = NOON + timedelta(minutes=number), f"https://{host}/"
        profile.visit(url, at, title=host, typed=True).typed(host[:3], url)
        profile.download(f"{url}file.bin", at).form_word("site", host, at)
        profile.login(url.rstrip("/"), at)
        stores.icon(f"{url}favicon.ico", url, root=True).cookie(host)
        stores.permission(f"https://{host}", "geo").site_data(f"https://{host}")
    found = f"https://{SITE}/found"
    (
        profile.visit(f"https://{OTHER}/?to={SITE}", NOON)
        .visit(found, NOON)
        .looked_at(found, NOON, found_by=WORDS)
        .looked_at(f"https://{OTHER}/", NOON, coming_from=found)
        .open_tabs(f"https://{SITE}/", f"https://{OTHER}/")
        .visit(f"https://{SITE}/newest", NOON + timedelta(hours=1))
        .write(newest_in_wal=in_log)
    )
    stores.write()
    write_profiles_ini(path.parent, path.name)
    return path


def home(root: Path) -> Path:
    """A home with one profile of each family."""
    root.mkdir(mode=0o700, exist_ok=True)
    chromium(root)
    firefox(root)
    return root


def sign_ins(clearing: Clearing) -> bool:
    """Tick the sign-ins, and nothing else."""
    return clearing.kept is Kept.SIGN_INS


def left_of(root: Path, name: str = SITE) -> list[Residue]:
    """Where a name still stands, however it is written, in files and their names."""
    return residue(root, name, LOOK_ALIKES)


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What Python's own SQLite reads there."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as store:
        return store.execute(sql).fetchall()


def run(path: Path, sql: str, **settings: str) -> None:
    """Change a store as its program might have done, with these settings of SQLite."""
    with closing(sqlite3.connect(path)) as store, store:
        for name, value in settings.items():
            store.execute(f"PRAGMA {name} = {value}")
        store.executescript(sql)
