"""Saved passwords: how many, for which sites, how guarded; never a secret."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Finding, Level, NothingFound, Platform, Switch, Why
from hygiene.contract.phrases import Phrases
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.hive import write_hive
from hygiene.practice.logins import (
    EXPORT_LINES,
    write_account_logins,
    write_key_store,
    write_keyring,
    write_login_backup,
    write_login_database,
    write_never_saved,
    write_old_logins,
    write_password_export,
    write_pidgin_accounts,
)
from hygiene.practice.records import Tables
from hygiene.practice.safari import SafariProfile
from hygiene_checks.browser._exports import is_password_list
from hygiene_checks.browser._primary_password import guarded
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser.passwords import PasswordsCheck
from tests.checks.answers import (
    ask,
    everything_said,
    found,
    inside,
    kept_exclusive,
    missed,
    nothing,
    settings,
    store,
    traces,
)
from tests.footprint import age, footprint
from tests.host.refusal import shut
from tests.host.systems import POSIX

EARLY = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
CHECK = PasswordsCheck()

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
THUNDERBIRD = {
    Platform.LINUX: ".thunderbird/a.default",
    Platform.MACOS: "Library/Thunderbird/Profiles/a.default",
    Platform.WINDOWS: "AppData/Roaming/Thunderbird/Profiles/a.default",
}
every_layout = pytest.mark.parametrize("platform", list(Platform), ids=str)


def chromium(root: Path, platform: Platform = Platform.LINUX) -> ChromiumProfile:
    return ChromiumProfile(root / CHROMIUM[platform])


def firefox(root: Path, platform: Platform = Platform.LINUX) -> FirefoxProfile:
    return FirefoxProfile(root / FIREFOX[platform])


@every_layout
def test_chromium_sign_ins_are_counted(tmp_path: Path, platform: Platform) -> None:
    """Sign-ins and never-save sites apart, with the span of both."""
    profile = chromium(tmp_path, platform)
    profile.login("https://a.example/", "ann", EARLY, used=LATE)
    profile.login("https://a.example/", "bea", EARLY)
    profile.never_save("https://bank.example/", EARLY).write()
    finding = found(ask(CHECK, tmp_path, platform), "chromium")
    assert finding.counts == {"logins": 2, "never_saved": 1}
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert finding.level is Level.IMPORTANT
    assert finding.sources == (f"{CHROMIUM[platform]}/Login Data",)


@every_layout
def test_firefox_sign_ins_are_counted(tmp_path: Path, platform: Platform) -> None:
    """The browser's own account is no sign-in; never-save sites stand elsewhere."""
    profile = firefox(tmp_path, platform)
    profile.login("https://a.example", EARLY, used=LATE)
    profile.login("chrome://FirefoxAccounts", EARLY)
    write_never_saved(profile.write(), ["https://bank.example"], LATE)
    finding = found(ask(CHECK, tmp_path, platform), "firefox")
    assert finding.counts == {"logins": 1, "never_saved": 1}
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert [source.rpartition("/")[2] for source in finding.sources] == [
        "logins.json",
        "permissions.sqlite",
    ]


@every_layout
def test_thunderbird_sign_ins_are_counted(tmp_path: Path, platform: Platform) -> None:
    """Mail accounts are sites like any other."""
    profile = FirefoxProfile(tmp_path / THUNDERBIRD[platform])
    profile.login("imap://mail.example", EARLY).login("smtp://mail.example", LATE)
    profile.write()
    outcomes = ask(CHECK, tmp_path, platform)
    finding = found(outcomes, "thunderbird")
    assert finding.counts["logins"] == 2
    assert traces(finding)["mail.example"].count == 2
    assert settings(outcomes, "thunderbird")["save-passwords"] == "on"


@every_layout
def test_empty_profiles_hold_nothing(tmp_path: Path, platform: Platform) -> None:
    """A profile without sign-ins is nothing found, settings apart."""
    chromium(tmp_path, platform).write()
    firefox(tmp_path, platform).write()
    outcomes = ask(CHECK, tmp_path, platform)
    assert nothing(outcomes) == [
        (f"{CHROMIUM[platform]}/Login Data",),
        (FIREFOX[platform],),
    ]
    assert all(each.setting for each in outcomes if isinstance(each, Finding))
    assert missed(outcomes) == {}


