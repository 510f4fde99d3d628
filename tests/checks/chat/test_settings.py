"""Whether a program goes on storing what is said: on, off, by default, not known."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import Finding, Level, Platform, Why
from hygiene.contract.phrases import Phrases
from hygiene.practice import chat_stores, chats
from hygiene.practice.chats import log_file
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import ask, missed, settings
from tests.host.refusal import shut

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS
PSI = '<!DOCTYPE accounts>\n<accounts version="1.5"><accounts>{}</accounts></accounts>'
ACCOUNT = '<a{n}><password type="QString">{secret}</password><log type="bool">{on}</log></a{n}>'
SECRET = "made-up-password"  # noqa: S105


def account(on: str, number: int = 0) -> str:
    """One account of Psi."""
    return ACCOUNT.format(n=number, on=on, secret=SECRET)


class Case(NamedTuple):
    """A settings file, what is in it (None: there is no file), and what is said."""

    system: Platform
    program: str
    path: str
    text: str | None
    said: dict[str, str]


TEXTS = [
    Case(LINUX, "hexchat", ".config/hexchat/hexchat.conf", None, {"chat-logging": "on", "scrollback-logging": "on"}),
    Case(LINUX, "hexchat", ".config/hexchat/hexchat.conf", "version = 2.16.1\nirc_logging = 1\n", {"chat-logging": "on", "scrollback-logging": "on"}),
    Case(LINUX, "hexchat", ".config/hexchat/hexchat.conf", "irc_logging = 0\ntext_replay = 0\n", {"chat-logging": "off", "scrollback-logging": "off"}),
    Case(WINDOWS, "hexchat", "AppData/Roaming/HexChat/hexchat.conf", "irc_logging = 0\n", {"chat-logging": "off", "scrollback-logging": "on"}),
    Case(LINUX, "xchat", ".xchat2/xchat.conf", None, {"chat-logging": "unknown", "scrollback-logging": "unknown"}),
    Case(LINUX, "xchat", ".xchat2/xchat.conf", "logging = 1\ntext_replay = 0\n", {"chat-logging": "on", "scrollback-logging": "off"}),
    Case(LINUX, "weechat", ".config/weechat/logger.conf", None, {"chat-logging": "on"}),
    Case(LINUX, "weechat", ".config/weechat/logger.conf", "[look]\nbacklog = 20\n[file]\nauto_log = on\n", {"chat-logging": "on"}),
    Case(LINUX, "weechat", ".config/weechat/logger.conf", "[file]\nauto_log = off\n", {"chat-logging": "off"}),
    Case(MACOS, "weechat", ".weechat/logger.conf", "[file]\nauto_log = off\n", {"chat-logging": "off"}),
    Case(LINUX, "irssi", ".irssi/config", None, {"chat-logging": "off"}),
    Case(LINUX, "irssi", ".irssi/config", 'settings = { "fe-common/core" = { autolog = "yes"; }; };', {"chat-logging": "on"}),
    Case(LINUX, "irssi", ".irssi/config", 'settings = {\n  core = {\n    "autolog" = "ON";\n', {"chat-logging": "on"}),
    Case(LINUX, "irssi", ".irssi/config", "settings = { core = { autolog = no; }; };\nlogs = { };", {"chat-logging": "off"}),
    Case(LINUX, "irssi", ".irssi/config", 'logs = { "~/x.log" = { auto_open = "yes"; }; };', {"chat-logging": "on"}),
    Case(LINUX, "psi", ".config/psi/profiles/one/accounts.xml", None, {"chat-logging": "unknown"}),
    Case(LINUX, "psi", ".config/psi/profiles/one/accounts.xml", PSI.format(account("true")), {"chat-logging": "on"}),
    Case(LINUX, "psi", ".config/psi/profiles/one/accounts.xml", PSI.format(account("false") + account("true", 1)), {"chat-logging": "on"}),
    Case(WINDOWS, "psi", "AppData/Roaming/Psi/profiles/one/accounts.xml", PSI.format(account("false")), {"chat-logging": "off"}),
    Case(LINUX, "psi", ".config/psi/profiles/one/accounts.xml", PSI.format(account("perhaps")), {"chat-logging": "unknown"}),
    Case(WINDOWS, "mirc", "AppData/Roaming/mIRC/mirc.ini", "[options]\nn2=0,1,0\n", {"chat-logging": "unknown"}),
]  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_settings_in_text_files(tmp_path: Path, case: Case) -> None:
    """A file's word counts, a missing one means the program's own default."""
    (tmp_path / case.path).parent.mkdir(parents=True)
    if case.text is not None:
        (tmp_path / case.path).write_text(case.text, "utf-8")
    outcomes = ask(ChatLogsCheck(), tmp_path, case.system)
    assert settings(outcomes, case.program) == case.said


@pytest.mark.parametrize(
    ("ims", "rooms", "said"),
    [
        (True, True, "on"),
        (True, False, "on"),
        (False, True, "on"),
        (False, False, "off"),
    ],
)
def test_pidgin(tmp_path: Path, ims: bool, rooms: bool, said: str) -> None:
    """Off means that neither people nor rooms are logged; the system log is no chat."""
    chats.purple_prefs(tmp_path / ".purple", ims=ims, chats=rooms)
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert settings(outcomes, "pidgin") == {"chat-logging": said}


def test_pidgin_before_its_first_setting(tmp_path: Path) -> None:
    """Without the file Pidgin logs."""
    (tmp_path / ".purple").mkdir()
    assert settings(ask(ChatLogsCheck(), tmp_path), "pidgin") == {"chat-logging": "on"}


def test_pidgin_looks_at_the_right_section(tmp_path: Path) -> None:
    """A setting of the same name elsewhere, of a plug-in, is another one."""
    path = chats.purple_prefs(tmp_path / ".purple")
    text = path.read_text("utf-8")
    other = "<pref name='other'><pref name='log_ims' value='0'/><pref name='log_chats' value='0'/></pref>"
    path.write_text(
        text.replace("</pref>\n</pref>", f"</pref>{other}\n</pref>"), "utf-8"
    )
    assert settings(ask(ChatLogsCheck(), tmp_path), "pidgin") == {"chat-logging": "on"}


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{}]><pref>&z;</pref>".format(
    "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>"
        for a, b in zip("abcdefgh", "bcdefghz", strict=True)
    )
)


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<pref><pref name='logging'>", Why.DAMAGED),
        ("no xml", Why.DAMAGED),
        ("", Why.DAMAGED),
        (BOMB, Why.UNKNOWN_FORMAT),
        ("<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><p>&x;</p>", Why.UNKNOWN_FORMAT),
        ("<pref>" * 100_000, Why.UNKNOWN_FORMAT),
    ],
)  # fmt: skip
def test_hostile_xml(tmp_path: Path, text: str, why: Why) -> None:
    """The setting is unknown and the reason is said; entities are never expanded."""
    log_file(tmp_path / ".purple/prefs.xml")
    (tmp_path / ".purple/prefs.xml").write_text(text, "utf-8")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert settings(outcomes, "pidgin") == {"chat-logging": "unknown"}
    assert missed(outcomes) == {".purple": why}


def test_a_settings_file_that_is_shut_or_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is taken for the default."""
    (tmp_path / ".config/hexchat/hexchat.conf").mkdir(parents=True)
    path = chats.purple_prefs(tmp_path / ".purple")
    shut(path, monkeypatch)
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert settings(outcomes, "pidgin") == {"chat-logging": "unknown"}
    assert settings(outcomes, "hexchat") == {"chat-logging": "unknown"}
    assert missed(outcomes) == {
        ".purple": Why.DENIED,
        ".config/hexchat": Why.UNKNOWN_FORMAT,
    }


