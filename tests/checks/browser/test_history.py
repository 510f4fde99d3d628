"""Pages that were visited in web browsers."""

from __future__ import annotations

import json
import plistlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from hygiene.contract import (
    CannotLook,
    Database,
    Finding,
    Level,
    NothingFound,
    Platform,
    Why,
)
from hygiene.contract.phrases import Phrases
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile, write_jsonlz4
from hygiene.practice.records import Tables, schema
from hygiene.practice.safari import SafariProfile
from hygiene.practice.store import write_store
from hygiene.practice.times import webkit
from hygiene_checks.browser._hosts import SiteNames, host_of
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.answers import (
    answers,
    ask,
    everything_said,
    found,
    kept_exclusive,
    missed,
    nothing,
    settings,
    store,
    traces,
)
from tests.footprint import age, footprint
from tests.host.refusal import shut

Answer = TypeVar("Answer")

EARLY = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
TICK = timedelta(microseconds=1)
CHECK = HistoryCheck()

CHROMIUM = {
    Platform.LINUX: ".config/chromium/Default",
    Platform.MACOS: "Library/Application Support/Chromium/Default",
    Platform.WINDOWS: "AppData/Local/Chromium/User Data/Default",
}
FIREFOX = {
    Platform.LINUX: ".mozilla/firefox/a.default",
    Platform.MACOS: "Library/Application Support/Firefox/Profiles/a.default",
    Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox/Profiles/a.default",
}
EPIPHANY = ".local/share/epiphany"
FALKON = ".config/falkon/profiles/default"
SAFARI = "Library/Safari"
every_layout = pytest.mark.parametrize("platform", list(Platform), ids=str)


def chromium(root: Path, platform: Platform = Platform.LINUX) -> ChromiumProfile:
    return ChromiumProfile(root / CHROMIUM[platform])


def firefox(root: Path, platform: Platform = Platform.LINUX) -> FirefoxProfile:
    return FirefoxProfile(root / FIREFOX[platform])


def browse(profile: ChromiumProfile | FirefoxProfile) -> None:
    """Two sittings, three sites, five pages, seven visits."""
    profile.visit("https://www.a.example/one", EARLY)
    profile.visit("https://www.a.example/two", EARLY + HALF_HOUR, typed=True)
    profile.visit("https://a.example:8443/", EARLY + HALF_HOUR)
    profile.visit("http://anna:secret@B.example/x?q=1", LATE)
    profile.visit("file:///home/anna/letter.html", LATE)
    profile.visit("https://www.a.example/one", LATE)
    profile.visit("https://www.a.example/one", LATE, title=None, hidden=True)


BROWSED = {"sites": 3, "pages": 5, "visits": 7, "sittings": 2}


# --- found


@every_layout
def test_chromium_profile_is_counted(tmp_path: Path, platform: Platform) -> None:
    """Sites, pages, visits, sittings and downloads, with the first and last visit."""
    profile = chromium(tmp_path, platform)
    browse(profile)
    profile.download("https://files.example/a.pdf", LATE).write()
    finding = found(ask(CHECK, tmp_path, platform), "chromium")
    assert finding.counts == BROWSED | {"downloads": 1}
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert finding.level is Level.WORTH_A_LOOK
    assert finding.sources == (f"{CHROMIUM[platform]}/History",)
    assert finding.profile is not None
    assert finding.profile.raw == "Default"


@every_layout
def test_firefox_profile_is_counted(tmp_path: Path, platform: Platform) -> None:
    """The same; a download is a visit of its own page; a bookmark alone is no page."""
    profile = firefox(tmp_path, platform)
    browse(profile)
    profile.bookmark("https://marked.example/", EARLY)
    profile.download("https://files.example/a.pdf", LATE).write()
    finding = found(ask(CHECK, tmp_path, platform), "firefox")
    assert finding.counts == {
        "sites": 4,
        "pages": 6,
        "visits": 8,
        "sittings": 2,
        "downloads": 1,
    }
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert finding.sources == (f"{FIREFOX[platform]}/places.sqlite",)


def test_safari_is_counted(tmp_path: Path) -> None:
    """Seconds since 2001, and the download list in its own file."""
    profile = SafariProfile(tmp_path / SAFARI)
    profile.visit("https://a.example/", EARLY).visit("https://a.example/", LATE)
    profile.visit("https://b.example/", LATE, title="B").download("https://c.example/")
    profile.download("https://d.example/").write()
    finding = found(ask(CHECK, tmp_path, Platform.MACOS), "safari")
    assert finding.counts == {
        "sites": 2,
        "pages": 2,
        "visits": 3,
        "sittings": 2,
        "downloads": 2,
    }
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert finding.sources == (f"{SAFARI}/History.db", f"{SAFARI}/Downloads.plist")