@every_layout
def test_home_without_programs_holds_nothing(
    tmp_path: Path, platform: Platform
) -> None:
    """No program at all is one answer, not silence."""
    assert ask(CHECK, tmp_path, platform) == [NothingFound()]


@pytest.mark.rule("SR-18")
@every_layout
def test_one_damaged_store_hides_nothing_else(
    tmp_path: Path, platform: Platform
) -> None:
    """The damaged store is named, and the account's store of the profile still counts."""
    profile = chromium(tmp_path, platform).login("https://a.example/", "ann", LATE)
    folder = profile.write()
    (folder / "Login Data").write_bytes((folder / "Login Data").read_bytes()[:3000])
    write_account_logins(
        folder / "Login Data For Account", [("https://b.example/", "ann")], LATE
    )
    outcomes = ask(CHECK, tmp_path, platform)
    assert missed(outcomes) == {f"{CHROMIUM[platform]}/Login Data": Why.DAMAGED}
    assert found(outcomes, "chromium").counts == {"logins": 1, "never_saved": 0}


@pytest.mark.rule("SR-18")
def test_nothing_readable_is_not_nothing_found(tmp_path: Path) -> None:
    """A store of an unknown format does not hold nothing."""
    store(tmp_path / CHROMIUM[Platform.LINUX] / "Login Data", "CREATE TABLE logins (x)")
    outcomes = ask(CHECK, tmp_path)
    assert set(missed(outcomes).values()) == {Why.UNKNOWN_FORMAT}
    assert nothing(outcomes) == []


def test_denied_store_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store this account may not read is denied."""
    folder = firefox(tmp_path).login("https://a.example", LATE).write()
    write_key_store(folder, 1)
    shut(folder / "logins.json", monkeypatch)
    outcomes = ask(CHECK, tmp_path)
    assert missed(outcomes) == {f"{FIREFOX[Platform.LINUX]}/logins.json": Why.DENIED}
    assert nothing(outcomes) == []


@pytest.mark.rule("SR-13")
def test_a_running_browser_is_read_and_nothing_is_touched(tmp_path: Path) -> None:
    """Under the browser's own lock the sign-ins are counted and no file changes."""
    folder = chromium(tmp_path).login("https://a.example/", "ann", LATE).write()
    with kept_exclusive(folder / "Login Data"):
        age(tmp_path)
        before = footprint(tmp_path)
        finding = found(ask(CHECK, tmp_path), "chromium")
        sites = traces(finding)
        accounts = inside(sites["a.example"])
        assert footprint(tmp_path) == before
    assert finding.counts["logins"] == 1
    assert [str(each.label) for each in accounts] == ["ann"]


@pytest.mark.rule("SR-13")
def test_newest_sign_in_only_in_the_log_is_counted(tmp_path: Path) -> None:
    """What stands only in a `-wal` file counts too."""
    data = Tables("chromium-login-data-43")
    for site in ("https://a.example/", "https://b.example/"):
        data.add(
            "logins",
            origin_url=site,
            signon_realm=site,
            username_value="ann",
            date_created=1,
            blacklisted_by_user=0,
            scheme=0,
        )
    data.write(tmp_path / CHROMIUM[Platform.LINUX] / "Login Data", wal=True)
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["logins"] == 2
    assert set(traces(finding)) == {"a.example", "b.example"}


def test_both_stores_of_chromium_count(tmp_path: Path) -> None:
    """A sign-in kept here and for the account is stored twice, and shown as two."""
    folder = chromium(tmp_path).login("https://a.example/", "ann", LATE).write()
    write_account_logins(
        folder / "Login Data For Account",
        [("https://a.example/", "ann"), ("android://HASH==@org.example.app/", "cy")],
        LATE,
    )
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["logins"] == 3
    sites = traces(finding)
    assert {key: each.count for key, each in sites.items()} == {
        "a.example": 2,
        "org.example.app": 1,
    }
    assert [each.label.raw for each in inside(sites["org.example.app"])] == ["cy"]


def test_yandex_keeps_sign_ins_under_its_own_name(tmp_path: Path) -> None:
    """`Ya Passman Data` is read; whether saving is on by default is not known."""
    folder = tmp_path / ".config/yandex-browser/Default"
    write_account_logins(
        folder / "Ya Passman Data", [("https://a.example/", "ann")], LATE
    )
    outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "yandex").counts["logins"] == 1
    assert settings(outcomes, "yandex") == {"save-passwords": "unknown"}


