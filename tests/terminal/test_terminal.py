"""The terminal is taken over at once and left in one way."""

from __future__ import annotations

import signal
import sys
import termios
import textwrap
import time

import pytest

from tests.terminal.screen import Session

LAUNCH = "\r\n".join(["a line above"] * 40) + "\r\n$ the launch line\r\n"


BEGIN = "screen = terminal.begin('first words', 0x11)"
LISTEN = "screen = terminal.listen(0x11); print('first words')"


def program(body: str, start: str = BEGIN) -> list[str]:
    """A child that takes the terminal and runs `body`."""
    return [
        sys.executable,
        "-c",
        "import sys, time, threading\n"
        "from hygiene import terminal\n"
        f"terminal.prepare(); {start}\n" + textwrap.dedent(body),
    ]


WAITS = "time.sleep(60)"
BUSY = "while True: screen.write('x' * 9000 + '\\x1b[3')"
TRIGGERS = {
    "leave key": lambda s: s.send(b"\x11"),
    "ctrl c": lambda s: s.send(b"\x03"),
    "terminate": lambda s: s.signal(signal.SIGTERM),
    "window closed": lambda s: s.signal(signal.SIGHUP),
}


@pytest.mark.rule("SR-36", "SR-37")
@pytest.mark.parametrize("body", [WAITS, BUSY], ids=["idle", "writing"])
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_trigger_blanks_everything_and_ends_with_zero(
    trigger: str, body: str
) -> None:
    """Nothing stays on the screen, below it or above it, and no key reaches the shell."""
    with Session(program(body), before=LAUNCH) as session:
        session.wait_for("first words" if body == WAITS else "x")
        session.send(b"typed and not read")
        TRIGGERS[trigger](session)
        assert session.wait_end(5) == 0
        assert session.is_blank
        assert not session.emulator.alternate
        assert not session.emulator.reporting
        assert not session.emulator.cursor.hidden
        assert (session.emulator.cursor.x, session.emulator.cursor.y) == (0, 0)
        assert session.modes == session.modes_before
        assert session.typed_and_unread == 0


@pytest.mark.rule("SR-36")
def test_leaving_works_from_the_first_byte_on() -> None:
    """The key works as soon as anything is painted, before the heavy imports."""
    with Session(
        program("import textual.app; time.sleep(60)"), before=LAUNCH
    ) as session:
        session.wait_for_output()
        session.send(b"\x11")
        assert session.wait_end(5) == 0
        assert session.is_blank


@pytest.mark.rule("SR-36")
def test_another_leave_key_takes_the_place_of_the_first() -> None:
    """With Ctrl+X chosen, Ctrl+Q is an ordinary key."""
    with Session(program(WAITS, BEGIN.replace("0x11", "0x18"))) as session:
        session.wait_for("first words")
        session.send(b"\x11")
        session.read(0.3)
        assert "first words" in session.shown
        session.send(b"\x18")
        assert session.wait_end(5) == 0
        assert session.is_blank


@pytest.mark.rule("SR-36")
def test_twice_at_once_is_once() -> None:
    """Signals and threads that all leave together leave one blank screen."""
    body = """
    start = threading.Barrier(8)
    def go():
        start.wait()
        screen.leave_now()
    for _ in range(8):
        threading.Thread(target=go).start()
    time.sleep(60)
    """
    with Session(program(body), before=LAUNCH) as session:
        assert session.wait_end(5) == 0
        assert session.is_blank
        assert session.modes == session.modes_before


@pytest.mark.rule("SR-37")
def test_a_terminal_that_takes_nothing_does_not_hold_the_process() -> None:
    """With the terminal's buffer full and nobody reading, the process still goes."""
    with Session(program(BUSY), before=LAUNCH) as session:
        session.wait_for("x")
        wait_without_reading(0.3)
        session.signal(signal.SIGTERM)
        wait_without_reading(0.6)
        assert session._process.poll() == 0
        session.wait_end(1)
        assert session.is_blank


def wait_without_reading(seconds: float) -> None:
    """Let the terminal's buffer fill."""
    time.sleep(seconds)


@pytest.mark.rule("SR-38")
def test_last_acts_run_after_the_blank_and_cannot_hold_it() -> None:
    """An act that hangs or fails stops neither the others nor the end."""
    body = """
    import os
    def fails(): raise ValueError("canary")
    terminal.at_the_end(fails)
    terminal.at_the_end(lambda: os.write(1, b"acted"))
    terminal.at_the_end(lambda: time.sleep(60))
    time.sleep(60)
    """
    with Session(program(body)) as session:
        session.wait_for("first words")
        session.send(b"\x11")
        assert session.wait_end(5) == 0
        assert session.raw.endswith(b"acted")
        assert session.modes == session.modes_before


@pytest.mark.rule("SR-36", "SR-48")
def test_plain_lines_leave_the_same_way_and_write_no_sequence_before() -> None:
    """Echo and line editing stay on; both keys clear screen and scrollback."""
    for key in (b"\x03", b"\x11"):
        with Session(program(WAITS, LISTEN), before=LAUNCH) as session:
            session.wait_for("first words")
            assert session.echoes
            assert b"\x1b" not in session.raw
            session.send(key)
            assert session.wait_end(5) == 0
            assert session.is_blank
            assert session.modes == session.modes_before


