"""Others write while we read: every answer is a state that was there.

The writer is moved step by step through the gaps between our reads, so that each
possible meeting is tried once, and none is left to chance.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Why
from hygiene.host._source import FdSource, Signature
from hygiene.host.sqlite import _query, _snapshot, query
from tests.host.stores import NAME, PathFiles, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hygiene.contract import Database, Row

GAPS = 400
"""More than one look has; a test says so when that is no longer true."""


class Writer:
    """Another program, one step at a time. Tables `a` and `b` always tell the same."""

    def __init__(self, path: Path, mode: str, synchronous: str = "OFF") -> None:
        self.path = path
        self.states: list[Row] = []
        with closing(self._open()) as db:
            db.execute("PRAGMA page_size=512")
            db.execute("PRAGMA synchronous=OFF")
            db.execute(f"PRAGMA journal_mode={mode}")
            db.executescript("CREATE TABLE a(n, x); CREATE TABLE b(n, x);")
        self.db = self._open()
        self.db.execute(f"PRAGMA journal_mode={mode}")
        self.db.execute("PRAGMA cache_size=1")
        self.db.execute("PRAGMA wal_autocheckpoint=0")
        self.db.execute("PRAGMA synchronous=OFF")
        self._fill()
        self.db.execute(f"PRAGMA synchronous={synchronous}")
        self.committed()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, isolation_level=None)

    def _fill(self) -> None:
        rows = [(n, "x" * 150) for n in range(12)]
        self.db.execute("BEGIN")
        self.db.executemany("INSERT INTO a VALUES(?, ?)", rows)
        self.db.executemany("INSERT INTO b VALUES(?, ?)", rows)
        self.db.execute("COMMIT")

    def committed(self) -> None:
        """Remember the state that everyone sees now."""
        self.states.append(told(self.db.execute))

    def change(self) -> Iterator[None]:
        """One change, with stops where half of it is on the disk."""
        self.db.execute("BEGIN IMMEDIATE")
        yield
        self.db.execute("UPDATE a SET n = n + 100")
        yield
        self.db.execute("INSERT INTO a SELECT n, x FROM a LIMIT 5")
        yield
        self.db.execute("UPDATE b SET n = n + 100")
        yield
        self.db.execute("INSERT INTO b SELECT n, x FROM b LIMIT 5")
        yield
        self.db.execute("COMMIT")
        self.committed()
        yield

    def give_up(self) -> Iterator[None]:
        """A change that is taken back."""
        self.db.execute("BEGIN IMMEDIATE")
        self.db.execute("UPDATE a SET n = n + 100, x = x || x")
        yield
        self.db.execute("ROLLBACK")
        yield

    def change_twice(self) -> Iterator[None]:
        """Two changes without a stop inside."""
        for _ in range(2):
            for _ in self.change():
                pass
            yield

    def go_on(self) -> Iterator[None]:
        """One small change after another, without end."""
        while True:
            self.db.execute("UPDATE a SET n = n + 1 WHERE rowid = 1")
            yield

    def copy_back(self) -> Iterator[None]:
        """A change, and then the log is copied into the main file and begun anew."""
        yield from self.change_twice()
        self.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        yield
        yield from self.change()
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield
        yield from self.change()

    def leave_and_return(self) -> Iterator[None]:
        """The last program that leaves takes the log with it."""
        yield from self.change_twice()
        self.db.close()
        yield
        self.db = self._open()
        yield from self.change()

    def shrink(self) -> Iterator[None]:
        """The file becomes shorter and every page moves."""
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM a WHERE n % 2")
        self.db.execute("DELETE FROM b WHERE n % 2")
        self.db.execute("COMMIT")
        self.committed()
        yield
        self.db.execute("VACUUM")
        yield
        yield from self.change()


def told(execute: Callable[[str], Iterator[Row]]) -> Row:
    """One line about both tables."""
    ((a, b),) = execute(
        "SELECT (SELECT count(*) || ' ' || total(n) || max(x) FROM a),"
        " (SELECT count(*) || ' ' || total(n) || max(x) FROM b)"
    )
    return a, b


def tell(database: Database) -> Row:
    """The same, of a database that is looked at. Reads `b` last, as late as it can."""
    return told(database.rows)


class Stepping(FdSource):
    """A file that lets the writer do a step before some of its reads."""

    def __init__(self, fd: int, before_read: Callable[[], None]) -> None:
        super().__init__(fd)
        self.before_read = before_read

    def read_at(self, offset: int, length: int) -> bytes:
        self.before_read()
        return super().read_at(offset, length)


class Meeting(PathFiles):
    """The writer begins at the read with the number `start`, and takes one step there
    and at each `every`th read after it.
    """

    def __init__(
        self, path: Path, steps: Iterator[None], start: int, every: int
    ) -> None:
        super().__init__(path)
        self.steps, self.start, self.every = steps, start, every
        self.reads = 0

    def open(self, suffix: str) -> FdSource | None:
        plain = super().open(suffix)
        if plain is None:
            return None
        fd, plain.fd = plain.fd, -1
        return Stepping(fd, self.step)

    def step(self) -> None:
        self.reads += 1
        gone = self.reads - self.start
        if gone >= 0 and gone % self.every == 0:
            next(self.steps, None)


@pytest.fixture(params=["in one go", "bit by bit", "coarse times"], autouse=True)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the store as a small one, one page at a time; as a large one; and as a large
    one where times of change are kept in steps of two seconds, as on memory sticks.
    """
    monkeypatch.setattr(_snapshot, "_STEP", 512)
    monkeypatch.setattr(_snapshot, "_COMPARED", 512)
    if request.param != "in one go":
        monkeypatch.setattr(_snapshot, "AT_ONCE", -1)
    if request.param == "coarse times":
        monkeypatch.setattr(Signature, "of", classmethod(_coarse))