def test_store_of_2013_is_read(tmp_path: Path) -> None:
    """Old rows count; their times in another unit are left out, not invented."""
    folder = tmp_path / CHROMIUM[Platform.LINUX]
    write_old_logins(folder, [("https://a.example/", "ann")])
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["logins"] == 1
    assert (finding.first, finding.last) == (None, None)


def test_sites_are_listed_by_host(tmp_path: Path) -> None:
    """Behind a finding stand hosts, never paths; each with its number of sign-ins."""
    profile = chromium(tmp_path)
    profile.login("https://www.a.example:8443/private?ZQ", "ann", LATE)
    profile.login("https://www.a.example/other", "bea", EARLY)
    profile.never_save("https://bank.example/", LATE).write()
    sites = traces(found(ask(CHECK, tmp_path), "chromium"))
    assert {key: (each.kind, each.count) for key, each in sites.items()} == {
        "www.a.example": ("site", 2),
        "never:bank.example": ("never-saved", 1),
    }
    assert sites["www.a.example"].last == LATE
    assert sites["never:bank.example"].inside is None


@pytest.mark.rule("SR-15")
def test_account_names_come_out_of_their_own_site_alone(tmp_path: Path) -> None:
    """Names of other sites stay where they are, and none stands in a finding."""
    profile = chromium(tmp_path)
    profile.login("https://a.example/", "ZQ-ann", EARLY, used=LATE)
    profile.login("https://b.example/", "ZQ-bea", LATE)
    profile.login("https://a.example/", "", LATE).write()
    outcomes = ask(CHECK, tmp_path)
    assert "ZQ-" not in everything_said(outcomes)
    (account,) = inside(traces(found(outcomes, "chromium"))["a.example"])
    assert (account.kind, account.label.raw) == ("account", "ZQ-ann")
    assert (account.first, account.last) == (EARLY, LATE)


@pytest.mark.rule("SR-15")
def test_no_secret_is_said_anywhere(tmp_path: Path) -> None:
    """Secrets planted in every store are in no finding, no trace, and nothing inside."""
    profile = chromium(tmp_path)
    profile.login("https://a.example/", "ann", LATE, secret=b"ZQ-1").write()
    fox = firefox(tmp_path)
    fox.login("https://a.example", LATE, account="ZQ-2", secret="ZQ-3")  # noqa: S106  planted
    write_key_store(fox.write(), 1)
    mail = FirefoxProfile(tmp_path / THUNDERBIRD[Platform.LINUX]).write()
    write_login_database(mail, [("https://b.example", "g")], [], LATE, secret="ZQ-4")  # noqa: S106
    falkon = FalkonProfile(tmp_path / ".config/falkon/profiles/default")
    falkon.login("a.example", "ZQ-5", "ZQ-6").write()
    write_pidgin_accounts(tmp_path / ".purple/accounts.xml", [("ZQ-7", "ZQ-8")])
    keyring = write_keyring(tmp_path / ".local/share/keyrings/a.keyring", locked=False)
    keyring.write_text(keyring.read_text() + "[2]\nsecret=ZQ-9\n")
    export = tmp_path / "Downloads/list.csv"
    write_password_export(export, "chrome", "a,https://a.example,ZQ-10,ZQ-11,")
    outcomes = ask(CHECK, tmp_path)
    said = everything_said(outcomes)
    for each in outcomes:
        if isinstance(each, Finding):
            for trace in each.traces():
                deep = inside(trace) if trace.inside else []
                said += "".join(repr(each) + each.label.raw for each in deep)
    assert missed(outcomes) == {}
    assert "a.example" in said
    assert "list.csv" in said
    assert "ZQ-" not in said


def test_firefox_copies_are_not_counted_twice(tmp_path: Path) -> None:
    """The backup holds the same sign-ins and is named as a source."""
    folder = firefox(tmp_path).login("https://a.example", LATE).write()
    write_login_backup(folder, [("https://a.example", "{0}")])
    write_login_database(folder, [("https://a.example", "{0}")], [], LATE)
    outcomes = ask(CHECK, tmp_path)
    finding = found(outcomes, "firefox")
    assert finding.counts["logins"] == 1
    assert [source.rpartition("/")[2] for source in finding.sources] == [
        "logins.json",
        "logins-backup.json",
    ]


