"""Every state in which SQLite leaves a store is read as SQLite would read it."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Why
from hygiene.host.sqlite import _snapshot
from tests.footprint import age, footprint
from tests.host.stores import (
    NAME,
    left_by_a_killed_program,
    looked_at,
    resum,
    running,
    said_by_sqlite,
    sides,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Row

    Harm = Callable[[bytes], bytes]

MODES = ("delete", "truncate", "persist", "memory", "off", "wal")
PAGE_SIZES = [1 << n for n in range(9, 17)]

FILL = """
db.execute('CREATE TABLE t(n INTEGER, text TEXT)')
db.execute('BEGIN')
db.executemany('INSERT INTO t VALUES(?, ?)', [(n, 'x' * 90) for n in range(2000)])
db.execute('COMMIT')
"""
FILLED = [(2000, 1999000.0)]
ADD = "db.execute('INSERT INTO t VALUES(5, NULL)')\n"
ADDED = [(2001, 1999005.0)]
WRITE_AHEAD = """
db.execute('PRAGMA journal_mode=WAL')
db.execute('PRAGMA wal_autocheckpoint=0')
"""
OVERWRITE_BIT_BY_BIT = """
db.execute('PRAGMA cache_size=-64')
db.execute('BEGIN')
db.execute("UPDATE t SET n = n + 1, text = 'y' || text")
db.execute("INSERT INTO t SELECT n, text FROM t")
"""


@pytest.fixture(params=["in one go", "bit by bit"], autouse=True)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each store as a small one and as one too large for memory."""
    if request.param == "bit by bit":
        monkeypatch.setattr(_snapshot, "AT_ONCE", -1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store goes: a home with nothing else in it."""
    home = tmp_path / "ana"
    home.mkdir()
    return home / NAME


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where SQLite gets its private copy."""
    return tmp_path / "copy"


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("locking", ["normal", "exclusive"])
def test_a_program_has_it_open(path: Path, mode: str, locking: str) -> None:
    """Rows just written are seen while their writer still runs and may hold its lock."""
    script = f"""
db.execute('PRAGMA locking_mode={locking}')
db.execute('PRAGMA journal_mode={mode}')
{FILL}{ADD}
"""
    with running(path, script):
        assert looked_at(path) == ADDED


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("mode", MODES)
def test_a_program_is_inside_a_change(path: Path, mode: str, copy: Path) -> None:
    """A lock of another program stops no answer; what it has not finished is not seen."""
    script = (
        f"db.execute('PRAGMA journal_mode={mode}')\n{FILL}db.execute('BEGIN {{}}')\n"
    )
    kind = "IMMEDIATE" if mode == "wal" else "EXCLUSIVE"
    with running(path, script.format(kind) + ADD):
        assert looked_at(path) == FILLED
        assert said_by_sqlite(path, copy) == FILLED


@pytest.mark.rule("SR-13")
def test_rows_only_in_the_log(path: Path, copy: Path) -> None:
    """The newest rows of a killed program stand in the log alone, and are read."""
    left_by_a_killed_program(path, f"{FILL}{WRITE_AHEAD}{ADD}")
    assert "-wal" in sides(path)
    assert looked_at(path) == said_by_sqlite(path, copy) == ADDED


def test_a_log_without_shared_memory(path: Path) -> None:
    """Firefox keeps the log's index to itself: there is no -shm file at all."""
    script = f"db.execute('PRAGMA locking_mode=EXCLUSIVE')\n{FILL}{WRITE_AHEAD}{ADD}"
    with running(path, script):
        assert "-shm" not in sides(path)
        assert looked_at(path) == ADDED


def test_a_database_that_is_all_log(path: Path, copy: Path) -> None:
    """All but the header can stand in the log."""
    left_by_a_killed_program(path, f"{WRITE_AHEAD}{FILL}")
    assert len(sides(path)[""]) < 10_000
    assert looked_at(path) == said_by_sqlite(path, copy) == FILLED


def test_a_log_that_made_the_database_shorter(path: Path, copy: Path) -> None:
    """The size of the last commit counts, not that of the file."""
    left_by_a_killed_program(
        path,
        f"{FILL}{WRITE_AHEAD}db.execute('DELETE FROM t WHERE n > 9')\n"
        "db.execute('VACUUM')",
    )
    assert looked_at(path) == said_by_sqlite(path, copy) == [(10, 45.0)]


def test_a_log_that_began_anew(path: Path, copy: Path) -> None:
    """Frames of an earlier run behind the new ones are left alone."""
    left_by_a_killed_program(
        path,
        f"{WRITE_AHEAD}{FILL}db.execute('PRAGMA wal_checkpoint(RESTART)')\n{ADD}",
    )
    assert len(sides(path)["-wal"]) > 100_000
    assert looked_at(path) == said_by_sqlite(path, copy) == ADDED


@pytest.mark.parametrize("order", ["<", ">"])
def test_checksums_of_either_byte_order(path: Path, copy: Path, order: str) -> None:
    """A log is summed in the byte order of the machine that wrote it."""
    left_by_a_killed_program(path, f"{FILL}{WRITE_AHEAD}{ADD}")
    log = path.with_name(f"{NAME}-wal")
    before = log.read_bytes()
    log.write_bytes(resum(before, order))
    assert len(log.read_bytes()) == len(before)
    assert looked_at(path) == said_by_sqlite(path, copy) == ADDED


def _cut_in_the_last_frame(log: bytes) -> bytes:
    return log[:-100]


def _damage_the_last_frame(log: bytes) -> bytes:
    return log[:-1] + bytes([log[-1] ^ 1])


def _other_salts(log: bytes) -> bytes:
    return log[:16] + bytes(8) + log[24:]


def _cut_in_the_header(log: bytes) -> bytes:
    return log[:20]


@pytest.mark.parametrize(
    "harm",
    [
        _cut_in_the_last_frame,
        _damage_the_last_frame,
        _other_salts,
        _cut_in_the_header,
        lambda _: b"",
        lambda log: os.urandom(len(log)),
        lambda log: log + b"\0" * 10_000,
    ],
)
def test_logs_that_were_never_finished(path: Path, copy: Path, harm: Harm) -> None:
    """What SQLite would not take from a log is not taken."""
    left_by_a_killed_program(path, f"{FILL}{WRITE_AHEAD}{ADD}{ADD}")
    log = path.with_name(f"{NAME}-wal")
    log.write_bytes(harm(log.read_bytes()))
    assert looked_at(path) == said_by_sqlite(path, copy)


def test_a_log_of_another_database(path: Path, tmp_path: Path, copy: Path) -> None:
    """SQLite cannot tell, and so we say what it says."""
    other = tmp_path / "other.sqlite"
    left_by_a_killed_program(other, f"{FILL}{WRITE_AHEAD}{ADD}")
    left_by_a_killed_program(path, FILL)
    path.with_name(f"{NAME}-wal").write_bytes(sides(other)["-wal"])
    assert looked_at(path) == said_by_sqlite(path, copy)


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("mode", ["delete", "truncate", "persist"])
@pytest.mark.parametrize("page_size", [512, 4096, 65536])
@pytest.mark.parametrize("synchronous", ["off", "full"])
def test_a_hot_journal(
    path: Path, copy: Path, mode: str, page_size: int, synchronous: str
) -> None:
    """A program killed in the middle of a change leaves a half-written file: the state
    before the change is read, as SQLite would restore it.
    """
    left_by_a_killed_program(
        path, f"db.execute('PRAGMA page_size={page_size}')\n{FILL}"
    )
    whole = path.read_bytes()
    left_by_a_killed_program(
        path,
        f"db.execute('PRAGMA journal_mode={mode}')\n"
        f"db.execute('PRAGMA synchronous={synchronous}')\n{OVERWRITE_BIT_BY_BIT}",
    )
    journal = sides(path)["-journal"]
    assert journal[:8] == bytes.fromhex("d9d505f920a163d7")
    assert struct.unpack_from(">I", journal, 8)[0] > 0
    assert path.read_bytes()[: len(whole)] != whole
    assert looked_at(path) == said_by_sqlite(path, copy) == FILLED
    everything = "SELECT * FROM t ORDER BY n"
    assert looked_at(path, everything) == said_by_sqlite(path, copy, everything)


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("mode", ["delete", "truncate", "persist"])
def test_a_change_under_way(path: Path, mode: str, copy: Path) -> None:
    """The same while the other program lives: half of its change is in the file."""
    left_by_a_killed_program(path, FILL)
    script = f"db.execute('PRAGMA journal_mode={mode}')\n{OVERWRITE_BIT_BY_BIT}"
    with running(path, script):
        assert looked_at(path) == FILLED
        assert said_by_sqlite(path, copy) == FILLED


JOURNALS: dict[str, tuple[str, Harm]] = {
    "byte short": ("all", lambda journal: journal[:-1]),
    "bad record": ("all", lambda journal: journal[:5000] + b"\xff" + journal[5001:]),
    "half": ("some", lambda journal: journal[: len(journal) // 2]),
    "too many records": (
        "some",
        lambda journal: journal[:8] + b"\xff" * 4 + journal[12:],
    ),
    "in header": ("none", lambda journal: journal[:20]),
    "empty": ("none", lambda _: b""),
    "wiped": ("none", lambda journal: bytes(28) + journal[28:]),
    "no records": ("none", lambda journal: journal[:8] + bytes(4) + journal[12:]),
    "something else": ("none", lambda _: b"not a journal" * 100),
}


@pytest.mark.parametrize(("undone", "harm"), JOURNALS.values(), ids=JOURNALS)
def test_journals_that_are_not_whole(
    path: Path, copy: Path, undone: str, harm: Harm
) -> None:
    """As much is undone as SQLite would undo, no more and no less."""
    left_by_a_killed_program(path, FILL)
    left_by_a_killed_program(path, OVERWRITE_BIT_BY_BIT)
    journal = path.with_name(f"{NAME}-journal")
    data = journal.read_bytes()
    journal.unlink()
    changed = _answered(said_by_sqlite, path, copy)
    assert changed != FILLED
    journal.write_bytes(harm(data))
    found = _answered(looked_at, path)
    assert found == _answered(said_by_sqlite, path, copy)
    if undone == "some":
        assert found not in (FILLED, changed)
    else:
        assert found == (FILLED if undone == "all" else changed)


def _answered(ask: Callable[..., list[Row]], *where: Path) -> list[Row] | Why:
    """Rows, or that pages of two states are no database."""
    try:
        return ask(*where)
    except sqlite3.DatabaseError:
        return Why.DAMAGED
    except CannotLook as refusal:
        return refusal.why


def test_a_journal_beside_nothing(path: Path) -> None:
    """A journal does not bring a database back whose file is empty."""
    left_by_a_killed_program(path, FILL)
    left_by_a_killed_program(path, OVERWRITE_BIT_BY_BIT)
    path.write_bytes(b"")
    with pytest.raises(CannotLook) as refusal:
        looked_at(path)
    assert refusal.value.why is Why.DAMAGED


def test_a_journal_of_an_old_sqlite(path: Path, copy: Path) -> None:
    """Long ago journals did not say how large their pages are."""
    left_by_a_killed_program(path, FILL)
    left_by_a_killed_program(path, OVERWRITE_BIT_BY_BIT)
    journal = path.with_name(f"{NAME}-journal")
    data = journal.read_bytes()
    journal.write_bytes(data[:24] + bytes(4) + data[28:])
    assert looked_at(path) == said_by_sqlite(path, copy) == FILLED


PATTERNS = {
    "auto_vacuum=FULL": "db.execute('DELETE FROM t WHERE n % 3')",
    "auto_vacuum=INCREMENTAL": "db.execute('DELETE FROM t WHERE n % 3')",
    "encoding='UTF-16le'": "",
    "encoding='UTF-16be'": "",
    "secure_delete=ON": "db.execute('DELETE FROM t WHERE n < 1000')",
}


@pytest.mark.parametrize("pragma", PATTERNS)
@pytest.mark.parametrize("tail", ["", WRITE_AHEAD])
def test_settings_of_a_store(path: Path, copy: Path, pragma: str, tail: str) -> None:
    """However a store is kept, it reads the same."""
    after = PATTERNS[pragma]
    left_by_a_killed_program(
        path, f'db.execute("PRAGMA {pragma}")\n{FILL}{tail}{after}\n{ADD}'
    )
    everything = "SELECT n, text FROM t ORDER BY n, text"
    assert looked_at(path, everything) == said_by_sqlite(path, copy, everything)


@pytest.mark.parametrize("page_size", PAGE_SIZES)
@pytest.mark.parametrize("tail", ["", WRITE_AHEAD])
def test_page_sizes(path: Path, page_size: int, tail: str) -> None:
    """Every size a page can have, in the main file and in the log."""
    left_by_a_killed_program(
        path, f"db.execute('PRAGMA page_size={page_size}')\n{FILL}{tail}{ADD}"
    )
    assert looked_at(path) == ADDED


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ending", ["", OVERWRITE_BIT_BY_BIT])
def test_nothing_of_it_changes(path: Path, mode: str, ending: str) -> None:
    """Not a byte, a name, a right or a time, whatever the store was left in."""
    left_by_a_killed_program(
        path,
        f"db.execute('PRAGMA journal_mode={mode}')\n"
        f"db.execute('PRAGMA wal_autocheckpoint=0')\n{FILL}{ADD}{ending}",
    )
    if mode == "wal":
        path.with_name(f"{NAME}-shm").unlink()
    age(path.parent)
    before = footprint(path.parent)
    with suppress(CannotLook):
        # Without a journal a half-written file stays one.
        looked_at(path)
    assert footprint(path.parent) == before
