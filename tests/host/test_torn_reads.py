"""A program writes without pause while we look."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host.home import DiskHome

if TYPE_CHECKING:
    from pathlib import Path

    from hygiene.contract import Database

LOOKS = 50
"""In each of the four ways of writing."""

SECONDS = 6

WRITER = """
import random, sqlite3, sys, time
path, log, mode, locking, seconds = sys.argv[1:]
rng = random.Random(7)
db = sqlite3.connect(path, isolation_level=None)
db.execute('PRAGMA auto_vacuum=FULL')
db.execute(f'PRAGMA locking_mode={locking}')
db.execute(f'PRAGMA journal_mode={mode}')
db.execute('PRAGMA cache_size=20')
db.execute('PRAGMA wal_autocheckpoint=50')
db.execute('CREATE TABLE a(n INTEGER, x TEXT)')
db.execute('CREATE TABLE b(n INTEGER, x TEXT)')
number = 0
end = time.monotonic() + float(seconds)
with open(log, 'w') as states:
    print(0, 0, file=states, flush=True)
    print('ready', flush=True)
    while time.monotonic() < end:
        number += 1
        rows = [(number, 'x' * rng.randrange(400)) for _ in range(rng.randrange(1, 90))]
        db.execute('BEGIN')
        for table in 'ab':
            db.execute(f'DELETE FROM {table} WHERE n < ?', (number - 20,))
            db.executemany(f'INSERT INTO {table} VALUES(?, ?)', rows)
        if rng.random() < 0.1:
            db.execute('ROLLBACK')
        else:
            state = db.execute('SELECT count(*), total(n) FROM a').fetchone()
            print(state[0], int(state[1]), file=states, flush=True)
            db.execute('COMMIT')
        if mode == 'wal' and rng.random() < 0.1:
            kind = rng.choice(['PASSIVE', 'RESTART', 'TRUNCATE'])
            db.execute(f'PRAGMA wal_checkpoint({kind})')
"""


def states(database: Database) -> tuple[str, str]:
    """Number of rows and sum, of each of the two tables that are always equal."""
    found = []
    for table in ("a", "b"):
        ((rows, total),) = database.rows(f"SELECT count(*), total(n) FROM {table}")
        assert isinstance(rows, int)
        assert isinstance(total, float)
        found.append(f"{rows} {int(total)}")
    return found[0], found[1]


@pytest.mark.rule("SR-13", "SR-18")
@pytest.mark.parametrize(
    ("mode", "locking"),
    [
        ("wal", "normal"),
        # As Firefox and as Chromium do.
        ("wal", "exclusive"),
        ("truncate", "exclusive"),
        ("delete", "normal"),
    ],
)
def test_each_answer_was_true(tmp_path: Path, mode: str, locking: str) -> None:
    """Whatever is found was there at one moment, in both tables, or it says locked."""
    folder, log = tmp_path / "ana", tmp_path / "states"
    folder.mkdir()
    home = DiskHome(folder, Platform.LINUX)
    answers, locked = [], 0
    arguments = [str(folder / "s.sqlite"), str(log), mode, locking, str(SECONDS)]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        while writer.poll() is None:
            try:
                answers.append(home.query("s.sqlite", states))
            except CannotLook as error:
                assert error.why is Why.LOCKED  # noqa: PT017 - and the loop goes on
                locked += 1
            time.sleep(SECONDS / LOOKS / 4)
    assert writer.returncode == 0
    existed = set(log.read_text("ascii").splitlines())
    assert [each for each in answers if each[0] != each[1]] == []
    assert {first for first, _ in answers} <= existed
    assert len(answers) + locked >= LOOKS
    # It is no proof if nothing, or always the same, was seen.
    assert len(set(answers)) > 10, locked