def test_gnome_web_is_counted(tmp_path: Path) -> None:
    """A host without a visit is no site."""
    profile = EpiphanyProfile(tmp_path / EPIPHANY)
    profile.visit("https://a.example/1", EARLY).visit("https://a.example/2", LATE)
    profile.write()
    finding = found(ask(CHECK, tmp_path), "epiphany")
    assert finding.counts == {"sites": 1, "pages": 2, "visits": 2, "sittings": 2}
    assert (finding.first, finding.last) == (EARLY, LATE)


def test_gnome_web_of_old_counts_seconds(tmp_path: Path) -> None:
    """A time too small for microseconds is one in seconds."""
    seconds = int(LATE.timestamp())
    write_store(
        tmp_path / EPIPHANY / "ephy-history.db",
        schema("epiphany-history"),
        {
            "hosts(id, url)": [(1, "https://a.example")],
            "urls(id, host, url)": [(1, 1, "https://a.example/")],
            "visits(url, visit_time, visit_type)": [
                (1, seconds, 0),
                (1, seconds - 1801, 0),
            ],
        },
    )
    finding = found(ask(CHECK, tmp_path), "epiphany")
    assert finding.counts["sittings"] == 2
    assert finding.last == LATE


def test_falkon_is_counted(tmp_path: Path) -> None:
    """Falkon keeps the last visit of each address, in milliseconds."""
    profile = FalkonProfile(tmp_path / FALKON)
    profile.visit("https://a.example/", EARLY).visit("https://a.example/", LATE)
    profile.visit("https://b.example/", EARLY).write()
    finding = found(ask(CHECK, tmp_path), "falkon")
    assert finding.counts == {"sites": 2, "pages": 2, "visits": 2, "sittings": 2}
    assert (finding.first, finding.last) == (EARLY, LATE)


def test_stores_of_long_ago_are_counted(tmp_path: Path) -> None:
    """Chromium's schema of 2011 and Firefox's of 2010 lack many columns of today."""
    old = ChromiumProfile(tmp_path / CHROMIUM[Platform.LINUX], history_version=20)
    browse(old)
    old.download("https://files.example/a.pdf", LATE).write()
    older = FirefoxProfile(tmp_path / FIREFOX[Platform.LINUX], places_version=9)
    browse(older)
    older.write()
    outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "chromium").counts == BROWSED | {"downloads": 1}
    assert found(outcomes, "firefox").counts == BROWSED


@pytest.mark.rule("SR-13")
@every_layout
def test_newest_visits_are_counted_from_the_log(
    tmp_path: Path, platform: Platform
) -> None:
    """What stands only in the `-wal` file counts like the rest."""
    for profile in (chromium(tmp_path, platform), firefox(tmp_path, platform)):
        browse(profile)
        profile.visit("https://new.example/", LATE + HALF_HOUR)
        profile.write(newest_in_wal=True)
    outcomes = ask(CHECK, tmp_path, platform)
    for program in ("chromium", "firefox"):
        finding = found(outcomes, program)
        counted = {name: finding.counts[name] for name in BROWSED}
        assert counted == {"sites": 4, "pages": 6, "visits": 8, "sittings": 2}
        assert finding.last == LATE + HALF_HOUR


def test_a_running_browser_is_counted(tmp_path: Path) -> None:
    """The lock that a running browser holds hides nothing."""
    profile = chromium(tmp_path)
    browse(profile)
    with kept_exclusive(profile.write() / "History"):
        outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "chromium").counts["visits"] == 7
    assert missed(outcomes) == {}


def test_each_profile_is_counted_alone(tmp_path: Path) -> None:
    """Two profiles of one browser are two findings."""
    for name, pages in (("Default", 1), ("Profile 1", 2)):
        profile = ChromiumProfile(tmp_path / ".config/chromium" / name)
        for page in range(pages):
            profile.visit(f"https://a.example/{page}", LATE)
        profile.write()
    counted = {
        each.profile.raw: each.counts["pages"]
        for each in ask(CHECK, tmp_path)
        if isinstance(each, Finding) and each.setting is None and each.profile
    }
    assert counted == {"Default": 1, "Profile 1": 2}


def test_few_visits_are_a_note(tmp_path: Path) -> None:
    """Under five visits and downloads the level is the lowest."""
    profile = chromium(tmp_path)
    for page in range(4):
        profile.visit(f"https://a.example/{page}", LATE)
    profile.write()
    assert found(ask(CHECK, tmp_path), "chromium").level is Level.NOTE
    profile.visit("https://a.example/5", LATE).write()
    assert found(ask(CHECK, tmp_path), "chromium").level is Level.WORTH_A_LOOK


