"""What cannot be changed, or should not be, is left alone to the last byte."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import (
    CannotClear,
    DeleteRows,
    Refusal,
    RemoveTree,
    Unit,
    UpdateRows,
)
from hygiene.host.writing import _ground
from hygiene.host.writing._sqlite_store import SqliteStore
from tests.host.stores import left_by_a_killed_program, running
from tests.host.systems import POSIX
from tests.host.writing.carrying import (
    FOLDER,
    Giver,
    carry_out,
    deleting,
    make,
    refused,
    rows,
    tree,
    units_of,
    writer_of,
)
from tests.host.writing.mounting import MAY_MOUNT, mount, unmount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.rule("SR-29")

STORE = f"{FOLDER}/store.sqlite"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / STORE
    make(path, count=20)
    return path


def _check_refused(root: Path, why: Refusal, step: Any = None) -> None:
    """Before the first write it is said, and carrying it out all the same does not
    change a thing.
    """
    step = step or deleting(STORE, 20)
    before = tree(root)
    writer = writer_of(root, Giver())
    assert writer.refusals(units_of([step])) == {step.store: why}
    assert refused(root, step) == (step.store, why)
    assert tree(root) == before


@POSIX
@pytest.mark.parametrize("how", ["", "PRAGMA journal_mode=WAL"], ids=["journal", "log"])
def test_a_program_has_it_open(tmp_path: Path, store: Path, how: str) -> None:
    """Its own lock says so, and when it was killed its files say nothing."""
    with closing(sqlite3.connect(store)) as db:
        db.execute(how or "SELECT 1")
    script = (
        "db.execute('PRAGMA locking_mode=EXCLUSIVE');"
        "db.execute('UPDATE t SET n = 5 WHERE id = 1')"
    )
    with running(store, script):
        _check_refused(tmp_path, Refusal.OPEN)
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]


@POSIX
def test_a_program_that_only_reads_has_it_open(tmp_path: Path, store: Path) -> None:
    """A lock that it shares with other readers is one as well."""
    script = "db.execute('BEGIN'); db.execute('SELECT * FROM t').fetchone()"
    with running(store, script):
        _check_refused(tmp_path, Refusal.OPEN)


@POSIX
@pytest.mark.parametrize("how", ["", "PRAGMA journal_mode=WAL"], ids=["journal", "log"])
def test_a_program_opens_it_after_the_last_look(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Between looking at its locks and taking them."""
    with closing(sqlite3.connect(store)) as db:
        db.execute(how or "SELECT 1")
    monkeypatch.setattr("hygiene.host.home.DiskHome.in_use", lambda *_: False)
    script = (
        "db.execute('PRAGMA locking_mode=EXCLUSIVE'); db.execute('BEGIN EXCLUSIVE')"
    )
    with running(store, script):
        before = tree(tmp_path)
        assert refused(tmp_path, deleting(STORE, 20)) == (STORE, Refusal.OPEN)
        assert tree(tmp_path) == before


def test_a_program_ran_between_plan_and_consent(tmp_path: Path, store: Path) -> None:
    """It is closed again, but the store is not as it was shown."""
    giver, step = Giver(), deleting(STORE, 20)
    writer = writer_of(tmp_path, giver)
    stamps = writer.stamps([STORE])
    with closing(sqlite3.connect(store)) as db:
        db.execute("INSERT INTO t VALUES(999, 'https://new.example/', 1)")
        db.commit()
    before = tree(tmp_path)
    with pytest.raises(CannotClear) as caught:
        list(writer.carry_out(giver.give([step]), units_of([step]), stamps))
    assert (caught.value.store, caught.value.why) == (STORE, Refusal.CHANGED)
    assert tree(tmp_path) == before


