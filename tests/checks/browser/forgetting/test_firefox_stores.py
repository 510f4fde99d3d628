"""What goes out of the other stores of a Firefox profile with one site."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import (
    Kept,
    Platform,
    RemoveTree,
    ReplaceFile,
    Site,
    Tick,
    Why,
)
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    missed,
    planned,
    stays,
    steps_on,
    stores,
    without,
)
from tests.checks.browser.forgetting.fox import (
    AT,
    EXACT,
    FOLDER,
    WHOLE,
    everything,
    fox,
    satellites,
)
from tests.host.refusal import shut


def _left(home: Path, name: str, site: Site = WHOLE) -> dict[str, list[Any]]:
    plan = planned(FIREFOX, home, site)
    [path] = (home / FOLDER).rglob(name)
    return without(path, steps_on(plan, name))


def _column(rows: list[Any], number: int) -> list[Any]:
    return sorted(row[number] for row in rows)


@pytest.mark.rule("SR-30")
def test_icons_of_the_site_go_but_for_those_of_bookmarks(tmp_path: Path) -> None:
    """Root icons by their host, icons from elsewhere once no other page shows them."""
    everything(tmp_path)
    left = _left(tmp_path, "favicons.sqlite")
    assert _column(left["moz_icons"], 1) == [
        "https://cdn.test/favicon.ico",
        "https://cdn.test/shared.png",
        "https://help.example/favicon.ico",
        "https://help.example/of-bookmark.png",
        "https://nothelp.example/favicon.ico",
        "https://other.test/i.png?u=help.example",
    ]
    assert _column(left["moz_pages_w_icons"], 1) == [
        "https://help.example/kept",
        "https://other.test/mine",
        "https://other.test/next",
    ]
    icons = {row[0] for row in left["moz_icons"]}
    pages = {row[0] for row in left["moz_pages_w_icons"]}
    links = left["moz_icons_to_pages"]
    assert {row[0] for row in links} <= pages
    assert {row[1] for row in links} <= icons
    assert len(links) == 3
    plan = planned(FIREFOX, tmp_path, WHOLE)
    [part] = clearings(plan, Kept.ICONS)
    assert part.counts == {"records": 4}
    assert stays(plan)["favicons.sqlite", Kept.ICONS] == 2


def test_an_icon_that_a_bookmark_of_another_site_shows_stays(tmp_path: Path) -> None:
    """Bookmarks look as before, whoever lends them a picture."""
    fox(tmp_path).bookmark("https://other.test/mine", AT).write()
    FirefoxStores(tmp_path / FOLDER).icon(
        "https://help.example/lent.png", "https://other.test/mine"
    ).write()
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert steps_on(plan, "favicons.sqlite") == []
    assert stays(plan)["favicons.sqlite", Kept.ICONS] == 1


def test_permissions_of_and_within_the_site_go(tmp_path: Path) -> None:
    """Also what another site lets it do; not what is another's alone."""
    everything(tmp_path)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    left = _left(tmp_path, "permissions.sqlite")
    assert [row[1:3] for row in left["moz_perms"]] == [
        ("https://nothelp.example", "geo"),
        ("https://other.test", "3rdPartyStorage^https://nothelp.example"),
        ("https://other.test", "login-saving"),
    ]
    assert _column(left["moz_origin_interactions"], 0) == ["https://other.test"]
    [settings] = [
        each
        for each in clearings(plan, Kept.SITE_SETTINGS)
        if each.store.endswith("permissions.sqlite")
    ]
    assert (settings.tick, settings.counts) == (Tick.ALWAYS, {"records": 5})


@pytest.mark.rule("SR-23")
def test_what_is_never_to_be_saved_goes_by_a_tick_of_its_own(tmp_path: Path) -> None:
    """One row, one tick, with the site's name."""
    everything(tmp_path)
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.NEVER_SAVED)
    assert (part.tick, part.counts) == (Tick.OFF, {"never_saved": 1})
    assert part.label is not None
    assert part.label.raw == "help.example"


@pytest.mark.rule("SR-23")
def test_cookies_go_only_when_ticked(tmp_path: Path) -> None:
    """The site's own and those that others set under it; no value is read."""
    everything(tmp_path)
    [part] = [
        each
        for each in clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.COOKIES)
        if each.store.endswith("cookies.sqlite")
    ]
    assert (part.tick, part.counts) == (Tick.OFF, {"records": 4})
    left = without(tmp_path / FOLDER / "cookies.sqlite", part.steps)
    assert [(row[1], row[4]) for row in left["moz_cookies"]] == [
        ("", "nothelp.example"),
        ("^partitionKey=%28https%2Cnothelp.example%29", "tracker.test"),
    ]