@pytest.mark.rule("SR-15")
def test_sign_ins_that_only_the_backup_has_are_counted_not_named(
    tmp_path: Path,
) -> None:
    """What the browser no longer lists has a finding of its own without sites."""
    folder = firefox(tmp_path).login("https://a.example", LATE).write()
    write_login_backup(
        folder,
        [
            ("https://a.example", "{0}"),
            ("https://ZQ.example", "{9}"),
            ("chrome://FirefoxAccounts", "{8}"),
        ],
    )
    outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "firefox").counts["logins"] == 1
    older = found(outcomes, "firefox", "older-copy")
    assert older.counts == {"logins": 1}
    assert not older.has_traces
    assert "zq" not in everything_said(outcomes).lower()


@pytest.mark.parametrize("damaged", [False, True])
def test_backup_counts_without_a_list(tmp_path: Path, damaged: bool) -> None:
    """Where the list is gone or damaged, the backup's sign-ins count."""
    folder = firefox(tmp_path).write()
    write_login_backup(folder, [("https://a.example", "1"), ("https://b.example", "2")])
    if damaged:
        (folder / "logins.json").write_text("{")
    outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "firefox").counts["logins"] == 2
    source = f"{FIREFOX[Platform.LINUX]}/logins.json"
    assert missed(outcomes) == ({source: Why.DAMAGED} if damaged else {})


def test_newer_firefox_store_counts_without_a_list(tmp_path: Path) -> None:
    """Rows changed here and rows of the account count, each sign-in once."""
    folder = firefox(tmp_path).write()
    write_login_database(
        folder,
        [("https://a.example", "1"), ("chrome://FirefoxAccounts", "0")],
        [("https://a.example", "1"), ("https://b.example", "2")],
        LATE,
        overridden=["1"],
    )
    finding = found(ask(CHECK, tmp_path), "firefox")
    assert finding.counts == {"logins": 2, "never_saved": 0}
    assert set(traces(finding)) == {"a.example", "b.example"}


def test_old_firefox_never_save_list_counts(tmp_path: Path) -> None:
    """`disabledHosts` in the list itself, as before `permissions.sqlite`."""
    firefox(tmp_path).never_save("https://bank.example").write()
    finding = found(ask(CHECK, tmp_path), "firefox")
    assert finding.counts == {"logins": 0, "never_saved": 1}
    assert finding.level is Level.NOTE
    assert set(traces(finding)) == {"never:bank.example"}


def test_containers_of_firefox_share_a_site(tmp_path: Path) -> None:
    """An origin with attributes is the same site."""
    origin = "https://bank.example^userContextId=2"
    write_never_saved(firefox(tmp_path).write(), [origin], LATE)
    finding = found(ask(CHECK, tmp_path), "firefox")
    assert [str(each.label) for each in finding.traces()] == ["bank.example"]


@pytest.mark.parametrize(
    ("times", "state", "level"),
    [
        (1, "off", Level.IMPORTANT),
        (10_000, "on", Level.WORTH_A_LOOK),
        (1_200_000, "on", Level.WORTH_A_LOOK),
    ],
)
def test_primary_password_is_told(
    tmp_path: Path, times: int, state: str, level: Level
) -> None:
    """How often the password is hashed tells whether there is one."""
    folder = firefox(tmp_path).login("https://a.example", LATE).write()
    write_key_store(folder, times)
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "firefox")["primary-password"] == state
    assert found(outcomes, "firefox").level is level


@pytest.mark.parametrize(
    ("times", "state"), [(1, "unknown"), (10_000, "on")], ids=["once", "often"]
)
def test_older_key_stores_tell_less(tmp_path: Path, times: int, state: str) -> None:
    """Before NSS 3.48 once was written with a password and without."""
    folder = firefox(tmp_path).login("https://a.example", LATE).write()
    write_key_store(folder, times, before_2020=True)
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "firefox")["primary-password"] == state


def test_primary_password_is_unknown_without_its_store(tmp_path: Path) -> None:
    """Sign-ins without a key store count as unguarded, and the setting is unknown."""
    firefox(tmp_path).login("https://a.example", LATE).write()
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "firefox")["primary-password"] == "unknown"
    assert found(outcomes, "firefox").level is Level.IMPORTANT


