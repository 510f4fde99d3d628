"""What this program leaves itself, and that nothing but its own lines can go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import (
    Clearing,
    Finding,
    NotReached,
    Picked,
    Platform,
    ReplaceFile,
    Why,
)
from hygiene.contract.phrases import Phrases
from hygiene.contract.testing import FakeHome, assert_conforms
from hygiene.host.home import DiskHome
from hygiene.practice import shells
from hygiene_checks.program._commands import starts_this_program
from hygiene_checks.program._shell_histories import PLACES, Shell
from hygiene_checks.program.footprint import ID, FootprintCheck
from tests.checks.answers import answers, ask, missed, nothing
from tests.footprint import age, footprint
from tests.host.systems import POSIX

CHECK = FootprintCheck()
WHEN = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
PSREADLINE = "AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine"

OURS = [
    "hygiene check",
    "hygiene",
    "  /media/drive/hygiene/hygiene check --plain",
    r"E:\hygiene\hygiene.exe check",
    r'& "E:\my drive\hygiene.exe" check',
    "sudo -E hygiene check",
    "LANG=es_MX.UTF-8 hygiene check",
    "env TERM=dumb hygiene check",
    "cd /media/drive && ./hygiene check",
    "python3 -m hygiene guide",
    r"py -3 -m hygiene",
    ".venv/bin/python -P -m hygiene.cli check",
    ".venv/bin/pip install --quiet . && .venv/bin/hygiene check",
    "pip install privacy-hygiene",
    "pip3 uninstall -y privacy_hygiene-0.1.0-py3-none-any.whl",
    "uvx --from privacy-hygiene hygiene check",
    "pipx run privacy-hygiene==0.1.0",
    "python -m pip install 'privacy-hygiene[test]'",
    "ls\nhygiene check\ndate",
    "if hygiene check; then date; fi",
    "cd .; and hygiene check",
    "begin\nnot hygiene\nend",
]
OTHERS = [
    "",
    "ls hygiene",
    "cat dental-hygiene.txt",
    "nano ~/hygiene",
    "cd hygiene",
    "git clone https://example.org/hygiene",
    "echo 'hygiene check'",
    'echo "a; hygiene check"',
    "hygienecheck",
    "hygiene-lint .",
    "pip install oral-hygiene",
    "python -m hygienic",
    "grep privacy-hygiene notes.txt",
    "man hygiene",
]


@pytest.mark.rule("SR-46")
@pytest.mark.parametrize("line", OURS)
def test_lines_that_start_this_program_are_known(line: str) -> None:
    """By name, by path, through Python, by whoever puts it in."""
    assert starts_this_program(line)


@pytest.mark.rule("SR-46")
@pytest.mark.parametrize("line", OTHERS)
def test_lines_that_only_name_it_are_not_ours(line: str) -> None:
    """A file, a page, a word in quotes."""
    assert not starts_this_program(line)


@given(st.text(max_size=300))
def test_any_line_can_be_judged(line: str) -> None:
    """Whatever was typed."""
    assert starts_this_program(line) in {True, False}


AROUND = ["ls hygiene", 'for i in 1 2\ndo echo "hygiene $i"\ndone', "echo ñandú"]
OWN = ["hygiene check", "cd x &&\nhygiene check"]

Build = Callable[[Path, list[str]], None]
HISTORIES: dict[str, tuple[Platform, str, Build]] = {
    "bash": (
        Platform.LINUX,
        ".bash_history",
        lambda path, lines: shells.bash(
            path, [x for y in lines for x in y.split("\n")]
        ),
    ),
    "bash with times": (
        Platform.LINUX,
        ".bash_history",
        lambda path, lines: shells.bash(path, lines, WHEN),
    ),
    "zsh": (
        Platform.MACOS,
        ".zsh_history",
        shells.zsh,
    ),
    "zsh with times": (
        Platform.MACOS,
        ".zsh_history",
        lambda path, lines: shells.zsh(path, lines, WHEN),
    ),
    "fish": (
        Platform.LINUX,
        ".local/share/fish/fish_history",
        lambda path, lines: shells.fish(path, lines, WHEN),
    ),
    "powershell": (
        Platform.WINDOWS,
        f"{PSREADLINE}/ConsoleHost_history.txt",
        shells.powershell,
    ),
}
every_shell = pytest.mark.parametrize(
    ("platform", "name", "build"), HISTORIES.values(), ids=HISTORIES
)


def plan(home: DiskHome, store: str) -> list[Clearing]:
    """What would go of that history."""
    planned = [*CHECK.plan_picked(home, Picked(check=ID, store=store))]
    assert all(isinstance(each, Clearing) for each in planned)
    return [each for each in planned if isinstance(each, Clearing)]


@pytest.mark.rule("SR-46")
@every_shell
def test_only_our_lines_go(
    tmp_path: Path, platform: Platform, name: str, build: Build
) -> None:
    """All other bytes are those of a history in which they never stood."""
    path, bare = tmp_path / "home" / name, tmp_path / "bare"
    mixed = [AROUND[0], OWN[0], AROUND[1], OWN[0], AROUND[2]]
    build(path, mixed)
    build(bare, AROUND)
    before = path.read_bytes()
    age(tmp_path / "home")
    untouched = footprint(tmp_path / "home")
    home = DiskHome(tmp_path / "home", platform)
    [found] = [each for each in answers(CHECK, home) if isinstance(each, Finding)]
    assert (found.topic, found.counts, found.choices) == (
        "own-lines",
        {"items": 2},
        ("clear-lines",),
    )
    [clearing] = plan(home, name)
    [step] = clearing.steps
    assert isinstance(step, ReplaceFile)
    assert clearing.counts == {"typed_lines": 2}
    assert step.before == hashlib.sha256(before).hexdigest()
    assert step.after == bare.read_bytes()
    assert footprint(tmp_path / "home") == untouched


@every_shell
def test_a_command_of_several_lines_goes_whole(
    tmp_path: Path, platform: Platform, name: str, build: Build
) -> None:
    """Where the file tells that they belong together; else the one line that is ours."""
    path, bare = tmp_path / "home" / name, tmp_path / "bare"
    build(path, [AROUND[0], OWN[1], AROUND[2]])
    alone = path.name == ".bash_history" and b"#1" not in path.read_bytes()
    build(bare, [AROUND[0], "cd x &&", AROUND[2]] if alone else [AROUND[0], AROUND[2]])
    [clearing] = plan(DiskHome(tmp_path / "home", platform), name)
    [step] = clearing.steps
    assert isinstance(step, ReplaceFile)
    assert step.after == bare.read_bytes()


@pytest.mark.rule("SR-46")
@every_shell
def test_without_a_line_of_ours_there_is_nothing_to_plan(
    tmp_path: Path, platform: Platform, name: str, build: Build
) -> None:
    """It was looked at, and holds nothing."""
    build(tmp_path / name, AROUND)
    home = DiskHome(tmp_path, platform)
    assert nothing(answers(CHECK, home)) == [(name,)]
    assert plan(home, name) == []


def test_the_lines_can_be_shown(tmp_path: Path) -> None:
    """The exact lines, with their moments."""
    shells.bash(tmp_path / ".bash_history", ["ls", *OWN], WHEN)
    [found] = ask(CHECK, tmp_path)
    assert isinstance(found, Finding)
    assert [(str(each.label), each.first) for each in found.traces()] == [
        ("hygiene check", WHEN),
        ("cd x && hygiene check", WHEN),
    ]


def test_an_open_shell_is_said(tmp_path: Path) -> None:
    """It may write its last line when it ends."""
    shells.bash(tmp_path / ".bash_history", OWN)

    class Running(DiskHome):
        def running(self, programs: object) -> bool | None:
            return "bash" in programs  # type: ignore[operator]

    [found] = answers(CHECK, Running(tmp_path, Platform.LINUX))
    assert isinstance(found, Finding)
    assert found.topic == "own-lines-running"


@POSIX
@pytest.mark.rule("SR-18")
def test_a_history_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """In the check and in the plan."""
    os.mkfifo(tmp_path / ".bash_history")
    home = DiskHome(tmp_path, Platform.LINUX)
    assert missed(answers(CHECK, home)) == {".bash_history": Why.NOT_SUPPORTED}
    planned = [*CHECK.plan_picked(home, Picked(check=ID, store=".bash_history"))]
    assert planned == [
        NotReached(store=".bash_history", why=Why.NOT_SUPPORTED, program="Bash")
    ]


def test_another_store_is_not_planned_for(tmp_path: Path) -> None:
    """Only histories of shells are."""
    (tmp_path / "diary.txt").write_text("hygiene check\n")
    home = DiskHome(tmp_path, Platform.LINUX)
    assert plan(home, "diary.txt") == []


INSTALLS = [
    (
        Platform.LINUX,
        "pip",
        ".local/lib/python3.11/site-packages/{}-0.1.0.dist-info/RECORD",
    ),
    (Platform.LINUX, "pipx", ".local/share/pipx/venvs/privacy-hygiene/pyvenv.cfg"),
    (Platform.LINUX, "uv", ".local/share/uv/tools/privacy-hygiene/pyvenv.cfg"),
    (
        Platform.LINUX,
        "pip-cache",
        ".cache/pip/wheels/a/b/c/d/{}-0.1.0-py3-none-any.whl",
    ),
    (Platform.LINUX, "uv-cache", ".cache/uv/wheels-v5/pypi/privacy-hygiene/x.msgpack"),
    (Platform.LINUX, "downloads", "Downloads/{}-0.1.0-py3-none-any.whl"),
    (
        Platform.MACOS,
        "pip",
        "Library/Python/3.11/lib/python/site-packages/{}-0.1.0.dist-info/RECORD",
    ),
    (Platform.MACOS, "uv-cache", ".cache/uv/wheels-v5/pypi/privacy-hygiene/x.msgpack"),
    (
        Platform.WINDOWS,
        "pip",
        "AppData/Roaming/Python/Python311/site-packages/{}-0.1.0.dist-info/RECORD",
    ),
    (Platform.WINDOWS, "uv", "AppData/Roaming/uv/tools/privacy-hygiene/pyvenv.cfg"),
    (Platform.WINDOWS, "downloads", "Downloads/hygiene-windows.zip"),
]


@pytest.mark.rule("SR-44")
@pytest.mark.parametrize(("platform", "program", "name"), INSTALLS)
def test_what_installers_keep_is_found(
    tmp_path: Path, platform: Platform, program: str, name: str
) -> None:
    """On each system, where it lies there; nothing is offered to be cleared."""
    path = tmp_path / name.format("privacy_hygiene")
    path.parent.mkdir(parents=True)
    path.touch()
    [found] = ask(CHECK, tmp_path, platform)
    assert isinstance(found, Finding)
    assert (found.program_id, found.counts, found.choices) == (
        program,
        {"items": 1},
        (),
    )


def test_it_conforms_and_has_its_words() -> None:
    """In an empty home too."""
    assert_conforms(CHECK)
    words = Phrases("hygiene_checks.program")
    for topic in ("own-lines", "own-lines-running", "installed", "installer-cache"):
        assert "leave it as it is" in words.say(f"{topic}.choices")


def test_every_pattern_of_a_history_can_be_found() -> None:
    """None is misspelled: each finds a file that lies where it says."""
    for platform, places in PLACES.items():
        for pattern, shell in places.items():
            path = pattern.replace("*", "a")
            for base, folder in {
                "{config}": "AppData/Roaming",
                "{data}": ".local/share",
            }.items():
                path = path.replace(base, folder)
            if platform is Platform.MACOS and pattern.startswith("{data}"):
                continue
            home = FakeHome({path: _written(shell)}, platform=platform)
            found = [each for each in answers(CHECK, home) if isinstance(each, Finding)]
            assert [each.program_id for each in found] == [shell.id], pattern


def _written(shell: Shell) -> bytes:
    return b"- cmd: hygiene check\n" if shell.id == "fish" else b"hygiene check\n"
