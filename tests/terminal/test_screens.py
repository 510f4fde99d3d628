"""The screens in a real terminal: what goes over the wire, and what never does."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.footprint import footprint
from tests.terminal.screen import Session

if TYPE_CHECKING:
    from pathlib import Path

LAUNCH = "\r\n".join(["a line above"] * 40) + "\r\n$ the launch line\r\n"
PRACTICE = [sys.executable, "-P", "-m", "hygiene", "check", "--practice"]
GATE = "help me decide"
OVERVIEW = "6 of 6 checks done"
NEVER = {
    "title, clipboard, pointer, links": rb"\x1b\]",
    "bell": rb"\x07",
    "kitty keyboard": rb"\x1b\[[>=<][0-9;]*u",
    "questions": rb"\x1b\[[?>=]?[0-9;]*(?:\$p|c|n)|\x1bP|\x1b_",
    "reports of movement, focus, size": rb"\x1b\[\?(?:1003|1004|1015|1016|2048)h",
    "blinking": rb"\x1b\[(?:[0-9;]*;)?[56]m",
}


def hygiene(*options: str, env: dict[str, str] | None = None) -> Session:
    """The program over a made-up home, in a terminal of 80 by 24."""
    return Session(
        [*PRACTICE, *options], before=LAUNCH, env={**os.environ, **(env or {})}
    )


BROKEN = """\
import threading, time
from hygiene import terminal
terminal.prepare()
terminal.begin("first words", 0x11)
from hygiene.contract.phrases import Phrases
from hygiene.tui import app
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.visit import Visit

class Broken(Page):
    def content(self):
        yield Text("the page stands")
    def on_mount(self):
        self.set_timer(0.2, self.go)
    def go(self):
        canary = "canary"
{body}

