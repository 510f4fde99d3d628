"""Closed streams and odd characters are no fault of the program."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal.screen import Session

if TYPE_CHECKING:
    from pathlib import Path

HYGIENE = [sys.executable, "-P", "-m", "hygiene"]


@pytest.mark.parametrize(
    ("closed", "said"),
    [("<&-", b"{"), (">&-", b""), ("2>&-", b"{"), ("<&- >&- 2>&-", b"")],
    ids=["input", "output", "errors", "all"],
)
def test_a_closed_stream_is_no_fault(closed: str, said: bytes) -> None:
    """A look ends as it does with all three open."""
    command = f'"$@" check --json photo-geotags {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", command, "sh", *HYGIENE], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout[:1] == said


def test_nothing_is_written_into_a_file_that_stands_for_a_closed_stream(
    tmp_path: Path,
) -> None:
    """A sheet holds the guide and none of the lines meant for the person."""
    sheet = tmp_path / "sheet.txt"
    command = f'"$@" guide passwords --lang en --print "{sheet}" <&- >&- 2>&-'
    done = subprocess.run(["/bin/sh", "-c", command, "sh", *HYGIENE], check=False)
    assert done.returncode == 0
    assert sheet.read_text("utf-8").startswith("Passwords")


def test_a_character_that_is_none_is_an_answer_nobody_knows() -> None:
    """Bytes that do not decode are taken for a wrong key, and the walk goes on."""
    with Session([*HYGIENE, "check", "--plain", "--practice", "--lang", "en"]) as here:
        here.wait_for("Before you start")
        here.send(b"\xff\xfe\n")
        here.wait_for("not one of")
        here.send("b\n")
        assert here.wait_end(5) == 0


def test_the_screens_fit_the_terminal_whatever_the_environment_says() -> None:
    """The way out stands in the corner of this window."""
    env = {**os.environ, "COLUMNS": "30000", "LINES": "9"}
    command = [*HYGIENE, "check", "--practice", "--lang", "en"]
    with Session(command, env=env) as here:
        here.wait_for("Leave now")
        here.wait_for("Practice")
        assert here.emulator.display[0].rstrip().endswith("Leave now  Ctrl+Q")
        here.send(b"\x11")
        assert here.wait_end(5) == 0