def test_an_ordinary_end_gives_the_normal_screen_back() -> None:
    """Our own lines go, the earlier ones stay."""
    with Session(program("terminal.end_quietly()"), before=LAUNCH) as session:
        assert session.wait_end(5) == 0
        assert "$ the launch line" in session.shown
        assert "first words" not in session.emulator.everything
        assert session.modes == session.modes_before


def test_after_an_ordinary_end_one_can_print_again() -> None:
    """A line that says why stands on the normal screen."""
    body = "terminal.end_quietly(); print('a reason', file=sys.stderr)"
    with Session(program(body), before=LAUNCH) as session:
        assert session.wait_end(5) == 0
        assert "a reason" in session.shown


def test_an_ordinary_end_can_take_the_earlier_lines_too() -> None:
    """When the person said so."""
    with Session(program("terminal.end_quietly(clear=True)"), before=LAUNCH) as s:
        assert s.wait_end(5) == 0
        assert s.is_blank


@pytest.mark.rule("SR-38")
@pytest.mark.parametrize(
    "body",
    [
        "canary = 'canary'; raise ValueError(canary)",
        "threading.Thread(target=lambda: {}['canary']).start(); time.sleep(60)",
    ],
    ids=["main", "thread"],
)
def test_a_failure_is_one_neutral_line(body: str) -> None:
    """No traceback, no value, status 1, modes as before."""
    with Session(program(body), before=LAUNCH) as session:
        assert session.wait_end(5) == 1
        assert session.shown.rstrip().endswith("shows what is left.")
        assert b"canary" not in session.raw
        assert b"Traceback" not in session.raw
        assert session.modes == session.modes_before


@pytest.mark.rule("SR-38", "SR-39")
def test_work_that_fails_because_one_leaves_says_nothing() -> None:
    """The screen stays blank, and the status is that of leaving."""
    body = """
    stopped = threading.Event()
    def stop(seconds):
        stopped.set()
        time.sleep(1.2)
    def work():
        stopped.wait()
        raise ValueError("canary")
    threading.Thread(target=work, daemon=True).start()
    with terminal.at_work(stop):
        time.sleep(60)
    """
    with Session(program(body), before=LAUNCH) as session:
        session.wait_for("first words")
        session.send(b"\x11")
        assert session.wait_end(5) == 0
        assert session.is_blank
        assert b"fault of its own" not in session.raw


@pytest.mark.rule("SR-39")
def test_no_work_begins_while_one_leaves() -> None:
    """Between the blank screen and the end of the process."""
    body = """
    import os
    terminal.at_the_end(lambda: time.sleep(0.2))
    def work():
        while not screen._ended:
            time.sleep(0.001)
        with terminal.at_work(lambda seconds: None):
            os.write(1, b"canary")
    threading.Thread(target=work, daemon=True).start()
    time.sleep(60)
    """
    with Session(program(body), before=LAUNCH) as session:
        session.wait_for("first words")
        session.send(b"\x11")
        assert session.wait_end(5) == 0
        assert b"canary" not in session.raw


@pytest.mark.rule("SR-38")
def test_no_core_file_is_written() -> None:
    """The limit reads back as nothing."""
    body = """
    import resource, faulthandler
    limit = resource.getrlimit(resource.RLIMIT_CORE)
    screen.write(f"\\r\\n{limit}, C tracebacks: {faulthandler.is_enabled()}, told")
    time.sleep(60)
    """
    with Session(program(body)) as session:
        session.wait_for(", told")
        assert session.shown.splitlines()[1] == "(0, 0), C tracebacks: False, told"


@pytest.mark.rule("SR-38")
def test_what_is_printed_goes_through_the_same_gate() -> None:
    """After leaving, a print of any thread shows nothing."""
    body = """
    def talk():
        while True:
            print("canary", file=sys.stderr)
    threading.Thread(target=talk, daemon=True).start()
    time.sleep(60)
    """
    with Session(program(body), before=LAUNCH) as session:
        session.wait_for("canary")
        session.send(b"\x03")
        assert session.wait_end(5) == 0
        assert session.is_blank


def test_ctrl_z_does_not_leave_the_screen_standing() -> None:
    """Stopping would put the shell below a screen full of text."""
    with Session(program(WAITS)) as session:
        session.wait_for("first words")
        session.send(b"\x1a")
        session.signal(signal.SIGTSTP)
        session.read(0.2)
        assert session.modes[6][termios.VSUSP] == b"\0"
        session.send(b"\x11")
        assert session.wait_end(5) == 0


@pytest.mark.rule("SR-36")
def test_the_first_text_needs_no_heavy_module() -> None:
    """Nothing of Textual, threads or asyncio is loaded before the first text."""
    body = """
    heavy = {"textual", "rich", "asyncio", "gettext", "logging", "ctypes"}
    screen.write(f"\\r\\nloaded: {sorted(heavy & set(sys.modules))}, told")
    time.sleep(60)
    """
    with Session(program(body)) as session:
        session.wait_for(", told")
        assert session.shown.splitlines()[1] == "loaded: [], told"
