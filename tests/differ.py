"""What changed between two trees of files: rows of SQLite stores, entries of LevelDB
stores, documents, files, folders.

A witness: it imports nothing of the product, reads every store with other code than the
product does, and knows no schema.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import cramjam

from tests.leveldb_entries import entries

__all__ = ["Change", "changes", "content", "is_leveldb", "is_side", "tables"]

_SIDES = ("-wal", "-shm", "-journal")
Rows: TypeAlias = dict[Any, dict[str, Any]]
"""Columns of each row, by its key."""


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was. `store` is its path from the top; folders end in
    a slash. `what` is `gone`, `new`, `changed`, or `touched`: the same content, but other
    bytes, rights or time. `table` and `key` name a row or an entry; `now` is the new
    value: of a row, the columns that changed.
    """

    store: str
    what: str
    table: str = ""
    key: Any = None
    now: Any = None


def changes(before: Path, after: Path) -> set[Change]:
    """Everything that differs, each row and each file for itself."""
    old, new = _things(before), _things(after)
    found = {Change(name, "gone") for name in old.keys() - new.keys()}
    found |= {Change(name, "new") for name in new.keys() - old.keys()}
    for name in old.keys() & new.keys():
        found |= set(_within(name, old[name], new[name]))
    return found


def _things(root: Path) -> dict[str, Path]:
    """Files, links and folders by path; a LevelDB folder is one thing, and so is a
    SQLite store with the files at its side.
    """
    found = {}
    waiting = [root]
    while waiting:
        for path in waiting.pop().iterdir():
            name = str(path.relative_to(root))
            if path.is_dir() and not path.is_symlink():
                found[f"{name}/"] = path
                if not is_leveldb(path):
                    waiting.append(path)
            elif not is_side(path):
                found[name] = path
    return found


def is_side(path: Path) -> bool:
    """Whether it is the log or journal of a SQLite store beside it."""
    for side in _SIDES:
        if path.name.endswith(side):
            return path.with_name(path.name.removesuffix(side)).exists()
    return False


def is_leveldb(path: Path) -> bool:
    """Whether a folder is a LevelDB store."""
    return (path / "CURRENT").is_file() and any(path.glob("MANIFEST-*"))


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _within(name: str, old: Path, new: Path) -> Iterator[Change]:
    """What changed within one thing."""
    if old.is_symlink() or new.is_symlink():
        if not (
            old.is_symlink() and new.is_symlink() and old.readlink() == new.readlink()
        ):
            yield Change(name, "changed")
    elif old.is_dir():
        if old.stat().st_mode != new.stat().st_mode:
            yield Change(name, "touched")
        if is_leveldb(old) and is_leveldb(new):
            yield from _rows(name, "", _entries(old), _entries(new))
    elif _is_sqlite(old) and _is_sqlite(new):
        yield from _store(name, old, new)
    else:
        yield from _file(name, old, new)


def _file(name: str, old: Path, new: Path) -> Iterator[Change]:
    if old.read_bytes() != new.read_bytes():
        yield Change(name, "changed", now=content(new.read_bytes()))
    elif _outside(old) != _outside(new):
        yield Change(name, "touched")


def _outside(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mode, status.st_mtime_ns


def _store(name: str, old: Path, new: Path) -> Iterator[Change]:
    before, after = tables(old), tables(new)
    found = False
    for table in before.keys() | after.keys():
        for change in _rows(name, table, before.get(table, {}), after.get(table, {})):
            found = True
            yield change
    if not found and _bytes(old) != _bytes(new):
        yield Change(name, "touched")
    if old.stat().st_mode != new.stat().st_mode:
        yield Change(name, "touched")


def _bytes(store: Path) -> list[bytes]:
    sides = [store.with_name(store.name + side) for side in ("", "-wal", "-journal")]
    return [side.read_bytes() if side.exists() else b"" for side in sides]


def _rows(store: str, table: str, old: Rows, new: Rows) -> Iterator[Change]:
    for key in old.keys() - new.keys():
        yield Change(store, "gone", table, key)
    for key in new.keys() - old.keys():
        yield Change(store, "new", table, key)
    for key in old.keys() & new.keys():
        now = tuple(
            (column, value)
            for column, value in sorted(new[key].items())
            if old[key].get(column, ...) != value
            or type(old[key].get(column)) is not type(value)
        )
        if now or old[key].keys() != new[key].keys():
            yield Change(store, "changed", table, key, now)


def _entries(folder: Path) -> Rows:
    return {key: {"value": value} for key, value in entries(folder).items()}


def tables(path: Path) -> Mapping[str, Rows]:
    """The rows of every table by rowid, or by primary key where there is none; its
    definitions as the table `sqlite_master`; what its header says as `header`.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "store"
        for side in ("", "-wal", "-journal"):
            if Path(f"{path}{side}").exists():
                shutil.copyfile(f"{path}{side}", f"{copy}{side}")
        with closing(sqlite3.connect(copy)) as store:
            store.text_factory = _text
            found: dict[str, Rows] = {"header": {0: dict(_header(store, path))}}
            found["sqlite_master"] = {
                (kind, name): {"sql": sql}
                for kind, name, sql in store.execute(
                    "SELECT type, name, sql FROM sqlite_master"
                )
            }
            for (kind, name), made in list(found["sqlite_master"].items()):
                virtual = (made["sql"] or "").upper().startswith("CREATE VIRTUAL")
                if kind == "table" and not virtual:
                    found[name] = _table(store, name)
            return found


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _header(store: sqlite3.Connection, path: Path) -> Iterator[tuple[str, Any]]:
    for pragma in ("user_version", "application_id", "page_size", "encoding"):
        yield pragma, store.execute(f"PRAGMA {pragma}").fetchone()[0]
    with path.open("rb") as file:
        yield "log or journal", file.read(20)[18:]


def _table(store: sqlite3.Connection, name: str) -> Rows:
    try:
        cursor = store.execute(f'SELECT rowid, * FROM "{name}"')
        columns = [each[0] for each in cursor.description][1:]
        return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in cursor}
    except sqlite3.OperationalError:  # a table without rowid
        asked = store.execute(f'SELECT name FROM pragma_table_info("{name}") WHERE pk')
        key = [row[0] for row in asked]
        cursor = store.execute(f'SELECT * FROM "{name}"')
        columns = [each[0] for each in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        return {tuple(row[column] for column in key): row for row in rows}


def content(data: bytes) -> str:
    """What a file says: a JSON document whatever its spacing and packing, else the
    SHA-256 of its bytes.
    """
    packed = data.startswith(b"mozLz40\0")
    text = bytes(cramjam.lz4.decompress_block(data[8:])) if packed else data
    try:
        document = json.loads(text)
    except ValueError:
        return hashlib.sha256(data).hexdigest()
    return json.dumps(document)