# Seen in a fresh profile of Firefox 153 with no primary password; salt and texts zeroed.
FIREFOX_153 = bytes.fromhex(
    "308181306d06092a864886f70d01050d3060304106092a864886f70d01050c3034"
    "0420" + "00" * 32 + "020101020120300a06082a864886f70d0209"
    "301b060960864801650304012a040e" + "00" * 14 + "0410" + "00" * 16
)


def test_der_of_a_real_profile_is_read() -> None:
    """The entry that Firefox itself wrote says: none set."""
    assert guarded(FIREFOX_153) is Switch.OFF


def test_der_cut_short_or_changed_is_unknown() -> None:
    """No start of a real entry, and no change of a byte, raises anything."""
    for end in range(len(FIREFOX_153)):
        assert guarded(FIREFOX_153[:end]) is Switch.UNKNOWN
        for byte in (0x00, 0x7F, 0x80, 0xFF):
            changed = bytearray(FIREFOX_153)
            changed[end] = byte
            assert guarded(bytes(changed)) in Switch
    assert guarded(None) is Switch.UNKNOWN
    assert guarded("text") is Switch.UNKNOWN
    assert guarded(b"\x30\x80" * 50_000) is Switch.UNKNOWN


def test_falkon_sign_ins_are_counted(tmp_path: Path) -> None:
    """Sign-ins and never-save sites, which Falkon keeps by host alone."""
    profile = FalkonProfile(tmp_path / ".config/falkon/profiles/default")
    profile.login("a.example", "ann", "pw").never_save("bank.example").write()
    outcomes = ask(CHECK, tmp_path)
    finding = found(outcomes, "falkon")
    assert finding.counts == {"logins": 1, "never_saved": 1}
    assert finding.level is Level.IMPORTANT
    assert set(traces(finding)) == {"a.example", "never:bank.example"}
    assert settings(outcomes, "falkon") == {"save-passwords": "on"}


def test_stored_settings_win(tmp_path: Path) -> None:
    """What is stored is told, also under an old name."""
    chromium(tmp_path).setting("credentials_enable_service", value=False).write()
    chrome = ChromiumProfile(tmp_path / ".config/google-chrome/Default")
    chrome.setting("profile.password_manager_enabled", value=False).write()
    firefox(tmp_path).setting("signon.rememberSignons", value=False).write()
    falkon = FalkonProfile(tmp_path / ".config/falkon/profiles/default").write()
    (falkon / "settings.ini").write_text(
        "[Other]\nSavePasswordsOnSites=true\n\n"
        "[Web-Browser-Settings]\nSavePasswordsOnSites=false\n\n[Z]\na=b\n"
    )
    outcomes = ask(CHECK, tmp_path)
    for program in ("chromium", "chrome", "firefox", "falkon"):
        assert settings(outcomes, program) == {"save-passwords": "off"}


def test_wrong_preferences_could_not_be_checked(tmp_path: Path) -> None:
    """Preferences that are no JSON are named; the sign-ins still count."""
    folder = chromium(tmp_path).login("https://a.example/", "ann", LATE).write()
    (folder / "Preferences").write_text("not json")
    outcomes = ask(CHECK, tmp_path)
    assert missed(outcomes) == {f"{CHROMIUM[Platform.LINUX]}/Preferences": Why.DAMAGED}
    assert found(outcomes, "chromium").counts["logins"] == 1


def test_hostile_realms_stay_apart(tmp_path: Path) -> None:
    """Realms with escapes, user names, undecodable bytes or huge length are shown
    clean, and none of them without its host.
    """
    profile = chromium(tmp_path)
    for realm in (
        "https://ZQ:ZQ@a.example/ZQ",
        "https://[broken/",
        "https://\x1b2Jb.example/",
        "https://c.example/" + "x" * 100_000,
        "",
    ):
        profile.login(realm, "ann\x1b[2J", LATE)
    data = profile.write() / "Login Data"
    store(data, "UPDATE logins SET signon_realm = CAST(X'ff' AS TEXT) WHERE id = 5")
    finding = found(ask(CHECK, tmp_path), "chromium")
    sites = traces(finding)
    assert finding.counts["logins"] == sum(each.count for each in sites.values()) == 5
    assert {"a.example", "c.example"} <= set(sites)
    for each in sites.values():
        assert "ZQ" not in each.key.upper()
        assert str(each.label).isprintable()
        assert [str(name.label) for name in inside(each)] == ["ann\ufffd[2J"]


