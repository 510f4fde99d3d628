"""Chats that live in an account: apps by their folders, use in browsers by storage."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygiene.contract import Finding, Level, Platform, Why
from hygiene.contract.phrases import Phrases
from hygiene.practice import chats
from hygiene_checks.chat._services import SERVICES
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import ask, everything_said, missed
from tests.host.refusal import shut

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS
SUPPORT = "Library/Application Support"
PACKAGES = "AppData/Local/Packages"

APPS = [
    (LINUX, "telegram", None, ".local/share/TelegramDesktop"),
    (
        LINUX,
        "telegram",
        "Snap",
        "snap/telegram-desktop/current/.local/share/TelegramDesktop",
    ),
    (
        LINUX,
        "telegram",
        "Flatpak",
        ".var/app/org.telegram.desktop/data/TelegramDesktop",
    ),
    (LINUX, "signal", None, ".config/Signal"),
    (LINUX, "signal", "Snap", "snap/signal-desktop/current/.config/Signal"),
    (LINUX, "signal", "Flatpak", ".var/app/org.signal.Signal/config/Signal"),
    (LINUX, "discord", None, ".config/discord"),
    (LINUX, "discord", "Canary", ".config/discordcanary"),
    (LINUX, "discord", "Flatpak", ".var/app/com.discordapp.Discord/config/discord"),
    (LINUX, "slack", None, ".config/Slack"),
    (LINUX, "slack", "Snap", "snap/slack/current/.config/Slack"),
    (LINUX, "teams", None, ".config/Microsoft/Microsoft Teams"),
    (LINUX, "element", None, ".config/Element"),
    (LINUX, "element", "Flatpak", ".var/app/im.riot.Riot/config/Element"),
    (LINUX, "messenger", "unofficial", ".config/Caprine"),
    (LINUX, "viber", None, ".ViberPC"),
    (LINUX, "skype", None, ".config/skypeforlinux"),
    (
        MACOS,
        "whatsapp",
        None,
        "Library/Group Containers/group.net.whatsapp.WhatsApp.shared",
    ),
    (MACOS, "telegram", "Desktop", f"{SUPPORT}/Telegram Desktop"),
    (
        MACOS,
        "telegram",
        None,
        "Library/Group Containers/6N38VWS5BX.ru.keepcoder.Telegram",
    ),
    (MACOS, "signal", None, f"{SUPPORT}/Signal"),
    (MACOS, "discord", None, f"{SUPPORT}/discord"),
    (MACOS, "slack", "App Store", "Library/Containers/com.tinyspeck.slackmacgap"),
    (MACOS, "teams", None, "Library/Containers/com.microsoft.teams2"),
    (MACOS, "element", None, f"{SUPPORT}/Element"),
    (MACOS, "messenger", None, "Library/Containers/com.facebook.archon"),
    (MACOS, "viber", None, f"{SUPPORT}/ViberPC"),
    (MACOS, "skype", None, f"{SUPPORT}/Microsoft/Skype for Desktop"),
    (
        WINDOWS,
        "whatsapp",
        "Store",
        f"{PACKAGES}/5319275A.WhatsAppDesktop_cv1g1gvanyjgm",
    ),
    (WINDOWS, "whatsapp", "old app", "AppData/Roaming/WhatsApp"),
    (WINDOWS, "telegram", None, "AppData/Roaming/Telegram Desktop"),
    (WINDOWS, "signal", None, "AppData/Roaming/Signal"),
    (WINDOWS, "discord", None, "AppData/Roaming/discord"),
    (WINDOWS, "slack", None, "AppData/Roaming/Slack"),
    (WINDOWS, "teams", None, f"{PACKAGES}/MSTeams_8wekyb3d8bbwe"),
    (WINDOWS, "element", None, "AppData/Roaming/Element"),
    (WINDOWS, "messenger", "Store", f"{PACKAGES}/FACEBOOK.317180B0BB486_8xx8rvfyw5nnt"),
    (WINDOWS, "viber", None, "AppData/Roaming/ViberPC"),
    (WINDOWS, "skype", "Store", f"{PACKAGES}/Microsoft.SkypeApp_kzf8qxf38zg5c"),
]


def presences(root: Path, platform: Platform) -> list[Finding]:
    """The findings that say that a service is used here."""
    return [
        each
        for each in ask(ChatLogsCheck(), root, platform)
        if isinstance(each, Finding) and each.part in {"account", "browser"}
    ]


@pytest.mark.parametrize(("platform", "service", "packaging", "folder"), APPS)
def test_an_app_is_known_by_its_folder(
    tmp_path: Path,
    platform: Platform,
    service: str,
    packaging: str | None,
    folder: str,
) -> None:
    """Each way to install it gives one note without counts that names the folder."""
    chats.electron_app(tmp_path / folder)
    (finding,) = presences(tmp_path, platform)
    name = str(finding.profile) if finding.profile else None
    assert (finding.program_id, name, finding.part) == (service, packaging, "account")
    assert (finding.sources, finding.counts) == ((folder,), {})
    assert finding.level is Level.NOTE
    assert finding.guide == "account-sync"


def test_each_service_has_an_app_on_each_system_it_exists_on() -> None:
    """The cases above leave out no service and no system of the table."""
    have = {(service, platform) for platform, service, _, _ in APPS}
    assert have == {
        (service.program.id, platform)
        for service in SERVICES
        for platform, apps in service.apps.items()
        if apps
    }


@pytest.mark.rule("SR-15")
def test_nothing_in_the_folder_of_an_app_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files that hold the sign-in may even be shut: nobody asks for them."""
    app = chats.electron_app(tmp_path / ".config/Signal")
    shut(app / "Local Storage", monkeypatch)
    shut(app / "config.json", monkeypatch)
    outcomes = ask(ChatLogsCheck(), tmp_path)
    (finding,) = presences(tmp_path, LINUX)
    assert finding.program == "Signal"
    assert missed(outcomes) == {}
    assert chats.SAID not in everything_said(outcomes)


