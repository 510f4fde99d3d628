"""Forgetting one site in the Chromium family: all of it, and nothing of any other."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from hygiene.contract import (
    Clearing,
    Kept,
    NotReached,
    Platform,
    RebuildLevelDb,
    RemoveTree,
    Site,
    Span,
    Stays,
    Tick,
    Why,
)
from hygiene.host.home import DiskHome
from hygiene.practice.chromium_traces import ChromiumTraces
from hygiene.practice.entries import write_entries
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.answers import kept_exclusive
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    kept_rows,
    missed,
    planned,
    planned_twice,
    stays,
    stores,
)
from tests.checks.browser.forgetting.chrome import (
    FOLDER,
    LOOKALIKES,
    NOON,
    OTHER,
    SITE,
    WWW,
    home_of_sites,
    named,
    profile_in,
)

WHOLE = Site(SITE, below=True)


@pytest.mark.rule("SR-30")
def test_not_one_byte_of_the_site_is_left(tmp_path: Path) -> None:
    """After everything was ticked and done, the name stands in no file and no path."""
    home_of_sites(tmp_path)
    before = named(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    assert len(before) > 25
    assert named(tmp_path) == {}


@pytest.mark.rule("SR-30")
def test_sites_that_look_like_it_keep_every_row(tmp_path: Path) -> None:
    """In each store that is edited, all rows of the other sites are as before."""
    home_of_sites(tmp_path)
    before = _of_others(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    assert _of_others(tmp_path) == before
    assert sum(map(len, before.values())) > 100


def _of_others(root: Path) -> dict[str, list[str]]:
    """Rows and entries that name another site, as text, by store and table."""
    found: dict[str, list[str]] = {}
    hosts = (OTHER, *LOOKALIKES)
    for path in sorted((root / ".config").rglob("*")):
        if not path.is_file() or not path.read_bytes().startswith(b"SQLite format 3"):
            continue
        for (table,) in kept_rows(
            path, "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ):
            rows = map(repr, kept_rows(path, f"SELECT * FROM {table}"))
            key = f"{path.name} {table}"
            found[key] = sorted(
                row
                for row in rows
                if any(f"{each}'" in row or f"/{each}/" in row for each in hosts)
            )
    home = DiskHome(root, Platform.LINUX)
    for folder in (
        "Local Storage/leveldb",
        "Session Storage",
        "Service Worker/Database",
    ):
        entries = home.leveldb(f"{FOLDER}/{folder}")
        found[folder] = [
            repr(each)
            for each in entries
            if any(f"//{host}".encode() in each[0] for host in hosts)
            and b"^0https://forget.example" not in each[0].replace(b"www.", b"")
        ]
    return found


@pytest.mark.rule("SR-22")
def test_a_plan_changes_nothing(tmp_path: Path) -> None:
    """Not a byte, not a time, not a name in the home is another, and the digest stays."""
    home_of_sites(tmp_path)
    assert len(clearings(planned_twice(CHROMIUM, tmp_path, WHOLE))) > 20


@pytest.mark.rule("SR-30")
def test_the_history_goes_last(tmp_path: Path) -> None:
    """What a second run learns names from is the last store, and all its parts are."""
    home_of_sites(tmp_path)
    order = [each.store for each in clearings(planned(CHROMIUM, tmp_path, WHOLE))]
    assert order[-1] == f"{FOLDER}/History"
    assert len(set(order[order.index(f"{FOLDER}/History") :])) == 1


@pytest.mark.rule("SR-30")
def test_a_second_run_finishes_what_a_stop_left(tmp_path: Path) -> None:
    """Stopped after any number of stores, another run leaves nothing either."""
    count = len(stores(planned(CHROMIUM, home_of_sites(tmp_path / "all"), WHOLE)))
    assert count > 20
    for done in (1, count // 2, count - 1):
        root = home_of_sites(tmp_path / str(done))
        plan = planned(CHROMIUM, root, WHOLE)
        first = list(dict.fromkeys(each.store for each in clearings(plan)))[:done]
        carry_out(root, [each for each in clearings(plan) if each.store in first])
        carry_out(root, planned(CHROMIUM, root, WHOLE))
        assert named(root) == {}, done


def test_nothing_is_left_to_plan_afterwards(tmp_path: Path) -> None:
    """The recount finds no part of it any more."""
    home_of_sites(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    assert clearings(planned(CHROMIUM, tmp_path, WHOLE)) == []


@pytest.mark.rule("SR-26")
def test_what_has_a_tick_of_its_own(tmp_path: Path) -> None:
    """Cookies and sign-ins wait for a tick; what goes whole can be left out."""
    home_of_sites(tmp_path)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stores(plan, Tick.OFF) == {"Cookies", "Login Data"}
    assert stores(plan, Tick.ON) == {"Sessions", "Sessions_Encrypted", "Cache"}
    assert all(each.more == (each.tick is Tick.ON) for each in clearings(plan))


def test_each_sign_in_stands_for_itself(tmp_path: Path) -> None:
    """One part for each saved sign-in, with its account, and one for each never-save."""
    home_of_sites(tmp_path)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    labels = [each.label.raw for each in clearings(plan, Kept.SIGN_INS) if each.label]
    assert labels == ["me at 0", "me at 1"]
    never = clearings(plan, Kept.NEVER_SAVED)
    assert [(each.label, dict(each.counts)) for each in never] == [
        (None, {"never_saved": 1}),
        (None, {"never_saved": 1}),
    ]


def test_without_ticks_cookies_and_sign_ins_stay(tmp_path: Path) -> None:
    """Only what goes of itself goes; the sign-ins and cookies are all there."""
    home_of_sites(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE), ticked=False)
    assert set(named(tmp_path)) == {"Cookies", "Login Data"}


def test_counts_are_those_of_the_finding(tmp_path: Path) -> None:
    """Pages and visits of the site, as the list of the history counts them."""
    home_of_sites(tmp_path)
    (pages,) = [
        each
        for each in clearings(planned(CHROMIUM, tmp_path, WHOLE), Kept.PAGES)
        if each.store.endswith("/History")
    ]
    assert dict(pages.counts) == {"pages": 4, "visits": 4}
    assert pages.first == NOON
    assert pages.last == NOON + timedelta(minutes=1, seconds=9)


def test_one_host_alone(tmp_path: Path) -> None:
    """Without the hosts below it, `www.` stays with all that it has."""
    home_of_sites(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, Site(SITE)))
    urls = [
        row[0]
        for row in kept_rows(tmp_path / FOLDER / "History", "SELECT url FROM urls")
    ]
    assert f"https://{WWW}/" in urls
    assert f"https://{SITE}/" not in urls
    assert "IndexedDB/https_www.forget.example_0.indexeddb.leveldb" in named(tmp_path)
    assert "IndexedDB/https_forget.example_0.indexeddb.leveldb" not in named(tmp_path)
    cookies = kept_rows(tmp_path / FOLDER / "Cookies", "SELECT host_key FROM cookies")
    assert (f".{WWW}",) in cookies
    assert (f".{SITE}",) not in cookies
    engaged = json.loads((tmp_path / FOLDER / "Preferences").read_text())["profile"][
        "content_settings"
    ]["exceptions"]["site_engagement"]
    assert f"https://{WWW}:443,*" in engaged
    assert f"https://{SITE}:443,*" not in engaged


@pytest.mark.parametrize(
    ("host", "goes", "stays_there"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080/a", "http://127.0.0.10/a"),
        ("::1", "http://[::1]:8080/a", "http://[::11]/a"),
        (
            "xn--bcher-kva.example",
            "https://XN--bcher-kva.example/",
            "https://bcher.example/",
        ),
        ("a_b.example", "https://a_b.example/", "https://axb.example/"),
        (
            "a.example",
            "https://u:p@a.example:444/x",
            "https://b.example/?u=https://a.example/",
        ),
        ("a.example", "view-source:https://a.example/", "https://a.example.org/"),
        ("a.example", "https://a.example./x", "https://b.example/a.example/"),
        ("100%.example", "https://100%.example/", "https://100x.example/"),
    ],
)
def test_hosts_are_read_not_searched_for(
    tmp_path: Path, host: str, goes: str, stays_there: str
) -> None:
    """Ports, names and passwords, IP addresses, `%` and `_`, and names in other places
    of an address.
    """
    profile_in(tmp_path).visit(goes, NOON).visit(stays_there, NOON).write()
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, Site(host)))
    history = tmp_path / FOLDER / "History"
    assert kept_rows(history, "SELECT url FROM urls") == [(stays_there,)]
    assert kept_rows(history, "SELECT count(*) FROM visits") == [(1,)]


def test_pages_of_others_that_name_it_are_named(tmp_path: Path) -> None:
    """A search for the site that was not typed stays, and the plan says so."""
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    profile.visit(f"https://search.example/?q={SITE}", NOON)
    profile.visit(f"https://search.example/?q=not{SITE}", NOON).write()
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["History", Kept.SEARCHES] == 1


def test_a_typed_search_for_its_name_goes(tmp_path: Path) -> None:
    """The words, the page of results and its visit; a search with more words stays."""
    profile = profile_in(tmp_path).search(SITE, NOON).search(f"is {SITE} down", NOON)
    profile.search(f"not{SITE}", NOON).write()
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    (searches,) = clearings(plan, Kept.SEARCHES)
    assert dict(searches.counts) == {"searches": 1}
    carry_out(tmp_path, plan)
    history = tmp_path / FOLDER / "History"
    terms = kept_rows(history, "SELECT term FROM keyword_search_terms")
    assert terms == [(f"is {SITE} down",), (f"not{SITE}",)]
    assert kept_rows(history, "SELECT count(*) FROM urls, visits") == [(4,)]


def test_letters_typed_on_the_way_go(tmp_path: Path) -> None:
    """Guesses of the site, and searches offered for the beginning of its name; those
    that only begin like it, for another site, stay.
    """
    home_of_sites(tmp_path)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    left = kept_rows(
        tmp_path / FOLDER / "Network Action Predictor",
        "SELECT user_text, url FROM network_action_predictor",
    )
    assert not [url for _, url in left if SITE in url]
    assert (
        max(
            len(text)
            for text, url in left
            if url.endswith(f"?q={text}") and SITE.startswith(text)
        )
        < 3
    )
    assert len(
        [text for text, _ in left if text and OTHER.startswith(text)]
    ) == 2 * len(OTHER)


def test_form_words_and_search_boxes(tmp_path: Path) -> None:
    """A word that is the site's name goes, one that has it inside stays; a search box
    that was met on the way goes, one that the person made stays and is named.
    """
    profile = profile_in(tmp_path)
    for word in (SITE, f"https://{WWW}/x", f"not{SITE}", f"me@{SITE}", f"see {SITE}"):
        profile.form_word("site", word, NOON)
    profile.write()
    data = tmp_path / FOLDER / "Web Data"
    with closing(sqlite3.connect(data)) as store, store:
        store.executemany(
            "INSERT INTO keywords(short_name, keyword, favicon_url, url,"
            " safe_for_autoreplace, prepopulate_id) VALUES('s', ?, '', ?, ?, ?)",
            [
                (SITE, f"https://{SITE}/?q={{searchTerms}}", 1, 0),
                (f"{SITE}2", f"https://{WWW}/?q={{searchTerms}}", 0, 0),
                ("engine", "https://search.example/?q={searchTerms}", 1, 0),
            ],
        )
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["Web Data", Kept.SEARCHES] == 1
    assert stays(plan)["Web Data", Kept.FORM_WORDS] == 2
    carry_out(tmp_path, plan)
    words = {row[0] for row in kept_rows(data, "SELECT value FROM autofill")}
    assert words == {f"not{SITE}", f"me@{SITE}", f"see {SITE}"}
    assert kept_rows(data, "SELECT keyword FROM keywords") == [
        (f"{SITE}2",),
        ("engine",),
    ]


def test_bookmarks_stay_with_their_icons(tmp_path: Path) -> None:
    """The bookmark file is as before, the icon of the page is there, and both are named."""
    traces = ChromiumTraces(
        tmp_path / FOLDER, (SITE, OTHER), NOON, bookmarks=(f"https://{SITE}/saved",)
    )
    profile_in(tmp_path).visit(f"https://{SITE}/saved", NOON).write()
    traces.write()
    before = (tmp_path / FOLDER / "Bookmarks").read_bytes()
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["Bookmarks", Kept.BOOKMARKS] == 1
    assert stays(plan)["Favicons", Kept.ICONS] == 1
    carry_out(tmp_path, plan)
    assert (tmp_path / FOLDER / "Bookmarks").read_bytes() == before
    icons = tmp_path / FOLDER / "Favicons"
    assert kept_rows(icons, "SELECT page_url FROM icon_mapping WHERE icon_id = 1") == [
        (f"https://{SITE}/saved",)
    ]
    assert kept_rows(icons, "SELECT count(*) FROM favicon_bitmaps") == [(2,)]


def test_an_icon_that_another_site_uses_is_kept(tmp_path: Path) -> None:
    """It is kept for the page that stays, and named."""
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    icons = tmp_path / FOLDER / "Favicons"
    with closing(sqlite3.connect(icons)) as store, store:
        store.execute(
            "UPDATE icon_mapping SET icon_id = 1 WHERE page_url = ?",
            (f"https://{OTHER}/",),
        )
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["Favicons", Kept.ICONS] == 1
    carry_out(tmp_path, plan)
    assert kept_rows(icons, "SELECT id FROM favicons") == [(1,), (2,)]


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "name", ["History", "Favicons", "Cookies", "Shortcuts", "DIPS", "Web Data"]
)
def test_a_store_of_a_newer_kind_is_named(tmp_path: Path, name: str) -> None:
    """It is not touched; every other store is planned for."""
    home_of_sites(tmp_path)
    everything = stores(planned(CHROMIUM, tmp_path, WHOLE))
    with closing(sqlite3.connect(tmp_path / FOLDER / name)) as store, store:
        store.execute("DELETE FROM meta WHERE key = 'last_compatible_version'")
        store.execute("INSERT INTO meta VALUES('last_compatible_version', '999')")
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert missed(plan) == {name: Why.UNKNOWN_FORMAT}
    assert stores(plan) == everything - {name}


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "name", ["History", "Favicons", "Login Data", "WebStorage/QuotaManager"]
)
def test_a_damaged_store_is_named(tmp_path: Path, name: str) -> None:
    """A store that is no database any more is not planned for, and all others are."""
    home_of_sites(tmp_path)
    everything = stores(planned(CHROMIUM, tmp_path, WHOLE))
    (tmp_path / FOLDER / name).write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    last = name.rpartition("/")[2]
    assert set(missed(plan)) == {last}
    assert stores(plan) >= everything - {last} - {
        each for each in everything if each.isdecimal()
    }


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "name",
    ["Preferences", "Secure Preferences", "TransportSecurity", "Bookmarks.bak"],
)
def test_a_damaged_document_is_named(tmp_path: Path, name: str) -> None:
    """Nothing of it is planned, and everything else is."""
    home_of_sites(tmp_path)
    (tmp_path / FOLDER / name).write_bytes(b'{"profile": ')
    assert missed(planned(CHROMIUM, tmp_path, WHOLE)) == {name: Why.DAMAGED}


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("subject", [WHOLE, Span()])
def test_without_the_bookmarks_no_icon_goes(
    tmp_path: Path, subject: Site | Span
) -> None:
    """Nobody knows then which of them a bookmark shows."""
    home_of_sites(tmp_path)
    (tmp_path / FOLDER / "Bookmarks").write_bytes(b'{"roots": ')
    plan = planned(CHROMIUM, tmp_path, subject)
    assert missed(plan) == {"Bookmarks": Why.DAMAGED, "Favicons": Why.DAMAGED}
    assert clearings(plan, Kept.ICONS) == []


def test_what_a_person_set_elsewhere_is_told(tmp_path: Path) -> None:
    """A start page in the settings with sums, and what extensions keep, stay."""
    home_of_sites(tmp_path)
    folder = tmp_path / FOLDER
    (folder / "Secure Preferences").write_text(
        json.dumps({"session": {"startup_urls": [f"https://{SITE}/", LOOKALIKES[0]]}})
    )
    own, other = (f"Local Extension Settings/{each * 32}" for each in "ab")
    write_entries(folder / own, {b"list": f'["{SITE}"]'.encode(), b"x": b"y"})
    write_entries(folder / other, {b"list": LOOKALIKES[0].encode()})
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    told = stays(plan)
    assert told["Secure Preferences", Kept.SITE_SETTINGS] == 1
    assert told["a" * 32, Kept.OTHER] == 1
    assert ("b" * 32, Kept.OTHER) not in told
    assert not stores(plan) & {"Secure Preferences", "a" * 32}


def test_words_kept_for_an_account_go_too(tmp_path: Path) -> None:
    """They stand in a second store of the same form."""
    folder = home_of_sites(tmp_path) / FOLDER
    (folder / "Account Web Data").write_bytes((folder / "Web Data").read_bytes())
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    both = {each.store: each.counts for each in clearings(plan, Kept.FORM_WORDS)}
    assert both[f"{FOLDER}/Account Web Data"] == both[f"{FOLDER}/Web Data"]


@pytest.mark.rule("SR-29")
def test_a_damaged_entry_store_is_named(tmp_path: Path) -> None:
    """A LevelDB folder that cannot be read is not rebuilt."""
    home_of_sites(tmp_path)
    folder = tmp_path / FOLDER / "Local Storage/leveldb"
    (folder / "CURRENT").write_bytes(b"MANIFEST-999999\n")
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert set(missed(plan)) == {"leveldb"}
    assert "leveldb" not in stores(plan)


@pytest.mark.rule("SR-29")
def test_an_open_browser_is_seen_by_its_locks(tmp_path: Path) -> None:
    """The place names the stores that an open browser holds."""
    home_of_sites(tmp_path)
    place = clearings(planned(CHROMIUM, tmp_path, WHOLE))[0].place
    home = DiskHome(tmp_path, Platform.LINUX)
    assert not any(map(home.in_use, place.locks))
    for name in ("History", "Cookies", "Web Data", "Login Data"):
        assert f"{FOLDER}/{name}" in place.locks
    assert ".config/chromium/segmentation_platform/ukm_db" in place.locks


def test_windows_has_a_lock_file_and_stores_of_the_network(tmp_path: Path) -> None:
    """On Windows the cookies lie in a folder of their own, the caches in the profile."""
    folder = "AppData/Local/Google/Chrome/User Data/Default"
    profile_in(tmp_path, folder).visit(f"https://{SITE}/", NOON).write()
    ChromiumTraces(tmp_path / folder, (SITE,), NOON).write()
    (tmp_path / folder / "Network").mkdir()
    for name in ("Cookies", "TransportSecurity", "Reporting and NEL"):
        (tmp_path / folder / name).rename(tmp_path / folder / "Network" / name)
    plan = planned(CHROMIUM, tmp_path, WHOLE, Platform.WINDOWS)
    places = {each.store.removeprefix(f"{folder}/") for each in clearings(plan)}
    assert {"Network/Cookies", "Network/TransportSecurity", "Cache"} <= places
    assert {"Network/Reporting and NEL"} <= places
    (locks,) = {each.place.locks for each in clearings(plan)}
    assert "AppData/Local/Google/Chrome/User Data/lockfile" in locks


@pytest.mark.rule("SR-29")
def test_only_what_was_run_for_real_is_called_tried(tmp_path: Path) -> None:
    """Chromium on Linux was; the same on Windows, and other browsers, were not."""
    profile_in(tmp_path / "a").visit(f"https://{SITE}/", NOON).write()
    folder = ".config/google-chrome/Default"
    profile_in(tmp_path / "b", folder).visit(f"https://{SITE}/", NOON).write()
    for name, tried in (("a", True), ("b", False)):
        (place,) = {
            each.place for each in clearings(planned(CHROMIUM, tmp_path / name, WHOLE))
        }
        assert place.tried is tried


@pytest.mark.rule("SR-25")
def test_a_profile_that_sends_says_so(tmp_path: Path) -> None:
    """Signed in, the place syncs; never signed in, or unreadable, as it must be taken."""
    account = [{"email": "made-up", "account_id": "1"}]
    for name, setting, syncs in (
        ("in", ("account_info", account), True),
        ("sync", ("sync.has_setup_completed", True), True),
        ("out", ("google.services.signin_scoped_device_id", "x"), False),
    ):
        profile = profile_in(tmp_path / name).setting(*setting)
        profile.visit(f"https://{SITE}/", NOON).write()
        plan = planned(CHROMIUM, tmp_path / name, WHOLE)
        assert {each.place.syncs for each in clearings(plan)} == {syncs}, name


def test_a_browser_that_never_saw_it_keeps_its_caches(tmp_path: Path) -> None:
    """Stores that only go whole are offered where something shows the site, else not."""
    home_of_sites(tmp_path)
    assert planned(CHROMIUM, tmp_path, Site("nobody.example", below=True)) == []


def test_tabs_alone_are_enough(tmp_path: Path) -> None:
    """Session files that name the site go, all of a folder together."""
    profile = profile_in(tmp_path).visit(f"https://{OTHER}/", NOON)
    profile.open_tabs(f"https://{SITE}/").write()
    (tmp_path / FOLDER / "Sessions/Session_1").write_bytes(b"SNSS older")
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    (tabs,) = clearings(plan)
    assert tabs.steps == (RemoveTree(store=f"{FOLDER}/Sessions"),)
    assert dict(tabs.counts) == {"files": 2}


def test_old_bytes_that_no_key_leads_to(tmp_path: Path) -> None:
    """A key that was deleted, but stands in the files, makes the folder be built anew."""
    profile_in(tmp_path).visit(f"https://{OTHER}/", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (OTHER,), NOON).write()
    folder = tmp_path / FOLDER / "Local Storage/leveldb"
    (folder / "000099.ldb").write_bytes(f"_https://{SITE}\0".encode())
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    (rebuilt,) = clearings(plan)
    assert rebuilt.steps == (
        RebuildLevelDb(store=f"{FOLDER}/Local Storage/leveldb", drop=()),
    )
    carry_out(tmp_path, plan)
    assert clearings(planned(CHROMIUM, tmp_path, WHOLE)) == []


def test_the_oldest_layout(tmp_path: Path) -> None:
    """History of 2011, session files beside it, a root `QuotaManager`, and one file of
    storage for each origin.
    """
    profile = profile_in(tmp_path, history_version=20)
    profile.visit(f"http://{SITE}/", NOON, typed=True).search(SITE, NOON)
    profile.download(f"http://{SITE}/f", NOON).visit(f"http://{OTHER}/", NOON)
    folder = profile.write()
    (folder / "Last Session").write_bytes(f"SNSS http://{SITE}/ ".encode())
    (folder / "Current Tabs").write_bytes(b"SNSS")
    (folder / "Local Storage").mkdir()
    for host in (SITE, OTHER):
        (folder / f"Local Storage/http_{host}_0.localstorage").write_bytes(b"x")
    (folder / "Visited Links").write_bytes(b"VLnk")
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stores(plan) == {
        *("History", "Last Session", "Current Tabs", "Visited Links"),
        f"http_{SITE}_0.localstorage",
    }
    carry_out(tmp_path, plan)
    assert kept_rows(folder / "History", "SELECT url FROM urls") == [
        (f"http://{OTHER}/",)
    ]
    assert kept_rows(folder / "History", "SELECT count(*) FROM downloads") == [(0,)]


def test_several_profiles_of_several_browsers(tmp_path: Path) -> None:
    """Each profile is a place of its own, in one plan of the one check."""
    for folder in (
        FOLDER,
        ".config/chromium/Profile 1",
        ".config/google-chrome/Default",
    ):
        profile_in(tmp_path, folder).visit(f"https://{SITE}/", NOON).write()
    plan = list(HistoryCheck().plan_site(DiskHome(tmp_path, Platform.LINUX), WHOLE))
    places = {each.place.folder for each in plan if isinstance(each, Clearing)}
    assert places == {
        FOLDER,
        ".config/chromium/Profile 1",
        ".config/google-chrome/Default",
    }


def test_browsers_that_cannot_be_cleared_are_named(tmp_path: Path) -> None:
    """Tor Browser's folder on Linux, Internet Explorer's store on Windows."""
    (tmp_path / "tor-browser/Browser/TorBrowser").mkdir(parents=True)
    plan = list(HistoryCheck().plan_site(DiskHome(tmp_path, Platform.LINUX), WHOLE))
    assert plan == [
        NotReached(store="tor-browser", why=Why.NOT_SUPPORTED, program="Tor Browser")
    ]
    windows = tmp_path / "windows"
    cache = windows / "AppData/Local/Microsoft/Windows/WebCache/WebCacheV01.dat"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"")
    plan = list(HistoryCheck().plan_site(DiskHome(windows, Platform.WINDOWS), WHOLE))
    assert [
        (each.program, each.why) for each in plan if isinstance(each, NotReached)
    ] == [("Internet Explorer", Why.NOT_SUPPORTED)]


@pytest.mark.rule("SR-25")
def test_what_waits_for_the_account_is_named(tmp_path: Path) -> None:
    """Entries of the sync store of a profile that sends: they stay."""
    from hygiene.practice.entries import write_entries

    profile_in(tmp_path).setting("sync.has_setup_completed", True).write()
    folder = tmp_path / FOLDER / "Sync Data/LevelDB"
    write_entries(folder, {b"sessions-dt-1": b"x", b"sessions-GlobalMetadata": b"y"})
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    (named_as_kept,) = plan
    assert isinstance(named_as_kept, Stays)
    assert named_as_kept.kept is Kept.SYNC


@pytest.mark.rule("SR-15")
def test_no_secret_is_in_a_plan(tmp_path: Path) -> None:
    """No password, cookie value or title stands in any part of a plan."""
    home_of_sites(tmp_path)
    said = repr(planned(CHROMIUM, tmp_path, WHOLE))
    for secret in ("v10", "made-up-cookie", "made-up-title", "page 0", "me at"):
        assert secret not in said


def test_a_lock_does_not_hide_what_is_there(tmp_path: Path) -> None:
    """With the history held by another, its plan is made of what can be read, or the
    store is named as locked; never does it look empty.
    """
    home_of_sites(tmp_path)
    with kept_exclusive(tmp_path / FOLDER / "History"):
        plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert "History" in stores(plan) or missed(plan) == {"History": Why.LOCKED}
