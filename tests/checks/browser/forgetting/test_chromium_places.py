"""Where Chromium's stores lie beside the profile, and stores that only go whole."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hygiene.contract import (
    Clearing,
    Kept,
    NotReached,
    Platform,
    Site,
    Span,
    Stays,
    Tick,
    Why,
)
from hygiene.host.home import DiskHome
from hygiene.practice.chromium_traces import ChromiumTraces, text_field
from hygiene.practice.entries import write_entries
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from hygiene_checks.browser.forgetting.chromium_whole import cache_folders
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    kept_rows,
    missed,
    planned,
    stays,
    steps_on,
    stores,
    without,
)
from tests.checks.browser.forgetting.chrome import (
    FOLDER,
    NOON,
    OTHER,
    SITE,
    home_of_sites,
    profile_in,
)
from tests.leveldb_entries import entries

WHOLE = Site(SITE, below=True)


@pytest.mark.parametrize(
    ("platform", "folder", "cache"),
    [
        (Platform.LINUX, ".config/chromium/Default", ".cache/chromium/Default"),
        (
            Platform.LINUX,
            ".var/app/com.google.Chrome/config/google-chrome/Default",
            ".var/app/com.google.Chrome/cache/google-chrome/Default",
        ),
        (
            Platform.LINUX,
            "snap/chromium/common/chromium/Default",
            "snap/chromium/common/.cache/chromium/Default",
        ),
        (
            Platform.LINUX,
            "snap/brave/current/.config/BraveSoftware/Brave-Browser/Default",
            "snap/brave/current/.cache/BraveSoftware/Brave-Browser/Default",
        ),
        (
            Platform.MACOS,
            "Library/Application Support/Google/Chrome/Default",
            "Library/Caches/Google/Chrome/Default",
        ),
        (
            Platform.WINDOWS,
            "AppData/Roaming/Opera Software/Opera Stable",
            "AppData/Local/Opera Software/Opera Stable",
        ),
    ],
)
def test_caches_outside_the_profile(
    tmp_path: Path, platform: Platform, folder: str, cache: str
) -> None:
    """The same way down from the system's folder for caches, never a folder above it."""
    for each in (folder, cache):
        (tmp_path / each).mkdir(parents=True)
    assert cache_folders(DiskHome(tmp_path, platform), folder) == [cache]


def test_a_cache_inside_the_profile_is_the_only_one(tmp_path: Path) -> None:
    """Chrome on Windows has no other folder."""
    folder = "AppData/Local/Google/Chrome/User Data/Default"
    (tmp_path / folder).mkdir(parents=True)
    assert cache_folders(DiskHome(tmp_path, Platform.WINDOWS), folder) == []


@pytest.mark.rule("SR-30")
def test_only_known_folders_go_whole(tmp_path: Path) -> None:
    """Whatever is removed whole is a known name below the profile or its caches, and
    what else stands there is as before.
    """
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE,), NOON).write()
    for name in ("Extensions/a/manifest.json", "Storage/ext/app/def/x", "Cachet/x"):
        path = tmp_path / FOLDER / name
        path.parent.mkdir(parents=True)
        path.write_text("kept")
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    for name in ("Extensions/a/manifest.json", "Storage/ext/app/def/x", "Cachet/x"):
        assert (tmp_path / FOLDER / name).read_text() == "kept"


@pytest.mark.parametrize(
    ("name", "before"),
    [("0123456789abcdef_0", 24), ("data_1", 90_000), ("f_000001", 24)],
)
def test_a_cache_alone_is_enough(tmp_path: Path, name: str, before: int) -> None:
    """Entries of their own, and files of many entries: the cache of a profile that has
    nothing else of the site goes if it names it.
    """
    profile_in(tmp_path).visit(f"https://{OTHER}/", NOON).write()
    file = tmp_path / FOLDER / "Cache/Cache_Data" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(before) + f"https://not{SITE}/".encode())
    assert stores(planned(CHROMIUM, tmp_path, WHOLE)) == set()
    file.write_bytes(bytes(before) + f"https://{SITE}/".encode())
    assert stores(planned(CHROMIUM, tmp_path, WHOLE)) == {"Cache"}