CHROMIUM = [
    (LINUX, ".config/chromium", "Default", "chromium/Default"),
    (
        LINUX,
        ".config/BraveSoftware/Brave-Browser",
        "Profile 1",
        "Brave-Browser/Profile 1",
    ),
    (LINUX, "snap/chromium/common/chromium", "Default", "chromium/Default"),
    (LINUX, "snap/vivaldi/current/.config/vivaldi", "Default", "vivaldi/Default"),
    (
        LINUX,
        ".var/app/com.google.Chrome/config/google-chrome",
        "Default",
        "google-chrome/Default",
    ),
    (MACOS, f"{SUPPORT}/Google/Chrome", "Default", "Chrome/Default"),
    (MACOS, f"{SUPPORT}/Arc/User Data", "Default", "Arc/Default"),
    (MACOS, f"{SUPPORT}/com.operasoftware.Opera", "", "com.operasoftware.Opera"),
    (WINDOWS, "AppData/Local/Chromium/User Data", "Default", "Chromium/Default"),
    (WINDOWS, "AppData/Local/Microsoft/Edge/User Data", "Profile 2", "Edge/Profile 2"),
    (WINDOWS, "AppData/Roaming/Opera Software/Opera Stable", "", "Opera Stable"),
]


@pytest.mark.parametrize(("platform", "folder", "profile", "name"), CHROMIUM)
def test_use_in_a_browser_laid_out_like_chromium(
    tmp_path: Path, platform: Platform, folder: str, profile: str, name: str
) -> None:
    """The folder of storage for the service's host tells it, once for a profile."""
    chats.chromium_storage(tmp_path / folder, "web.whatsapp.com", profile)
    chats.chromium_storage(tmp_path / folder, "whatsapp.example", profile)
    (finding,) = presences(tmp_path, platform)
    assert (finding.program, str(finding.profile)) == ("WhatsApp", name)
    stored = "/".join(each for each in (folder, profile, "IndexedDB") if each)
    assert finding.sources == (
        f"{stored}/https_web.whatsapp.com_0.indexeddb.blob",
        f"{stored}/https_web.whatsapp.com_0.indexeddb.leveldb",
    )


FIREFOX = [
    (LINUX, ".mozilla/firefox", "a1.default", "firefox/a1.default"),
    (LINUX, ".config/mozilla/firefox", "a1.default", "firefox/a1.default"),
    (LINUX, ".librewolf", "a1.default", "librewolf/a1.default"),
    (LINUX, "snap/firefox/common/.mozilla/firefox", "a1.default", "firefox/a1.default"),
    (
        LINUX,
        ".var/app/org.mozilla.firefox/.mozilla/firefox",
        "a1.default",
        "firefox/a1.default",
    ),
    (MACOS, f"{SUPPORT}/Firefox", "Profiles/a1.default", "Firefox/a1.default"),
    (WINDOWS, "AppData/Roaming/Mozilla/Firefox", "Profiles/a1", "Firefox/a1"),
    (
        WINDOWS,
        f"{PACKAGES}/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox",
        "Profiles/a1",
        "Firefox/a1",
    ),
]


