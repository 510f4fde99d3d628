"""Where browsers keep their profiles: one built home for each place of the table."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from browser_history import browsers

from hygiene.contract import Finding, NotChecked, NothingFound, Platform, Why
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.practice.safari import SafariProfile
from hygiene_checks.browser._places import BROWSERS, Family
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.answers import ask, found, missed
from tests.host.refusal import shut

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)

_MAC = "Library/Application Support/"
_LOCAL = "AppData/Local/"
_ROAMING = "AppData/Roaming/"
_FLATPAK = ".var/app/"
_TBB = "torbrowser/tbb/x86_64/tor-browser/Browser/TorBrowser"

LINUX = {
    "chromium": [".config/chromium/Default"],
    "chromium-snap": ["snap/chromium/common/chromium/Default"],
    "chromium-flatpak": [_FLATPAK + "org.chromium.Chromium/config/chromium/Default"],
    "ungoogled-chromium-flatpak": [
        _FLATPAK
        + "io.github.ungoogled_software.ungoogled_chromium/config/chromium/Default"
    ],
    "chrome": [".config/google-chrome/Default"],
    "chrome-beta": [".config/google-chrome-beta/Profile 1"],
    "chrome-dev": [".config/google-chrome-unstable/Default"],
    "chrome-flatpak": [_FLATPAK + "com.google.Chrome/config/google-chrome/Default"],
    "chrome-remote-desktop": [
        ".config/chrome-remote-desktop/chrome-config/google-chrome/Default"
    ],
    "edge": [".config/microsoft-edge/Default"],
    "edge-beta": [".config/microsoft-edge-beta/Default"],
    "edge-dev": [".config/microsoft-edge-dev/Default"],
    "edge-flatpak": [_FLATPAK + "com.microsoft.Edge/config/microsoft-edge/Default"],
    "brave": [".config/BraveSoftware/Brave-Browser/Default"],
    "brave-beta": [".config/BraveSoftware/Brave-Browser-Beta/Default"],
    "brave-nightly": [".config/BraveSoftware/Brave-Browser-Nightly/Default"],
    "brave-snap": ["snap/brave/current/.config/BraveSoftware/Brave-Browser/Default"],
    "brave-flatpak": [
        _FLATPAK + "com.brave.Browser/config/BraveSoftware/Brave-Browser/Default"
    ],
    "opera": [".config/opera/Default"],
    "opera-beta": [".config/opera-beta"],
    "opera-developer": [".config/opera-developer"],
    "opera-snap": ["snap/opera-beta/current/.config/opera-beta"],
    "opera-flatpak": [_FLATPAK + "com.opera.Opera/config/opera/Default"],
    "vivaldi": [".config/vivaldi/Default"],
    "vivaldi-snap": ["snap/vivaldi/current/.config/vivaldi/Default"],
    "vivaldi-flatpak": [_FLATPAK + "com.vivaldi.Vivaldi/config/vivaldi/Default"],
    "yandex": [".config/yandex-browser/Default"],
    "yandex-beta": [".config/yandex-browser-beta/Default"],
    "firefox": [".mozilla/firefox/a.default", ".config/mozilla/firefox/b.default"],
    "firefox-snap": ["snap/firefox/common/.mozilla/firefox/a.default"],
    "firefox-flatpak": [
        _FLATPAK + "org.mozilla.firefox/.mozilla/firefox/a.default",
        _FLATPAK + "org.mozilla.firefox/config/mozilla/firefox/b.default",
    ],
    "librewolf": [".librewolf/a.default", ".config/librewolf/librewolf/b.default"],
    "librewolf-flatpak": [
        _FLATPAK + "io.gitlab.librewolf-community/.librewolf/a.default"
    ],
    "waterfox": [".waterfox/a.default"],
    "waterfox-flatpak": [_FLATPAK + "net.waterfox.waterfox/.waterfox/a.default"],
    "zen": [".zen/a.default"],
    "zen-snap": ["snap/zen/common/.zen/a.default"],
    "zen-flatpak": [_FLATPAK + "app.zen_browser.zen/.zen/a.default"],
    "epiphany": [".local/share/epiphany", ".config/epiphany"],
    "epiphany-flatpak": [
        _FLATPAK + "org.gnome.Epiphany/data/epiphany",
        _FLATPAK + "org.gnome.Epiphany/config/epiphany",
    ],
    "epiphany-webapp": [
        ".local/share/org.gnome.Epiphany.WebApp_ab12",
        _FLATPAK + "org.gnome.Epiphany/data/org.gnome.Epiphany.WebApp_cd34",
    ],
    "falkon": [".config/falkon/profiles/default"],
    "falkon-flatpak": [_FLATPAK + "org.kde.falkon/config/falkon/profiles/default"],
    "tor-browser": [
        "tor-browser/Browser/TorBrowser",
        "Desktop/tor-browser_en-US/Browser/TorBrowser",
        "Downloads/tor-browser/Browser/TorBrowser",
        ".local/share/" + _TBB,
        _FLATPAK + "org.torproject.torbrowser-launcher/data/" + _TBB,
    ],
}
MACOS = {
    "chromium": [_MAC + "Chromium/Default"],
    "chrome": [_MAC + "Google/Chrome/Profile 1"],
    "chrome-beta": [_MAC + "Google/Chrome Beta/Default"],
    "chrome-dev": [_MAC + "Google/Chrome Dev/Default"],
    "chrome-canary": [_MAC + "Google/Chrome Canary/Default"],
    "edge": [_MAC + "Microsoft Edge/Default"],
    "edge-beta": [_MAC + "Microsoft Edge Beta/Default"],
    "edge-dev": [_MAC + "Microsoft Edge Dev/Default"],
    "edge-canary": [_MAC + "Microsoft Edge Canary/Default"],
    "brave": [_MAC + "BraveSoftware/Brave-Browser/Default"],
    "brave-beta": [_MAC + "BraveSoftware/Brave-Browser-Beta/Default"],
    "brave-nightly": [_MAC + "BraveSoftware/Brave-Browser-Nightly/Default"],
    "opera": [_MAC + "com.operasoftware.Opera"],
    "opera-beta": [_MAC + "com.operasoftware.OperaNext/Default"],
    "opera-developer": [_MAC + "com.operasoftware.OperaDeveloper/Default"],
    "opera-gx": [_MAC + "com.operasoftware.OperaGX"],
    "vivaldi": [_MAC + "Vivaldi/Default"],
    "arc": [_MAC + "Arc/User Data/Default"],
    "yandex": [_MAC + "Yandex/YandexBrowser/Default"],
    "epic": [_MAC + "HiddenReflex/Epic/Default"],
    "firefox": [_MAC + "Firefox/Profiles/a.default"],
    "librewolf": [_MAC + "librewolf/Profiles/a.default"],
    "waterfox": [_MAC + "Waterfox/Profiles/a.default"],
    "zen": [_MAC + "zen/Profiles/a.default"],
    "safari": ["Library/Safari"],
    "safari-container": ["Library/Containers/com.apple.Safari/Data/Library/Safari"],
    "tor-browser": [_MAC + "TorBrowser-Data"],
}
WINDOWS = {
    "chromium": [_LOCAL + "Chromium/User Data/Default"],
    "chrome": [_LOCAL + "Google/Chrome/User Data/Default"],
    "chrome-beta": [_LOCAL + "Google/Chrome Beta/User Data/Default"],
    "chrome-dev": [_LOCAL + "Google/Chrome Dev/User Data/Default"],
    "chrome-canary": [_LOCAL + "Google/Chrome SxS/User Data/Default"],
    "edge": [_LOCAL + "Microsoft/Edge/User Data/Default"],
    "edge-beta": [_LOCAL + "Microsoft/Edge Beta/User Data/Default"],
    "edge-dev": [_LOCAL + "Microsoft/Edge Dev/User Data/Default"],
    "edge-canary": [_LOCAL + "Microsoft/Edge SxS/User Data/Default"],
    "brave": [_LOCAL + "BraveSoftware/Brave-Browser/User Data/Default"],
    "brave-beta": [_LOCAL + "BraveSoftware/Brave-Browser-Beta/User Data/Default"],
    "brave-nightly": [_LOCAL + "BraveSoftware/Brave-Browser-Nightly/User Data/Default"],
    "opera": [_ROAMING + "Opera Software/Opera Stable"],
    "opera-beta": [_ROAMING + "Opera Software/Opera Next/Default"],
    "opera-developer": [_ROAMING + "Opera Software/Opera Developer/Default"],
    "opera-gx": [_ROAMING + "Opera Software/Opera GX Stable"],
    "vivaldi": [_LOCAL + "Vivaldi/User Data/Default"],
    "arc": [
        _LOCAL + "Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4"
        "/LocalCache/Local/Arc/User Data/Default"
    ],
    "yandex": [_LOCAL + "Yandex/YandexBrowser/User Data/Default"],
    "epic": [_LOCAL + "Epic Privacy Browser/User Data/Default"],
    "firefox": [_ROAMING + "Mozilla/Firefox/Profiles/a.default"],
    "firefox-store": [
        _LOCAL + "Packages/Mozilla.Firefox_n80bbvh6b1yt2"
        "/LocalCache/Roaming/Mozilla/Firefox/Profiles/a.default"
    ],
    "librewolf": [_ROAMING + "librewolf/Profiles/a.default"],
    "waterfox": [_ROAMING + "Waterfox/Profiles/a.default"],
    "zen": [_ROAMING + "zen/Profiles/a.default"],
    "tor-browser": [
        "Tor Browser/Browser/TorBrowser",
        "Desktop/Tor Browser/Browser/TorBrowser",
        "Downloads/Tor Browser/Browser/TorBrowser",
    ],
    "internet-explorer": [_LOCAL + "Microsoft/Windows/WebCache/WebCacheV01.dat"],
    "edge-legacy": [_LOCAL + "Packages/Microsoft.MicrosoftEdge_8wekyb3d8bbwe"],
}
TABLES = {Platform.LINUX: LINUX, Platform.MACOS: MACOS, Platform.WINDOWS: WINDOWS}
CASES = [
    pytest.param(platform, each, folder, id=f"{platform}-{each}-{number}")
    for platform, table in TABLES.items()
    for each, folders in table.items()
    for number, folder in enumerate(folders)
]
FAMILIES = {browser.id: browser.family for browser in BROWSERS}
BUILDERS = {
    Family.CHROMIUM: ChromiumProfile,
    Family.FIREFOX: FirefoxProfile,
    Family.SAFARI: SafariProfile,
    Family.EPIPHANY: EpiphanyProfile,
    Family.FALKON: FalkonProfile,
}


def build(root: Path, browser: str, folder: str) -> None:
    """One profile of that browser, with one visit where it keeps any."""
    family = FAMILIES[browser]
    if family in BUILDERS:
        BUILDERS[family](root / folder).visit("https://a.example/", WHEN).write()
    elif folder.endswith(".dat"):
        (root / folder).parent.mkdir(parents=True)
        (root / folder).write_bytes(b"\xef\xcd\xab\x89")
    else:
        (root / folder).mkdir(parents=True)


@pytest.mark.parametrize(("platform", "browser", "folder"), CASES)
def test_each_place_of_the_table_gives_its_answer(
    tmp_path: Path, platform: Platform, browser: str, folder: str
) -> None:
    """A profile is counted under its own browser; what cannot be read says so."""
    build(tmp_path, browser, folder)
    outcomes = ask(HistoryCheck(), tmp_path, platform)
    if FAMILIES[browser] is Family.UNSUPPORTED:
        assert missed(outcomes) == {folder: Why.NOT_SUPPORTED}
        assert len(outcomes) == 1
        return
    finding = found(outcomes, browser)
    if FAMILIES[browser] is Family.FOLDER_ONLY:
        assert finding.topic == "tor-browser"
        assert finding.counts == {}
        assert finding.sources == (folder.removesuffix("/Browser/TorBrowser"),)
    else:
        assert finding.topic == "browser-history"
        assert finding.counts["visits"] == 1
        assert finding.sources[0].startswith(folder)
    others = [each for each in outcomes if isinstance(each, Finding)]
    assert {each.program_id for each in others} == {browser}
    assert missed(outcomes) == {}


@pytest.mark.parametrize("platform", list(Platform), ids=str)
def test_no_place_of_the_table_lacks_a_case(platform: Platform) -> None:
    """As many cases as places, browser by browser: a new row needs its own."""
    places = Counter({each.id: len(each.places(platform)) for each in BROWSERS})
    cases = Counter({each: len(folders) for each, folders in TABLES[platform].items()})
    assert +places == +cases


def test_ids_of_the_table_are_unique() -> None:
    """An id names one row."""
    assert len(FAMILIES) == len(BROWSERS)


PEERS = sorted(
    name
    for name, each in vars(browsers).items()
    if isinstance(each, type)
    and issubclass(each, browsers.Browser)
    and each not in {browsers.Browser, browsers.ChromiumBasedBrowser}
)


@pytest.mark.parametrize("peer", PEERS)
def test_every_place_that_browser_history_knows_is_looked_at(peer: str) -> None:
    """Each folder of each of its classes holds a profile in one of our cases."""
    attributes = {
        Platform.LINUX: "linux_path",
        Platform.MACOS: "mac_path",
        Platform.WINDOWS: "windows_path",
    }
    known = {
        platform: getattr(getattr(browsers, peer), attribute)
        for platform, attribute in attributes.items()
    }
    assert any(known.values())
    for platform, path in known.items():
        if path is not None:
            folders = [each for some in TABLES[platform].values() for each in some]
            wanted = path.rstrip("/").casefold()
            assert any(
                f"{folder}/".casefold().startswith(f"{wanted}/") for folder in folders
            ), path


def test_every_class_of_browser_history_has_a_row() -> None:
    """Its list of browsers is part of ours."""
    assert {each.peer for each in BROWSERS if each.peer} == set(PEERS)


@pytest.mark.rule("SR-13", "SR-20")
def test_asking_browser_history_touches_nothing() -> None:
    """Its import and the reading of its paths write, start and print nothing."""
    program = """
