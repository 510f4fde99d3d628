"""Variables that mislead a library are unset."""

from __future__ import annotations

import os

import pytest

from hygiene.terminal import forget_environment


@pytest.mark.rule("SR-43")
def test_variables_that_write_are_gone_and_others_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All of Textual's go, whatever their name."""
    for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, "/canary")
    monkeypatch.setenv("NO_COLOR", "1")
    forget_environment()
    assert "/canary" not in os.environ.values()
    assert os.environ["NO_COLOR"] == "1"


def test_the_terminal_alone_says_how_large_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Numbers that another window left behind are not believed."""
    monkeypatch.setenv("COLUMNS", "30000")
    monkeypatch.setenv("LINES", "9")
    forget_environment()
    assert not {"COLUMNS", "LINES"} & set(os.environ)
