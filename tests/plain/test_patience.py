"""Leaving after so many minutes without a line."""

from __future__ import annotations

import pytest

from hygiene import terminal
from hygiene.plain.patience import Patience
from tests.plain.made_up import NOTHING, Typing


@pytest.mark.rule("SR-41")
def test_the_program_is_left_when_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of waiting add up; a line begins them anew."""
    left: list[bool] = []
    monkeypatch.setattr(terminal, "leave_now", lambda: left.append(True))
    patience = Patience(Typing([NOTHING, NOTHING, "b", NOTHING, NOTHING, NOTHING]), 2.5)
    read = [patience.read(1) for _ in range(3)]
    assert read == [None, None, "b"]
    assert left == []
    assert [patience.read(1) for _ in range(2)] == [None, None]
    assert left == []
    assert patience.read(None) is None
    assert left == [True]