@pytest.mark.parametrize(("platform", "folder", "profile", "name"), FIREFOX)
def test_use_in_a_browser_laid_out_like_firefox(
    tmp_path: Path, platform: Platform, folder: str, profile: str, name: str
) -> None:
    """Containers count; a site shown inside another site's page does not."""
    place = tmp_path / folder / profile
    chats.firefox_storage(place, "discord.com", "^userContextId=2")
    chats.firefox_storage(
        place, "app.slack.com", "^partitionKey=%28https%2Cx.example%29"
    )
    (tmp_path / folder / "profiles.ini").touch()
    (finding,) = presences(tmp_path, platform)
    assert (finding.program, str(finding.profile)) == ("Discord", name)


def test_every_host_of_a_service_leads_to_it(tmp_path: Path) -> None:
    """Services that have web pages, and no other site."""
    for service in SERVICES:
        for host in service.hosts:
            chats.chromium_storage(tmp_path / ".config/chromium", host)
    for other in ("www.facebook.com", "notdiscord.com", "discord.com.example"):
        chats.chromium_storage(tmp_path / ".config/chromium", other)
    assert {each.program_id for each in presences(tmp_path, LINUX)} == {
        *("whatsapp", "telegram", "discord", "slack", "teams", "element", "messenger"),
        "skype",
    }


def test_other_browsers_on_linux(tmp_path: Path) -> None:
    """GNOME Web and Falkon have no mark of either family."""
    for folder in (
        ".local/share/epiphany/databases/indexeddb/v1/https_discord.com_0",
        ".config/falkon/profiles/default/IndexedDB/https_discord.com_0.indexeddb.leveldb",
    ):
        (tmp_path / folder).mkdir(parents=True)
    names = sorted(str(each.profile) for each in presences(tmp_path, LINUX))
    assert names == ["epiphany", "profiles/default"]


def test_two_browsers_of_one_name_stay_apart(tmp_path: Path) -> None:
    """The second one is named by its whole folder, so that their ids differ."""
    for folder in (".config/chromium", "snap/chromium/common/chromium"):
        chats.chromium_storage(tmp_path / folder, "discord.com")
    assert [str(each.profile) for each in presences(tmp_path, LINUX)] == [
        "chromium/Default",
        "snap/chromium/common/chromium/Default",
    ]


def test_the_storage_of_an_app_is_no_browser(tmp_path: Path) -> None:
    """Discord's app keeps storage for its own host: it is told as the app alone."""
    folder = tmp_path / ".config/discord"
    chats.electron_app(folder)
    chats.chromium_storage(folder, "discord.com", "")
    (finding,) = presences(tmp_path, LINUX)
    assert finding.part == "account"


def test_an_unofficial_app_is_told_by_its_storage(tmp_path: Path) -> None:
    """Programs around WhatsApp's web page keep its storage for each account."""
    chats.chromium_storage(
        tmp_path / ".config/ferdium", "web.whatsapp.com", "Partitions/one"
    )
    (finding,) = presences(tmp_path, LINUX)
    assert (finding.program, str(finding.profile)) == ("WhatsApp", "ferdium/one")


@pytest.mark.rule("SR-18")
def test_a_shut_profile_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile that may not be looked into is not the same as one without chats."""
    chats.chromium_storage(tmp_path / ".config/chromium", "discord.com")
    shut(tmp_path / ".config/chromium/Default", monkeypatch)
    said = missed(ask(ChatLogsCheck(), tmp_path))
    assert said == {".config/chromium/Default": Why.DENIED}


def test_the_locks_of_a_running_browser_are_no_places(tmp_path: Path) -> None:
    """Chromium's links to its socket outside the home are passed over."""
    root = tmp_path / ".config/chromium"
    chats.chromium_storage(root, "example.org")
    (root / "SingletonSocket").symlink_to("/tmp/.org.chromium/SingletonSocket")
    (root / "SingletonLock").symlink_to("machine-1234")
    assert missed(ask(ChatLogsCheck(), tmp_path)) == {}


@pytest.mark.rule("SR-10")
def test_the_words_speak_of_linked_devices() -> None:
    """What could be done first is looking on the phone, and leaving it is a choice."""
    words = Phrases("hygiene_checks.chat")
    for topic in ("chat-accounts", "chat-in-browser", "chat-locked"):
        choices = words.say(f"{topic}.choices")
        assert "linked devices" in choices
        assert "leave it as it is" in choices
