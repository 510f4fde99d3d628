"""The whole check: no two answers of one home can be taken for each other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Finding, Group, Level, Platform
from hygiene.contract.phrases import Phrases
from hygiene.practice import chats
from hygiene.practice.chats import log_file
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import ask, everything_said, missed
from tests.checks.chat import test_accounts, test_files, test_stores
from tests.footprint import age, footprint

NOW = datetime(2026, 11, 23, 4, 0, 0, tzinfo=UTC)


def crowded(root: Path, platform: Platform) -> None:
    """Every program there is a case for on that system, each in one home."""
    for system, _, _, folder in test_accounts.APPS:
        if system is platform:
            chats.electron_app(root / folder)
    for files in test_files.CASES:
        if files.system is platform:
            for name in files.names:
                log_file(root / files.folder / name)
    for store in test_stores.CASES:
        if store.system is platform:
            store.write(root / store.path, test_stores.TALKS)
    profiles = ("mail/a1", ".thunderbird/a1", "Library/Thunderbird/Profiles/a1")
    for profile in profiles:
        chats.thunderbird(root / profile, test_stores.TALKS, {})


def identity(finding: Finding) -> tuple[str, str, str, str]:
    """What ends up in a finding's id."""
    setting = finding.setting.name if finding.setting else ""
    profile = finding.profile.raw if finding.profile else ""
    return finding.program_id, profile, finding.part, setting


@pytest.mark.rule("SR-10")
@pytest.mark.parametrize("platform", list(Platform))
def test_findings_of_a_crowded_home(tmp_path: Path, platform: Platform) -> None:
    """Each has an identity and all its words; nothing was missed, said or changed."""
    crowded(tmp_path, platform)
    age(tmp_path)
    before = footprint(tmp_path)
    outcomes = ask(ChatLogsCheck(), tmp_path, platform)
    findings = [each for each in outcomes if isinstance(each, Finding)]
    assert len({identity(each) for each in findings}) == len(findings)
    assert missed(outcomes) == {}
    assert chats.SAID not in everything_said(outcomes)
    assert footprint(tmp_path) == before
    words = Phrases("hygiene_checks.chat")
    for finding in findings:
        for answer in ("title", "what", "who", "choices", "noticed"):
            assert words.has(f"{finding.topic}.{answer}")
        assert "leave it as it is" in words.say(f"{finding.topic}.choices")


@pytest.mark.parametrize("platform", list(Platform))
def test_the_practice_home(tmp_path: Path, platform: Platform) -> None:
    """What people try things on holds stored chats, an app and use in a browser."""
    chats.sample(tmp_path, platform, NOW)
    outcomes = ask(ChatLogsCheck(), tmp_path, platform)
    topics = {each.topic for each in outcomes if isinstance(each, Finding)}
    assert topics >= {"chat-stored", "chat-locked", "chat-in-browser", "chat-logging"}


@pytest.mark.rule("SR-07")
def test_who_the_check_is() -> None:
    """Its id and its place among the checks; it has words, also for an empty home."""
    info = ChatLogsCheck().info
    assert (info.id, info.group) == ("chat-logs", Group.CHATS)
    words = Phrases(info.words)
    for key in ("title", "reads", "empty"):
        assert words.has(f"{info.id}.{key}")


def test_accounts_come_first(tmp_path: Path) -> None:
    """What lives in an account is told before what is stored here."""
    chats.sample(tmp_path, Platform.LINUX, NOW)
    findings = [
        each for each in ask(ChatLogsCheck(), tmp_path) if isinstance(each, Finding)
    ]
    levels = [each.level for each in findings if each.setting is None]
    assert levels == sorted(levels)
    assert levels[0] is Level.NOTE