def test_an_empty_folder_that_names_the_site_goes(tmp_path: Path) -> None:
    """Its name is what would be seen."""
    profile_in(tmp_path).write()
    folder = tmp_path / FOLDER / f"IndexedDB/https_{SITE}_0.indexeddb.leveldb"
    folder.mkdir(parents=True)
    (gone,) = clearings(planned(CHROMIUM, tmp_path, WHOLE))
    assert dict(gone.counts) == {"records": 1}
    carry_out(tmp_path, [gone])
    assert not folder.exists()


def test_a_profile_that_is_its_own_root(tmp_path: Path) -> None:
    """Opera's older layout: the user-data folder is the profile."""
    folder = "Library/Application Support/com.operasoftware.Opera"
    profile_in(tmp_path, folder).visit(f"https://{SITE}/", NOON).write()
    ChromiumTraces(tmp_path / folder / "x", (SITE,), NOON).write()
    plan = planned(CHROMIUM, tmp_path, WHOLE, Platform.MACOS)
    assert f"{folder}/segmentation_platform/ukm_db" in {
        each.store for each in clearings(plan)
    }


def test_jump_lists_of_windows(tmp_path: Path) -> None:
    """A list that names the site goes unless it is left out; others stay. For a time,
    what cannot be told is named.
    """
    folder = "AppData/Local/Google/Chrome/User Data/Default"
    lists = tmp_path / "AppData/Roaming/Microsoft/Windows/Recent/CustomDestinations"
    lists.mkdir(parents=True)
    for name, host in (("a", SITE), ("b", f"not{SITE}")):
        data = b"\0\1" + f"https://{host}/".encode("utf-16-le")
        (lists / f"{name}.customDestinations-ms").write_bytes(data)
    profile_in(tmp_path, folder).visit(f"https://{SITE}/", NOON).write()
    plan = planned(CHROMIUM, tmp_path, WHOLE, Platform.WINDOWS)
    found = [each for each in clearings(plan, Kept.TOP_SITES) if each.tick is Tick.ON]
    assert [each.store.rpartition("/")[2] for each in found] == [
        "a.customDestinations-ms"
    ]
    timed = planned(CHROMIUM, tmp_path, Span(), Platform.WINDOWS)
    assert ("CustomDestinations", Kept.TOP_SITES) in stays(timed)


def test_stores_of_other_makers_are_named(tmp_path: Path) -> None:
    """Edge's page history, Yandex's own stores and Arc's tabs, where they name the site."""
    profile_in(tmp_path).visit(f"https://{OTHER}/", NOON).write()
    for name, host in (
        ("WebAssistDatabase", SITE),
        ("Ya Passman Data", SITE),
        ("publisher_info_db", OTHER),
    ):
        (tmp_path / FOLDER / name).write_bytes(f"https://{host}/".encode())
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert missed(plan) == {
        "WebAssistDatabase": Why.NOT_SUPPORTED,
        "Ya Passman Data": Why.NOT_SUPPORTED,
    }
    arc = tmp_path / "arc"
    folder = "Library/Application Support/Arc/User Data/Default"
    profile_in(arc, folder).visit(f"https://{SITE}/", NOON).write()
    tabs = arc / "Library/Application Support/Arc/StorableSidebar.json"
    tabs.write_text(json.dumps({"savedURL": f"https://{SITE}/"}))
    found = [
        each
        for each in planned(CHROMIUM, arc, WHOLE, Platform.MACOS)
        if isinstance(each, NotReached)
    ]
    assert [each.store.rpartition("/")[2] for each in found] == ["StorableSidebar.json"]


