"""Homes with stores of every kind, and the steps that take the word `goes` out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from hygiene.contract import (
    DeleteRows,
    EditJson,
    RebuildLevelDb,
    RemoveTree,
    ReplaceFile,
    Step,
    UpdateRows,
)
from hygiene.host import mozlz4
from tests.host.stores import left_by_a_killed_program
from tests.host.writing.carrying import FOLDER, deleting, make
from tests.host.writing.states import plyvel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["SCENARIOS", "Scenario"]

_COUNT = 40
_CACHE = ".cache/program/profile/Cache"


class Scenario(NamedTuple):
    """`build` makes the stores in a home and gives the steps, in the order of doing."""

    build: Callable[[Path], list[Step]]


def _rows(root: Path, **how: Any) -> list[Step]:
    store = make(root / FOLDER / "store.sqlite", count=_COUNT, **how)
    _leave_bytes(root / store)
    return [
        deleting(store, _COUNT),
        DeleteRows(
            store=store, table="kept", key="key", keys=("stays-0", "stays-1"), rows=2
        ),
        UpdateRows(store=store, table="t", key="id", columns=("n",), rows=((1, (7,)),)),
    ]


def _leave_bytes(path: Path) -> None:
    """A program deleted rows long ago, and did not wipe them."""
    word = "https://goes.example/before/"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA secure_delete=OFF")
        for number in range(1000, 1300):
            db.execute("INSERT INTO t VALUES(?, ?, 1)", (number, f"{word}{number}"))
        db.commit()
        db.execute("DELETE FROM t WHERE id >= 1000")
        db.commit()
    assert word.encode() in path.read_bytes()


def _journal(root: Path) -> list[Step]:
    return _rows(root)


def _log(root: Path) -> list[Step]:
    return _rows(root, wal=True)


def _large_pages(root: Path) -> list[Step]:
    return _rows(root, settings="PRAGMA page_size=32768; PRAGMA auto_vacuum=2;")


def _truncated_journal(root: Path) -> list[Step]:
    steps = _rows(root, settings="PRAGMA auto_vacuum=1;")
    (root / FOLDER / "store.sqlite-journal").touch()
    return steps


def _left_log(root: Path) -> list[Step]:
    steps = _rows(root, wal=True)
    left_by_a_killed_program(
        root / FOLDER / "store.sqlite",
        "db.execute('PRAGMA wal_autocheckpoint=0');"
        "db.execute('UPDATE t SET n = 3 WHERE n = 2')",
    )
    return steps


def _left_journal(root: Path) -> list[Step]:
    steps = _rows(root)
    left_by_a_killed_program(
        root / FOLDER / "store.sqlite",
        "db.execute('PRAGMA cache_size=2'); db.execute('BEGIN');"
        "db.execute('UPDATE t SET n = 3')",
    )
    return steps


def _files(root: Path) -> list[Step]:
    folder = root / FOLDER
    folder.mkdir(parents=True)
    text = json.dumps({"goes": [1, 2], "stays": {"a": 1.5}}, indent=1).encode()
    contents = {
        "Preferences": text,
        "session.jsonlz4": mozlz4.packed(text),
        "plain": b"goes, stays",
    }
    digests = {}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
        digests[name] = hashlib.sha256(data).hexdigest()
    edits = [
        EditJson(store=f"{FOLDER}/{name}", before=digests[name], remove=(("goes",),))
        for name in ("Preferences", "session.jsonlz4")
    ]
    plain = f"{FOLDER}/plain"
    return [*edits, ReplaceFile(store=plain, before=digests["plain"], after=b"stays")]


def _trees(root: Path) -> list[Step]:
    deep = root / _CACHE / "one" / "two"
    deep.mkdir(parents=True)
    for number in range(3):
        (deep / f"goes-{number}").write_bytes(b"goes")
        (deep.parent / f"{number}").write_bytes(b"goes")
    (deep / "link").symlink_to(root)
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "Visited Links").write_bytes(b"goes")
    return [RemoveTree(store=_CACHE), RemoveTree(store=f"{FOLDER}/Visited Links")]


def _leveldb(root: Path) -> list[Step]:
    path = root / FOLDER / "Local Storage" / "leveldb"
    path.parent.mkdir(parents=True)
    keys = [b"_https://goes.example\0%d" % number for number in range(30)]
    with plyvel.DB(str(path), create_if_missing=True, write_buffer_size=4096) as db:
        for number, key in enumerate(keys):
            db.put(key, b"goes" * 90)
            db.put(b"_https://stays.example\0%d" % number, b"%d" % number * 200)
        # That it writes down, keys and all.
        db.compact_range(start=keys[0], stop=keys[-1])
    assert b"goes" in (path / "LOG").read_bytes()
    store = f"{FOLDER}/Local Storage/leveldb"
    return [RebuildLevelDb(store=store, drop=tuple(keys))]


def _profile(root: Path) -> list[Step]:
    """One of each, and the store that names are learnt from comes last."""
    first = make(root / FOLDER / "Favicons", count=10, settings="PRAGMA auto_vacuum=2;")
    last = make(root / FOLDER / "History", count=10, wal=True)
    with closing(sqlite3.connect(root / FOLDER / "Favicons")) as db:
        db.execute("CREATE INDEX by_n ON t(n)")
    (root / FOLDER / "Storage").mkdir()
    return [
        *_trees_beside(root),
        *_leveldb(root),
        deleting(first, 10),
        deleting(last, 10),
    ]


def _trees_beside(root: Path) -> list[Step]:
    folder = root / FOLDER / "Service Worker"
    (folder / "Database").mkdir(parents=True)
    (folder / "Database" / "goes").write_bytes(b"goes")
    path = root / FOLDER / "TransportSecurity"
    path.write_bytes(b'{"sts": ["goes", "stays"]}')
    return [
        RemoveTree(store=f"{FOLDER}/Service Worker"),
        EditJson(
            store=f"{FOLDER}/TransportSecurity",
            before=hashlib.sha256(path.read_bytes()).hexdigest(),
            remove=(("sts", 0),),
        ),
    ]


SCENARIOS = {
    "rows, rollback journal": Scenario(_journal),
    "rows, write-ahead log": Scenario(_log),
    "rows, 32 KiB pages that are given back": Scenario(_large_pages),
    "rows, a journal that is truncated": Scenario(_truncated_journal),
    "rows, a log that a killed program left": Scenario(_left_log),
    "rows, a journal that a killed program left": Scenario(_left_journal),
    "files": Scenario(_files),
    "folders": Scenario(_trees),
    "LevelDB": Scenario(_leveldb),
    "a profile": Scenario(_profile),
}