def test_settings_of_pages_go_with_what_only_they_use(tmp_path: Path) -> None:
    """Zoom and the like: the host, its values, and settings nobody else has."""
    everything(tmp_path)
    left = _left(tmp_path, "content-prefs.sqlite")
    assert _column(left["groups"], 1) == ["other.test"]
    assert _column(left["settings"], 1) == ["browser.content.full-zoom"]
    assert len(left["prefs"]) == 1


@pytest.mark.parametrize(
    ("name", "table", "column", "kept"),
    [
        ("bounce-tracking-protection.sqlite", "sites", 1, ["other.test"]),
        ("webappsstore.sqlite", "webappsstore2", 1, ["elpmaxe.plehton.:https:443"]),
        ("ls-archive.sqlite", "webappsstore2", 1, ["tset.rehto.:https:443"]),
        (
            "storage.sqlite",
            "origin",
            3,
            [
                "https://help.example.org",
                "https://nothelp.example",
                "https://tracker.test^partitionKey=%28https%2Cnothelp.example%29",
            ],
        ),
    ],
)
def test_rows_by_host(
    tmp_path: Path, name: str, table: str, column: int, kept: list[str]
) -> None:
    """Hosts bare, reversed, in origins and in what belongs to another's window."""
    everything(tmp_path)
    assert _column(_left(tmp_path, name)[table], column) == kept


def test_form_words_that_are_the_name_go(tmp_path: Path) -> None:
    """A word in a sentence and a longer name stay."""
    everything(tmp_path)
    left = _left(tmp_path, "formhistory.sqlite")
    assert _column(left["moz_formhistory"], 2) == [
        "about help.example",
        "nothelp.example",
    ]
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.FORM_WORDS)
    assert part.counts == {"entries": 2}


def test_folders_of_the_site_and_within_it_go(tmp_path: Path) -> None:
    """Each whole; folders of others and of look-alikes stay."""
    everything(tmp_path)
    trees = {
        step.store.removeprefix(f"{FOLDER}/storage/default/")
        for each in clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.SITE_DATA)
        for step in each.steps
        if isinstance(step, RemoveTree)
    }
    assert trees == {
        "https+++help.example",
        "https+++www.help.example+8080",
        "https+++help.example^partitionKey=%28https%2Cother.test%29",
        "https+++tracker.test^partitionKey=%28https%2Chelp.example%29",
    }


@pytest.mark.parametrize(
    ("name", "site", "goes"),
    [
        ("https+++help.example", EXACT, True),
        ("https+++help.example+8443", EXACT, True),
        ("1007+t+https+++help.example", EXACT, True),
        ("https+++help.example^userContextId=3", EXACT, True),
        ("https+++t.test^firstPartyDomain=help.example", EXACT, True),
        ("https+++t.test^partitionKey=%28https%2Chelp.example%2C8443%29", EXACT, True),
        (
            "https+++t.test^userContextId=1&partitionKey=%28http%2Chelp.example%29",
            EXACT,
            True,
        ),
        ("http+++[2001+db8++1]+8080", Site("2001:db8::1"), True),
        ("http+++192.0.2.1+8080", Site("192.0.2.1"), True),
        ("https+++www.help.example", EXACT, False),
        ("https+++help.example.org", WHOLE, False),
        ("https+++nothelp.example", WHOLE, False),
        ("https+++t.test^partitionKey=%28https%2Cnothelp.example%29", WHOLE, False),
        ("moz-extension+++1234", WHOLE, False),
        ("file++++home+help.example", WHOLE, False),
        ("help.example", WHOLE, False),
        ("http+++192.0.2.11", Site("192.0.2.1"), False),
    ],
)
@pytest.mark.parametrize("repository", ["default", "temporary", "permanent", "private"])
def test_names_of_folders(
    tmp_path: Path, name: str, site: Site, goes: bool, repository: str
) -> None:
    """Colons and slashes stand as plus signs; attributes follow."""
    fox(tmp_path).write()
    FirefoxStores(tmp_path / FOLDER).file(
        f"storage/{repository}/{name}/.metadata-v2", b"x"
    ).write()
    plan = planned(FIREFOX, tmp_path, site)
    assert (name in stores(plan)) is goes