def test_scripts_of_others_that_name_it_are_named(tmp_path: Path) -> None:
    """A worker's script of another site is kept; that it names the site is said."""
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    scripts = tmp_path / FOLDER / "Service Worker/ScriptCache"
    (other,) = [
        path for path in scripts.iterdir() if OTHER.encode() in path.read_bytes()
    ]
    other.write_bytes(other.read_bytes() + f" report-to https://{SITE}/ ".encode())
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["ScriptCache", Kept.SITE_DATA] == 1
    carry_out(tmp_path, plan)
    assert list(scripts.iterdir()) == [other]


def test_notes_of_connections_made_on_its_pages(tmp_path: Path) -> None:
    """What another host asked to be told while it stood on a page of the site: the page
    is named in base64. What it asked for on pages of others stays.
    """
    profile_in(tmp_path).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    store = tmp_path / FOLDER / "Reporting and NEL"
    left = without(store, steps_on(plan, "Reporting and NEL"))
    hosts = [row[2] for row in left["reporting_endpoint_groups"]]
    assert hosts == [OTHER, "frame.example"]


def test_registrations_of_workers(tmp_path: Path) -> None:
    """All entries of the site's registration go, and those of others stay, data that a
    worker keeps under the number of its registration too.
    """
    profile_in(tmp_path).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    folder = tmp_path / FOLDER / "Service Worker/Database"
    before = entries(folder)
    more = {
        b"REG_USER_DATA:0\0push": b"",
        b"REG_USER_DATA:1\0push": b"",
        b"REG_HAS_USER_DATA:push\0000": b"",
        b"URES:7": b"",
    }
    for path in folder.iterdir():
        path.unlink()
    write_entries(folder, before | more)
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, WHOLE))
    left = set(entries(folder))
    assert left == {
        b"INITDATA_DB_VERSION",
        f"INITDATA_UNIQUE_ORIGIN:https://{OTHER}/".encode(),
        f"REG:https://{OTHER}/\0001".encode(),
        b"REGID_TO_ORIGIN:1",
        b"RES:1\0001",
        b"REG_USER_DATA:1\0push",
        b"URES:7",
    }


def test_stores_of_features(tmp_path: Path) -> None:
    """Entries by key and by what they hold; those of others and of no site stay, also
    when all of the history goes.
    """
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    stored = {
        b"21_download,1": text_field(1, f"https://{SITE}/a"),
        b"21_download,2": text_field(1, f"https://{OTHER}/a"),
        b"4_IPH_Feature": text_field(1, "IPH_Feature"),
    }
    write_entries(tmp_path / FOLDER / "shared_proto_db", stored)
    notices = {f"DATA:https://{host}/\0p#1".encode(): b"" for host in (SITE, OTHER)}
    write_entries(tmp_path / FOLDER / "Platform Notifications", notices)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert {"shared_proto_db", "Platform Notifications"} <= stores(plan)
    carry_out(tmp_path, plan)
    profile_in(tmp_path).visit(f"https://{OTHER}/", NOON).write()
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, Span()))
    left = entries(tmp_path / FOLDER / "shared_proto_db")
    assert b"4_IPH_Feature" in left
    assert not [key for key in left if key.startswith(b"21_download")]
    assert set(entries(tmp_path / FOLDER / "Platform Notifications")) == {
        f"DATA:https://{OTHER}/\0p#1".encode()
    }


def test_preferences_lose_only_what_tells_of_the_site(tmp_path: Path) -> None:
    """Settings that a person made for other places stay, and one that names the site in
    a place of its own is named.
    """
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    exceptions: dict[str, object] = {
        "site_engagement": {
            f"https://{SITE}:443,*": {},
            f"https://not{SITE}:443,*": {},
        },
        "geolocation": {
            f"https://{OTHER}:443,https://www.{SITE}:443": {},
            f"[*.]{SITE},*": {},
            "*,*": {},
        },
    }
    profile.setting("profile.content_settings.exceptions", exceptions)
    profile.setting("partition.per_host_zoom_levels", {"x": {SITE: {}, OTHER: {}}})
    profile.setting("session.startup_urls", [f"https://{SITE}/", "https://a.example/"])
    answer = f')]}}\'\n["",["https://{SITE}/"]]'
    profile.setting("zerosuggest.cachedresults", answer)
    profile.setting("zerosuggest.other", ")]}'\n[]").write()
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stays(plan)["Preferences", Kept.SITE_SETTINGS] == 1
    carry_out(tmp_path, plan)
    now = json.loads((tmp_path / FOLDER / "Preferences").read_text())
    assert now["profile"]["content_settings"]["exceptions"] == {
        "site_engagement": {f"https://not{SITE}:443,*": {}},
        "geolocation": {"*,*": {}},
    }
    assert now["partition"]["per_host_zoom_levels"] == {"x": {OTHER: {}}}
    assert now["zerosuggest"] == {"other": ")]}'\n[]"}
    assert len(now["session"]["startup_urls"]) == 2