def _coarse(cls: type[Signature], status: os.stat_result) -> Signature:
    step = 2_000_000_000
    modified = status.st_mtime_ns // step * step
    return cls(status.st_dev, status.st_ino, status.st_size, modified)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    monkeypatch.setattr(_query._Patience, "_LONGEST_WAIT", 0)


MEETINGS = [
    *((mode, "change") for mode in ("delete", "truncate", "persist", "wal")),
    *((mode, "give_up") for mode in ("delete", "truncate", "persist", "wal")),
    *((mode, "change_twice") for mode in ("delete", "truncate", "persist", "wal")),
    *((mode, "shrink") for mode in ("delete", "wal")),
    ("wal", "copy_back"),
    ("wal", "leave_and_return"),
]


@pytest.mark.rule("SR-13", "SR-18")
@pytest.mark.parametrize(("every", "synchronous"), [(1, "OFF"), (9, "NORMAL")])
@pytest.mark.parametrize(("mode", "doing"), MEETINGS)
def test_every_meeting(
    tmp_path: Path, mode: str, doing: str, every: int, synchronous: str
) -> None:
    """Whenever the writer comes, and whatever it does, no answer is a mixture."""
    for start in range(GAPS):
        path = tmp_path / f"{start}-{NAME}"
        writer = Writer(path, mode, synchronous)
        steps: Iterator[None] = getattr(writer, doing)()
        meeting = Meeting(path, steps, start, every)
        answer = query(meeting, tell)
        assert answer in writer.states, start
        writer.db.close()
        if meeting.reads < start:
            return
    pytest.fail("a look has more gaps than were tried")


@pytest.mark.rule("SR-18")
def test_a_store_that_never_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that changes at every look is said to be locked, after a while."""
    monkeypatch.setattr(_query._Patience, "_ENOUGH", 0.2)
    path = tmp_path / NAME
    writer = Writer(path, "delete")
    with pytest.raises(CannotLook) as refusal:
        query(Meeting(path, writer.go_on(), 0, 1), tell)
    assert refusal.value.why is Why.LOCKED


def test_the_question_is_asked_again(tmp_path: Path) -> None:
    """What `ask` found in a store that changed meanwhile is thrown away, errors too."""
    path = tmp_path / NAME
    writer = Writer(path, "delete")
    asked = []

    def ask(database: Database) -> Row:
        asked.append(told(database.rows))
        if len(asked) == 1:
            list(writer.change())
            raise KeyError
        return asked[-1]

    if _snapshot.AT_ONCE > 0:
        # In memory nothing changes: the first error is the answer.
        with pytest.raises(KeyError):
            query(PathFiles(path), ask)
    else:
        assert query(PathFiles(path), ask) == writer.states[1]
        assert asked == writer.states


class Replacing(PathFiles):
    """Another program puts another store in this one's place at one of our looks."""

    def __init__(self, path: Path, other: Path, look: int) -> None:
        super().__init__(path)
        self.other, self.look = other, look
        self.looks = 0

    def open(self, suffix: str) -> FdSource | None:
        self._seen()
        return super().open(suffix)

    def signature(self, suffix: str) -> Signature | None:
        self._seen()
        return super().signature(suffix)

    def _seen(self) -> None:
        self.looks += 1
        if self.looks == self.look:
            self.other.replace(self.path)


def test_a_store_is_replaced(tmp_path: Path) -> None:
    """Old main file and new side files are never put together."""
    for look in range(1, 12):
        path, other = tmp_path / f"{look}-{NAME}", tmp_path / f"{look}-other"
        old, new = Writer(path, "delete"), Writer(other, "delete")
        list(new.change())
        old.db.close()
        new.db.close()
        assert query(Replacing(path, other, look), tell) in (
            old.states[0],
            new.states[1],
        )


@pytest.mark.parametrize("mode", ["memory", "off"])
def test_a_journal_nobody_can_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Without a journal only the writer's lock tells that the file is half written."""
    monkeypatch.setattr(_query._Patience, "_ENOUGH", 0.2)
    path = tmp_path / NAME
    script = f"""
db.execute('PRAGMA journal_mode={mode}')
db.execute('PRAGMA cache_size=2')
db.execute('PRAGMA synchronous=OFF')
db.execute('CREATE TABLE a(n, x)')
db.executemany('INSERT INTO a VALUES(?, ?)', [(n, 'x' * 900) for n in range(99)])
db.execute('BEGIN EXCLUSIVE')
db.execute('UPDATE a SET n = -1')
print('ready', flush=True)
while True:
    db.execute('UPDATE a SET n = n - 1')
"""
    with running(path, script), pytest.raises(CannotLook) as refusal:
        query(PathFiles(path), lambda database: list(database.rows("SELECT n FROM a")))
    assert refusal.value.why is Why.LOCKED
