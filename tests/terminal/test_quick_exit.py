"""Leaving at three hundred seeded moments leaves nothing on the glass.

Each moment starts the program anew, goes some way, waits a seeded while, and leaves by
a seeded trigger. Times are told, not judged: machines differ.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import Platform
from hygiene.practice.firefox import write_jsonlz4
from hygiene.practice.home import build
from tests.terminal.screen import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEED = 20261123
EACH = 60
"""Moments of each of the five kinds."""
LAUNCH = "\r\n".join(["a line above"] * 40) + "\r\n$ the launch line\r\n"
SESSION_BYTES = 60 << 20
SESSION_FILE = ".config/mozilla/firefox/made0up1.default-release/sessionstore.jsonlz4"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up home whose browser would open 60 MB of tabs again."""
    root = tmp_path_factory.mktemp("home")
    build(root, Platform.LINUX, datetime.now(UTC))
    entry = {"url": "https://site.example/a", "title": "made-up-title" * 40}
    tabs = [{"entries": [entry]}] * (SESSION_BYTES // 570)
    write_jsonlz4(root / SESSION_FILE, {"windows": [{"tabs": tabs}]})
    return root


@dataclass
class Times:
    """Seconds from the trigger to a blank screen, and to the end of the process."""

    blank: list[float] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Median and most, in milliseconds."""
        return ", ".join(
            f"{name} {median(each) * 1000:.0f} ms, at most {max(each) * 1000:.0f} ms"
            for name, each in (("blank", self.blank), ("gone", self.gone))
        )


def at_once(session: Session) -> None:
    """From the first byte on."""
    session.wait_for_output()


def at_the_gate(session: Session) -> None:
    """The whole gate stands."""
    session.wait_for("help me decide")


def looking(session: Session) -> None:
    """The checks run, the large session file among them."""
    at_the_gate(session)
    session.send("l")


def names_shown(session: Session) -> None:
    """A list of names that is being scrolled and searched."""
    looking(session)
    session.wait_for("30 pages")
    session.send("\r")
    session.wait_for("Chromium, Default")
    session.send("\r")
    session.wait_for("Names are hidden")
    session.send("s")
    session.wait_for("13 rows")
    session.send("\x1b[6~\x1b[A/ex\x1b[B\x1b[6~")


def in_a_guide(session: Session) -> None:
    """A guide that is being searched and scrolled."""
    at_the_gate(session)
    session.send("g")
    session.wait_for("First things")
    session.send("\r\r")
    session.wait_for("find")
    session.send("\x1b[6~/the\r\x1b[6~n\x1b[6~n")


WAYS: list[tuple[Callable[[Session], None], float]] = [
    (at_once, 0.45),
    (at_the_gate, 0.1),
    (looking, 1.2),
    (names_shown, 0.15),
    (in_a_guide, 0.15),
]
"""How far to go, and the longest seeded wait there, in seconds."""


def by_key(session: Session) -> None:
    """Ctrl+Q."""
    session.send(b"\x11")


def by_ctrl_c(session: Session) -> None:
    """Ctrl+C."""
    session.send(b"\x03")


def by_closing(session: Session) -> None:
    """The window is closed."""
    session.hang_up()


def by_ending(session: Session) -> None:
    """The system ends it."""
    session.signal(signal.SIGTERM)


TRIGGERS = [by_key, by_key, by_ctrl_c, by_closing, by_ending]


def moments(
    seed: int, longest: float, number: int = EACH
) -> Iterator[tuple[float, int]]:
    """Waits and triggers, the same in every run."""
    chance = random.Random(seed)
    for _ in range(number):
        yield chance.uniform(0, longest), chance.randrange(len(TRIGGERS))


def assert_nothing_left(session: Session) -> None:
    """Nothing to see or to scroll back to, modes as before, no key left."""
    assert session.is_blank, session.emulator.everything
    assert not session.emulator.alternate
    assert not session.emulator.reporting
    assert session.modes == session.modes_before
    assert session.typed_and_unread == 0


@pytest.mark.real
@pytest.mark.rule("SR-36", "SR-37")
@pytest.mark.parametrize(
    ("way", "longest"), WAYS, ids=[each.__name__ for each, _ in WAYS]
)
def test_leaving_at_any_moment_leaves_nothing(
    way: Callable[[Session], None],
    longest: float,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Grid and scrollback are empty, modes as before, no key left, status 0."""
    times = Times()
    command = [sys.executable, "-P", "-m", "hygiene", "check", "--home", str(home)]
    for wait, trigger in moments(SEED + len(way.__name__), longest):
        with Session(command, before=LAUNCH, env=dict(os.environ)) as session:
            way(session)
            session.read(wait)
            began = time.monotonic()
            TRIGGERS[trigger](session)
            session.wait_until(lambda: session.is_blank)
            times.blank.append(time.monotonic() - began)
            assert session.wait_end() == 0
            times.gone.append(time.monotonic() - began)
            assert_nothing_left(session)
    with capsys.disabled():
        sys.stdout.write(f"\n{way.__name__}: {len(times.gone)} moments, {times}\n")