def test_a_time_takes_no_settings(tmp_path: Path) -> None:
    """Of the preferences, only how often a site was used goes with its visits; what was
    allowed to it is named.
    """
    traces = ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON)
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    profile.visit(f"https://{OTHER}/", NOON)
    for name, value in traces.preferences().items():
        profile.setting(name, value)
    profile.setting("session.startup_urls", [f"https://{SITE}/"])
    profile.setting("intl.accept_languages", "en").write()
    plan = planned(CHROMIUM, tmp_path, Span())
    assert stays(plan)["Preferences", Kept.SITE_SETTINGS] == 2 + 2
    carry_out(tmp_path, plan)
    now = json.loads((tmp_path / FOLDER / "Preferences").read_text())
    exceptions = now["profile"]["content_settings"]["exceptions"]
    assert len(exceptions["notifications"]) == 2
    assert exceptions["site_engagement"] == {}
    assert now["session"]["startup_urls"] == [f"https://{SITE}/"]


def test_an_archive_of_older_visits(tmp_path: Path) -> None:
    """Visits that moved to another file after three months, until 2014."""
    profile_in(tmp_path, history_version=20).visit(f"http://{SITE}/", NOON).visit(
        f"http://{OTHER}/", NOON
    ).write()
    archive = tmp_path / FOLDER / "Archived History"
    (tmp_path / FOLDER / "History").rename(archive)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert stores(plan) == {"Archived History"}
    left = without(archive, steps_on(plan, "Archived History"))
    assert [row[1] for row in left["urls"]] == [f"http://{OTHER}/"]
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, Span()))
    assert kept_rows(archive, "SELECT count(*) FROM urls") == [(0,)]


def test_letters_of_its_own(tmp_path: Path) -> None:
    """A site with other letters is found in what was typed, as it was typed."""
    host = "xn--bcher-kva.example"
    profile = profile_in(tmp_path).visit(f"https://{host}/", NOON)
    profile.search("bücher.example", NOON).search("Bücher", NOON)
    profile.form_word("f", "www.BÜCHER.example", NOON).form_word("f", "bücher", NOON)
    profile.shortcut("bücher.example", "https://search.example/?q=b", NOON).write()
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, Site(host, below=True)))
    folder = tmp_path / FOLDER
    terms = kept_rows(folder / "History", "SELECT term FROM keyword_search_terms")
    assert terms == [("Bücher",)]
    assert kept_rows(folder / "Web Data", "SELECT value FROM autofill") == [("bücher",)]
    shortcuts = kept_rows(
        folder / "Shortcuts", "SELECT count(*) FROM omni_box_shortcuts"
    )
    assert shortcuts == [(0,)]


def test_the_downloads_that_were_going_on(tmp_path: Path) -> None:
    """The small file goes if it names what goes, for a site and for a time."""
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    metadata = tmp_path / FOLDER / "DownloadMetadata"
    metadata.write_bytes(text_field(1, f"https://{SITE}/file"))
    for subject in (WHOLE, Span()):
        assert "DownloadMetadata" in stores(planned(CHROMIUM, tmp_path, subject))
    metadata.write_bytes(text_field(1, f"https://not{SITE}/file"))
    assert "DownloadMetadata" not in stores(planned(CHROMIUM, tmp_path, WHOLE))


