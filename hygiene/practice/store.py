"""Write made-up SQLite stores: the one place in `practice` that knows SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias

import apsw

from hygiene.contract import SqlValue

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Rows", "write_store"]

Rows: TypeAlias = Mapping[str, Sequence[Sequence[SqlValue]]]
"""Rows by table. A key may name the columns that are filled: `urls(id, url)`."""

_SIDES = ("", "-wal", "-shm", "-journal")


def write_store(
    path: Path,
    script: str,
    rows: Rows | None = None,
    *,
    wal: bool = False,
    page_size: int = 4096,
    user_version: int = 0,
) -> Path:
    """Make a SQLite store of `script` (its CREATE statements) and `rows`, and return
    its path. With `wal` the last row of every table stands only in the `-wal` file, as
    after a crash of the program that wrote it. An older store is replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for side in _SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)
    everything = {} if rows is None else rows
    with closing(apsw.Connection(str(path))) as store:
        store.execute(f"PRAGMA page_size={page_size}")
        store.execute("PRAGMA journal_mode=OFF")
        store.execute(script)
        store.execute(f"PRAGMA user_version={user_version}")
        _insert(
            store,
            {key: each[: -1 if wal else None] for key, each in everything.items()},
        )
    if wal:
        _insert_into_log(path, {key: each[-1:] for key, each in everything.items()})
    return path


def _insert_into_log(path: Path, rows: Rows) -> None:
    """Write `rows` where only the write-ahead file has them."""
    with closing(apsw.Connection(str(path))) as store:
        # Exclusive mode keeps the log's index in memory: no -shm file appears.
        store.execute("PRAGMA locking_mode=EXCLUSIVE")
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA wal_autocheckpoint=0")
        store.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        _insert(store, rows)


def _insert(store: apsw.Connection, rows: Rows) -> None:
    with store:
        for table, each in rows.items():
            if each:
                marks = ",".join("?" * len(each[0]))
                store.executemany(f"INSERT INTO {table} VALUES({marks})", each)
