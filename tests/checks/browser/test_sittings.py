"""Sittings: runs of visits over all browsers of a home."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import ListsSittings, Platform, Sitting
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.safari import SafariProfile
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.answers import store
from tests.host.refusal import shut

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
CHROMIUM = ".config/chromium/Default"
FIREFOX = ".mozilla/firefox/a.default"


def sittings(root: Path, platform: Platform = Platform.LINUX) -> list[Sitting]:
    """The sittings of a home."""
    return list(HistoryCheck().sittings(DiskHome(root, platform)))


def test_the_check_lists_sittings() -> None:
    """The screens ask by this part of the contract."""
    assert isinstance(HistoryCheck(), ListsSittings)


def test_visits_of_two_browsers_are_one_sitting(tmp_path: Path) -> None:
    """One browser bridges the pause of the other; shared addresses count once."""
    chromium = ChromiumProfile(tmp_path / CHROMIUM)
    chromium.visit("https://a.example/1", WHEN)
    chromium.visit("https://a.example/2", WHEN + 50 * MINUTE).write()
    firefox = FirefoxProfile(tmp_path / FIREFOX)
    firefox.visit("https://a.example/1", WHEN + 25 * MINUTE)
    firefox.visit("file:///home/anna/a.html", WHEN + 26 * MINUTE)
    firefox.visit("https://b.example/", WHEN + 80 * MINUTE).write()
    assert sittings(tmp_path) == [
        Sitting(
            start=WHEN,
            end=WHEN + 80 * MINUTE,
            sites=2,
            pages=4,
            visits=5,
            programs=("Chromium", "Firefox"),
        )
    ]


@pytest.mark.rule("SR-23")
@pytest.mark.parametrize(
    ("pause", "runs"),
    [(30 * MINUTE - TICK, 1), (30 * MINUTE, 1), (30 * MINUTE + TICK, 2)],
)
@pytest.mark.parametrize("other", [CHROMIUM, ".config/google-chrome/Default"])
def test_a_pause_over_half_an_hour_ends_a_sitting(
    tmp_path: Path, other: str, pause: timedelta, runs: int
) -> None:
    """Exactly thirty minutes is no end, within a profile and between two."""
    first = ChromiumProfile(tmp_path / CHROMIUM).visit("https://a.example/", WHEN)
    second = first if other == CHROMIUM else ChromiumProfile(tmp_path / other)
    second.visit("https://b.example/", WHEN + pause)
    first.write()
    second.write()
    assert len(sittings(tmp_path)) == runs


def test_the_newest_sitting_is_first(tmp_path: Path) -> None:
    """Whatever the order of rows and programs."""
    ChromiumProfile(tmp_path / CHROMIUM).visit("https://a.example/", WHEN).write()
    firefox = FirefoxProfile(tmp_path / FIREFOX)
    firefox.visit("https://a.example/", WHEN + timedelta(days=1))
    firefox.visit("https://a.example/", WHEN - timedelta(days=1)).write()
    assert [(each.start - WHEN).days for each in sittings(tmp_path)] == [1, 0, -1]


def test_a_short_run_inside_a_long_one_ends_nothing(tmp_path: Path) -> None:
    """The end of a sitting is its last visit, not that of its last run."""
    chromium = ChromiumProfile(tmp_path / CHROMIUM)
    for minute in range(0, 121, 20):
        chromium.visit("https://a.example/", WHEN + minute * MINUTE)
    chromium.visit("https://c.example/", WHEN + 150 * MINUTE).write()
    firefox = FirefoxProfile(tmp_path / FIREFOX)
    firefox.visit("https://b.example/", WHEN + 10 * MINUTE).write()
    (sitting,) = sittings(tmp_path)
    assert sitting.end == WHEN + 150 * MINUTE
    assert sitting.programs == ("Chromium", "Firefox")


@pytest.mark.parametrize(
    ("profile", "platform"),
    [
        (EpiphanyProfile, Platform.LINUX),
        (FalkonProfile, Platform.LINUX),
        (SafariProfile, Platform.MACOS),
        (FirefoxProfile, Platform.WINDOWS),
    ],
)
def test_every_family_takes_part(
    tmp_path: Path,
    profile: type[EpiphanyProfile | FalkonProfile | SafariProfile | FirefoxProfile],
    platform: Platform,
) -> None:
    """Their clocks agree."""
    folder = {
        EpiphanyProfile: ".local/share/epiphany",
        FalkonProfile: ".config/falkon/profiles/default",
        SafariProfile: "Library/Safari",
        FirefoxProfile: "AppData/Roaming/Mozilla/Firefox/Profiles/a.default",
    }[profile]
    made = profile(tmp_path / folder).visit("https://a.example/", WHEN)
    made.visit("https://b.example/", WHEN + 2 * MINUTE).write()
    (sitting,) = sittings(tmp_path, platform)
    assert (sitting.start, sitting.end) == (WHEN, WHEN + 2 * MINUTE)
    assert (sitting.sites, sitting.pages, sitting.visits) == (2, 2, 2)


def test_newest_visits_in_the_log_take_part(tmp_path: Path) -> None:
    """A person looks right after browsing."""
    profile = ChromiumProfile(tmp_path / CHROMIUM).visit("https://a.example/", WHEN)
    profile.visit("https://b.example/", WHEN + MINUTE).write(newest_in_wal=True)
    (sitting,) = sittings(tmp_path)
    assert (sitting.visits, sitting.end) == (2, WHEN + MINUTE)


def test_visits_without_a_page_or_a_time_take_no_part(tmp_path: Path) -> None:
    """They belong to no sitting."""
    profile = ChromiumProfile(tmp_path / CHROMIUM).visit("https://a.example/", WHEN)
    profile.visit_at_raw("https://b.example/", 0)
    profile.visit_at_raw("https://c.example/", 2**62)
    profile.visit("https://d.example/", WHEN + MINUTE)
    path = profile.write() / "History"
    store(path, "DELETE FROM urls WHERE url = 'https://d.example/'")
    (sitting,) = sittings(tmp_path)
    assert (sitting.visits, sitting.sites, sitting.end) == (1, 1, WHEN)


@pytest.mark.rule("SR-18")
def test_what_cannot_be_read_is_missing_and_nothing_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged store, a closed one and one of another kind hold nobody up."""
    root = tmp_path / ".config/chromium"
    for number in range(4):
        profile = ChromiumProfile(root / f"Profile {number}")
        profile.visit(f"https://{number}.example/", WHEN).write()
    (root / "Profile 0/History").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    (root / "Profile 1/History").unlink()
    store(root / "Profile 1/History", "CREATE TABLE urls(id)")
    shut(root / "Profile 2/History", monkeypatch)
    (sitting,) = sittings(tmp_path)
    assert (sitting.visits, sitting.sites) == (1, 1)


