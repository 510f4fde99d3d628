"""Failure modes in which something of what was cleared is still there."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hygiene.contract import Kept, Platform, Span
from hygiene.engine.planning import Subject
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene.practice.logins import write_account_logins, write_login_backup
from tests.failure_modes import homes
from tests.failure_modes.homes import CHROMIUM, FIREFOX, NOON, OTHER, SITE, WHOLE, WORDS
from tests.forgetting import everything, forget, nothing_more


@pytest.mark.rule("SR-22")
def test_01_search_terms_do_not_survive(tmp_path: Path) -> None:
    """What was searched for on a site stands in side tables of the history under other
    names: in no table, log, journal or byte is there any of it afterwards.
    """
    root = homes.home(tmp_path / "home")
    assert len({each.path for each in homes.left_of(root)}) > 30
    assert len({each.path for each in homes.left_of(root, WORDS)}) == 2
    done = forget(root, WHOLE, everything)
    assert done.result.not_done == ()
    assert homes.left_of(root) == []
    assert homes.left_of(root, WORDS) == []
    assert homes.left_of(root, OTHER)


def test_02_notes_of_what_was_looked_at_do_not_survive(tmp_path: Path) -> None:
    """Firefox takes its notes of looking at a page away by triggers that only it has;
    they go here too, those of other sites stay without the way they were reached by.
    """
    profile = homes.firefox(tmp_path)
    store = profile / "places.sqlite"
    metadata = "SELECT url, referrer_place_id FROM moz_places_metadata m"
    metadata += " JOIN moz_places p ON p.id = m.place_id"
    assert len(homes.rows(store, metadata)) == 2
    forget(tmp_path, WHOLE)
    assert homes.rows(store, metadata) == [(f"https://{OTHER}/", None)]
    words = "SELECT * FROM moz_places_metadata_search_queries"
    assert homes.rows(store, words) == []
    [(notes,)] = homes.rows(store, "SELECT count(*) FROM moz_places_metadata")
    assert notes == 1


@pytest.mark.rule("SR-24")
def test_03_no_second_copy_of_a_sign_in_survives(tmp_path: Path) -> None:
    """A browser gives a sign-in back from a copy: with its tick all copies go."""
    root = homes.home(tmp_path / "home")
    logins = [(f"https://{host}/", "me") for host in (SITE, OTHER)]
    account = root / CHROMIUM / "Login Data For Account"
    write_account_logins(account, logins, NOON)
    backup = write_login_backup(
        root / FIREFOX, [(f"https://{host}", f"{{{host}}}") for host in (SITE, OTHER)]
    )
    forget(root, WHOLE, homes.sign_ins)
    realms = "SELECT signon_realm FROM logins WHERE blacklisted_by_user = 0"
    assert homes.rows(account, realms) == [(f"https://{OTHER}/",)]
    kept = {url for (url,) in homes.rows(account.with_name("Login Data"), realms)}
    others = {OTHER, *homes.LOOK_ALIKES[:2]}
    assert kept == {f"https://{host}/" for host in others}
    for path, hosts in ((backup, {OTHER}), (backup.with_name("logins.json"), others)):
        found = {each["hostname"] for each in json.loads(path.read_text())["logins"]}
        assert found == {f"https://{host}" for host in hosts}


def test_04_visits_without_a_length_go(tmp_path: Path) -> None:
    """A page that was left at once has a visit of no length: it is a visit none the
    less, in the plan of a site and in that of a sitting.
    """
    subjects: tuple[Subject, ...] = (WHOLE, Span(start=NOON, end=NOON))
    for number, subject in enumerate(subjects):
        root = tmp_path / str(number)
        history = ChromiumProfile(root / CHROMIUM).visit(f"https://{SITE}/", NOON)
        store = history.write() / "History"
        assert homes.rows(store, "SELECT visit_duration FROM visits") == [(0,)]
        assert forget(root, subject).plan.pages == 1
        assert homes.rows(store, "SELECT * FROM visits") == []


def test_05_visits_that_only_the_log_has_go(tmp_path: Path) -> None:
    """The newest visit may stand beside the store, in its log, only."""
    profile = homes.firefox(tmp_path, in_log=True)
    store, newest = profile / "places.sqlite", f"https://{SITE}/newest".encode()
    assert newest not in store.read_bytes()
    assert newest in (profile / "places.sqlite-wal").read_bytes()
    forget(tmp_path, WHOLE)
    beside = list(profile.glob("places.sqlite*"))
    assert [
        path for path in beside if SITE.encode() + b"/newest" in path.read_bytes()
    ] == []
    [(count,)] = homes.rows(
        store, f"SELECT count(*) FROM moz_places WHERE url LIKE 'https://{SITE}/%'"
    )
    assert count == 0


def test_13_visits_to_bookmarked_pages_go(tmp_path: Path) -> None:
    """A bookmark protects itself, and not the visits to its page."""
    root = tmp_path / "home"
    url = f"https://{SITE}/saved"
    chrome, fox = root / CHROMIUM, root / FIREFOX
    ChromiumProfile(chrome).visit(url, NOON, title="was here").write()
    marks = homes.bookmarks(chrome, url)
    before = marks.read_bytes()
    FirefoxProfile(fox).bookmark(url, NOON, "mine").visit(url, NOON).write()
    forget(root, WHOLE)
    for table in ("visits", "urls"):
        assert homes.rows(chrome / "History", f"SELECT * FROM {table}") == []
    assert marks.read_bytes() == before
    store = fox / "places.sqlite"
    assert homes.rows(store, "SELECT * FROM moz_historyvisits") == []
    page = "SELECT url, visit_count, last_visit_date FROM moz_places"
    assert homes.rows(store, page) == [(url, 0, None)]
    assert homes.rows(store, "SELECT fk, title FROM moz_bookmarks") == [(1, "mine")]


def test_14_icons_of_bookmarks_stay_and_those_of_the_site_go(tmp_path: Path) -> None:
    """Only what a bookmark shows is left of the site's icons."""
    root = tmp_path / "home"
    saved = f"https://{SITE}/saved"
    chrome = homes.chromium(root)
    homes.bookmarks(chrome, saved)
    fox = FirefoxProfile(root / FIREFOX).bookmark(saved, NOON)
    fox.visit(f"https://{SITE}/", NOON).visit(f"https://{OTHER}/", NOON).write()
    stores = FirefoxStores(root / FIREFOX)
    for page, name in ((saved, "kept"), (f"https://{SITE}/", "gone")):
        stores.icon(f"https://{SITE}/{name}.png", page)
    stores.icon(f"https://{OTHER}/i.png", f"https://{OTHER}/").write()
    forget(root, WHOLE)
    pages = homes.rows(chrome / "Favicons", "SELECT page_url FROM icon_mapping")
    assert [url for (url,) in pages if url.startswith(f"https://{SITE}/")] == [saved]
    assert not [url for (url,) in pages if f"www.{SITE}/" in url]
    [(shown,)] = homes.rows(
        chrome / "Favicons",
        "SELECT count(*) FROM icon_mapping JOIN favicon_bitmaps USING (icon_id)"
        f" WHERE page_url = '{saved}'",
    )
    assert shown == 1
    icons = homes.rows(
        root / FIREFOX / "favicons.sqlite", "SELECT icon_url FROM moz_icons ORDER BY 1"
    )
    assert icons == [(f"https://{SITE}/kept.png",), (f"https://{OTHER}/i.png",)]