def test_downloads_without_visits_are_found(tmp_path: Path) -> None:
    """A list of downloads outlives the visits."""
    chromium(tmp_path).download("https://a.example/a.pdf", LATE).write()
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts == {
        "sites": 0,
        "pages": 0,
        "visits": 0,
        "sittings": 0,
        "downloads": 1,
    }
    assert (finding.first, finding.last) == (None, None)
    assert not finding.has_traces


def test_only_pages_and_visits_that_belong_together_count(tmp_path: Path) -> None:
    """A page whose visits are gone is no page, a visit without a page no visit."""
    profile = chromium(tmp_path).visit("https://a.example/", LATE)
    profile.page_without_visits("https://gone.example/")
    path = profile.write() / "History"
    lost = webkit(LATE + timedelta(days=1))
    store(
        path,
        "INSERT INTO visits(url, visit_time, transition)"
        f" VALUES (99, {lost}, 0), (98, {webkit(EARLY)}, 0)",
    )
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts == {
        "sites": 1,
        "pages": 1,
        "visits": 1,
        "sittings": 1,
        "downloads": 0,
    }
    assert (finding.first, finding.last) == (LATE, LATE)
    assert list(traces(finding)) == ["a.example"]


# --- times


@pytest.mark.parametrize(
    ("pause", "sittings"),
    [(timedelta(), 1), (HALF_HOUR - TICK, 1), (HALF_HOUR, 1), (HALF_HOUR + TICK, 2)],
)
@pytest.mark.parametrize("program", ["chromium", "firefox"])
def test_a_pause_over_half_an_hour_begins_a_sitting(
    tmp_path: Path, program: str, pause: timedelta, sittings: int
) -> None:
    """Exactly thirty minutes is still the same sitting."""
    profile = chromium(tmp_path) if program == "chromium" else firefox(tmp_path)
    # The later visit is written first: the order of rows tells nothing.
    profile.visit("https://a.example/", LATE + pause)
    profile.visit("https://a.example/", LATE).write()
    assert found(ask(CHECK, tmp_path), program).counts["sittings"] == sittings


def test_half_an_hour_counts_in_safari(tmp_path: Path) -> None:
    """The same in seconds with a fraction."""
    profile = SafariProfile(tmp_path / SAFARI)
    for pause in (0, 1800, 3601):
        profile.visit("https://a.example/", LATE + timedelta(seconds=pause))
    profile.write()
    finding = found(ask(CHECK, tmp_path, Platform.MACOS), "safari")
    assert finding.counts["sittings"] == 2


STRANGE_TIMES = [
    0,
    -1,
    -(2**63),
    2**63 - 1,
    1,
    webkit(datetime(2100, 1, 1, tzinfo=UTC)),
]


def test_times_out_of_range_are_left_out(tmp_path: Path) -> None:
    """Such visits count as visits, not in sittings, and invent no date."""
    profile = chromium(tmp_path).visit("https://a.example/", LATE)
    for time in STRANGE_TIMES:
        profile.visit_at_raw("https://b.example/", time)
    profile.write()
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["visits"] == 1 + len(STRANGE_TIMES)
    assert finding.counts["sittings"] == 1
    assert (finding.first, finding.last) == (LATE, LATE)
    seen = traces(finding)
    assert (seen["b.example"].first, seen["b.example"].last) == (None, None)
    assert seen["b.example"].count == len(STRANGE_TIMES)


def test_no_time_at_all_is_no_sitting(tmp_path: Path) -> None:
    """Visits whose every time is unusable are still visits."""
    firefox(tmp_path).visit_at_raw("https://a.example/", 0).write()
    finding = found(ask(CHECK, tmp_path), "firefox")
    assert (finding.counts["visits"], finding.counts["sittings"]) == (1, 0)
    assert (finding.first, finding.last) == (None, None)


def test_values_of_the_wrong_type_are_counted_and_left_out(tmp_path: Path) -> None:
    """Texts for times and bytes for addresses: SQLite lets anything stand anywhere."""
    path = chromium(tmp_path).visit("https://a.example/", LATE).write() / "History"
    store(
        path,
        "INSERT INTO urls(id, url, last_visit_time) VALUES"
        " (7, x'ff00', 0), (8, NULL, 0), (9, 3.5, 0);"
        "INSERT INTO visits(url, visit_time) VALUES"
        " (7, 'never'), (8, x'00ff'), (9, 9e999), ('x', 5)",
    )
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["pages"] == 4
    assert finding.counts["visits"] == 4
    assert finding.counts["sites"] == 1
    assert (finding.counts["sittings"], finding.last) == (1, LATE)
    assert list(traces(finding)) == ["a.example"]


# --- sites