def test_an_empty_home_has_no_sittings(tmp_path: Path) -> None:
    """No browser, and a browser without visits."""
    assert sittings(tmp_path) == []
    ChromiumProfile(tmp_path / CHROMIUM).write()
    assert sittings(tmp_path) == []


@pytest.mark.parametrize("seed", range(5))
def test_sittings_agree_with_a_plain_count(tmp_path: Path, seed: int) -> None:
    """Visits of three browsers, sorted and split one by one."""
    chance = random.Random(seed)
    profiles: dict[str, ChromiumProfile | FirefoxProfile | EpiphanyProfile] = {
        "Chromium": ChromiumProfile(tmp_path / CHROMIUM),
        "Firefox": FirefoxProfile(tmp_path / FIREFOX),
        "GNOME Web": EpiphanyProfile(tmp_path / ".local/share/epiphany"),
    }
    visits: list[tuple[datetime, str, str]] = []
    moment = WHEN
    for _ in range(120):
        moment += chance.choice((2, 29, 30, 31, 45)) * MINUTE
        site = f"{chance.randrange(6)}.example"
        visits.append((moment, f"https://{site}/{chance.randrange(4)}", ""))
    visits = [(at, url, chance.choice(list(profiles))) for at, url, _ in visits]
    for at, url, program in chance.sample(visits, len(visits)):
        profiles[program].visit(url, at)
    for profile in profiles.values():
        profile.write()
    assert sittings(tmp_path) == plainly(visits)


def plainly(visits: list[tuple[datetime, str, str]]) -> list[Sitting]:
    """The sittings of visits that come in order of time, newest first."""
    runs: list[list[tuple[datetime, str, str]]] = []
    for visit in visits:
        if not runs or visit[0] - runs[-1][-1][0] > 30 * MINUTE:
            runs.append([])
        runs[-1].append(visit)
    return [
        Sitting(
            start=run[0][0],
            end=run[-1][0],
            sites=len({url.split("/")[2] for _, url, _ in run}),
            pages=len({url for _, url, _ in run}),
            visits=len(run),
            programs=tuple(dict.fromkeys(program for _, _, program in run)),
        )
        for run in reversed(runs)
    ]