def test_a_program_ran_after_the_last_look(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp is compared once more behind the lock."""

    def late(*args: Any) -> Any:
        with closing(sqlite3.connect(store)) as db:
            db.execute("UPDATE t SET n = 77 WHERE id = 1")
            db.commit()
        return SqliteStore(*args)

    monkeypatch.setattr("hygiene.host.writing._row_work.SqliteStore", late)
    assert refused(tmp_path, deleting(STORE, 20)) == (STORE, Refusal.CHANGED)
    assert len(rows(store)["t"]) == 40


STRANGE = {
    "a trigger": "CREATE TRIGGER more AFTER DELETE ON t BEGIN DELETE FROM kept; END",
    "a view": "CREATE VIEW other AS SELECT * FROM t",
    "a table that is gone": "DROP TABLE t",
    "a column that is gone": "ALTER TABLE t RENAME COLUMN id TO number",
    "a table of another kind": (
        "ALTER TABLE t RENAME TO old; CREATE VIRTUAL TABLE t USING fts5(id, word)"
    ),
}


@pytest.mark.parametrize("script", STRANGE.values(), ids=STRANGE)
def test_an_unknown_schema(tmp_path: Path, store: Path, script: str) -> None:
    """A store with more or less in it than any version that is known."""
    with closing(sqlite3.connect(store)) as db:
        db.executescript(script)
    _check_refused(tmp_path, Refusal.UNKNOWN_FORMAT)


def test_a_column_to_set_that_is_not_there(tmp_path: Path, store: Path) -> None:
    """The columns are looked at before anything is done."""
    del store
    step = UpdateRows(
        store=STORE, table="t", key="id", columns=("other",), rows=((1, (2,)),)
    )
    _check_refused(tmp_path, Refusal.UNKNOWN_FORMAT, step)


@pytest.mark.parametrize("what", ["index", "order"])
def test_a_schema_that_only_its_program_understands(
    tmp_path: Path, store: Path, what: str
) -> None:
    """An index that needs a function, or an order of words, which only the program has:
    rows that it covers cannot be changed.
    """
    with closing(sqlite3.connect(store)) as db:
        db.create_function("own", 1, len, deterministic=True)
        db.create_collation("own", lambda one, other: (one > other) - (one < other))
        key = "own(word)" if what == "index" else "word COLLATE own"
        db.execute(f"CREATE INDEX odd ON t({key})")
        db.commit()
    before = store.read_bytes()
    assert refused(tmp_path, deleting(STORE, 20)) == (STORE, Refusal.UNKNOWN_FORMAT)
    assert store.read_bytes() == before
    assert os.listdir(store.parent) == ["store.sqlite"]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "another beginning": lambda data: b"SQLite format 4\0" + data[16:],
    "nothing in it": lambda _: b"",
    "half of it": lambda data: data[:6000],
    "noise behind the first page": lambda data: data[:4096] + b"\xa5" * 40000,
    "a text": lambda _: b"goes\n" * 3000,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store(
    tmp_path: Path, store: Path, damage: Callable[[bytes], bytes]
) -> None:
    """What SQLite cannot read whole is not written."""
    store.write_bytes(damage(store.read_bytes()))
    before = tree(tmp_path)
    assert refused(tmp_path, deleting(STORE, 20)) == (STORE, Refusal.DAMAGED)
    assert tree(tmp_path) == before


def test_a_store_of_the_future(tmp_path: Path, store: Path) -> None:
    """A version of the file format that SQLite may only read, or not even that."""
    data = bytearray(store.read_bytes())
    data[18:20] = b"\3\3"
    store.write_bytes(data)
    _check_refused(tmp_path, Refusal.UNKNOWN_FORMAT)


def test_a_folder_instead_of_a_file(tmp_path: Path, store: Path) -> None:
    """And nothing in it is touched."""
    store.unlink()
    store.mkdir()
    (store / "one").write_bytes(b"stays")
    _check_refused(tmp_path, Refusal.UNKNOWN_FORMAT)


def test_nothing_there(tmp_path: Path, store: Path) -> None:
    """No store is made where there is none."""
    store.unlink()
    _check_refused(tmp_path, Refusal.CHANGED)


@POSIX
@pytest.mark.parametrize("end", ["", "-journal", "-wal"])
@pytest.mark.parametrize("kind", ["link", "second name"])
def test_names_that_lead_out_of_the_home(tmp_path: Path, end: str, kind: str) -> None:
    """The store itself, or what SQLite would write beside it."""
    outside, root = tmp_path / "outside", tmp_path / "home"
    path = root / STORE
    make(path, count=20)
    file = path.with_name(path.name + end)
    if end:
        outside.write_bytes(b"goes, and is of somebody else")
    else:
        path.rename(outside)
    if kind == "link":
        file.symlink_to(outside)
    else:
        file.hardlink_to(outside)
    before = tree(tmp_path)
    _check_refused(root, Refusal.LEADS_ELSEWHERE)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_a_folder_where_sqlite_has_a_file(
    tmp_path: Path, store: Path, end: str
) -> None:
    """It is found before anything is changed, not behind the first row."""
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA journal_mode=WAL")
    store.with_name(store.name + end).mkdir()
    before = tree(tmp_path)
    assert writer_of(tmp_path, Giver()).refusals(units_of([deleting(STORE, 20)]))
    assert refused(tmp_path, deleting(STORE, 20)) is not None
    assert tree(tmp_path) == before


def test_a_journal_that_hangs_on_another_file(tmp_path: Path, store: Path) -> None:
    """SQLite rolls back what names a super-journal only while that file is there: what
    is shown could be one state, and what is changed another.
    """
    left_by_a_killed_program(
        store,
        "db.execute('PRAGMA cache_size=1'); db.execute('BEGIN');"
        "db.execute(\"UPDATE t SET word = 'other' || hex(zeroblob(900))\")",
    )
    _name_super_journal(store.with_name(f"{store.name}-journal"), store)
    _check_refused(tmp_path, Refusal.UNKNOWN_FORMAT)


def _name_super_journal(journal: Path, store: Path) -> None:
    """End the journal with a name that leads nowhere, as SQLite writes it."""
    name = os.fsencode(f"{store}-mj123456789")
    (page_size,) = struct.unpack(">H", store.read_bytes()[16:18])
    ending = struct.pack(">II", len(name), sum(name)) + bytes.fromhex(
        "d9d505f920a163d7"
    )
    with journal.open("ab") as file:
        file.write(struct.pack(">I", 0x40000000 // page_size + 1) + name + ending)


def test_words_that_a_formula_makes_without_end(tmp_path: Path, store: Path) -> None:
    """A condition of a table is asked for each new row: what it may make is bounded."""
    formula = "length(replace(hex(zeroblob(50000000)), ''00'', ''abcdef'')) + n > 0"
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA writable_schema=ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'n INTEGER',"
            f" 'n INTEGER CHECK({formula})') WHERE name = 't'"
        )
        db.commit()
    step = UpdateRows(
        store=STORE, table="t", key="id", columns=("n",), rows=((1, (5,)),)
    )
    assert refused(tmp_path, step) == (STORE, Refusal.NOT_SUPPORTED)
    with closing(sqlite3.connect(store)) as db:
        assert db.execute("SELECT n FROM t WHERE id = 1").fetchall() == [(2,)]


@POSIX
def test_a_link_inside_the_home_is_followed(tmp_path: Path, store: Path) -> None:
    """A profile that a person moved within the home is the same profile."""
    moved = tmp_path / "big" / "profile"
    moved.parent.mkdir()
    store.parent.rename(moved)
    store.parent.symlink_to(moved)
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
    assert len(rows(moved / "store.sqlite")["t"]) == 20


@MAY_MOUNT
def test_a_disk_that_may_not_be_written_to(disk: Path) -> None:
    """A real one: the whole home lies on it."""
    make(disk / STORE, count=20)
    mount("-o", "remount,ro", str(disk))
    _check_refused(disk, Refusal.READ_ONLY)


@MAY_MOUNT
def test_a_disk_without_room(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real one: it is said before, and where nobody asked, the rows stay."""
    make(disk / STORE, count=3000)
    step = deleting(STORE, 3000)
    _check_refused(disk, Refusal.FULL, step)
    monkeypatch.setattr(_ground, "ROOM", -(1 << 40))
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 12))
    before = tree(disk)
    assert refused(disk, step) == (STORE, Refusal.FULL)
    assert tree(disk) == before


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    path = tmp_path / "disk"
    path.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(path))
    yield path
    unmount(path)


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_file_or_folder_that_may_not_be_written_to(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """The system is asked; root passes every permission, so its answer is played."""
    access = os.access
    closed = str(store if which == "file" else store.parent)

    def answer(path: Any, mode: int, **how: Any) -> bool:
        refused = str(path) == closed and mode & os.W_OK
        return not refused and access(path, mode, **how)

    monkeypatch.setattr(os, "access", answer)
    _check_refused(tmp_path, Refusal.READ_ONLY)


def test_steps_that_do_not_go_together(tmp_path: Path, store: Path) -> None:
    """One store is changed in one way; anything else is no plan of ours."""
    del store
    unit = Unit(STORE, (deleting(STORE, 20), RemoveTree(store=STORE)))
    elsewhere = Unit(STORE, (deleting(f"{FOLDER}/other", 20),))
    writer = writer_of(tmp_path, Giver())
    for each in (unit, elsewhere, Unit(STORE, ())):
        assert writer.refusals([each]) == {STORE: Refusal.NOT_SUPPORTED}


def test_a_key_that_no_text_can_hold(tmp_path: Path, store: Path) -> None:
    """Text that does not decode finds no row, and is no reason to fall over."""
    del store
    step = DeleteRows(store=STORE, table="t", key="word", keys=("\udcff",), rows=1)
    before = tree(tmp_path)
    assert refused(tmp_path, step) == (STORE, Refusal.NOT_SUPPORTED)
    assert tree(tmp_path) == before


def test_a_log_that_a_killed_program_left_stays_as_it_is(
    tmp_path: Path, store: Path
) -> None:
    """Nothing is copied out of it when the unit is taken back."""
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA journal_mode=WAL")
    left_by_a_killed_program(
        store,
        "db.execute('PRAGMA wal_autocheckpoint=0');"
        "db.execute('UPDATE t SET n = 5 WHERE id = 1')",
    )
    before = tree(tmp_path)
    assert before[f"{STORE}-wal"]
    step = DeleteRows(store=STORE, table="t", key="n", keys=(1, 5), rows=20)
    assert refused(tmp_path, step) == (STORE, Refusal.CHANGED)
    assert tree(tmp_path) == before


def test_a_later_unit_is_not_begun_after_a_refusal(tmp_path: Path, store: Path) -> None:
    """What stands before it is done, what stands behind it is not."""
    first, last = f"{FOLDER}/first", f"{FOLDER}/last"
    make(tmp_path / first, count=20)
    make(tmp_path / last, count=20)
    left_by_a_killed_program(store, "db.execute('CREATE VIEW v AS SELECT 1')")
    steps = (deleting(first, 20), deleting(STORE, 20), deleting(last, 20))
    assert refused(tmp_path, *steps) == (STORE, Refusal.UNKNOWN_FORMAT)
    assert [len(rows(tmp_path / path)["t"]) for path in (first, STORE, last)] == [
        20,
        40,
        40,
    ]