HOSTS = {
    "https://www.Example.org/a": "www.example.org",
    "https://example.org": "example.org",
    "http://example.org:8080/": "example.org",
    "http://anna:secret@example.org/": "example.org",
    "http://anna@evil@example.org:1/x@y": "example.org",
    "https://example.org?q=a/b@c": "example.org",
    "https://example.org#a@b": "example.org",
    "https://example.org\\@other.example/": "example.org",
    "http://[2001:DB8::1]:80/": "2001:db8::1",
    "http://[::1": "::1",
    "http://127.0.0.1:9/": "127.0.0.1",
    "https://b\u00fccher.example/": "b\u00fccher.example",
    "https://xn--bcher-kva.example/": "xn--bcher-kva.example",
    "HTTPS://EXAMPLE.ORG/": "example.org",
    "ftp://files.example.org/a": "files.example.org",
    "wss://example.org/": "example.org",
    "file:///home/anna/a.html": None,
    "file://server/share/a.html": None,
    "about:blank": None,
    "data:text/html,//example.org/": None,
    "javascript:alert(1)": None,
    "blob:https://example.org/1": None,
    "https:///": None,
    "https://:80/": None,
    "https://anna@/": None,
    "http:/example.org/": None,
    "": None,
    "://": None,
    "//example.org/": None,
}


@pytest.mark.parametrize(("address", "host"), HOSTS.items(), ids=HOSTS)
def test_the_site_of_an_address(address: str, host: str | None) -> None:
    """Lower case, `www.` kept, user name and port dropped; both ways agree."""
    assert host_of(address) == host
    names = SiteNames()
    assert [names.of(address), names.of(address)] == [host, host]


@pytest.mark.parametrize("address", [None, 3, 2.5, b"https://example.org/"])
def test_what_is_no_text_has_no_site(address: object) -> None:
    """A store may hold anything in the place of an address."""
    assert host_of(address) is None
    assert SiteNames().of(address) is None


def test_a_site_is_never_longer_than_a_host_can_be() -> None:
    """Megabytes in the place of a host do not become a name."""
    address = "https://" + "a" * 1_000_000 + "/"
    assert host_of(address) == "a" * 255
    assert SiteNames().of(address) == "a" * 255


def test_sites_are_told_on_request(tmp_path: Path) -> None:
    """Each site with its visits and their span, by name, each time read anew."""
    profile = chromium(tmp_path)
    browse(profile)
    profile.write()
    finding = found(ask(CHECK, tmp_path), "chromium")
    told = [
        (each.key, each.label.raw, each.kind, each.count, each.first, each.last)
        for each in finding.traces()
    ]
    assert told == [
        ("a.example", "a.example", "site", 1, EARLY + HALF_HOUR, EARLY + HALF_HOUR),
        ("b.example", "b.example", "site", 1, LATE, LATE),
        ("www.a.example", "www.a.example", "site", 4, EARLY, LATE),
    ]
    profile.visit("https://later.example/", LATE).write()
    assert "later.example" in traces(finding)


@pytest.mark.parametrize(
    "profile",
    [
        EpiphanyProfile(Path(EPIPHANY)),
        FalkonProfile(Path(FALKON)),
        FirefoxProfile(Path(FIREFOX[Platform.LINUX])),
    ],
    ids=["epiphany", "falkon", "firefox"],
)
def test_sites_are_told_of_every_family(
    tmp_path: Path, profile: EpiphanyProfile | FalkonProfile | FirefoxProfile
) -> None:
    """The list agrees with the counts wherever they come from."""
    profile.folder = tmp_path / profile.folder
    profile.visit("https://b.example/1", EARLY).visit("https://a.example/", LATE)
    profile.visit("https://b.example/2", LATE).write()
    (finding,) = [
        each
        for each in ask(CHECK, tmp_path)
        if isinstance(each, Finding) and each.setting is None
    ]
    sites = traces(finding)
    assert list(sites) == ["a.example", "b.example"]
    assert len(sites) == finding.counts["sites"]
    assert sum(each.count for each in sites.values()) == finding.counts["visits"]
    assert (sites["b.example"].first, sites["b.example"].last) == (EARLY, LATE)


@pytest.mark.rule("SR-15")
def test_no_title_query_or_name_is_told(tmp_path: Path) -> None:
    """Titles, searches, paths, user names, passwords and file names stay unsaid, in
    findings and in the lists behind them.
    """
    canaries = (
        *("CanaryTitle", "canary-query", "canary-path", "canary-user"),
        *("canary-secret", "canary-file", "canary-fragment"),
    )
    address = (
        "https://canary-user:canary-secret@a.example/canary-path"
        "?q=canary-query#canary-fragment"
    )
    for profile in (chromium(tmp_path), firefox(tmp_path)):
        profile.visit(address, LATE, title="CanaryTitle")
        profile.search("canary-query", LATE)
        profile.download(address, LATE, path="/home/u/canary-file.pdf")
        profile.open_tabs(address).write()
    said = everything_said(ask(CHECK, tmp_path))
    assert "a.example" in said
    assert [each for each in canaries if each.lower() in said.lower()] == []


