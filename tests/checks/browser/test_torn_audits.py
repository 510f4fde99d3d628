"""A browser writes without pause while its history is checked, for a minute in all."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import Finding, NotChecked, Why
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.answers import ask, nothing

AUDITS = 125
"""In each of the four ways of writing, at least."""

SECONDS = 15.0
"""In each of them, at least."""

WHEN = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


class Store(NamedTuple):
    """A history, and how its browser adds a page and a visit, and takes a page out; the
    parameters are numbers, addresses and moments in its own units.
    """

    path: str
    page: str
    visit: str
    forget: tuple[str, str]
    now: int


CHROMIUM = Store(
    ".config/chromium/Default/History",
    "INSERT INTO urls(id, url, last_visit_time) VALUES(?, ?, ?)",
    "INSERT INTO visits(url, visit_time) VALUES(?, ?)",
    ("DELETE FROM visits WHERE url < ?", "DELETE FROM urls WHERE id < ?"),
    13_408_000_000_000_000,
)
FIREFOX = Store(
    ".mozilla/firefox/a.default/places.sqlite",
    "INSERT INTO moz_places(id, url, last_visit_date) VALUES(?, ?, ?)",
    "INSERT INTO moz_historyvisits(place_id, visit_date) VALUES(?, ?)",
    (
        "DELETE FROM moz_historyvisits WHERE place_id < ?",
        "DELETE FROM moz_places WHERE id < ?",
    ),
    1_763_000_000_000_000,
)

WRITER = """
import random, sqlite3, sys, threading
path, log, mode, locking, page, visit, no_visits, no_pages, now = sys.argv[1:]
rng, now, number, stopped = random.Random(7), int(now), 1000, []
threading.Thread(target=lambda: stopped.append(sys.stdin.read()), daemon=True).start()
db = sqlite3.connect(path, isolation_level=None)
db.execute(f'PRAGMA locking_mode={locking}')
db.execute(f'PRAGMA journal_mode={mode}')
db.execute('PRAGMA cache_size=20')
db.execute('PRAGMA wal_autocheckpoint=50')
db.execute('BEGIN')
db.execute(no_visits, (number,))
db.execute(no_pages, (number,))
db.execute('COMMIT')
shown = {}
with open(log, 'w') as states:
    print(0, 0, 0, file=states, flush=True)
    print('ready', flush=True)
    while not stopped:
        db.execute('BEGIN')
        after = dict(shown)
        for _ in range(rng.randrange(1, 90)):
            number += 1
            host = f's{rng.randrange(40)}.example'
            address = f'https://{host}/{number}/' + 'x' * rng.randrange(300)
            db.execute(page, (number, address, now + number))
            after[number] = host, rng.randrange(1, 4)
            for each in range(after[number][1]):
                db.execute(visit, (number, now + number))
        for statement in no_visits, no_pages:
            db.execute(statement, (number - 900,))
        after = {each: found for each, found in after.items() if each >= number - 900}
        if rng.random() < 0.1:
            db.execute('ROLLBACK')
        else:
            shown = after
            hosts = {host for host, _ in shown.values()}
            visits = sum(count for _, count in shown.values())
            print(len(hosts), len(shown), visits, file=states, flush=True)
            db.execute('COMMIT')
        if mode == 'wal' and rng.random() < 0.1:
            kind = rng.choice(['PASSIVE', 'RESTART', 'TRUNCATE'])
            db.execute(f'PRAGMA wal_checkpoint({kind})')
"""


def _audit(root: Path) -> str | None:
    """The numbers of sites, pages and visits; None if the history is locked."""
    said = ask(HistoryCheck(), root)
    told = [each for each in said if isinstance(each, NotChecked)]
    if told:
        assert {each.why for each in told} == {Why.LOCKED}
        return None
    found = [each for each in said if isinstance(each, Finding) and not each.setting]
    if not found:
        assert len(nothing(said)) == 1
        return "0 0 0"
    counts = found[0].counts
    return f"{counts['sites']} {counts['pages']} {counts['visits']}"


@pytest.mark.rule("SR-13", "SR-18")
@pytest.mark.parametrize(
    ("store", "mode", "locking"),
    [
        # Each as it does itself, and as another build of it could.
        (FIREFOX, "wal", "exclusive"),
        (FIREFOX, "wal", "normal"),
        (CHROMIUM, "truncate", "exclusive"),
        (CHROMIUM, "delete", "normal"),
    ],
)
def test_each_count_was_true(
    tmp_path: Path, store: Store, mode: str, locking: str
) -> None:
    """Sites, pages and visits are those of one moment, or it says locked."""
    root, log = tmp_path / "ana", tmp_path / "states"
    profile = (root / store.path).parent
    made = FirefoxProfile(profile) if store is FIREFOX else ChromiumProfile(profile)
    made.visit("https://first.example/", WHEN).write()
    changes = (store.page, store.visit, *store.forget, str(store.now))
    arguments = [str(root / store.path), str(log), mode, locking, *changes]
    audits: list[str | None] = []
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        until = time.monotonic() + SECONDS
        while len(audits) < AUDITS or time.monotonic() < until:
            audits.append(_audit(root))
            time.sleep(0.02)
        writer.stdin.close()
    assert writer.returncode == 0
    counted = {each for each in audits if each}
    assert counted <= set(log.read_text("ascii").splitlines())
    # It is no proof if nothing, or always the same, was seen.
    assert len(counted) > 10