@pytest.mark.parametrize(
    ("realm", "site"),
    [
        ("https://Mail.Example:8443/x", "mail.example"),
        ("https://user:pw@a.example/", "a.example"),
        ("android://HASH==@org.example.app/", "org.example.app"),
        ("federation://a.example/accounts.example", "a.example"),
        ("imap://mail.example", "mail.example"),
        ("http://[::1]:3000/", "::1"),
        ("a.example", "a.example"),
        ("a.example:8080", "a.example"),
        ("file:///home/ann/private", "file:"),
        ("https://[broken/private", "broken"),
        ("https:///private", "https:"),
        ("", "?"),
    ],
)
def test_sites_of_realms(realm: str, site: str) -> None:
    """The host alone, whatever stands around it."""
    assert site_of(realm) == site


def test_gnome_keyrings_are_told_apart(tmp_path: Path) -> None:
    """A keyring without a password is plain text; any other start is not known."""
    keyrings = tmp_path / ".local/share/keyrings"
    write_keyring(keyrings / "login.keyring", locked=True)
    write_keyring(keyrings / "old.keyring", locked=False)
    (keyrings / "new.keyring").write_bytes(b"of another kind")
    outcomes = ask(CHECK, tmp_path)
    assert {
        each.profile.raw: (each.topic, each.level)
        for each in outcomes
        if isinstance(each, Finding) and each.profile
    } == {
        "login": ("keyring-locked", Level.NOTE),
        "old": ("keyring-plain", Level.IMPORTANT),
    }
    source = ".local/share/keyrings/new.keyring"
    assert missed(outcomes) == {source: Why.UNKNOWN_FORMAT}


def test_kwallet_is_told(tmp_path: Path) -> None:
    """A wallet is there: that is all that is said of it."""
    wallet = tmp_path / ".local/share/kwalletd/kdewallet.kwl"
    wallet.parent.mkdir(parents=True)
    wallet.write_bytes(b"KWALLET\n\r\0\r\n")
    finding = found(ask(CHECK, tmp_path), "kwallet")
    assert (finding.topic, finding.counts) == ("keyring-locked", {})


def test_keychains_are_told(tmp_path: Path) -> None:
    """Keychains are there: that is all that is said of them; Safari's switch is told."""
    keychains = tmp_path / "Library/Keychains"
    (keychains / "UUID").mkdir(parents=True)
    (keychains / "login.keychain-db").write_bytes(b"kych")
    (keychains / "UUID/keychain-2.db").write_bytes(b"")
    SafariProfile(tmp_path / "Library/Safari").setting(
        "AutoFillPasswords", value=True
    ).write()
    outcomes = ask(CHECK, tmp_path, Platform.MACOS)
    finding = found(outcomes, "keychain")
    assert finding.sources == (
        "Library/Keychains/login.keychain-db",
        "Library/Keychains/UUID/keychain-2.db",
    )
    assert settings(outcomes, "safari") == {"save-passwords": "on"}


_IE = r"Software\Microsoft\Internet Explorer"


def test_windows_stores_are_counted(tmp_path: Path) -> None:
    """Credentials and vault entries by file, Internet Explorer's sign-ins by value."""
    for path in (
        "AppData/Roaming/Microsoft/Credentials/ZQ1",
        "AppData/Local/Microsoft/Credentials/ZQ2",
        "AppData/Local/Microsoft/Vault/ID/ZQ3.vcrd",
        "AppData/Local/Microsoft/Vault/ID/Policy.vpol",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"ZQ")
    write_hive(
        tmp_path / "NTUSER.DAT",
        {
            _IE + r"\IntelliForms\Storage2": {"ZQ4": b"ZQ"},
            _IE + r"\Main": {"FormSuggest Passwords": "yes"},
        },
    )
    outcomes = ask(CHECK, tmp_path, Platform.WINDOWS)
    finding = found(outcomes, "windows")
    assert finding.counts == {"logins": 1, "items": 3}
    assert finding.level is Level.IMPORTANT
    assert settings(outcomes, "windows") == {"save-passwords": "on"}
    assert "ZQ" not in everything_said(outcomes)