@pytest.mark.rule("SR-15")
def test_hostile_addresses_and_titles_are_counted(tmp_path: Path) -> None:
    """Control, escape and bidi characters, undecodable bytes, ten megabytes: counted,
    and shown cleaned.
    """
    profile = chromium(tmp_path)
    profile.visit("https://a\x1b[2J\u202eb.example/\x00", LATE, title="\x1b]0;x\x07")
    profile.visit("https://[bold]x[/].example/" + "y" * 10_000_000, LATE)
    profile.visit("https://c.example/", LATE, title="t" * 10_000_000)
    path = profile.write() / "History"
    store(
        path,
        "INSERT INTO urls(id, url, last_visit_time)"
        " VALUES (50, CAST(x'68747470733a2f2fff2e6578616d706c652f' AS TEXT), 0);"
        f"INSERT INTO visits(url, visit_time) VALUES (50, {webkit(LATE)})",
    )
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert (finding.counts["pages"], finding.counts["sites"]) == (4, 4)
    shown = sorted(str(each.label) for each in finding.traces())
    assert shown == ["a\ufffd[2jb.example", "bold", "c.example", "\ufffd.example"]


# --- nothing


@every_layout
def test_profiles_without_visits_hold_nothing(
    tmp_path: Path, platform: Platform
) -> None:
    """Stores that are there and empty, bookmarks or not; settings are told all the
    same.
    """
    chromium(tmp_path, platform).page_without_visits("https://a.example/").write()
    firefox(tmp_path, platform).bookmark("https://b.example/", LATE).write()
    outcomes = ask(CHECK, tmp_path, platform)
    assert nothing(outcomes) == [
        (f"{CHROMIUM[platform]}/History",),
        (f"{FIREFOX[platform]}/places.sqlite",),
    ]
    assert all(each.setting for each in outcomes if isinstance(each, Finding))
    assert missed(outcomes) == {}


@every_layout
def test_a_home_without_browsers_holds_nothing(
    tmp_path: Path, platform: Platform
) -> None:
    """No browser at all is one answer, not silence."""
    assert ask(CHECK, tmp_path, platform) == [NothingFound()]


def test_a_profile_without_a_history_store_holds_nothing(tmp_path: Path) -> None:
    """The profile is there and its history is not."""
    (chromium(tmp_path).write() / "History").unlink()
    assert nothing(ask(CHECK, tmp_path)) == [(CHROMIUM[Platform.LINUX],)]


# --- cannot look


