"""A made-up home to clear, and what was told about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hygiene import terminal
from hygiene.plain.console import Ended
from tests.plain.made_up import Made


@pytest.fixture(autouse=True)
def leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving at once ends the run of a test instead of the tests; nothing keeps the
    window, whoever runs them.
    """

    def leave() -> None:
        raise Ended

    monkeypatch.setattr(terminal, "leave_now", leave)
    monkeypatch.setattr("hygiene.wiring.recording", lambda: None)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A made-up home with something of every kind."""
    return Made(tmp_path)


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What was told since the last time."""
    return lambda: capsys.readouterr().out
