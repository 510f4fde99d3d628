"""Failure modes in which more than the thing itself is lost, or the clearing leaves
something of its own.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from hygiene.contract import Kept, Platform, Site
from hygiene.engine.applying import Changed
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene.practice.home import build
from hygiene.practice.logins import write_account_logins, write_login_backup
from hygiene.wiring import Options, open_session
from tests.differ import changes
from tests.failure_modes import homes
from tests.failure_modes.homes import CHROMIUM, FIREFOX, NOON, OTHER, SITE, WHOLE
from tests.footprint import footprint
from tests.forgetting import agree, everything, forget, planned
from tests.previews import previewed


def _copy(root: Path) -> Path:
    return shutil.copytree(root, root.with_name("before"), symlinks=True)


@pytest.mark.rule("SR-24")
@pytest.mark.parametrize("platform", Platform)
def test_06_no_path_is_broader_than_a_store(tmp_path: Path, platform: Platform) -> None:
    """Whatever goes whole is a named store: no folder of a profile, and none above."""
    root = tmp_path / "home"
    root.mkdir(mode=0o700)
    build(root, platform, NOON)
    homes.chromium(root, f"{USER_DATA[platform]}/Default")
    if platform is Platform.LINUX:
        homes.chromium(root, "snap/chromium/common/chromium/Default")
    before = _copy(root)
    plan = forget(root, WHOLE, everything, platform).plan
    assert plan.units
    kept = {place.folder for place in plan.places}
    kept |= {f"{USER_DATA[platform]}/Local State"}
    above = {str(each) for one in kept for each in PurePosixPath(one).parents}
    stores = {unit.store for unit in plan.units}
    assert not stores & (kept | above)
    gone = {each.store for each in changes(before, root) if each.what == "gone"}
    assert not {each.rstrip("/") for each in gone} & (kept | above)
    assert all((root / place.folder).is_dir() for place in plan.places)


@pytest.mark.rule("SR-24")
def test_07_bookmarks_keywords_and_tags_are_as_before(tmp_path: Path) -> None:
    """No bookmark of the site is lost with the history that shares its store."""
    root = tmp_path / "home"
    url = f"https://{SITE}/saved"
    marks = homes.bookmarks(homes.chromium(root), url, f"https://{OTHER}/")
    before = marks.read_bytes(), marks.stat().st_mtime_ns
    fox = FirefoxProfile(root / FIREFOX).visit(f"https://{SITE}/", NOON)
    fox.visit(url, NOON).bookmark(url, NOON, "mine").bookmark(url, NOON, "tagged")
    fox.keyword("kw", url)
    fox.row("moz_items_annos", item_id=1, anno_attribute_id=1, content="note").write()
    homes.run(
        root / FIREFOX / "places.sqlite",
        "INSERT INTO moz_bookmarks(type, parent, position, title)"
        " VALUES (2, 4, 0, 'a tag')",
    )
    store = root / FIREFOX / "places.sqlite"
    tables = ("moz_bookmarks", "moz_keywords", "moz_items_annos")
    found = [homes.rows(store, f"SELECT * FROM {table}") for table in tables]
    assert [len(each) for each in found] == [3, 1, 1]
    page = f"SELECT id, url, foreign_count, guid FROM moz_places WHERE url = '{url}'"
    place = homes.rows(store, page)
    plan = forget(root, WHOLE, everything).plan
    assert [homes.rows(store, f"SELECT * FROM {table}") for table in tables] == found
    assert homes.rows(store, page) == place
    assert (marks.read_bytes(), marks.stat().st_mtime_ns) == before
    assert not {each.kept for each in plan.chosen} & {Kept.BOOKMARKS}


def test_08_the_list_of_profiles_is_as_before(tmp_path: Path) -> None:
    """No profile disappears from the menu of its browser."""
    root = homes.home(tmp_path / "home")
    people = {"Default": {"name": SITE}, "Profile 1": {"name": "Ana"}}
    state = (root / CHROMIUM).parent / "Local State"
    state.write_text(json.dumps({"profile": {"info_cache": people}}, indent=1))
    lists = state, (root / FIREFOX).parent / "profiles.ini"
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in lists]
    forget(root, WHOLE, everything)
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in lists] == before


PASSWORDS = (
    *(f"{CHROMIUM}/Login Data", f"{CHROMIUM}/Login Data For Account"),
    *(f"{FIREFOX}/{name}" for name in ("logins.json", "logins-backup.json")),
    f"{FIREFOX}/logins.db",
)


@pytest.mark.rule("SR-24", "SR-26")
def test_09_no_sign_in_goes_unasked(tmp_path: Path) -> None:
    """Every store of sign-ins is the same file with the same bytes and times, unless
    one of them was ticked; then others in it stay.
    """
    root = homes.home(tmp_path / "home")
    write_account_logins(root / PASSWORDS[1], [(f"https://{SITE}/", "me")], NOON)
    write_login_backup(root / FIREFOX, [(f"https://{SITE}", "{1}")])
    FirefoxStores(root / FIREFOX).sign_in(f"https://{SITE}", "{1}").write()
    marks = footprint(root)
    done = forget(root, WHOLE)
    assert {each.kept for each in done.plan.offered} > {Kept.SIGN_INS}
    after = footprint(root)
    for name in PASSWORDS:
        assert after[f"{root}/{name}"] == marks[f"{root}/{name}"], name
    forget(root, WHOLE, homes.sign_ins)
    assert homes.left_of(root / CHROMIUM / "Login Data") == []
    realms = homes.rows(root / PASSWORDS[0], "SELECT signon_realm FROM logins")
    assert (f"https://{OTHER}/",) in realms


@pytest.mark.rule("SR-22", "SR-26")
def test_17_what_changes_is_what_was_shown(tmp_path: Path) -> None:
    """Row for row and file for file; and where one more came meanwhile, nothing."""
    root = homes.home(tmp_path / "home")
    before = _copy(root)
    with open_session(Options(home=root, platform=Platform.LINUX)) as session:
        plan = session.plan(WHOLE)
        homes.run(
            root / CHROMIUM / "History",
            f"INSERT INTO urls(url, last_visit_time) VALUES ('https://{SITE}/new', 1);"
            "INSERT INTO visits(url, visit_time) VALUES (last_insert_rowid(), 1)",
        )
        told = agree(session, plan)
        assert isinstance(told, Changed)
        assert told.plan.count == plan.count + 1
    new = {(each.what, each.table) for each in changes(before, root)}
    assert new <= {("new", "urls"), ("new", "visits"), ("changed", "sqlite_sequence")}
    shutil.rmtree(before)
    before = _copy(root)
    done = forget(root, WHOLE, everything)
    assert changes(before, root) == previewed(before, done.plan.units)


MATCHES = {
    "domain": (WHOLE, {f"https://{SITE}/", f"https://a.b.{SITE}:8443/"}),
    "host": (Site(SITE), {f"https://{SITE}/"}),
    "address": (Site("192.168.1.5"), {"http://192.168.1.5/", "http://192.168.1.5:80/"}),
    "percent and underscore": (Site("a_b.example"), {"https://a_b.example/"}),
    "other letters": (Site("xn--caf-dma.example"), {"https://xn--caf-dma.example/x"}),
    "address of version 6": (Site("::1"), {"http://[::1]:8080/"}),
}
LOOK_ALIKES = (
    *("https://notharbor.example/", "https://harbor.example.evil.test/"),
    *("https://harborxexample.test/", f"https://{OTHER}/?to=https://{SITE}/"),
    *(
        f"https://{OTHER}/{SITE}/",
        f"https://{SITE}@{OTHER}/",
        f"https://{OTHER}/#{SITE}",
    ),
    *("http://192.168.1.50/", "http://192.168.1.5.test/", "http://1192.168.1.5/"),
    *("https://axb.example/", "https://a%25b.example/", "https://a.b.example/"),
    *("https://cafe.example/", "https://xn--caf-dma.example.test/", "http://[::11]/"),
)


@pytest.mark.rule("SR-24")
@pytest.mark.parametrize("name", MATCHES)
def test_18_no_other_site_is_taken_for_it(tmp_path: Path, name: str) -> None:
    """Hosts are compared whole: no longer or shorter name, no query, no wildcard."""
    site, own = MATCHES[name]
    others = {url for _, urls in MATCHES.values() for url in urls} - own
    if name == "host":
        assert f"https://a.b.{SITE}:8443/" in others
    if name == "domain":
        others -= own
    chrome = ChromiumProfile(tmp_path / CHROMIUM)
    fox = FirefoxProfile(tmp_path / FIREFOX)
    for url in sorted(own | others | {*LOOK_ALIKES}):
        chrome.visit(url, NOON, typed=True)
        fox.visit(url, NOON)
    chrome.write()
    fox.write()
    forget(tmp_path, site, everything)
    for store, table in (("History", "urls"), ("places.sqlite", "moz_places")):
        [path] = tmp_path.rglob(store)
        kept = {url for (url,) in homes.rows(path, f"SELECT url FROM {table}")}
        assert kept == others | {*LOOK_ALIKES}


@pytest.mark.rule("SR-21")
def test_21_nothing_of_our_own_is_left_behind(
    tmp_path: Path, no_real_home: Path
) -> None:
    """After a look and a clearing only what was agreed to differs: no settings, no log,
    no temporary file, neither in that home nor in that of the person who runs it.
    """
    root = homes.home(tmp_path / "home")
    ours = {path.name for path in no_real_home.rglob("*")}
    before = footprint(root)
    with open_session(Options(home=root, platform=Platform.LINUX)) as session:
        assert list(session.run())
        assert footprint(root) == before
        plan = session.plan(WHOLE)
        assert footprint(root) == before
        agree(session, plan)
    after = footprint(root)
    new = {Path(path).parent for path in after.keys() - before.keys()}
    assert all((folder / "CURRENT").exists() for folder in new)
    stores = [f"{root}/{unit.store}" for unit in plan.units]
    for path, mark in before.items():
        if path in after and not _within(path, stores) and Path(path).is_file():
            assert after[path] == mark, path
    assert {path.name for path in no_real_home.rglob("*")} == ours
    assert {path.name for path in tmp_path.iterdir()} == {"home", no_real_home.name}


def _within(path: str, stores: list[str]) -> bool:
    return any(path.startswith(store) for store in stores)


_asked: list[str] = []
_listening = False


def _hear(event: str, _: tuple[Any, ...]) -> None:
    if _listening and event.startswith("socket."):
        _asked.append(event)


@contextmanager
def _heard() -> Iterator[list[str]]:
    global _listening  # noqa: PLW0603 - a hook stays as long as the process
    _asked.clear()
    _listening = True
    yield _asked
    _listening = False


sys.addaudithook(_hear)


@pytest.mark.rule("SR-20")
def test_22_no_network_is_asked_for(tmp_path: Path) -> None:
    """Not a socket is made while a home is looked at, planned for and cleared."""
    root = homes.home(tmp_path / "home")
    with (
        _heard() as asked,
        open_session(Options(home=root, platform=Platform.LINUX)) as session,
    ):
        assert list(session.run())
        agree(session, session.plan(WHOLE))
        assert session.plan(WHOLE).count == 0
    assert asked == []


def test_22_the_ear_hears_a_socket() -> None:
    """A socket that is made is heard."""
    import socket

    with _heard() as asked:
        socket.socket().close()
    assert asked == ["socket.__new__"]


def test_a_plan_alone_changes_nothing(tmp_path: Path) -> None:
    """The witness of all these tests sees two equal homes as equal."""
    root = homes.home(tmp_path / "home")
    before = _copy(root)
    assert planned(root, WHOLE).count
    assert changes(before, root) == set()