import sys
sys.dont_write_bytecode = True
seen = []
def watch(event, arguments):
    writes = event == "open" and set(str(arguments[1])) & set("wxa+")
    if writes or event in {"subprocess.Popen", "socket.connect", "os.mkdir", "os.remove"}:
        seen.append(event)
sys.addaudithook(watch)
from hygiene.contract import Platform
from hygiene_checks.browser._places import BROWSERS
places = [place for each in BROWSERS for place in each.places(Platform.LINUX)]
assert "browser_history" in sys.modules
assert "{config}/chromium" in places
sys.exit(repr(seen) if seen else 0)
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def listed(root: Path, platform: Platform = Platform.LINUX) -> dict[str, str]:
    """Folder of each profile that is found, and its name."""
    return {
        each.folder: each.name.raw
        for each in profiles(DiskHome(root, platform))
        if isinstance(each, Profile)
    }


def hidden(root: Path, platform: Platform = Platform.LINUX) -> list[NotChecked]:
    """The places that hide whether there are profiles."""
    return [
        each
        for each in profiles(DiskHome(root, platform))
        if isinstance(each, NotChecked)
    ]


def test_all_profiles_of_a_chromium_browser_are_found_once(tmp_path: Path) -> None:
    """Numbered profiles, the guest's, one in the root; no other folder of the root."""
    root = tmp_path / ".config/chromium"
    for name in ("Default", "Profile 2", "Guest Profile"):
        ChromiumProfile(root / name).write()
    ChromiumProfile(root).write()
    (root / "ShaderCache").mkdir()
    (root / "System Profile").mkdir()
    (root / "System Profile/Preferences").write_text("{}")
    (root / "SingletonLock").symlink_to("host-4711")
    (root / "SingletonSocket").symlink_to("/tmp/elsewhere/SingletonSocket")
    top = ".config/chromium"
    assert listed(tmp_path) == {
        top: "chromium",
        f"{top}/Default": "Default",
        f"{top}/Guest Profile": "Guest Profile",
        f"{top}/Profile 2": "Profile 2",
    }
    assert hidden(tmp_path) == []


