"""Rows are deleted and changed in one transaction, and no byte of them is left."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import pytest

from hygiene.contract import DeleteRows, Refusal, SqlValue, UpdateRows
from hygiene.host.writing import _sqlite_store
from tests.host.stores import left_by_a_killed_program
from tests.host.writing.carrying import (
    FOLDER,
    Giver,
    carry_out,
    content,
    deleting,
    make,
    refused,
    rows,
    tree,
    units_of,
    writer_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hygiene.host.writing import Writer

KINDS = {
    "a rollback journal": "",
    "large pages": "PRAGMA page_size=32768;",
    "the largest pages": "PRAGMA page_size=65536; PRAGMA auto_vacuum=1;",
    "the smallest pages": "PRAGMA page_size=512; PRAGMA auto_vacuum=2;",
    "pages that are given back": "PRAGMA auto_vacuum=2;",
    "pages always given back": "PRAGMA auto_vacuum=1;",
    "marks of a program": "PRAGMA user_version=78; PRAGMA application_id=1234;",
    "words of two bytes a letter": "PRAGMA encoding='UTF-16le';",
}
_KEPT = ("page_size", "auto_vacuum", "user_version", "application_id", "journal_mode")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / FOLDER / "store.sqlite"


def _settings(path: Path) -> dict[str, object]:
    with closing(sqlite3.connect(path)) as db:
        return {
            each: db.execute(f"PRAGMA {each}").fetchone()[0]
            for each in (*_KEPT, "encoding")
        }


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "log"])
@pytest.mark.parametrize("settings", KINDS.values(), ids=KINDS)
def test_rows_go_and_nothing_else(
    tmp_path: Path, store: Path, settings: str, wal: bool
) -> None:
    """What the plan names is gone to the last byte; rows, layout and files beside it are
    as they were.
    """
    path = make(store, wal=wal, settings=settings)
    before, how = rows(store), _settings(store)
    status, files = store.stat(), sorted(os.listdir(store.parent))
    assert carry_out(tmp_path, deleting(path)) == [path]
    after = rows(store)
    assert after.pop("t") == [row for row in before.pop("t") if b"stays" in row[1]]
    assert after == before
    assert _settings(store) == how
    assert sorted(os.listdir(store.parent)) == files
    now = store.stat()
    assert (now.st_mode, now.st_uid, now.st_ino) == (
        status.st_mode,
        status.st_uid,
        status.st_ino,
    )
    for encoding in ("utf-8", "utf-16-le"):
        assert "goes".encode(encoding) not in content(store)


def test_old_bytes_in_unused_space_go_too(tmp_path: Path, store: Path) -> None:
    """What a program deleted long ago without wiping it is not left in free pages."""
    path = make(store, count=900)
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA secure_delete=OFF")
        db.execute("DELETE FROM t WHERE word LIKE '%goes%' AND id > 10")
        db.commit()
    assert b"goes" in store.read_bytes()
    step = DeleteRows(store=path, table="t", key="id", keys=tuple(range(12)), rows=12)
    assert carry_out(tmp_path, step) == [path]
    assert b"goes" not in content(store)


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("settings", ["", "PRAGMA auto_vacuum=2;"])
def test_no_old_page_is_left_behind_the_last_one(
    tmp_path: Path, store: Path, settings: str
) -> None:
    """A file stays as long as it was, also where a program let it end behind the last
    page; its free pages hold nothing.
    """
    path = make(store, count=2000, settings=settings)
    size = store.stat().st_size
    with store.open("ab") as file:
        file.write(b"goes" * 5000)
    assert carry_out(tmp_path, deleting(path, 2000)) == [path]
    assert size + 20_000 <= store.stat().st_size < size + 20_000 + 4 * 4096
    assert b"goes" not in content(store)
    assert b"zeros" not in content(store)
    with closing(sqlite3.connect(store)) as db:
        free = db.execute("PRAGMA freelist_count").fetchone()[0]
    data = store.read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    # One of them lists the others.
    assert pages.count(bytes(4096)) == free - 1 > 80


def test_what_a_program_keeps_at_the_end_of_each_page(
    tmp_path: Path, store: Path
) -> None:
    """Room that it reserved there stays reserved."""
    store.parent.mkdir(parents=True)
    with closing(apsw.Connection(str(store))) as db:
        db.reserve_bytes(reserve=32)
        db.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, word)")
        for number in range(300):
            db.execute("INSERT INTO t VALUES(?, ?)", (number, f"goes{number}" * 20))
    path = f"{FOLDER}/{store.name}"
    keys = tuple(range(1, 300))
    step = DeleteRows(store=path, table="t", key="id", keys=keys, rows=299)
    assert carry_out(tmp_path, step) == [path]
    assert store.read_bytes()[20] == 32
    assert rows(store)["t"] == [(0, b"goes0" * 20)]
    assert content(store).count(b"goes") == 20


def test_a_log_that_a_killed_program_left(tmp_path: Path, store: Path) -> None:
    """Its rows count, and neither log nor index is left."""
    path = make(store, wal=True, count=50)
    left_by_a_killed_program(store, 'db.execute("UPDATE t SET n = 9 WHERE id = 1")')
    left_by_a_killed_program(
        store,
        "db.execute('PRAGMA wal_autocheckpoint=0');"
        "db.execute(\"INSERT INTO t VALUES(1000, 'https://goes.example/', 1)\")",
    )
    assert store.with_name("store.sqlite-wal").stat().st_size
    step = DeleteRows(
        store=path, table="t", key="id", keys=(*range(0, 100, 2), 1000), rows=51
    )
    assert carry_out(tmp_path, step) == [path]
    assert b"goes" not in content(store)
    assert os.listdir(store.parent) == ["store.sqlite"]
    assert (1, 9) in [(row[0], row[2]) for row in rows(store)["t"]]


def test_a_transaction_that_a_killed_program_left(tmp_path: Path, store: Path) -> None:
    """It is taken back first, as the program itself would do."""
    path = make(store, count=400)
    before = rows(store)
    left_by_a_killed_program(
        store,
        "db.execute('PRAGMA cache_size=2'); db.execute('BEGIN');"
        "db.execute(\"UPDATE t SET word = 'https://half.example/' || id\")",
    )
    assert store.with_name("store.sqlite-journal").stat().st_size
    assert carry_out(tmp_path, deleting(path, 400)) == [path]
    assert rows(store)["t"] == [row for row in before["t"] if b"stays" in row[1]]
    assert b"goes" not in content(store)
    assert b"half" not in content(store)


def test_an_emptied_journal_stays_as_its_program_left_it(
    tmp_path: Path, store: Path
) -> None:
    """A program that truncates its journal finds it again, of no bytes."""
    path = make(store, count=20)
    journal = store.with_name("store.sqlite-journal")
    journal.touch()
    assert carry_out(tmp_path, deleting(path, 20)) == [path]
    assert journal.read_bytes() == b""


def test_an_old_journal_of_a_program_is_emptied(tmp_path: Path, store: Path) -> None:
    """A journal that only has its header wiped still holds old pages."""
    path = make(store, count=50)
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA journal_mode=PERSIST")
        db.execute("UPDATE t SET n = n + 1")
        db.commit()
    journal = store.with_name("store.sqlite-journal")
    assert b"goes" in journal.read_bytes()
    assert carry_out(tmp_path, deleting(path, 50)) == [path]
    assert journal.read_bytes() == b""
    assert b"goes" not in content(store)


KEYS = {
    "numbers of rows": ("t", "rowid", (0, 2), 2),
    "words": ("kept", "key", ("stays-1", "stays-2"), 2),
    "one key twice": ("kept", "key", ("stays-1", "stays-1"), 1),
    "no value": ("odd", "a", (None, 1), 2),
    "bytes and words and numbers": ("odd", "a", (b"x", "x", 2.5), 3),
    "a key of many rows": ("odd", "b", (7,), 5),
    "a name in other letters": ("T", "ID", (0,), 1),
}


@pytest.mark.parametrize("asked", KEYS.values(), ids=KEYS)
def test_keys_of_every_type(
    tmp_path: Path, store: Path, asked: tuple[str, str, tuple[SqlValue, ...], int]
) -> None:
    """A key finds the rows that hold just it."""
    path = make(store, count=5)
    with closing(sqlite3.connect(store)) as db:
        db.execute("CREATE TABLE odd(a, b)")
        values = [(None,), (1,), ("x",), (b"x",), (2.5,)]
        db.executemany("INSERT INTO odd VALUES(?, 7)", values)
        db.commit()
    before = sum(map(len, rows(store).values()))
    table, key, keys, count = asked
    step = DeleteRows(store=path, table=table, key=key, keys=keys, rows=count)
    assert carry_out(tmp_path, step) == [path]
    assert before - sum(map(len, rows(store).values())) == count


def test_rows_are_set(tmp_path: Path, store: Path) -> None:
    """Columns get the values beside the key, in the same transaction as the rest."""
    path = make(store, count=3)
    update = UpdateRows(
        store=path,
        table="t",
        key="id",
        columns=("word", "n"),
        rows=((1, ("new", 5)), (3, (None, b"7"))),
    )
    assert carry_out(tmp_path, deleting(path, 3), update) == [path]
    found = {row[0]: row[1:] for row in rows(store)["t"]}
    assert found[1] == (b"new", 5)
    assert found[3] == (None, b"7")
    assert found.keys() == {1, 3, 5}


WRONG = {
    "fewer rows than planned": DeleteRows(
        store="", table="t", key="id", keys=(0, 2), rows=3
    ),
    "more rows than planned": DeleteRows(
        store="", table="t", key="n", keys=(2,), rows=3
    ),
    "a row to set that is gone": UpdateRows(
        store="", table="t", key="id", columns=("n",), rows=((999, (1,)),)
    ),
    "two rows to set for one key": UpdateRows(
        store="", table="t", key="n", columns=("word",), rows=((2, ("x",)),)
    ),
}


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "log"])
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_other_rows_than_planned_undo_all(
    tmp_path: Path, store: Path, wrong: DeleteRows | UpdateRows, wal: bool
) -> None:
    """A step that finds something else takes back those before it in its unit."""
    path = make(store, count=5, wal=wal)
    before = tree(tmp_path)
    step = type(wrong)(
        **{
            **{name: getattr(wrong, name) for name in wrong.__slots__},
            "store": path,
        }
    )
    first = UpdateRows(
        store=path, table="t", key="id", columns=("word",), rows=((1, ("new",)),)
    )
    assert refused(tmp_path, first, step) == (path, Refusal.CHANGED)
    assert tree(tmp_path) == before


WIPED_BY_NOBODY = "deleted long ago "


def _leave_bytes(store: Path) -> None:
    """A program deleted a row, and did not wipe it."""
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA secure_delete=OFF")
        db.execute("INSERT INTO t VALUES(99999, ?, 3)", (WIPED_BY_NOBODY * 300,))
        db.commit()
        db.execute("DELETE FROM t WHERE id = 99999")
        db.commit()


def _done(root: Path, step: DeleteRows) -> frozenset[str]:
    """Carry the step out; the stores that were not written anew."""
    giver = Giver()
    return _done_by(writer_of(root, giver), giver, step)


def _done_by(writer: Writer, giver: Giver, step: DeleteRows) -> frozenset[str]:
    stamps = writer.stamps([step.store])
    [done] = writer.carry_out(giver.give([step]), units_of([step]), stamps)
    assert done == step.store
    return writer.in_place


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "log"])
@pytest.mark.parametrize("largest", [_sqlite_store._LARGEST, -1], ids=["usual", "huge"])
def test_what_its_program_did_not_wipe_goes_with_the_rows(
    tmp_path: Path,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    wal: bool,
    largest: int,
) -> None:
    """In memory, or where the store lies if it is too large for that."""
    path = make(store, count=900, wal=wal)
    _leave_bytes(store)
    monkeypatch.setattr(_sqlite_store, "_LARGEST", largest)
    how = _settings(store)
    assert _done(tmp_path, deleting(path, 900)) == frozenset()
    assert os.listdir(store.parent) == ["store.sqlite"]
    assert b"goes" not in content(store)
    assert WIPED_BY_NOBODY.encode() not in content(store)
    assert len(rows(store)["t"]) == 900
    assert _settings(store) == how


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "log"])
def test_where_a_store_cannot_be_written_anew_the_rows_go_even_so(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, wal: bool
) -> None:
    """Without the memory for it the pages that are free are wiped, and it is told."""
    path = make(store, count=900, wal=wal)
    monkeypatch.setattr(_sqlite_store, "_has_memory", lambda _: False)
    how = _settings(store)
    size = store.stat().st_size
    step = DeleteRows(
        store=path,
        table="kept",
        key="key",
        keys=tuple(f"stays-{n}" for n in range(900)),
        rows=900,
    )
    assert _done(tmp_path, step) == {path}
    assert store.stat().st_size == size
    assert os.listdir(store.parent) == ["store.sqlite"]
    assert content(store).count(b"x" * 90) == 0
    assert rows(store)["kept"] == []
    assert _settings(store) == how


@pytest.mark.rule("SR-18")
def test_a_store_that_was_written_anew_since_is_not_told_again(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One writer does plan after plan; memory comes back."""
    path = make(store, count=5)
    giver = Giver()
    writer = writer_of(tmp_path, giver)
    with monkeypatch.context() as patch:
        patch.setattr(_sqlite_store, "_has_memory", lambda _: False)
        first = DeleteRows(store=path, table="t", key="id", keys=(0,), rows=1)
        assert _done_by(writer, giver, first) == {path}
    second = DeleteRows(store=path, table="t", key="id", keys=(2,), rows=1)
    assert _done_by(writer, giver, second) == frozenset()
