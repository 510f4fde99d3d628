"""A system without Python and network, and the folder on a drive nobody can write to."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal.screen import Session

if TYPE_CHECKING:
    from tests.portable.rooms import Room

INSTALLED = [sys.executable, "-P", "-m", "hygiene"]


def document(text: str) -> dict[str, Any]:
    """The JSON document without what differs from run to run: moments, seconds, and
    moments in the names of files.
    """
    found: dict[str, Any] = json.loads(re.sub(r"_\d{17}\b", "_MOMENT", text))
    for each in (found, *found["checks"]):
        each.pop("started", None)
        each.pop("seconds")
    for check in found["checks"]:
        for finding in check["findings"]:
            finding.pop("first", None)
            finding.pop("last", None)
    return found


def installed(*arguments: str) -> str:
    """What the installed package says."""
    done = subprocess.run(
        [*INSTALLED, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_there_is_no_python_and_no_network(room: Room) -> None:
    """The room is as bare as it says."""
    assert not list((room.root / "usr/bin").glob("python*"))
    assert not list((room.root / "usr/lib").glob("python3*/os.py"))


def test_its_document_is_that_of_the_installed_package(room: Room) -> None:
    """On the practice home."""
    done = room.run("check", "--json", "--practice")
    assert done.returncode == 0
    assert done.stderr == ""
    assert document(done.stdout) == document(installed("check", "--json", "--practice"))


@pytest.mark.parametrize("arguments", [["checks"], ["guide"], ["guide", "3"]])
def test_lines_are_those_of_the_installed_package(
    room: Room, arguments: list[str]
) -> None:
    """The same checks, the same guides."""
    done = room.run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == installed(*arguments)


def test_the_screens_come_up_and_go(room: Room) -> None:
    """Gate, overview, and nothing left behind them."""
    with Session(room.command("check", "--practice"), env={}) as session:
        session.wait_for("Before you start")
        session.wait_for("Look")
        session.send("l")
        session.wait_for("6 of 6 checks done")
        session.send(b"\x11")
        session.read(1)
        assert session.is_blank


def test_plain_lines_answer(room: Room) -> None:
    """With somebody in front of them."""
    with Session(room.command("check", "--practice", "--plain"), env={}) as session:
        session.wait_for("x leaves at once")
        session.send("3\n")
        session.wait_for("Nothing has been changed.")
        session.send("x\n")
        session.read(1)
        assert session.is_blank


def test_a_home_that_cannot_be_written_to_is_looked_at(room: Room) -> None:
    """And nothing asks for a place to write."""
    home = "/usr/share"
    done = room.run("check", "--json", HOME=home)
    assert done.returncode == 2 or done.stdout  # another account's: refused in one line
