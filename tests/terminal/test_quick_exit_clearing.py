"""Leaving at a hundred seeded moments of a clear: the screen is blank, and each store is
as it was before or as it is after, in the order of the plan.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hygiene.contract import Platform, Site
from hygiene.practice.home import build
from hygiene.wiring import Options
from hygiene.wiring import Session as Wired
from tests.host.writing.carrying import tree
from tests.host.writing.states import state, states
from tests.terminal.screen import Session
from tests.terminal.test_quick_exit import (
    LAUNCH,
    SEED,
    TRIGGERS,
    Times,
    assert_nothing_left,
    moments,
)

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = 100
NAME = "news.example"
SITE = Site(NAME, below=True)
VISITS = 120_000
LONGEST = 0.8
"""Seconds from the typed number to the last moment of leaving."""

_MANY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})
INSERT INTO visits(url, visit_time, from_visit, transition, segment_id, visit_duration)
SELECT (SELECT id FROM urls WHERE url LIKE 'https://{host}/%'),
       (SELECT max(visit_time) FROM visits) - i * 60000000, 0, 805306368, 0, 0 FROM n
"""


class Home(NamedTuple):
    """A home with much to clear, and what its stores hold before and after."""

    root: Path
    number: int
    before: dict[str, object]
    after: dict[str, object]
    others: dict[str, bytes | None]


def _others(root: Path, stores: list[str]) -> dict[str, bytes | None]:
    """Every file that belongs to none of the stores."""
    own = {f"{store}{end}" for store in stores for end in ("-journal", "-wal", "-shm")}
    return {
        name: data
        for name, data in tree(root).items()
        if data is not None
        and name not in own
        and not any(name == each or name.startswith(f"{each}/") for each in stores)
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The site was visited 120,000 times, and stands in every kind of store."""
    ground = tmp_path_factory.mktemp("ground")
    root = ground / "home"
    root.mkdir()
    build(root, Platform.LINUX, datetime.now(UTC))
    history = root / ".config/chromium/Default/History"
    with closing(sqlite3.connect(history, isolation_level=None)) as db:
        db.execute(_MANY.format(number=VISITS, host=NAME))
    done = shutil.copytree(root, ground / "done", symlinks=True)
    with ExitStack() as stack:
        session = Wired(Options(home=done, platform=Platform.LINUX), stack)
        plan = session.plan(SITE)
        stores = [unit.store for unit in plan.units]
        before = states(shutil.copytree(root, ground / "seen", symlinks=True), stores)
        decision = session.decide(plan)
        consent = decision.consents.give(plan.digest)
        for _ in session.carry_out(plan, consent):
            pass
    after = states(done, stores)
    assert all(before[each] != after[each] for each in stores)
    assert len(stores) > 20
    return Home(root, plan.count, before, after, _others(root, stores))


def _begin(session: Session, number: int) -> None:
    """From launch to the number of the plan, which is entered."""
    session.wait_for("Before you start")
    session.wait_for("help me decide")
    session.send("f")
    session.wait_for("Which site?")
    session.send(f"{NAME}\r")
    session.wait_for("Which do you mean")
    session.send("\r")
    session.wait_for("Could any of this", seconds=60)
    session.send("n")
    session.wait_for(f"To clear, type {number}.")
    session.send(f"{number}\r")


@pytest.mark.real
@pytest.mark.rule("SR-39", "SR-37", "SR-30")
def test_leaving_while_it_clears(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blank at once, status 0; the stores up to one are done, those after it are not, and
    nothing else in the home has changed.
    """
    times, done_by_then = Times(), []
    root = tmp_path / "home"
    command = [sys.executable, "-P", "-m", "hygiene", "forget", "--home", str(root)]
    for wait, trigger in moments(SEED, LONGEST, MOMENTS):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(home.root, root, symlinks=True)
        with Session(command, before=LAUNCH, env=dict(os.environ)) as session:
            _begin(session, home.number)
            session.read(wait)
            began = time.monotonic()
            TRIGGERS[trigger](session)
            session.wait_until(partial(_is_blank, session))
            times.blank.append(time.monotonic() - began)
            assert session.wait_end() == 0
            times.gone.append(time.monotonic() - began)
            assert_nothing_left(session)
        done_by_then.append(_done(root, home))
    with capsys.disabled():
        some = sum(0 < each < len(home.after) for each in done_by_then)
        sys.stdout.write(
            f"\nclearing: {len(times.gone)} moments, {some} of them between two stores, "
            f"{times}\n"
        )
    assert some


def _is_blank(session: Session) -> bool:
    return session.is_blank


def _done(root: Path, home: Home) -> int:
    """How many stores are done; those before are, those after it are not."""
    stores = list(home.after)
    assert _others(root, stores) == home.others
    done = 0
    for at, store in enumerate(stores):
        found = state(root / store)
        if found == home.after[store]:
            assert done == at, store
            done += 1
        else:
            assert found == home.before[store], store
    return done
