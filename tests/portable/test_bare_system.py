"""A system without Python and network, and the folder on a drive nobody can write to."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.portable.rooms import DRIVE, HOME
from tests.terminal.screen import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portable.rooms import Room

LAUNCHERS = Path(__file__).parents[2] / ".github/portable"
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
    told = subprocess.run(
        room.inside("cat", "/proc/net/dev"), capture_output=True, text=True, check=True
    )
    devices = [line.split(":")[0].strip() for line in told.stdout.splitlines()[2:]]
    assert devices == ["lo"]


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
    """All is found that is found in one that can be."""
    home = room.root / HOME[1:]
    history = home / ".bash_history"
    history.write_text("ls\nhygiene check\n")
    usual = room.run("check", "--json")
    home.chmod(0o555)
    try:
        done = room.run("check", "--json")
    finally:
        home.chmod(0o755)
        history.unlink()
    assert (done.returncode, done.stderr) == (0, "")
    assert document(done.stdout) == document(usual.stdout)
    assert '"own-footprint:bash:.bash_history"' in done.stdout


def _of_the_desktop() -> list[str]:
    """What a file manager runs for the launcher: freedesktop.org, Desktop Entry 1.5."""
    text = (LAUNCHERS / "start.desktop").read_text("utf-8")
    line = text.partition("\nExec=")[2].partition("\n")[0]
    return [part.replace("%k", f"{DRIVE}/start.desktop") for part in shlex.split(line)]


def _of_the_finder() -> list[str]:
    """What macOS runs for the launcher; `$0` is the file that was opened."""
    text = (LAUNCHERS / "start.command").read_text("utf-8")
    return ["sh", "-c", text, f"{DRIVE}/start.command"]


@pytest.mark.parametrize("launcher", [_of_the_desktop, _of_the_finder])
def test_a_launcher_opens_the_first_screen(
    room: Room, launcher: Callable[[], list[str]]
) -> None:
    """In a path with a space and with letters that are not Latin."""
    with Session(room.inside(*launcher()), env={}) as session:
        session.wait_for("Before you start")
        session.send(b"\x11")
        session.read(1)
        assert session.is_blank
