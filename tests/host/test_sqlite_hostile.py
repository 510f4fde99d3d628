"""Damaged, foreign and hostile stores: an answer, or the right reason for none."""

from __future__ import annotations

import os
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import apsw
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Database, Row, Why
from hygiene.host.sqlite import _hardening, _snapshot, _vfs, _watch, query
from hygiene.practice.store import write_store
from tests.host.stores import (
    NAME,
    PathFiles,
    left_by_a_killed_program,
    looked_at,
    sides,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store goes."""
    folder = tmp_path / "ana"
    folder.mkdir()
    return folder / NAME


def why(path: Path, sql: str = "SELECT count(*), total(n) FROM t") -> Why:
    """Why the store cannot be looked at."""
    with pytest.raises(CannotLook) as refusal:
        looked_at(path, sql)
    return refusal.value.why


def made(path: Path, script: str = "", page_size: int = 4096) -> bytes:
    """The bytes of a store with a table `t` of 3,000 rows, and what `script` adds."""
    rows = [(n, "x" * 50) for n in range(3000)]
    write_store(
        path, f"CREATE TABLE t(n, x); {script}", {"t": rows}, page_size=page_size
    )
    return path.read_bytes()


def _with(data: bytes, at: int, part: bytes) -> bytes:
    return data[:at] + part + data[at + len(part) :]


Change: TypeAlias = Callable[[bytes], bytes]

NOT_OURS: dict[str, tuple[Change, Why]] = {
    "of no bytes": (lambda _: b"", Why.DAMAGED),
    "a text": (lambda _: b"once upon a time" * 99, Why.UNKNOWN_FORMAT),
    "short": (lambda _: b"SQLite", Why.UNKNOWN_FORMAT),
    "encrypted": (lambda data: os.urandom(len(data)), Why.UNKNOWN_FORMAT),
    "a header": (lambda data: data[:100], Why.DAMAGED),
    "of a future version": (lambda d: _with(d, 18, b"\3\3"), Why.UNKNOWN_FORMAT),
    "written by the future": (lambda d: _with(d, 18, b"\3"), Why.UNKNOWN_FORMAT),
    "of no version": (lambda d: _with(d, 18, b"\0\0"), Why.UNKNOWN_FORMAT),
    "of a future schema": (
        lambda d: _with(d, 44, b"\0\0\0\x09"),
        Why.UNKNOWN_FORMAT,
    ),
    "of odd pages": (lambda d: _with(d, 16, b"\x0f\xff"), Why.UNKNOWN_FORMAT),
    "of no pages": (lambda d: _with(d, 16, b"\0\0"), Why.UNKNOWN_FORMAT),
    "of larger pages": (lambda d: _with(d, 16, b"\0\1"), Why.DAMAGED),
    "of more pages": (lambda d: _with(d, 28, b"\x7f\xff\xff\xff"), Why.DAMAGED),
    "cut in half": (lambda d: d[: len(d) // 2], Why.DAMAGED),
    "of nothing inside": (lambda d: d[:4096] + bytes(len(d) - 4096), Why.DAMAGED),
    "of noise inside": (
        lambda d: d[:4096] + b"\x93\x11\xfe" * (len(d) // 3),
        Why.DAMAGED,
    ),
    "without a schema": (lambda d: _with(d, 100, b"\x77" * 3000), Why.DAMAGED),
}


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("kind", NOT_OURS)
def test_what_is_no_store(path: Path, kind: str) -> None:
    """Each comes with its reason, none as an empty answer."""
    change, reason = NOT_OURS[kind]
    path.write_bytes(change(made(path)))
    assert why(path) is reason


@pytest.mark.rule("SR-18")
def test_a_store_without_the_table(path: Path) -> None:
    """A store of another program says nothing about this one."""
    write_store(path, "CREATE TABLE other(a)")
    assert why(path) is Why.UNKNOWN_FORMAT


def test_a_giant_with_nothing_in_it(path: Path) -> None:
    """A file may claim any size: only the pages in use are read."""
    made(path)
    os.truncate(path, 1 << 40)
    assert looked_at(path) == [(3000, 4498500.0)]


def test_giant_side_files(path: Path) -> None:
    """So may what stands beside it."""
    left_by_a_killed_program(
        path,
        "db.execute('PRAGMA journal_mode=WAL')\n"
        "db.execute('CREATE TABLE t(n)')\ndb.execute('INSERT INTO t VALUES(7)')",
    )
    os.truncate(path.with_name(f"{NAME}-wal"), 1 << 40)
    assert looked_at(path) == [(1, 7.0)]
    path.with_name(f"{NAME}-journal").write_bytes(b"")
    os.truncate(path.with_name(f"{NAME}-journal"), 1 << 40)
    assert looked_at(path) == [(1, 7.0)]


def test_a_journal_of_lies(path: Path) -> None:
    """Numbers in a journal's header bring no page that is not there."""
    made(path)
    magic = bytes.fromhex("d9d505f920a163d7")
    header = struct.pack(">IIIII", 0xFFFFFFFE, 1, 0xFFFFFFFF, 512, 65536)
    path.with_name(f"{NAME}-journal").write_bytes(magic + header + bytes(9000))
    assert looked_at(path) == [(3000, 4498500.0)]


VIEWS = """
CREATE VIEW endless(n) AS
  WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;
CREATE VIEW deep(n) AS SELECT a.n FROM t a, t b, t c, t d, t e, t f;
CREATE VIEW itself(n) AS SELECT n FROM itself;
CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT n FROM endless; END;
"""


@pytest.mark.parametrize("name", ["endless", "deep", "itself"])
def test_views_are_not_read(path: Path, name: str) -> None:
    """A view in place of a table is no table, whatever it would do."""
    made(path, VIEWS)
    assert why(path, f"SELECT n FROM {name}") is Why.UNKNOWN_FORMAT
    assert query(PathFiles(path), lambda database: database.tables()) == {"t"}


def _rewrite_schema(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema=ON")
        db.execute(f"UPDATE sqlite_schema SET {change} WHERE name = 't'")
        db.commit()


@pytest.mark.parametrize(
    "change",
    [
        "sql = 'CREATE VIEW t(n) AS SELECT 1'",
        "sql = '/* CREATE TABLE */ CREATE VIEW t(n) AS SELECT 1'",
        "sql = 'CREATE VIRTUAL TABLE t USING fts5(n)'",
        "sql = 'CREATE TABLE u(n)'",
        "type = 'view'",
        "rootpage = 0",
        "rootpage = 99999",
        "rootpage = 1",
        "sql = 'nonsense'",
        "sql = NULL",
        "name = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_schema_of_lies(path: Path, change: str) -> None:
    """A table that is something else is refused, or the store is damaged."""
    made(path)
    _rewrite_schema(path, change)
    assert why(path, "SELECT n, x FROM t") in {Why.UNKNOWN_FORMAT, Why.DAMAGED}


def test_a_table_that_needs_what_we_lack(path: Path) -> None:
    """An unknown module or tokenizer, as Thunderbird's, stops no other table."""
    made(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema=ON")
        db.execute(
            "INSERT INTO sqlite_schema VALUES('table', 'mail', 'mail', 0,"
            " 'CREATE VIRTUAL TABLE mail USING fts3(tokenize=mozporter, subject)')"
        )
        db.commit()
    assert looked_at(path) == [(3000, 4498500.0)]
    assert why(path, "SELECT subject FROM mail") is Why.UNKNOWN_FORMAT


def test_values_without_measure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value past the limit says so; next to it, its length and start can be had."""
    monkeypatch.setitem(_hardening._LIMITS, apsw.SQLITE_LIMIT_LENGTH, 1 << 20)
    write_store(path, "CREATE TABLE t(n, x)", {"t": [(1, "y" * (2 << 20))]})
    assert looked_at(path, "SELECT n FROM t") == [(1,)]
    assert why(path, "SELECT x FROM t") is Why.TOO_LARGE
    write_store(
        path, "CREATE TABLE t(n, x AS (hex(zeroblob(9000000)))) ", {"t": [(1,)]}
    )
    assert why(path, "SELECT x FROM t") is Why.TOO_LARGE


def test_questions_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that brings no row for too long is stopped."""
    monkeypatch.setattr(_watch, "_WITHOUT_A_ROW", 0.2)
    made(path)
    sql = "SELECT count(*) FROM t a, t b, t c WHERE a.n + b.n + c.n < 0"
    assert why(path, sql) is Why.TIMED_OUT


def without_end(path: Path) -> None:
    """Turn `t` into a tree whose branches all lead to one page, many levels deep: every
    page is sound, and there are more rows than anyone can count.
    """
    page_size, levels, branches = 512, 15, 60
    data = bytearray(made(path, page_size=page_size))
    with closing(sqlite3.connect(path)) as db:
        ((root,),) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 't'")
    pages = [root, *range(len(data) // page_size - levels, len(data) // page_size)]
    for page, below in pairwise(pages):
        cells = b"".join(
            struct.pack(">IB", below, key) for key in range(1, branches + 1)
        )
        start = page_size - len(cells)
        header = struct.pack(">BHHHBI", 5, 0, branches, start, 0, below)
        places = b"".join(
            struct.pack(">H", start + 5 * cell) for cell in range(branches)
        )
        filled = (header + places).ljust(start, b"\0") + cells
        data[(page - 1) * page_size : page * page_size] = filled
    leaf = struct.pack(">BHHHB", 13, 0, 1, page_size - 5, 0)
    leaf = (leaf + struct.pack(">H", page_size - 5)).ljust(page_size - 5, b"\0")
    data[(pages[-1] - 1) * page_size : pages[-1] * page_size] = leaf + bytes(
        [3, 1, 2, 1, 7]
    )
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT count(*) FROM t", Why.TIMED_OUT),
        ("SELECT total(n) FROM t", Why.TIMED_OUT),
        ("SELECT n FROM t", Why.DAMAGED),
    ],
)
def test_tables_without_end(
    path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, reason: Why
) -> None:
    """Neither counting nor reading such a table goes on for ever."""
    monkeypatch.setattr(_watch, "_WITHOUT_A_ROW", 0.3)
    monkeypatch.setattr(_watch, "_LOOK_EVERY", 0.1)
    without_end(path)
    assert why(path, sql) is reason


BAD = [b"\xff\xfe", b"caf\xe9", b"\xed\xa0\x80", b"\xc3", b"a\x00\xff"]


@pytest.mark.parametrize("order", ["", " ORDER BY n", " ORDER BY x DESC, n"])
def test_texts_that_do_not_decode(path: Path, order: str) -> None:
    """Bad bytes in texts come as surrogates, in their place among the other rows."""
    values: list[bytes | str | int | float | None]
    values = ["good", *BAD, "more", 7, 1.5, None, *BAD, "end"]
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t(n, x, y)")
        db.execute("INSERT INTO t VALUES(-1, x'ff00', 'zzz')")
        for n, value in enumerate(values):
            cast = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            db.execute(f"INSERT INTO t VALUES(?, {cast}, {cast})", (n, value, value))
        db.commit()
        db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        expected = db.execute(f"SELECT n, x, y, y FROM t{order}").fetchall()
    assert looked_at(path, f"SELECT n, x, y, y FROM t{order}; ") == expected


def test_wide_texts_that_do_not_decode(path: Path) -> None:
    """The same in UTF-16, where a half character becomes a replacement."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA encoding='UTF-16le'")
        db.execute("CREATE TABLE t(n, x)")
        db.execute("INSERT INTO t VALUES(1, 'good')")
        db.execute("INSERT INTO t VALUES(2, CAST(x'410000d84200' AS TEXT))")
        db.execute("INSERT INTO t VALUES(3, CAST(x'4100ff' AS TEXT))")
        db.commit()
    rows = looked_at(path, "SELECT n, x FROM t ORDER BY n")
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[0][1] == "good"
    assert all(str(row[1]).startswith("A") for row in rows[1:])


@pytest.mark.rule("SR-13")
def test_nothing_is_asked_of_the_file_layer_but_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite never tries to write, cut, flush or delete, nor to open a third file: not
    for a sort of much data, which it would else put into a file of its own.
    """
    asked: list[str] = []

    def forbidden(name: str) -> None:
        def refuse(*_: object) -> None:
            asked.append(name)
            raise apsw.ReadOnlyError

        for kind in (_vfs._File, _vfs.ReadOnlyFiles):
            if hasattr(kind, name):
                monkeypatch.setattr(kind, name, refuse)

    for name in ("xWrite", "xTruncate", "xSync", "xDelete"):
        forbidden(name)
    opened = []
    plain = _vfs.ReadOnlyFiles.xOpen

    def recording(
        self: _vfs.ReadOnlyFiles, name: apsw.URIFilename | str | None, flags: list[int]
    ) -> _vfs._File:
        file = plain(self, name, flags)
        opened.append(name.filename() if isinstance(name, apsw.URIFilename) else name)
        return file

    monkeypatch.setattr(_vfs.ReadOnlyFiles, "xOpen", recording)
    left_by_a_killed_program(
        path,
        "db.execute('PRAGMA journal_mode=WAL')\n"
        "db.execute('CREATE TABLE t(n, x)')\ndb.execute('BEGIN')\n"
        "db.executemany('INSERT INTO t VALUES(?, ?)',"
        " [(n, str(n % 977) * 40) for n in range(60000)])\n"
        "db.execute('COMMIT')",
    )
    for sql in (
        "SELECT x, count(*) FROM t GROUP BY x || n ORDER BY 2, 1",
        "SELECT DISTINCT x FROM t UNION SELECT n FROM t ORDER BY 1",
        "SELECT a.n FROM t AS a JOIN t AS b ON a.x = b.n ORDER BY a.x",
    ):
        looked_at(path, sql)
    assert asked == []
    assert set(opened) == {"store", "store-wal"}


ROWS_OF_T = "SELECT typeof(a), CAST(a AS BLOB) FROM t"


def everything(database: Database) -> list[Row]:
    """The rows of `t`, after all that can be asked was asked."""
    for table in database.tables():
        quoted = table.replace('"', '""')
        database.columns(table)
        list(database.rows(f'SELECT count(*) FROM "{quoted}"'))
        list(database.rows(f'SELECT * FROM "{quoted}" LIMIT 1000'))
    return list(database.rows(ROWS_OF_T))


def answered(files: dict[str, bytes]) -> list[Row] | Why:
    """What we read in a store of these bytes, or why not."""
    with _store_of(files) as path:
        try:
            return query(PathFiles(path), everything)
        except CannotLook as refusal:
            return refusal.why


def told_by_sqlite(files: dict[str, bytes]) -> list[Row] | None:
    """What SQLite itself reads there, None when it refuses."""
    with _store_of(files) as path:
        db = apsw.Connection(str(path))
        try:
            return list(db.execute(ROWS_OF_T))
        except apsw.Error:
            return None
        finally:
            db.close(force=True)


@contextmanager
def _store_of(files: dict[str, bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        for side, data in files.items():
            path.with_name(f"{NAME}{side}").write_bytes(data)
        yield path


def samples() -> list[dict[str, bytes]]:
    """Small stores of every kind, sound until someone changes a byte."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number, script in enumerate(
            (
                "PRAGMA page_size=512; CREATE TABLE t(a PRIMARY KEY, b UNIQUE)",
                "PRAGMA auto_vacuum=1; CREATE TABLE t(a, b) STRICT_OR_NOT",
                "CREATE TABLE t(a TEXT PRIMARY KEY, b) WITHOUT ROWID",
                "CREATE TABLE t(a, b AS (a || 'x')); CREATE VIEW v AS SELECT a FROM t",
            )
        ):
            path = Path(folder) / str(number)
            left_by_a_killed_program(
                path,
                f"db.executescript({script.replace(' STRICT_OR_NOT', '')!r})\n"
                "db.executemany('INSERT INTO t(a) VALUES(?)', "
                "[(str(n) * 40,) for n in range(60)])\n"
                "db.execute('PRAGMA cache_size=2')\ndb.execute('BEGIN')\n"
                "db.execute('UPDATE t SET a = a || 1')",
            )
            found.append(_without_index(path))
            left_by_a_killed_program(
                path,
                "db.execute('PRAGMA journal_mode=WAL')\n"
                "db.execute('UPDATE t SET a = a || 2')",
            )
            found.append(_without_index(path))
        return found


def _without_index(path: Path) -> dict[str, bytes]:
    return {side: data for side, data in sides(path).items() if side != "-shm"}


SAMPLES = samples()
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=5)),
    max_size=6,
)


@given(st.binary(max_size=3000), st.binary(max_size=300), st.binary(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_bytes(main: bytes, log: bytes, journal: bytes) -> None:
    """Bytes that do not begin as a store does are none, whatever lies beside them."""
    assume(not main.startswith(b"SQLite format 3"))
    expected = Why.UNKNOWN_FORMAT if main else Why.DAMAGED
    assert answered({"": main, "-wal": log, "-journal": journal}) is expected


@given(
    st.sampled_from(SAMPLES),
    st.dictionaries(st.sampled_from(["", "-wal", "-journal"]), CHANGES),
)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("at_once", [-1, 32 << 20])
def test_any_damage(
    at_once: int,
    sample: dict[str, bytes],
    changes: dict[str, list[tuple[float, bytes]]],
) -> None:
    """Whatever happened to a store, its log or its journal: the rows that SQLite reads
    are read, or none with a reason; and those of a sound store always.
    """
    files = dict(sample)
    for side, parts in changes.items():
        data = files.get(side, b"")
        for place, part in parts:
            data = _with(data, int(place * len(data)), part)
        files[side] = data
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_snapshot, "AT_ONCE", at_once)
        found = answered(files)
    if isinstance(found, Why):
        assert found in {Why.DAMAGED, Why.UNKNOWN_FORMAT, Why.TOO_LARGE}
        assert files != sample
    else:
        assert found == told_by_sqlite(files)