def test_answers_that_another_site_keeps_are_told(tmp_path: Path) -> None:
    """Their tables have triggers, so that no row can be taken out."""
    everything(tmp_path)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert stays(plan)["caches.sqlite", Kept.SITE_DATA] == 1
    assert steps_on(plan, "caches.sqlite") == []


def test_service_workers_go_block_by_block(tmp_path: Path) -> None:
    """Also those that others have within the site."""
    everything(tmp_path)
    [step] = steps_on(planned(FIREFOX, tmp_path, WHOLE), "serviceworker.txt")
    assert isinstance(step, ReplaceFile)
    lines = step.after.decode().splitlines()
    assert lines[0] == "12"
    assert [line for line in lines if line.endswith("/")] == [
        "https://other.test/",
        "https://nothelp.example/",
    ]
    assert lines.count("#") == 2


@pytest.mark.parametrize(
    ("name", "gone", "kept"),
    [
        (
            "cert_override.txt",
            "help.example:443:\tOID\tA",
            "nothelp.example:443:\tOID\tA",
        ),
        (
            "cert_override.txt",
            "www.help.example:443:^x=1\tOID",
            "# comment help.examples",
        ),
        (
            "SiteSecurityServiceState.txt",
            "help.example:HSTS\t0\t1\t2",
            "other.test:HSTS\t0",
        ),
        (
            "SiteSecurityServiceState.txt",
            "t.test^partitionKey=%28https%2Chelp.example%29:HSTS\t0",
            "t.test^partitionKey=%28https%2Cnothelp.example%29:HSTS\t0",
        ),
        (
            "AlternateServices.txt",
            "https:help.example:443\t0\t1\th2,alt.test:443",
            "https:help.example.org:443\t0\t1\th2",
        ),
        (
            "AlternateServices.txt",
            "https:a.test:443\t0\th3,help.example:443",
            "https:a.test:1",
        ),
        (
            "enumerate_devices.txt",
            "key 17 https://help.example",
            "key 17 https://other.test",
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_small_tables_go(
    tmp_path: Path, name: str, gone: str, kept: str, end: str
) -> None:
    """The line alone, whatever ends it; every other byte stays."""
    fox(tmp_path).write()
    left = f"1{end}{kept}\xff{end}".encode("latin-1")
    path = tmp_path / FOLDER / name
    path.write_bytes(f"1{end}{gone}{end}".encode() + left[len(f"1{end}") :])
    [step] = steps_on(planned(FIREFOX, tmp_path, WHOLE), name)
    assert isinstance(step, ReplaceFile)
    assert step.after == left
    path.write_bytes(step.after)
    assert steps_on(planned(FIREFOX, tmp_path, WHOLE), name) == []


def test_tables_of_slots_go_whole_if_the_site_has_one(tmp_path: Path) -> None:
    """The person may leave them out; one that has only others is not named."""
    everything(tmp_path)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert "SiteSecurityServiceState.bin" in stores(plan, Tick.ON)
    assert "AlternateServices.bin" not in stores(plan)


def test_pinned_and_hidden_tiles_go(tmp_path: Path) -> None:
    """A pinned tile leaves its place empty; hidden ones are known by their hash."""
    url = "https://help.example/hidden"
    mark = b64encode(md5(url.encode(), usedforsecurity=False).digest()).decode()
    pins = [
        {"url": "https://help.example/"},
        None,
        {"url": "https://other.test/", "title": '"\\é'},
    ]
    (
        fox(tmp_path)
        .visit(url, AT)
        .setting("browser.newtabpage.pinned", json.dumps(pins, ensure_ascii=False))
        .setting("browser.newtabpage.blocked", json.dumps({mark: 1, "other==": 1}))
        .setting("browser.startup.homepage", "https://help.example/")
        .setting("kept.setting", 5)
        .write()
    )
    plan = planned(FIREFOX, tmp_path, WHOLE)
    [step] = steps_on(plan, "prefs.js")
    assert isinstance(step, ReplaceFile)
    before = (tmp_path / FOLDER / "prefs.js").read_text("utf-8").splitlines()
    after = step.after.decode("utf-8").splitlines()
    changed = [line for line in after if line not in before]
    values = [json.loads(json.loads(line[:-2].partition(", ")[2])) for line in changed]
    assert values == [[None, None, pins[2]], {"other==": 1}]
    assert len(after) == len(before)
    assert stays(plan)["prefs.js", Kept.SITE_SETTINGS] == 1
    [part] = clearings(plan, Kept.TOP_SITES)
    assert part.counts == {"records": 2}


@pytest.mark.parametrize(
    ("value", "number"),
    [("not json", 0), ("5", 0), ("[5, null, []]", 0), ("[" * 9999, 0), ('"x"', 0)],
)
def test_tiles_of_odd_shapes_stay(tmp_path: Path, value: str, number: int) -> None:
    """What is no list of tiles is left as it is."""
    fox(tmp_path).setting("browser.newtabpage.pinned", value).write()
    assert len(steps_on(planned(FIREFOX, tmp_path, WHOLE), "prefs.js")) == number


CACHES = {
    Platform.LINUX: [
        (".mozilla/firefox/a.default", ".cache/mozilla/firefox/a.default"),
        (".config/mozilla/firefox/a.default", ".cache/mozilla/firefox/a.default"),
        (".librewolf/a.default", ".cache/librewolf/a.default"),
        (".zen/a.default", ".cache/zen/a.default"),
        (
            "snap/firefox/common/.mozilla/firefox/a.default",
            "snap/firefox/common/.cache/mozilla/firefox/a.default",
        ),
        (
            ".var/app/org.mozilla.firefox/.mozilla/firefox/a.default",
            ".var/app/org.mozilla.firefox/cache/mozilla/firefox/a.default",
        ),
        (
            ".var/app/org.mozilla.firefox/config/mozilla/firefox/a.default",
            ".var/app/org.mozilla.firefox/cache/mozilla/firefox/a.default",
        ),
    ],
    Platform.MACOS: [
        (
            "Library/Application Support/Firefox/Profiles/a.default",
            "Library/Caches/Firefox/Profiles/a.default",
        ),
    ],
    Platform.WINDOWS: [
        (
            "AppData/Roaming/Mozilla/Firefox/Profiles/a.default",
            "AppData/Local/Mozilla/Firefox/Profiles/a.default",
        ),
        (
            (
                "AppData/Local/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/"
                "Mozilla/Firefox/Profiles/a.default"
            ),
            (
                "AppData/Local/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Local/"
                "Mozilla/Firefox/Profiles/a.default"
            ),
        ),
    ],
}


@pytest.mark.parametrize(
    ("platform", "folder", "cache"),
    [(platform, *pair) for platform, pairs in CACHES.items() for pair in pairs],
)
def test_caches_go_whole_wherever_they_lie(
    tmp_path: Path, platform: Platform, folder: str, cache: str
) -> None:
    """In the profile, and in its twin below the cache folder; nothing above or beside."""
    fox(tmp_path, folder).visit("https://help.example/", AT).write()
    for place in (folder, cache):
        FirefoxStores(tmp_path / place).cache_entry(1, "https://o.test/").file(
            "thumbnails/1.png", b"png"
        ).write()
    beside = (tmp_path / cache).parent / "b.default"
    FirefoxStores(beside).cache_entry(1, "https://help.example/").write()
    parts = clearings(planned(FIREFOX, tmp_path, WHOLE, platform), Kept.CACHE)
    assert {each.store for each in parts} == {
        f"{place}/{name}"
        for place in (folder, cache)
        for name in ("cache2", "thumbnails")
    }
    assert {(each.tick, each.more) for each in parts} == {(Tick.ON, True)}
    assert {each.counts["files"] for each in parts} == {1}


@pytest.mark.parametrize("address", ["https://help.example/", "https://o.test/"])
def test_a_profile_without_the_site_keeps_its_cache(
    tmp_path: Path, address: str
) -> None:
    """Unless an entry of the cache itself is of the site."""
    fox(tmp_path).visit("https://other.test/", AT).write()
    FirefoxStores(tmp_path / FOLDER).cache_entry(1, address).write()
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert bool(clearings(plan, Kept.CACHE)) is ("help" in address)


def test_copies_and_other_files_that_name_the_site_are_told(tmp_path: Path) -> None:
    """What no plan takes is named, what is the program's own is not looked into."""
    folder = everything(tmp_path)
    (folder / "places.sqlite.corrupt").write_bytes(b"x")
    shared = folder.parent / "Profile Groups/1.sqlite"
    shared.parent.mkdir()
    shared.write_bytes(b"homepage https://help.example/")
    told = stays(planned(FIREFOX, tmp_path, WHOLE))
    assert told["bookmarks-1.jsonlz4", Kept.BACKUPS] == 1
    assert told["places.sqlite.corrupt", Kept.BACKUPS] == 0
    assert told["user.js", Kept.SITE_SETTINGS] == 0
    assert told["1", Kept.OTHER] == 0
    assert told["Profile Groups", Kept.OTHER] == 0
    assert not any(name == "extensions.json" for name, _ in told)


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "name",
    [
        *("favicons.sqlite", "permissions.sqlite", "cookies.sqlite", "storage.sqlite"),
        *("content-prefs.sqlite", "formhistory.sqlite", "webappsstore.sqlite"),
        *("bounce-tracking-protection.sqlite", "logins.db", "chat-store.sqlite"),
    ],
)
def test_a_store_that_is_not_known_is_told(tmp_path: Path, name: str) -> None:
    """A store of other tables is not guessed at; the others are planned for."""
    folder = everything(tmp_path)
    (folder / name).unlink(missing_ok=True)
    FirefoxStores(folder).old_storage("help.example", file="x.sqlite").write()
    other = folder / "x.sqlite"
    if name == "webappsstore.sqlite":
        other = folder / "places.sqlite"
        (folder / name).write_bytes(other.read_bytes())
    else:
        other.rename(folder / name)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert missed(plan) == {name: Why.UNKNOWN_FORMAT}
    assert steps_on(plan, name) == []
    assert steps_on(plan, "places.sqlite")


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "name",
    ["serviceworker.txt", "prefs.js", "permissions.sqlite", "sessionstore.jsonlz4"],
)
def test_a_store_that_may_not_be_read_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And never taken for one without the site."""
    folder = everything(tmp_path)
    shut(folder / name, monkeypatch)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert missed(plan)[name] is Why.DENIED
    assert steps_on(plan, name) == []


def test_a_profile_without_any_of_it_gives_no_step(tmp_path: Path) -> None:
    """Stores full of others and look-alikes, and another site that is asked for."""
    everything(tmp_path)
    plan = planned(FIREFOX, tmp_path, Site("elsewhere.example", below=True))
    assert clearings(plan) == []
    assert missed(plan) == {}


def test_stores_beside_no_history_are_planned_for(tmp_path: Path) -> None:
    """A history that is gone does not hide the rest; icons are nobody's bookmark's."""
    fox(tmp_path).write()
    (tmp_path / FOLDER / "places.sqlite").unlink()
    satellites(tmp_path / FOLDER)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert {"permissions.sqlite", "favicons.sqlite"} <= stores(plan)


@pytest.mark.parametrize(
    ("platform", "lock"),
    [
        (Platform.LINUX, ".parentlock"),
        (Platform.MACOS, ".parentlock"),
        (Platform.WINDOWS, "parent.lock"),
    ],
)
def test_the_place_names_what_is_locked(
    tmp_path: Path, platform: Platform, lock: str
) -> None:
    """The profile's own lock, then stores that are held while it is open."""
    folder = {
        Platform.LINUX: FOLDER,
        Platform.MACOS: "Library/Application Support/Firefox/Profiles/a.default",
        Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox/Profiles/a.default",
    }[platform]
    fox(tmp_path, folder).visit("https://help.example/", AT).write()
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE, platform), Kept.PAGES)
    assert part.place.locks == tuple(
        f"{folder}/{name}"
        for name in (lock, "places.sqlite", "cookies.sqlite", "favicons.sqlite")
    )
    assert part.place.tried is (platform is Platform.LINUX)
    assert not part.place.syncs


@pytest.mark.rule("SR-25")
@pytest.mark.parametrize("how", ["signedInUser.json", "prefs.js"])
def test_a_profile_that_syncs_says_so(tmp_path: Path, how: str) -> None:
    """An account is signed in, or was set up for sync."""
    profile = fox(tmp_path).visit("https://help.example/", AT)
    if how == "prefs.js":
        profile.setting("services.sync.username", "someone@mail.test")
    profile.write()
    if how != "prefs.js":
        (tmp_path / FOLDER / how).write_text("{}")
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.PAGES)
    assert part.place.syncs