@pytest.mark.parametrize(
    ("value", "said"), [(True, "on"), (False, "off"), (None, "on")]
)
def test_adium(tmp_path: Path, value: bool | None, said: str) -> None:
    """On unless changed."""
    user = tmp_path / "Library/Application Support/Adium 2.0/Users/me"
    user.mkdir(parents=True)
    if value is not None:
        chats.adium_settings(user, logging=value)
    outcomes = ask(ChatLogsCheck(), tmp_path, MACOS)
    assert settings(outcomes, "adium") == {"chat-logging": said}


def test_adium_with_an_odd_list(tmp_path: Path) -> None:
    """A property list of another shape leaves it unknown."""
    user = tmp_path / "Library/Application Support/Adium 2.0/Users/me"
    chats.adium_settings(user, logging=True).write_bytes(plistlib.dumps([1]))
    outcomes = ask(ChatLogsCheck(), tmp_path, MACOS)
    assert settings(outcomes, "adium") == {"chat-logging": "unknown"}


@pytest.mark.parametrize(
    ("accounts", "said"),
    [
        ({}, "unknown"),
        ({"me": {}}, "on"),
        ({"me": {"chat_history_max_age": -1, "password": SECRET}}, "on"),
        ({"me": {"chat_history_max_age": 604800}}, "on"),
        ({"me": {"chat_history_max_age": 0, "password": SECRET}}, "off"),
        ({"me": {"no_log_for": "me"}}, "off"),
        ({"me": {"no_log_for": "ann@x"}}, "on"),
        ({"me": {"chat_history_max_age": 0}, "work": {}}, "on"),
    ],
)
def test_gajim(
    tmp_path: Path, accounts: Mapping[str, Mapping[str, object]], said: str
) -> None:
    """Every account has a say; "until Gajim is closed" is off."""
    chat_stores.gajim_settings(tmp_path / ".config/gajim/settings.sqlite", accounts)
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert settings(outcomes, "gajim") == {"chat-logging": said}