def test_a_chromium_profile_without_preferences_counts(tmp_path: Path) -> None:
    """One store is enough, also of Yandex and of the picker's own profile."""
    root = tmp_path / ".config/yandex-browser"
    for name in ("Default/Ya Passman Data", "System Profile/Login Data"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(b"")
    assert sorted(listed(tmp_path).values()) == ["Default", "System Profile"]


def test_side_profiles_of_opera_gx_are_found(tmp_path: Path) -> None:
    """Each side profile is a root of its own, with profiles below it."""
    root = tmp_path / "AppData/Roaming/Opera Software/Opera GX Stable"
    ChromiumProfile(root).write()
    ChromiumProfile(root / "_side_profiles/ab12").write()
    ChromiumProfile(root / "_side_profiles/cd34/Default").write()
    assert sorted(listed(tmp_path, Platform.WINDOWS).values()) == [
        "Opera GX Stable",
        "_side_profiles/ab12",
        "_side_profiles/cd34/Default",
    ]


def test_windows_names_match_without_regard_to_case(tmp_path: Path) -> None:
    """A Windows home on another system is spelled as Windows spelled it."""
    folder = "appdata/local/google/chrome/user data/Default"
    ChromiumProfile(tmp_path / folder).write()
    assert listed(tmp_path, Platform.WINDOWS) == {folder: "Default"}


def test_safari_profiles_are_found(tmp_path: Path) -> None:
    """The first profile, and each further one in a folder of its own."""
    folder = "Library/Safari"
    SafariProfile(tmp_path / folder).write()
    SafariProfile(tmp_path / folder / "Profiles/4F1A").write()
    assert listed(tmp_path, Platform.MACOS) == {
        folder: "Safari",
        f"{folder}/Profiles/4F1A": "4F1A",
    }


def test_firefox_profiles_are_found_named_or_not(tmp_path: Path) -> None:
    """Those in `profiles.ini`, by relative and absolute path, and those beside it;
    each once; a named folder that is gone is nothing.
    """
    root = tmp_path / ".mozilla/firefox"
    elsewhere = tmp_path / "Documents/own"
    for folder in (root / "named.default", root / "stray", elsewhere):
        FirefoxProfile(folder).write()
    write_profiles_ini(root, "named.default", "gone.default", str(elsewhere))
    assert sorted(listed(tmp_path)) == [
        ".mozilla/firefox/named.default",
        ".mozilla/firefox/stray",
        "Documents/own",
    ]
    assert hidden(tmp_path) == []


def test_installs_ini_alone_names_a_profile(tmp_path: Path) -> None:
    """An installation's own profile is followed where only `installs.ini` knows it."""
    root = tmp_path / ".mozilla/firefox"
    FirefoxProfile(tmp_path / ".mozilla/kept/x.default").write()
    root.mkdir()
    (root / "installs.ini").write_text(
        "[4F96D1932A9F858E]\nDefault=../kept/x.default\nLocked=1\n"
    )
    assert list(listed(tmp_path)) == [".mozilla/kept/x.default"]


@pytest.mark.rule("SR-14", "SR-18")
@pytest.mark.parametrize(
    "path",
    ["/srv/data/x.default", "../../../other/x.default", "/media/stick/x", "D:\\x"],
)
def test_a_profile_outside_the_home_is_not_followed(tmp_path: Path, path: str) -> None:
    """A path that leads elsewhere is told as not asked for."""
    write_profiles_ini(tmp_path / ".mozilla/firefox", path)
    assert hidden(tmp_path) == [
        NotChecked(".mozilla/firefox/profiles.ini", Why.NOT_ASKED, "Firefox")
    ]
    assert listed(tmp_path) == {}


def test_an_absolute_path_of_another_computer_is_found_again(tmp_path: Path) -> None:
    """In a copied home the path that was written there still names the same folder."""
    FirefoxProfile(tmp_path / "Data/x.default").write()
    root = tmp_path / "AppData/Roaming/Mozilla/Firefox"
    write_profiles_ini(root, "C:\\Users\\Ana\\Data\\x.default")
    assert listed(tmp_path, Platform.WINDOWS) == {"Data/x.default": "x.default"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Profile0\nPath=a",
        "Path=a\nDefault=b",
        "[Profile0]\nPath\n=x\nPath=\n",
        "[Profile0]\n" + "Path" * 200_000,
        "[" * 1_000_000,
        "%(x)s=%(y)s\n[Profile0]\nName=%(z)s\n",
    ],
    ids=["empty", "unclosed", "no-section", "no-value", "long", "openings", "percent"],
)
def test_a_strange_list_of_profiles_is_passed_over(tmp_path: Path, text: str) -> None:
    """Whatever stands there, profiles on the disk are found and nothing is raised."""
    FirefoxProfile(tmp_path / ".mozilla/firefox/a.default").write()
    (tmp_path / ".mozilla/firefox/profiles.ini").write_text(text)
    assert list(listed(tmp_path)) == [".mozilla/firefox/a.default"]


