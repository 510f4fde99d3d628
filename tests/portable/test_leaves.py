"""What a run leaves on a bare system: nothing but what its own page says (SR-44)."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from hygiene.contract import Platform
from hygiene.report.left_behind import Mark, lines
from tests.footprint import age, footprint
from tests.portable.rooms import DRIVE, HOME, Room
from tests.terminal.screen import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAVE = b"\x11"
CANARY = f"{HOME}/canary"
MISLEADING = (
    *("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS"),
    *("TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SCREENSHOT_FILENAME", "TEXTUAL_DRIVER"),
    *("TEXTUAL_DEVTOOLS_PORT", "TEXTUAL_FILTERS", "TEXTUAL_COLOR_SYSTEM"),
    *("PYTHONSTARTUP", "PYTHONPYCACHEPREFIX", "PYTHONINSPECT", "PYTHONBREAKPOINT"),
    *(
        "PYTHONDUMPREFSFILE",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONUSERBASE",
        "PYTHONWARNINGS",
    ),
    *("PYTHONFAULTHANDLER", "PYTHONTRACEMALLOC", "PYTHONPROFILEIMPORTTIME"),
    *("SSLKEYLOGFILE", "COVERAGE_PROCESS_START", "COVERAGE_FILE", "TMPDIR", "RICH_LOG"),
)
"""Variables that make Textual, Rich or Python write a file, or read one."""

OF_THE_ROOM = ("/proc", "/dev")


def listing(room: Room) -> dict[str, tuple[object, ...]]:
    """Every path of the whole system with its content and times. Access times count in
    the home alone: any program reads `/usr`.
    """
    root = str(room.root)
    found: dict[str, tuple[object, ...]] = {}
    for path, mark in footprint(room.root).items():
        name = path.removeprefix(root)
        if not name.startswith(OF_THE_ROOM):
            accessed = mark.accessed if name.startswith(HOME) else 0
            found[name] = (mark.mode, mark.size, mark.modified, mark.digest, accessed)
    return found


@pytest.fixture
def unchanged(room: Room) -> Iterator[None]:
    """The whole system is afterwards as it was before, but for the date of the folder
    for temporary files, as the page says.
    """
    (room.root / HOME[1:] / "notes.txt").write_text("mine")
    age(room.root / HOME[1:])
    before = listing(room)
    yield
    after = listing(room)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed <= {"/tmp"}


def ended(session: Session) -> bool:
    """Whether nothing of it runs any more."""
    try:
        return not psutil.Process(session.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return True


def wait_until_ended(session: Session) -> None:
    """Up to five seconds."""
    for _ in range(100):
        session.read(0.05)
        if ended(session):
            return
    raise AssertionError("still runs")


@pytest.mark.rule("SR-21", "SR-44")
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "more", [["--json"], [], ["--practice"], ["--json", "--practice"]]
)
def test_looking_leaves_nothing(room: Room, more: list[str]) -> None:
    """In lines and as a document, at the person's own home and at a made-up one."""
    assert room.run("check", *more).returncode == 0


@pytest.mark.rule("SR-21", "SR-44")
@pytest.mark.usefixtures("unchanged")
def test_clearing_a_made_up_home_leaves_nothing(room: Room) -> None:
    """From the site's name to the result."""
    with Session(room.command("forget", "--practice", "--plain"), env={}) as session:
        session.wait_for("x leaves at once")
        session.send("3\n")
        session.wait_for("site")
        session.send("news.example\n")
        answer_until_cleared(session)
        session.send("x\n")
        wait_until_ended(session)
        assert session.is_blank


def answer_until_cleared(session: Session) -> None:
    """Answer what the plan asks: no proof in it, then the number."""
    for _ in range(20):
        session.read(1)
        shown = session.shown
        if "Looked again" in shown or "Done:" in shown:
            return
        number = re.findall(r"type (\d+)", shown)
        session.send(f"{number[-1]}\n" if number else "n\n")
    raise AssertionError(session.shown)


@pytest.mark.rule("SR-21", "SR-37", "SR-44")
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("more", [[], ["--practice"]])
def test_leaving_at_once_leaves_nothing(room: Room, more: list[str]) -> None:
    """Neither on the disk nor in the window."""
    with Session(room.command("check", *more), env={}) as session:
        session.wait_for("Before you start")
        session.send("l")
        session.wait_for("6 of 6 checks done")
        session.send(LEAVE)
        wait_until_ended(session)
        assert session.is_blank