def test_damaged_windows_registry_could_not_be_checked(tmp_path: Path) -> None:
    """A file that is no registry is said once, and the other store still counts."""
    (tmp_path / "NTUSER.DAT").write_bytes(b"nothing of the kind")
    credential = tmp_path / "AppData/Local/Microsoft/Credentials/A"
    credential.parent.mkdir(parents=True)
    credential.write_bytes(b"")
    outcomes = ask(CHECK, tmp_path, Platform.WINDOWS)
    assert missed(outcomes) == {"NTUSER.DAT": Why.UNKNOWN_FORMAT}
    assert found(outcomes, "windows").counts == {"logins": 0, "items": 1}


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        (Platform.LINUX, ".purple"),
        (Platform.MACOS, ".purple"),
        (Platform.WINDOWS, "AppData/Roaming/.purple"),
    ],
    ids=str,
)
def test_pidgin_passwords_are_counted(
    tmp_path: Path, platform: Platform, folder: str
) -> None:
    """Accounts with a kept password count; a setting of that name does not."""
    write_pidgin_accounts(
        tmp_path / folder / "accounts.xml", [("a", "pw"), ("b", None), ("c", "pw")]
    )
    finding = found(ask(CHECK, tmp_path, platform), "pidgin")
    assert (finding.counts, finding.level) == ({"logins": 2}, Level.IMPORTANT)


def test_pidgin_without_passwords_holds_nothing(tmp_path: Path) -> None:
    """Accounts that ask each time are nothing found."""
    write_pidgin_accounts(tmp_path / ".purple/accounts.xml", [("a", None)])
    assert nothing(ask(CHECK, tmp_path)) == [(".purple/accounts.xml",)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<account><account><password>", Why.DAMAGED),
        (b"", Why.DAMAGED),
        (b"<other><password>x</password></other>", Why.UNKNOWN_FORMAT),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><account>&b;</account>', Why.UNKNOWN_FORMAT),
        (b"<a>" * 100_000, Why.UNKNOWN_FORMAT),
        (b"<?xml version='1.0' encoding='nope'?><account/>", Why.DAMAGED),
    ],
    ids=["cut", "empty", "foreign", "entities", "deep", "encoding"],
)
def test_wrong_pidgin_accounts_could_not_be_checked(
    tmp_path: Path, content: bytes, why: Why
) -> None:
    """What is no list of accounts says so."""
    path = tmp_path / ".purple/accounts.xml"
    path.parent.mkdir()
    path.write_bytes(content)
    assert missed(ask(CHECK, tmp_path)) == {".purple/accounts.xml": why}


@pytest.mark.parametrize(
    ("platform", "trash"),
    [
        (Platform.LINUX, ".local/share/Trash/files"),
        (Platform.MACOS, ".Trash"),
        (Platform.WINDOWS, "Desktop"),
    ],
    ids=str,
)
def test_password_lists_are_found(
    tmp_path: Path, platform: Platform, trash: str
) -> None:
    """Lists in the usual folders and the trash are one finding with their paths."""
    places = ["Downloads/Chrome Passwords.csv", "Documents/old/a.TXT", f"{trash}/b.csv"]
    for place in places:
        write_password_export(tmp_path / place, "chrome", "a,b,c,d,")
    (tmp_path / "Downloads/notes.csv").write_text("name,url,comment\na,b,c\n")
    (tmp_path / "Downloads/photo.jpg").write_text(EXPORT_LINES["chrome"])
    outcomes = ask(CHECK, tmp_path, platform)
    finding = found(outcomes, "files")
    assert finding.level is Level.IMPORTANT
    assert sorted(finding.sources) == sorted(places)
    assert finding.counts == {"items": 3}
    assert {key: each.kind for key, each in traces(finding).items()} == dict.fromkeys(
        places, "file"
    )


def test_folders_without_password_lists_hold_nothing(tmp_path: Path) -> None:
    """Folders that were walked are named."""
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Documents/a.csv").write_text("password strength,url\n")
    assert nothing(ask(CHECK, tmp_path)) == [("Documents",)]


