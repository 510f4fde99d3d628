"""Nothing is written while a browser is open; a lock that a crash left does not count."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from hygiene.engine.applying import Result, StillOpen
from tests.footprint import Mark, footprint
from tests.forgetting import agree, session
from tests.real.forgetting.chromium import FOLDER, HeadedChromium
from tests.real.forgetting.firefox import PROFILE, HeadedFirefox
from tests.real.forgetting.hosts import GREEN, WHOLE_SITE
from tests.real.forgetting.making import Ended, Family, Making
from tests.real.forgetting.stores import HISTORY

pytestmark = pytest.mark.real

SOMEBODY_ELSE = 12345
"""The number of an account that this computer need not have."""
LOCK = {
    Family.CHROMIUM: f"{FOLDER}/SingletonLock",
    Family.FIREFOX: f"{PROFILE}/lock",
}


def _as_it_is(home: Path) -> dict[str, Mark]:
    """Every name, byte, right and time but that of the last look."""
    return {path: mark._replace(accessed=0) for path, mark in footprint(home).items()}


@contextmanager
def _open(
    family: Family, making: Making, home: Path
) -> Iterator[HeadedChromium | HeadedFirefox]:
    browser = making.start(family, home)
    try:
        browser.open(f"https://{GREEN}/now")
        time.sleep(1)
        yield browser
    finally:
        browser.kill()


@contextmanager
def _held(browser: HeadedChromium | HeadedFirefox) -> Iterator[None]:
    """The browser holds all its locks and changes nothing itself."""
    group = os.getpgid(browser.process.pid)
    os.killpg(group, signal.SIGSTOP)
    time.sleep(0.2)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_an_open_browser_is_named_and_nothing_is_written(
    home: Path, making: Making, family: Family, ended: Ended
) -> None:
    """The plan can be seen, its profile is told as in use, and carrying out refuses."""
    del ended
    with (
        _open(family, making, home) as browser,
        _held(browser),
        ExitStack() as stack,
    ):
        run = session(home, stack)
        before = _as_it_is(home)
        plan = run.plan(WHOLE_SITE)
        assert [place.program_id for place in run.in_use(plan)] == [str(family)]
        told = agree(run, plan)
        assert isinstance(told, StillOpen)
        assert _as_it_is(home) == before


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_a_browser_started_after_the_preview_stops_it(
    home: Path, making: Making, family: Family, ended: Ended
) -> None:
    """Nobody was there when the plan was made; then someone is."""
    del ended
    with ExitStack() as stack:
        run = session(home, stack)
        plan = run.plan(WHOLE_SITE)
        assert run.in_use(plan) == ()
        with _open(family, making, home) as browser, _held(browser):
            before = _as_it_is(home)
            assert isinstance(agree(run, plan), StillOpen)
            assert _as_it_is(home) == before


@contextmanager
def _held_by_another_account(store: Path) -> Iterator[None]:
    """A program of somebody else holds a lock on a store, which outlives its `exec`."""
    with (
        store.open("r+b") as file,
        subprocess.Popen(
            ["sleep", "600"],
            user=SOMEBODY_ELSE,
            pass_fds=(file.fileno(),),
            preexec_fn=partial(fcntl.lockf, file, fcntl.LOCK_EX),  # noqa: PLW1509
        ) as holder,
    ):
        try:
            yield
        finally:
            holder.kill()


@pytest.mark.rule("SR-29")
@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may start a program as somebody else"
)
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_a_browser_of_another_account_counts_too(
    home: Path, family: Family, ended: Ended
) -> None:
    """Whoever holds the profile: nothing is written, and then all can be done."""
    del ended
    name, _ = HISTORY[family]
    with ExitStack() as stack:
        run = session(home, stack)
        plan = run.plan(WHOLE_SITE)
        assert run.in_use(plan) == ()
        with _held_by_another_account(home / name):
            before = _as_it_is(home)
            assert isinstance(agree(run, plan), StillOpen)
            assert _as_it_is(home) == before
        assert isinstance(agree(run, plan), Result)


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("ended", [Ended.KILLED])
def test_a_lock_that_a_killed_browser_left_is_no_refusal(
    home: Path, family: Family, ended: Ended
) -> None:
    """The link with the number of a process that is gone stands there; all is done."""
    del ended
    assert (home / LOCK[family]).is_symlink()
    with ExitStack() as stack:
        run = session(home, stack)
        plan = run.plan(WHOLE_SITE)
        assert run.in_use(plan) == ()
        told = agree(run, plan)
        assert isinstance(told, Result)
        assert told.not_done == ()
