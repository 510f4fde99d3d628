"""What is typed before a plan is told agrees to nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.practice.chromium import ChromiumProfile
from tests.plain.conversation import Conversation

KEYS = "x Leave now."
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.rule("SR-26")
def test_a_number_typed_before_the_plan_was_told_does_not_clear(
    tmp_path: Path,
) -> None:
    """An answer that an unsteady hand types twice is not the number of the plan."""
    history = tmp_path / ".config/chromium/Default/History"
    profile = ChromiumProfile(history.parent)
    profile.visit("https://a.solo.example/", NOON).write()
    before = history.read_bytes()
    arguments = ("--home", str(tmp_path), "--platform", "linux")
    with Conversation(*arguments, command="forget") as talk:
        talk.until("x leaves at once")
        talk.answer("3", KEYS)
        talk.answer("a.solo.example", "x Leave now.")
        talk.answer("1", "n No.")
        talk.answer("n", "To clear, type 1.")
        talk.answer("b", KEYS)
        talk.answer("a.solo.example", "x Leave now.")
        talk.session.send("1\n1\n")
        talk.until("To clear, type 1.")
        talk.session.read(2)
    assert history.read_bytes() == before