def _damaged(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[100:4096] = b"\xa5" * 3996
    path.write_bytes(raw)


def _foreign(path: Path) -> None:
    path.unlink()
    store(path, "CREATE TABLE notes(a); INSERT INTO notes VALUES (1)")


def _renamed(path: Path) -> None:
    table = "urls" if path.name == "History" else "moz_places"
    store(path, f"ALTER TABLE {table} RENAME COLUMN url TO address")


def _views(path: Path) -> None:
    pages, visits = (
        ("urls", "visits")
        if path.name == "History"
        else ("moz_places", "moz_historyvisits")
    )
    path.unlink()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    columns = "i AS id, i AS url, i AS visit_time, i AS visit_date, i AS place_id"
    store(
        path,
        f"CREATE VIEW {pages} AS {endless} SELECT {columns} FROM n;"
        f"CREATE VIEW {visits} AS {endless} SELECT {columns} FROM n",
    )


UNREADABLE: dict[str, tuple[Callable[[Path], object], Why]] = {
    "empty": (lambda path: path.write_bytes(b""), Why.DAMAGED),
    "damaged": (_damaged, Why.DAMAGED),
    "text": (lambda path: path.write_text("no store"), Why.UNKNOWN_FORMAT),
    "foreign": (_foreign, Why.UNKNOWN_FORMAT),
    "future-names": (_renamed, Why.UNKNOWN_FORMAT),
    "endless-views": (_views, Why.UNKNOWN_FORMAT),
}


@pytest.mark.rule("SR-18")
@every_layout
@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_reason(
    tmp_path: Path, platform: Platform, kind: str
) -> None:
    """Never "nothing found", and no other profile is held up."""
    spoil, why = UNREADABLE[kind]
    spoil(
        chromium(tmp_path, platform).visit("https://a.example/", LATE).write()
        / "History"
    )
    spoil(
        firefox(tmp_path, platform).visit("https://a.example/", LATE).write()
        / "places.sqlite"
    )
    other = (tmp_path / CHROMIUM[platform]).parent / "Profile 7"
    ChromiumProfile(other).visit("https://b.example/", LATE).write()
    outcomes = ask(CHECK, tmp_path, platform)
    assert missed(outcomes) == {
        f"{CHROMIUM[platform]}/History": why,
        f"{FIREFOX[platform]}/places.sqlite": why,
    }
    assert nothing(outcomes) == []
    assert found(outcomes, "chromium").counts["visits"] == 1


@pytest.mark.rule("SR-18")
@every_layout
def test_a_store_that_is_closed_is_denied(
    tmp_path: Path, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No permission is told as such."""
    path = chromium(tmp_path, platform).visit("https://a.example/", LATE).write()
    shut(path / "History", monkeypatch)
    assert missed(ask(CHECK, tmp_path, platform)) == {
        f"{CHROMIUM[platform]}/History": Why.DENIED
    }


class BusyHome(DiskHome):
    """A home in which no store ever holds still."""

    def query(self, path: str, ask: Callable[[Database], Answer]) -> Answer:  # noqa: ARG002
        raise CannotLook(Why.LOCKED)


@pytest.mark.rule("SR-18")
@every_layout
def test_a_store_that_never_holds_still_is_locked(
    tmp_path: Path, platform: Platform
) -> None:
    """The reason is told, the settings are, and no sitting is made up."""
    chromium(tmp_path, platform).visit("https://a.example/", LATE).write()
    home = BusyHome(tmp_path, platform)
    outcomes = answers(CHECK, home)
    assert missed(outcomes) == {f"{CHROMIUM[platform]}/History": Why.LOCKED}
    assert nothing(outcomes) == []
    assert settings(outcomes, "chromium") == {"restore-session": "off"}
    assert list(CHECK.sittings(home)) == []


@pytest.mark.rule("SR-18")
def test_a_store_for_newer_programs_only_is_of_unknown_format(tmp_path: Path) -> None:
    """Chromium writes the oldest schema that may still read the store."""
    path = chromium(tmp_path).visit("https://a.example/", LATE).write() / "History"
    script = "INSERT INTO meta VALUES ('last_compatible_version', '{}')"
    store(path, script.format(16))
    assert found(ask(CHECK, tmp_path), "chromium").counts["visits"] == 1
    store(path, "DELETE FROM meta;" + script.format(71))
    assert missed(ask(CHECK, tmp_path)) == {
        f"{CHROMIUM[Platform.LINUX]}/History": Why.UNKNOWN_FORMAT
    }


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("content", [b"bplist00\xff", plistlib.dumps([1])])
def test_safari_downloads_that_cannot_be_read_are_told(
    tmp_path: Path, content: bytes
) -> None:
    """The visits are counted, the list is named; no number stands for it."""
    folder = SafariProfile(tmp_path / SAFARI).visit("https://a.example/", LATE).write()
    (folder / "Downloads.plist").write_bytes(content)
    outcomes = ask(CHECK, tmp_path, Platform.MACOS)
    assert list(missed(outcomes)) == [f"{SAFARI}/Downloads.plist"]
    assert "downloads" not in found(outcomes, "safari").counts


# --- open tabs


def tabs(root: Path, program: str = "firefox") -> Finding:
    return found(ask(CHECK, root), program, "open-tabs")


def test_open_tabs_of_firefox_are_counted(tmp_path: Path) -> None:
    """Tabs that show a site, or did before; a new tab alone is none."""
    firefox(tmp_path).open_tabs(
        "https://a.example/", "about:newtab", "https://b.example/"
    ).write()
    finding = tabs(tmp_path)
    assert finding.counts == {"items": 2}
    assert finding.level is Level.NOTE
    assert finding.sources == (f"{FIREFOX[Platform.LINUX]}/sessionstore.jsonlz4",)


def test_open_tabs_of_a_running_firefox_are_counted(tmp_path: Path) -> None:
    """While it runs they stand in another file; both names are told."""
    folder = firefox(tmp_path).write()
    session = {"windows": [{"tabs": [{"entries": [{"url": "https://a.example/"}]}]}]}
    for name in ("recovery", "previous"):
        write_jsonlz4(folder / f"sessionstore-backups/{name}.jsonlz4", session)
    finding = tabs(tmp_path)
    assert finding.counts == {"items": 1}
    assert [each.rpartition("/")[2] for each in finding.sources] == [
        "recovery.jsonlz4",
        "previous.jsonlz4",
    ]


def test_a_session_of_new_tabs_is_no_finding(tmp_path: Path) -> None:
    """Nothing would come back."""
    firefox(tmp_path).open_tabs("about:newtab", "about:blank").write()
    outcomes = ask(CHECK, tmp_path)
    assert [each for each in outcomes if isinstance(each, Finding) and each.part] == []


@pytest.mark.parametrize(
    "session",
    [
        {"windows": [{"tabs": [None, 3, {"entries": [None, {"url": 4}]}, {}]}]},
        {"windows": {"tabs": 3}},
        [],
    ],
)
def test_a_strange_session_is_no_finding(tmp_path: Path, session: object) -> None:
    """Values of the wrong kind are passed over."""
    write_jsonlz4(firefox(tmp_path).write() / "sessionstore.jsonlz4", session)
    outcomes = ask(CHECK, tmp_path)
    assert [each for each in outcomes if isinstance(each, Finding) and each.part] == []
    assert missed(outcomes) == {}


@pytest.mark.rule("SR-18")
def test_a_damaged_session_is_told(tmp_path: Path) -> None:
    """The next file in line still gives its number."""
    folder = firefox(tmp_path).write()
    (folder / "sessionstore.jsonlz4").write_bytes(b"mozLz40\0\xff\xff\0\0nonsense")
    session = {"windows": [{"tabs": [{"entries": [{"url": "https://a.example/"}]}]}]}
    write_jsonlz4(folder / "sessionstore-backups/previous.jsonlz4", session)
    outcomes = ask(CHECK, tmp_path)
    assert missed(outcomes) == {
        f"{FIREFOX[Platform.LINUX]}/sessionstore.jsonlz4": Why.DAMAGED
    }
    assert found(outcomes, "firefox", "open-tabs").counts == {"items": 1}


def test_open_tabs_of_chromium_are_seen_but_not_counted(tmp_path: Path) -> None:
    """Its own format is not read: that there are some is all that is told."""
    chromium(tmp_path).open_tabs("https://a.example/").write()
    finding = tabs(tmp_path, "chromium")
    assert finding.counts == {}
    assert finding.sources == (
        f"{CHROMIUM[Platform.LINUX]}/Sessions/Session_13400000000000000",
    )


# --- settings


@pytest.mark.parametrize(
    ("preferences", "state"),
    [
        ({}, "off"),
        ({"session.restore_on_startup": 1}, "on"),
        ({"session.restore_on_startup": 4}, "off"),
        ({"session.restore_on_startup": 5}, "off"),
        ({"session": 3}, "off"),
    ],
)
def test_start_of_chromium(
    tmp_path: Path, preferences: dict[str, object], state: str
) -> None:
    """Only 1 opens the last tabs again; not set means a new tab."""
    profile = chromium(tmp_path)
    for name, value in preferences.items():
        profile.setting(name, value)
    profile.write()
    assert settings(ask(CHECK, tmp_path), "chromium") == {"restore-session": state}


def test_settings_of_other_chromium_browsers(tmp_path: Path) -> None:
    """Opera's own default is not known here; Brave can clear when it closes."""
    ChromiumProfile(tmp_path / ".config/opera/Default").write()
    brave = ChromiumProfile(tmp_path / ".config/BraveSoftware/Brave-Browser/Default")
    brave.setting("browser.clear_data.browsing_history_on_exit", value=True).write()
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "opera") == {"restore-session": "unknown"}
    assert settings(outcomes, "brave") == {
        "restore-session": "off",
        "clear-on-exit": "on",
    }


DEFAULTS = {"remember-history": "on", "clear-on-exit": "off", "restore-session": "off"}
SHUTDOWN = "privacy.sanitize.sanitizeOnShutdown"
V2 = "privacy.clearOnShutdown_v2."


@pytest.mark.parametrize(
    ("prefs", "changed"),
    [
        ({}, {}),
        ({"places.history.enabled": False}, {"remember-history": "off"}),
        ({"browser.privatebrowsing.autostart": True}, {"remember-history": "off"}),
        ({"browser.startup.page": 3}, {"restore-session": "on"}),
        ({"browser.startup.page": 0}, {"restore-session": "off"}),
        ({SHUTDOWN: True}, {"clear-on-exit": "on"}),
        ({SHUTDOWN: True, V2 + "browsingHistoryAndDownloads": False}, {}),
        ({SHUTDOWN: True, V2 + "historyFormDataAndDownloads": False}, {}),
        ({SHUTDOWN: True, "privacy.clearOnShutdown.history": False}, {}),
        (
            {
                SHUTDOWN: True,
                V2 + "browsingHistoryAndDownloads": True,
                "privacy.clearOnShutdown.history": False,
            },
            {"clear-on-exit": "on"},
        ),
        ({V2 + "browsingHistoryAndDownloads": True}, {}),
    ],
)
def test_settings_of_firefox(
    tmp_path: Path, prefs: dict[str, object], changed: dict[str, str]
) -> None:
    """Firefox's own defaults, and what is set against them."""
    profile = firefox(tmp_path)
    for name, value in prefs.items():
        profile.setting(name, value)
    profile.write()
    assert settings(ask(CHECK, tmp_path), "firefox") == DEFAULTS | changed


def test_user_js_wins(tmp_path: Path) -> None:
    """It is applied again at each start."""
    profile = firefox(tmp_path).setting("browser.startup.page", 3)
    profile.setting("browser.startup.page", 1, by_user_js=True)
    profile.setting("places.history.enabled", value=False, by_user_js=True).write()
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "firefox") == DEFAULTS | {"remember-history": "off"}