PROFILES: dict[str, Callable[[Path, str], Path]] = {
    ".config/chromium/Profile 2": homes.chromium,
    "snap/chromium/common/chromium/Default": homes.chromium,
    ".var/app/org.chromium.Chromium/config/chromium/Default": homes.chromium,
    ".mozilla/firefox/second.work": homes.firefox,
    ".config/mozilla/firefox/first.default": homes.firefox,
    "snap/firefox/common/.mozilla/firefox/a.default": homes.firefox,
    ".var/app/org.mozilla.firefox/.mozilla/firefox/a.default": homes.firefox,
}


@pytest.mark.rule("SR-22")
def test_15_no_profile_is_passed_over(tmp_path: Path) -> None:
    """Second profiles, and those of packages that keep a home of their own."""
    for folder, make in PROFILES.items():
        make(tmp_path, folder)
    done = forget(tmp_path, WHOLE, everything)
    assert {place.folder for place in done.plan.places} == set(PROFILES)
    assert homes.left_of(tmp_path) == []


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_20_nothing_survives_on_free_pages(tmp_path: Path, journal: str) -> None:
    """What the browser itself deleted long ago still stands between the rows: those
    bytes go with the others.
    """
    profile = homes.chromium(tmp_path)
    store, old = profile / "History", "long-gone-page"
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
    )
    homes.run(
        store,
        f"{many} INSERT INTO urls(url, title, last_visit_time)"
        f" SELECT 'https://{SITE}/{old}/' || i, 't', 1 FROM n",
        journal_mode=journal,
    )
    homes.run(store, f"DELETE FROM urls WHERE url LIKE '%{old}%'", secure_delete="OFF")
    assert store.read_bytes().count(old.encode()) > 100
    forget(tmp_path, WHOLE, nothing_more)
    beside = profile.glob("History*")
    assert [path for path in beside if old.encode() in path.read_bytes()] == []
    assert [page for page in _free_pages(store.read_bytes()) if any(page)] == []
    assert homes.rows(store, "PRAGMA integrity_check") == [("ok",)]


