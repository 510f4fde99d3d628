"""Chats in Thunderbird: which profiles, their logs, the copy for search, the setting."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Finding, NothingFound, Platform, Why
from hygiene.practice import chat_stores, chats
from hygiene.practice.firefox import write_profiles_ini
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import (
    ask,
    everything_said,
    found,
    missed,
    nothing,
    settings,
)
from tests.host.refusal import shut

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
TALKS = {"ann@x": [NOON], "garden@x.chat": [NOON]}

ROOTS = [
    (Platform.LINUX, ".thunderbird", "a1.default", "a1.default"),
    (Platform.LINUX, ".mozilla-thunderbird", "a1.default", "a1.default old folder"),
    (Platform.LINUX, "snap/thunderbird/common/.thunderbird", "a1", "a1 Snap"),
    (Platform.LINUX, ".var/app/org.mozilla.Thunderbird/.thunderbird", "a1", "a1 Flatpak"),
    (Platform.MACOS, "Library/Thunderbird", "Profiles/a1.default", "a1.default"),
    (Platform.WINDOWS, "AppData/Roaming/Thunderbird", "Profiles/a1", "a1"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "root", "profile", "name"), ROOTS)
def test_logs_of_a_profile(
    tmp_path: Path, system: Platform, root: str, profile: str, name: str
) -> None:
    """People and rooms, with the times in the names of the logs."""
    folder = f"{root}/{profile}"
    chats.thunderbird(tmp_path / folder, TALKS, {})
    write_profiles_ini(tmp_path / root, profile)
    outcomes = ask(ChatLogsCheck(), tmp_path, system)
    finding = found(outcomes, "thunderbird")
    assert str(finding.profile) == name
    assert finding.counts == {"conversations": 2, "log_files": 2}
    assert (finding.first, finding.last) == (NOON, NOON)
    assert [str(each.label) for each in finding.traces()] == ["ann@x", "garden@x"]
    assert settings(outcomes, "thunderbird") == {"chat-logging": "on"}
    assert missed(outcomes) == {}
    assert chats.SAID not in everything_said(outcomes)


@pytest.mark.parametrize(("system", "root", "profile", "name"), ROOTS)
def test_a_profile_with_an_account_and_no_logs(
    tmp_path: Path, system: Platform, root: str, profile: str, name: str
) -> None:
    """The folder of logs was looked at and held nothing."""
    del name
    folder = f"{root}/{profile}"
    (tmp_path / folder).mkdir(parents=True)
    chats.thunderbird(tmp_path / folder, {}, {})
    assert nothing(ask(ChatLogsCheck(), tmp_path, system)) == [(f"{folder}/logs",)]


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("place", ROOTS)
def test_a_profile_that_is_shut(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: tuple[Platform, str, str, str],
) -> None:
    """Logs that may not be listed are named."""
    system, root, profile, _ = place
    logs = f"{root}/{profile}/logs"
    chats.thunderbird(tmp_path / root / profile, TALKS, {})
    shut(tmp_path / logs, monkeypatch)
    assert missed(ask(ChatLogsCheck(), tmp_path, system)) == {logs: Why.DENIED}


def test_a_profile_without_chats_says_nothing(tmp_path: Path) -> None:
    """A program for mail alone is no chat program."""
    folder = tmp_path / ".thunderbird/a1.default"
    folder.mkdir(parents=True)
    (folder / "prefs.js").write_text('user_pref("mail.accounts", "a1");\n', "utf-8")
    assert ask(ChatLogsCheck(), tmp_path) == [NothingFound()]


@pytest.mark.parametrize(
    ("prefs", "user", "said"),
    [
        ({"purple.logging.log_ims": "false"}, "", "on"),
        (
            {"purple.logging.log_ims": "false", "purple.logging.log_chats": "false"},
            "",
            "off",
        ),
        (
            {"purple.logging.log_ims": "false"},
            'user_pref("purple.logging.log_chats", false);',
            "off",
        ),
        (
            {"purple.logging.log_ims": "false", "purple.logging.log_chats": "false"},
            'user_pref("purple.logging.log_ims", true);',
            "on",
        ),
    ],
)
def test_whether_logging_is_on(
    tmp_path: Path, prefs: dict[str, str], user: str, said: str
) -> None:
    """Both must be off, and `user.js` wins."""
    folder = chats.thunderbird(tmp_path / ".thunderbird/a1", TALKS, prefs)
    (folder / "user.js").write_text(user, "utf-8")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert settings(outcomes, "thunderbird") == {"chat-logging": said}


def test_the_copy_for_search(tmp_path: Path) -> None:
    """The search list holds what was said once more: counted by log, named by person."""
    folder = chats.thunderbird(tmp_path / ".thunderbird/a1", TALKS, {})
    chat_stores.thunderbird_index(
        folder / "global-messages-db.sqlite",
        ["irc/me@x/ann/1.json", "irc/me@x/ann/2.json", "irc/me@x/ben/1.json"],
    )
    outcomes = ask(ChatLogsCheck(), tmp_path)
    finding = found(outcomes, "thunderbird", "search")
    assert finding.counts == {"conversations": 2, "log_files": 3}
    assert [str(each.label) for each in finding.traces()] == [
        "irc/me@x/ann",
        "irc/me@x/ben",
    ]
    assert chats.SAID not in everything_said(outcomes)


def test_profiles_elsewhere_in_the_home(tmp_path: Path) -> None:
    """`profiles.ini` can name a folder by a path from the root, also of another home."""
    chats.thunderbird(tmp_path / "mail/mine", TALKS, {})
    write_profiles_ini(
        tmp_path / ".thunderbird", "/home/someone/mail/mine", "../mail/mine"
    )
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert found(outcomes, "thunderbird").sources == ("mail/mine/logs",)
    assert missed(outcomes) == {}


@pytest.mark.rule("SR-18")
def test_profiles_outside_the_home_are_named(tmp_path: Path) -> None:
    """A profile that is nowhere in the home was not looked at."""
    write_profiles_ini(tmp_path / ".thunderbird", "/media/stick/profile")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert missed(outcomes) == {".thunderbird/profiles.ini": Why.NOT_ASKED}
    assert not [each for each in outcomes if isinstance(each, Finding)]