def test_a_fork_of_firefox_has_defaults_of_its_own(tmp_path: Path) -> None:
    """What is not set there is not known here."""
    profile = FirefoxProfile(tmp_path / ".librewolf/a.default")
    profile.setting(SHUTDOWN, value=True).write()
    assert settings(ask(CHECK, tmp_path), "librewolf") == {
        "remember-history": "unknown",
        "clear-on-exit": "on",
        "restore-session": "unknown",
    }


@pytest.mark.parametrize(
    ("days", "state"), [(1, "on"), (365, "on"), (365_000, "off"), ("x", "unknown")]
)
def test_setting_of_safari(tmp_path: Path, days: object, state: str) -> None:
    """How long history is kept, told once for all profiles."""
    profile = SafariProfile(tmp_path / SAFARI).setting("HistoryAgeInDaysLimit", days)
    profile.write()
    SafariProfile(tmp_path / SAFARI / "Profiles/4F1A").write()
    outcomes = ask(CHECK, tmp_path, Platform.MACOS)
    told = [each for each in outcomes if isinstance(each, Finding) and each.setting]
    assert len(told) == 1
    assert settings(outcomes, "safari") == {"clear-old-history": state}


@pytest.mark.rule("SR-18")
def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """Damaged preferences are named, the visits counted."""
    folder = chromium(tmp_path).visit("https://a.example/", LATE).write()
    (folder / "Preferences").write_text('{"session": ')
    outcomes = ask(CHECK, tmp_path)
    assert missed(outcomes) == {f"{CHROMIUM[Platform.LINUX]}/Preferences": Why.DAMAGED}
    assert found(outcomes, "chromium").counts["visits"] == 1