@pytest.mark.rule("SR-18")
def test_folders_and_files_not_looked_into_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that may not be read and a link out of the home are named; a link to a
    picture is not.
    """
    outside = tmp_path / "outside"
    outside.mkdir()
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    (home / "Documents/elsewhere").symlink_to(outside)
    (home / "Documents/a.jpg").symlink_to(outside / "a.jpg")
    listed = home / "Documents/list.csv"
    listed.write_text(EXPORT_LINES["chrome"])
    shut(listed, monkeypatch)
    assert missed(ask(CHECK, home)) == {
        "Documents/elsewhere": Why.NOT_ASKED,
        "Documents/list.csv": Why.DENIED,
    }


@POSIX
def test_pipes_called_lists_are_not_waited_for(tmp_path: Path) -> None:
    """A pipe with the name of a list does not hold the check up."""
    (tmp_path / "Downloads").mkdir()
    os.mkfifo(tmp_path / "Downloads/passwords.csv")
    outcomes = ask(CHECK, tmp_path)
    assert not any(isinstance(each, Finding) for each in outcomes)


@pytest.mark.parametrize("line", EXPORT_LINES.values(), ids=list(EXPORT_LINES))
def test_first_lines_of_password_lists(line: str) -> None:
    """The line counts with each end of line, alone, behind a mark of its encoding, and
    with other separators; not with its password column missing.
    """
    start = line.encode()
    for end in (b"", b"\n", b"\r\n", b"\nhttps://a.example,ann,pw\n"):
        assert is_password_list(start + end)
    assert is_password_list(b"\xef\xbb\xbf" + start)
    assert is_password_list(line.encode("utf-16"))
    assert is_password_list(start.replace(b",", b";"))
    assert is_password_list(start.replace(b",", b"\t"))
    assert not is_password_list(start.lower().replace(b"password", b"colour"))
    assert not is_password_list(b"my text\n" + start)


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (b'{\n  "encrypted": false,\n  "folders": [', True),
        (b'{"encrypted": true, "data": ""}', False),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<KeePassFile>', True),
        (b"<!DOCTYPE KEEPASSX_DATABASE>", False),
        (b"<?xml version='1.0'?><html>", False),
        (b"", False),
        (b"\xff\xfe", False),
        (b"\0" * 4096, False),
        (b"," * 4096, False),
    ],
)
def test_other_documents(start: bytes, answer: bool) -> None:
    """Plain documents of password programs count, encrypted and other ones do not."""
    assert is_password_list(start) is answer


@pytest.mark.parametrize(
    "content", [[], {}, {"logins": 1}, {"logins": [1, {}, {"hostname": 2}]}]
)
def test_wrong_lists_of_firefox(tmp_path: Path, content: object) -> None:
    """A list that is none is of an unknown format; entries without a site are none."""
    folder = firefox(tmp_path).write()
    (folder / "logins.json").write_text(json.dumps(content))
    outcomes = ask(CHECK, tmp_path)
    source = f"{FIREFOX[Platform.LINUX]}/logins.json"
    readable = isinstance(content, dict) and isinstance(content.get("logins"), list)
    assert missed(outcomes) == ({} if readable else {source: Why.UNKNOWN_FORMAT})
    assert nothing(outcomes) == ([(source,)] if readable else [])


def test_every_sentence_is_there(tmp_path: Path) -> None:
    """Each topic that a finding can name has its sentences."""
    fox = firefox(tmp_path).login("https://a.example", LATE).write()
    write_login_backup(fox, [("https://b.example", "9")])
    for locked in (False, True):
        write_keyring(
            tmp_path / f".local/share/keyrings/{locked}.keyring", locked=locked
        )
    write_pidgin_accounts(tmp_path / ".purple/accounts.xml", [("a", "b")])
    write_password_export(tmp_path / "Downloads/a.csv", "chrome")
    write_hive(tmp_path / "NTUSER.DAT", {_IE + r"\IntelliForms\Storage2": {"a": b""}})
    keychain = tmp_path / "Library/Keychains/login.keychain"
    keychain.parent.mkdir(parents=True)
    keychain.write_bytes(b"")
    say = Phrases(CHECK.info.words)
    keys = {f"{CHECK.info.id}.{each}" for each in ("title", "reads", "empty")}
    topics = set()
    for platform in Platform:
        for each in ask(CHECK, tmp_path, platform):
            if isinstance(each, Finding):
                topics.add(each.topic)
                answers = ("title", "what", "who", "choices", "noticed")
                states = ("on", "off", "unknown") if each.setting else ()
                keys |= {f"{each.topic}.{end}" for end in (*answers, *states)}
    assert len(topics) == 10
    assert [key for key in sorted(keys) if not say.has(key)] == []