@pytest.mark.parametrize(
    ("where", "values", "said"),
    [
        ("Library/Preferences/com.apple.MobileSMS.plist", {"KeepMessageForDays": 0}, "on"),
        ("Library/Preferences/com.apple.MobileSMS.plist", {"KeepMessageForDays": 30}, "off"),
        ("Library/Preferences/com.apple.iChat.plist", {"KeepMessageForDays": 365}, "off"),
        ("Library/Preferences/com.apple.MobileSMS.plist", {"SSKeepMessages": 0}, "on"),
        ("Library/Preferences/com.apple.MobileSMS.plist", {"other": 0}, "unknown"),
        ("Library/Preferences/other.plist", {"KeepMessageForDays": 0}, "unknown"),
    ],
)  # fmt: skip
def test_messages(
    tmp_path: Path, where: str, values: Mapping[str, int], said: str
) -> None:
    """How long messages are kept, in either of the two files."""
    (tmp_path / "Library/Messages").mkdir(parents=True)
    (tmp_path / where).parent.mkdir(parents=True)
    (tmp_path / where).write_bytes(plistlib.dumps(dict(values)))
    outcomes = ask(ChatLogsCheck(), tmp_path, MACOS)
    assert settings(outcomes, "messages") == {"keep-messages": said}


def test_a_setting_is_a_note_without_counts(tmp_path: Path) -> None:
    """It stands beside the logs and has words of its own for each state."""
    chats.purple_prefs(tmp_path / ".purple")
    (finding,) = [
        each for each in ask(ChatLogsCheck(), tmp_path) if isinstance(each, Finding)
    ]
    assert (finding.level, finding.counts, finding.guide) == (
        Level.NOTE,
        {},
        "chat-logs",
    )
    words = Phrases("hygiene_checks.chat")
    for topic in ("chat-logging", "scrollback-logging", "keep-messages"):
        for state in ("on", "off", "unknown"):
            assert words.has(f"{topic}.{state}")


def test_a_program_that_is_not_there_has_no_setting(tmp_path: Path) -> None:
    """Other programs' folders bring no setting of an absent one."""
    chats.electron_app(tmp_path / ".config/Signal")
    (tmp_path / ".thunderbird/a1.default").mkdir(parents=True)
    (tmp_path / ".thunderbird/a1.default/prefs.js").touch()
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert [
        each for each in outcomes if isinstance(each, Finding) and each.setting
    ] == []