def _free_pages(data: bytes) -> Iterator[bytes]:
    """What stands on the pages that no table uses, without the list of them: SQLite's
    file format, "The Freelist".
    """
    size = int.from_bytes(data[16:18], "big")
    trunk = int.from_bytes(data[32:36], "big")
    while trunk:
        page = data[(trunk - 1) * size : trunk * size]
        trunk, count, *listed = struct.unpack(f">{size // 4}I", page)
        yield page[8 + 4 * count :]
        for leaf in listed[:count]:
            yield data[(leaf - 1) * size : leaf * size]


def test_28_the_taskbar_lists_the_site_no_more(tmp_path: Path) -> None:
    """Windows keeps the last pages of a browser in a list of its own, with icons."""
    folder = f"{USER_DATA[Platform.WINDOWS]}/Default"
    profile = homes.chromium(tmp_path, folder)
    icons = profile / "JumpListIconsRecentClosed"
    icons.mkdir()
    (icons / "1A2B.tmp").write_bytes(b"icon")
    lists = tmp_path / "AppData/Roaming/Microsoft/Windows/Recent/CustomDestinations"
    lists.mkdir(parents=True)
    listed, other = lists / "5d69.customDestinations-ms", lists / "9a1c.other-ms"
    listed.write_bytes(b"\1\0" + f"https://{SITE}/".encode("utf-16-le"))
    other.write_bytes(b"\1\0" + f"https://{OTHER}/".encode("utf-16-le"))
    done = forget(tmp_path, WHOLE, everything, Platform.WINDOWS)
    assert Kept.TOP_SITES in {each.kept for each in done.result.done}
    assert [path.name for path in lists.iterdir()] == [other.name]
    assert not icons.exists()
    assert homes.left_of(tmp_path) == []


def test_a_sitting_takes_its_words_along(tmp_path: Path) -> None:
    """The words of a search go with the time they were typed in, too."""
    homes.chromium(tmp_path)
    forget(tmp_path, Span(start=NOON, end=NOON + timedelta(hours=2)))
    assert homes.left_of(tmp_path, WORDS) == []