def test_two_profiles_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Ids are made of names, so the second one goes by its whole folder."""
    for root in (".mozilla/firefox", ".config/mozilla/firefox"):
        FirefoxProfile(tmp_path / root / "a.default").write()
    assert list(listed(tmp_path).values()) == [
        "a.default",
        ".config/mozilla/firefox/a.default",
    ]


@pytest.mark.rule("SR-18")
def test_a_closed_folder_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hides many browsers at once is one answer, without a program's name."""
    ChromiumProfile(tmp_path / ".config/chromium/Default").write()
    FirefoxProfile(tmp_path / ".mozilla/firefox/a.default").write()
    shut(tmp_path / ".config", monkeypatch)
    lstat, inside = os.lstat, f"{tmp_path}/.config/"

    def refusing(path: str) -> os.stat_result:
        # What a closed folder answers to anyone but root.
        if str(path).startswith(inside):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return lstat(path)

    monkeypatch.setattr(os, "lstat", refusing)
    assert hidden(tmp_path) == [NotChecked(".config", Why.DENIED, "")]
    assert list(listed(tmp_path)) == [".mozilla/firefox/a.default"]


@pytest.mark.rule("SR-18")
def test_a_closed_profile_is_told_with_its_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One profile that may not be opened does not hide the others."""
    for name in ("Default", "Profile 1"):
        ChromiumProfile(tmp_path / ".config/chromium" / name).write()
    shut(tmp_path / ".config/chromium/Default", monkeypatch)
    assert hidden(tmp_path) == [
        NotChecked(".config/chromium/Default", Why.DENIED, "Chromium")
    ]
    assert list(listed(tmp_path).values()) == ["Profile 1"]


@pytest.mark.rule("SR-14")
def test_a_link_out_of_the_home_is_not_followed(tmp_path: Path) -> None:
    """A profile that was moved to another disk is told as not asked for."""
    outside, home = tmp_path / "outside", tmp_path / "home"
    ChromiumProfile(outside / "Default").write()
    (home / ".config").mkdir(parents=True)
    (home / ".config/chromium").symlink_to(outside)
    assert hidden(home) == [NotChecked(".config/chromium", Why.NOT_ASKED, "Chromium")]
    assert listed(home) == {}


def test_hostile_folder_names_are_found_and_cleaned(tmp_path: Path) -> None:
    """A name of control, bidi and wild characters is one profile, shown in plain."""
    name = "a\x1b[2J*\u202eb[c]?"
    ChromiumProfile(tmp_path / ".config/chromium" / name).write()
    (profile,) = profiles(DiskHome(tmp_path, Platform.LINUX))
    assert isinstance(profile, Profile)
    assert profile.name.raw == name
    assert not set(str(profile.name)) & {"\x1b", "\u202e"}


def test_an_empty_home_has_no_profiles(tmp_path: Path) -> None:
    """Nothing there is nothing said, and the check still answers."""
    assert list(profiles(DiskHome(tmp_path, Platform.LINUX))) == []
    assert ask(HistoryCheck(), tmp_path) == [NothingFound()]


def test_a_profile_reached_by_a_link_counts_once(tmp_path: Path) -> None:
    """A folder that was moved and linked back is one place, not two."""
    moved = tmp_path / ".config/chromium"
    ChromiumProfile(moved / "Default").visit("https://a.example/", WHEN).write()
    (tmp_path / ".config/google-chrome").symlink_to(moved)
    assert len(list(profiles(DiskHome(tmp_path, Platform.LINUX)))) == 1