@pytest.mark.rule("SR-25")
def test_only_a_sync_store_of_a_sender_is_named_unasked(tmp_path: Path) -> None:
    """Without an account it is named when it names the site, else not at all."""
    profile_in(tmp_path).visit(f"https://{OTHER}/", NOON).write()
    folder = tmp_path / FOLDER / "Sync Data/LevelDB"
    write_entries(folder, {b"a-dt-1": text_field(1, f"https://{OTHER}/")})
    assert planned(CHROMIUM, tmp_path, WHOLE) == []
    for path in folder.iterdir():
        path.unlink()
    write_entries(folder, {b"a-dt-1": text_field(1, f"https://{SITE}/")})
    (named,) = planned(CHROMIUM, tmp_path, WHOLE)
    assert isinstance(named, Stays)
    assert (named.kept, named.count) == (Kept.SYNC, 1)


def test_what_hangs_on_a_sign_in_goes_with_it(tmp_path: Path) -> None:
    """Notes, warnings and notes for sync; those of other sign-ins stay. A sign-in by
    another site's account is found by its address.
    """
    profile = profile_in(tmp_path).login(f"https://{SITE}/", "a", NOON)
    profile.login(f"https://{OTHER}/", "b", NOON).login("https://c.example/", "c", NOON)
    profile.write()
    store = tmp_path / FOLDER / "Login Data"
    with closing(sqlite3.connect(store)) as database, database:
        database.executescript(
            "INSERT INTO insecure_credentials(parent_id, insecurity_type, create_time)"
            " VALUES(1, 1, 0), (1, 2, 0), (2, 1, 0);"
            "INSERT INTO password_notes(parent_id, key, date_created)"
            " VALUES(1, '', 0), (2, '', 0);"
            "INSERT INTO sync_entities_metadata VALUES(1, ''), (2, '');"
            f"INSERT INTO stats VALUES('https://{SITE}/', '', 1, 0);"
            f"INSERT INTO stats VALUES('https://{OTHER}/', '', 1, 0);"
            f"UPDATE logins SET federation_url = 'https://{SITE}' WHERE id = 3"
        )
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    labels = [each.label.raw for each in clearings(plan, Kept.SIGN_INS) if each.label]
    assert labels == ["a", "c"]
    left = without(store, steps_on(plan, "Login Data"))
    assert [row[0] for row in left["insecure_credentials"]] == [2]
    assert [row[1] for row in left["password_notes"]] == [2]
    assert [row[0] for row in left["sync_entities_metadata"]] == [2]
    assert [row[0] for row in left["stats"]] == [f"https://{OTHER}/"]
    assert [row[3] for row in left["logins"]] == ["b"]


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("damage", ["half", "flipped", "empty", "text"])
def test_planning_ends_whatever_is_damaged(tmp_path: Path, damage: str) -> None:
    """Every file of a profile cut, turned over, emptied or replaced: planning raises
    nothing, and does not look as if all was well.
    """
    home_of_sites(tmp_path)
    whole = stores(planned(CHROMIUM, tmp_path, WHOLE))
    for number, path in enumerate(sorted((tmp_path / FOLDER).rglob("*"))):
        if path.is_file():
            path.write_bytes(_damaged(path.read_bytes(), damage, number))
    for subject in (WHOLE, Span(), Span(start=NOON, end=NOON)):
        plan = planned(CHROMIUM, tmp_path, subject)
        assert all(isinstance(each, Clearing | Stays | NotReached) for each in plan)
    plan = planned(CHROMIUM, tmp_path, WHOLE)
    assert damage == "empty" or missed(plan)
    assert len(stores(plan)) < len(whole)


def _damaged(data: bytes, damage: str, seed: int) -> bytes:
    if damage == "half":
        return data[: len(data) // 2]
    if damage == "empty":
        return b""
    if damage == "text":
        return b"not at all what was here before"
    changed = bytearray(data)
    chance = random.Random(seed)
    for _ in range(1 + len(data) // 60):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)