@pytest.mark.rule("SR-38", "SR-44")
@pytest.mark.usefixtures("unchanged")
def test_a_crash_leaves_nothing(room: Room) -> None:
    """A fault in its own memory: no core file, no report."""
    with Session(room.command("check"), env={}) as session:
        session.wait_for("Before you start")
        session.send("l")
        session.wait_for("6 of 6 checks done")
        [*_, program] = psutil.Process(session.pid).children(recursive=True)
        limits = Path(f"/proc/{program.pid}/limits").read_text("ascii")
        assert re.search(r"Max core file size +0 +0 ", limits)
        program.send_signal(signal.SIGSEGV)
        wait_until_ended(session)


@pytest.mark.rule("SR-21")
def test_the_next_practice_run_removes_what_a_killed_one_left(room: Room) -> None:
    """The one thing that can stay: made-up data under a neutral name."""
    before = listing(room)
    with Session(room.command("check", "--practice"), env={}) as session:
        session.wait_for("Before you start")
        session.send("l")
        session.wait_for("6 of 6 checks done")
        [*_, program] = psutil.Process(session.pid).children(recursive=True)
        program.kill()
        wait_until_ended(session)
    left = {name for name in listing(room) if name not in before}
    assert left
    assert all(name.startswith("/tmp/") for name in left)
    assert room.run("check", "--practice").returncode == 0
    assert {name for name in listing(room) if name not in before} == set()


@pytest.mark.rule("SR-43")
def test_no_variable_makes_it_write(room: Room) -> None:
    """All of them set to a file that must not come to be, in lines and on the screens."""
    variables = {name: f"{CANARY}-{name}" for name in MISLEADING}
    before = set(listing(room))
    assert room.run("check", "--practice", **variables).returncode == 0
    with Session(room.command("check", **variables), env={}) as session:
        session.wait_for("Before you start")
        session.send("l")
        session.wait_for("6 of 6 checks done")
        session.send(LEAVE)
        wait_until_ended(session)
    assert set(listing(room)) - before == set()


@pytest.mark.rule("SR-44", "SR-46")
def test_the_line_that_started_it_is_kept_by_the_shell_and_found(room: Room) -> None:
    """As the page says: a shell keeps it, and the program finds it."""
    history = room.root / HOME[1:] / ".bash_history"
    typed = room.inside("bash", "--norc", "-i", HISTFILE=f"{HOME}/.bash_history")
    with Session(typed, env={}) as session:
        session.read(0.5)
        session.send(f'"{DRIVE}/hygiene" --version\nls\nexit\n')
        wait_until_ended(session)
    try:
        assert f'"{DRIVE}/hygiene" --version' in history.read_text("utf-8")
        said = room.run("check", "own-footprint").stdout
        assert "Bash" in said
        assert "1 item" in said or "1 line" in said
    finally:
        history.unlink(missing_ok=True)


@pytest.mark.rule("SR-44")
def test_its_name_stands_in_the_list_of_programs(room: Room) -> None:
    """Nobody can hide it."""
    with Session(room.command("check"), env={}) as session:
        session.wait_for("Before you start")
        [*_, program] = psutil.Process(session.pid).children(recursive=True)
        assert any("hygiene" in each for each in program.cmdline())
        session.send(LEAVE)
        wait_until_ended(session)


OBSERVED_HERE = {
    *("shell-history", "scrollback", "compiled-files", "crash-reports"),
    *("made-up-home", "process-list", "access-times"),
}


@pytest.mark.rule("SR-44")
def test_every_line_of_the_page_was_seen_here_or_says_who_says_so() -> None:
    """Lines marked as observed are those of the tests above."""
    for line in lines(Platform.LINUX):
        observed = line.source.startswith("observed")
        assert observed is (line.id in OBSERVED_HERE), line.id
        if not observed:
            assert len(line.source) > 20
    prevented = {
        each.id for each in lines(Platform.LINUX) if each.mark is Mark.PREVENTED
    }
    assert prevented <= OBSERVED_HERE