visit = Visit(Phrases("hygiene"), "en", terminal.leave_now, "Ctrl+Q")
raise SystemExit(app._run(app.HygieneApp(visit, [Broken(visit)])))
"""


def broken(body: str) -> list[str]:
    """The app with a page that runs `body` as soon as it stands."""
    indented = textwrap.indent(textwrap.dedent(body), " " * 8)
    return [sys.executable, "-P", "-c", BROKEN.format(body=indented)]


@pytest.mark.rule("SR-09", "SR-38", "SR-42")
def test_nothing_unwanted_goes_over_the_wire() -> None:
    """Through gate, list, search, guide and mouse: no title, no bell, no clipboard, no
    question whose answer could land in the shell.
    """
    with hygiene() as session:
        session.wait_for(GATE)
        session.send("l")
        session.wait_for(OVERVIEW)
        session.send("\r")
        session.wait_for("Setting")
        session.send("\r")
        session.wait_for("Names are hidden")
        session.send("s")
        session.wait_for("rows")
        session.send("/ex\x1b[<0;10;12M\x1b[<0;10;12m\x1b[<65;10;12M")
        session.send("g")
        session.read(0.3)
        session.send(b"\x11")
        assert session.wait_end() == 0
        for what, pattern in NEVER.items():
            assert not re.search(pattern, session.raw), what


@pytest.mark.rule("SR-37")
def test_the_first_text_stays_until_the_first_frame() -> None:
    """The alternate screen is entered once, and nothing clears it in between."""
    with hygiene() as session:
        session.wait_for(GATE)
        assert session.raw.count(b"\x1b[?1049h") == 1
        assert b"\x1b[?1049l" not in session.raw
        before, _, after = session.raw.partition(b"Before you start")
        assert before
        assert b"\x1b[2J" not in after


@pytest.mark.rule("SR-36")
def test_the_key_leaves_in_every_form_a_terminal_may_send_it() -> None:
    """As a byte, and as the kitty protocol writes it."""
    for key in (b"\x11", b"\x03", b"\x1b[113;5u", b"\x1b[99;5u"):
        with hygiene() as session:
            session.wait_for(GATE)
            session.send(key)
            assert session.wait_end(5) == 0
            assert session.is_blank
            assert session.modes == session.modes_before


@pytest.mark.rule("SR-36")
def test_the_control_leaves_by_mouse() -> None:
    """A press in the upper right corner is enough."""
    with hygiene() as session:
        session.wait_for(GATE)
        session.send("\x1b[<0;70;1M")
        assert session.wait_end(5) == 0
        assert session.is_blank


@pytest.mark.rule("SR-36", "SR-37")
@pytest.mark.parametrize(
    "body",
    ["time.sleep(60)", "while True: pass", "threading.Lock().acquire(timeout=60)"],
    ids=["waits", "computes", "hangs"],
)
def test_a_page_that_hangs_does_not_hold_the_way_out(body: str) -> None:
    """The keys are answered on threads of their own."""
    with Session(broken(body), before=LAUNCH) as session:
        session.wait_for("the page stands")
        session.read(0.5)
        session.send(b"\x11")
        assert session.wait_end(5) == 0
        assert session.is_blank
        assert session.modes == session.modes_before


@pytest.mark.rule("SR-38")
@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError(canary)",
        "self.run_worker(self.nothing_like_this(canary))",
        "threading.Thread(target=lambda: {}[canary]).start()",
        "self.app.panic(canary)",
        "class Loud(Exception):\n    def __rich__(self): return 'canary'\nraise Loud",
    ],
    ids=["page", "missing", "thread", "panic", "rich"],
)
def test_a_failure_of_the_screens_is_one_neutral_line(body: str) -> None:
    """No traceback, no value of any frame; the normal screen as it was; status 1."""
    with Session(broken(body), before=LAUNCH) as session:
        assert session.wait_end() == 1
        assert b"canary" not in session.raw
        assert b"Traceback" not in session.raw
        assert "$ the launch line" in session.shown
        assert session.shown.rstrip().endswith("shows what is left.")
        assert session.modes == session.modes_before
        assert not session.emulator.reporting


@pytest.mark.rule("SR-37")
def test_an_ordinary_end_brings_earlier_lines_back_or_takes_them() -> None:
    """Escape at the gate, then the answer."""
    for key, kept in (("k", True), ("c", False)):
        with hygiene() as session:
            session.wait_for(GATE)
            session.send("\x1b")
            session.wait_for("Keep them")
            session.send(key)
            assert session.wait_end() == 0
            assert ("$ the launch line" in session.shown) is kept
            assert session.is_blank is not kept
            assert session.modes == session.modes_before
            assert session.typed_and_unread == 0


@pytest.mark.rule("SR-49")
def test_no_color_sends_no_colour() -> None:
    """Attributes such as bold and reverse only."""
    with hygiene(env={"NO_COLOR": "1"}) as session:
        session.wait_for(GATE)
        session.send("l")
        session.wait_for(OVERVIEW)
        for parts in re.findall(rb"\x1b\[([0-9;]*)m", session.raw):
            for part in parts.split(b";"):
                assert int(part or 0) not in {*range(30, 39), *range(40, 49)}
                assert int(part or 0) < 90


@pytest.mark.rule("SR-43")
def test_variables_of_the_framework_write_nothing(tmp_path: Path) -> None:
    """Logs, screenshots and keys that Textual would write on its own."""
    names = ("TEXTUAL_LOG", "TEXTUAL_SCREENSHOT_LOCATION", "PYTHONSTARTUP")
    env = {name: str(tmp_path / name) for name in names}
    env |= {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "0",
    }
    env |= {"TEXTUAL_PRESS": "l", "TEXTUAL_DRIVER": "textual.drivers.headless_driver:X"}
    before = footprint(tmp_path)
    here = set(os.listdir())
    with hygiene(env=env) as session:
        session.wait_for(GATE)
        session.read(0.5)
        assert OVERVIEW not in session.shown
        session.send(b"\x11")
        assert session.wait_end() == 0
    assert footprint(tmp_path) == before
    assert set(os.listdir()) == here


def test_the_window_can_change_its_size() -> None:
    """The page is laid anew: the way out stands in the new corner, and the first
    sentence is broken between words.
    """
    with hygiene() as session:
        session.wait_for(GATE)
        sentence = "Here you can see what this computer remembers about you."
        assert sentence in session.shown
        session.resize(40, 24)
        session.wait_until(
            lambda: (
                sentence in " ".join(session.shown.split())
                and sentence not in session.shown
            )
        )
        rows = session.shown.splitlines()
        assert rows[0] == "  hygiene  practice  Leave now  Ctrl+Q"
        assert max(map(len, rows)) <= 40


def test_a_terminal_that_cannot_place_text_gets_lines() -> None:
    """`TERM=dumb`: nothing but text is sent."""
    with hygiene(env={"TERM": "dumb"}) as session:
        session.wait_for("x leaves at once")
        assert b"\x1b" not in bytes(session.raw)