@pytest.mark.parametrize(
    "text",
    [
        'user_pref("' * 700_000,
        'user_pref("a", "' * 300_000,
        "/*" * 1_000_000,
        'user_pref("a", "' + "\\a" * 1_000_000,
        "user_pref(" + " " * 1_000_000,
    ],
    ids=["openings", "values", "comments", "escapes", "spaces"],
)
def test_endless_prefs_are_passed_over(tmp_path: Path, text: str) -> None:
    """A file of beginnings without an end holds no setting, and holds nobody up."""
    (firefox(tmp_path).write() / "prefs.js").write_text(text)
    assert settings(ask(CHECK, tmp_path), "firefox") == DEFAULTS


# --- for all of it


@pytest.mark.rule("SR-13")
@every_layout
def test_looking_changes_nothing(tmp_path: Path, platform: Platform) -> None:
    """Not a byte, name or time of the home, lists and sittings included."""
    for profile in (chromium(tmp_path, platform), firefox(tmp_path, platform)):
        browse(profile)
        profile.open_tabs("https://a.example/").write(newest_in_wal=True)
    age(tmp_path)
    before = footprint(tmp_path)
    said = everything_said(ask(CHECK, tmp_path, platform))
    assert "www.a.example" in said
    assert len(list(CHECK.sittings(DiskHome(tmp_path, platform)))) == 2
    assert footprint(tmp_path) == before


@dataclass(frozen=True)
class _Need:
    topic: str
    keys: tuple[str, ...]


_TEXTS = ("title", "what", "who", "choices", "noticed")
_STATES = ("on", "off", "unknown")
NEEDS = [
    _Need("browser-history", (*_TEXTS, "reads", "empty")),
    _Need("open-tabs", _TEXTS),
    _Need("tor-browser", _TEXTS),
    *(_Need(name, (*_TEXTS, *_STATES)) for name in (*DEFAULTS, "clear-old-history")),
]


@pytest.mark.rule("SR-10")
@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.topic)
def test_every_topic_has_its_words(need: _Need) -> None:
    """The five answers, and that leaving it as it is, is one of the choices."""
    phrases = Phrases("hygiene_checks.browser")
    assert [key for key in need.keys if not phrases.has(f"{need.topic}.{key}")] == []
    assert "leave it as it is" in phrases.say(f"{need.topic}.choices")


def test_preferences_of_the_builder_are_real_json(tmp_path: Path) -> None:
    """The made-up profile is what a browser would write."""
    folder = chromium(tmp_path).setting("session.restore_on_startup", 1).write()
    preferences = json.loads((folder / "Preferences").read_text())
    assert preferences["session"] == {"restore_on_startup": 1}


def test_rows_of_the_builder_keep_their_order() -> None:
    """A table's rows are found again by their key."""
    tables = Tables("chromium-history-70")
    assert [tables.add("urls", name, url=name) for name in ("a", "b")] == [1, 2]
    assert tables.find("urls", "b") == 2
    assert tables.find("urls", "c") is None
