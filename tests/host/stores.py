"""SQLite stores made by SQLite itself, and what it says of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.contract import Platform
from hygiene.host._source import FdSource, Signature
from hygiene.host.home import DiskHome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.contract import Database, Row

__all__ = [
    "NAME",
    "PathFiles",
    "counted",
    "left_by_a_killed_program",
    "looked_at",
    "resum",
    "running",
    "said_by_sqlite",
    "sides",
]

NAME = "store.sqlite"
_SIDES = ("", "-journal", "-wal", "-shm")


class PathFiles:
    """The files of the store at `path`, opened plainly. Subclasses play the others who
    write meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, suffix: str) -> FdSource | None:
        """Open one file of the store."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        try:
            return FdSource(os.open(f"{self.path}{suffix}", flags))
        except FileNotFoundError:
            return None

    def signature(self, suffix: str) -> Signature | None:
        """What stands there."""
        try:
            return Signature.of(os.stat(f"{self.path}{suffix}"))
        except FileNotFoundError:
            return None


def sides(path: Path) -> dict[str, bytes]:
    """The files of a store that are there, by the end of their name."""
    found = {}
    for side in _SIDES:
        file = path.with_name(path.name + side)
        if file.exists():
            found[side] = file.read_bytes()
    return found


def looked_at(path: Path, sql: str = "SELECT count(*), total(n) FROM t") -> list[Row]:
    """What the product reads in the store at `path`."""

    def ask(database: Database) -> list[Row]:
        return list(database.rows(sql))

    return DiskHome(path.parent, Platform.LINUX).query(path.name, ask)


def counted(database: Database) -> Row:
    """Number of rows of `t` and the sum of `n`."""
    ((rows, total),) = database.rows("SELECT count(*), total(n) FROM t")
    return rows, total


def said_by_sqlite(
    path: Path, folder: Path, sql: str = "SELECT count(*), total(n) FROM t"
) -> list[Row]:
    """What SQLite itself reads in a private copy of the store and its side files."""
    folder.mkdir()
    for side, data in sides(path).items():
        if side != "-shm":
            (folder / f"{path.name}{side}").write_bytes(data)
    with closing(sqlite3.connect(folder / path.name)) as copy:
        rows = copy.execute(sql).fetchall()
    shutil.rmtree(folder)
    return rows


@contextmanager
def running(path: Path, script: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that ran `script` with `db` open on the store, said so, and
    waits; it is killed at the end.
    """
    code = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        f"{script}\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            yield child
        finally:
            child.kill()
            child.wait()


def left_by_a_killed_program(path: Path, script: str) -> None:
    """Let another program run `script` and kill it in the middle."""
    with running(path, script):
        pass


def resum(log: bytes, order: str) -> bytes:
    """The same write-ahead log with checksums over words of byte order `order`."""
    magic = 0x377F0683 if order == ">" else 0x377F0682
    page_size = struct.unpack_from(">I", log, 8)[0]
    header = struct.pack(">I", magic) + log[4:24]
    sums = _sums(header, (0, 0), order)
    parts = [header, struct.pack(">II", *sums)]
    for at in range(32, len(log), 24 + page_size):
        start, page = log[at : at + 16], log[at + 24 : at + 24 + page_size]
        sums = _sums(page, _sums(start[:8], sums, order), order)
        parts += [start, struct.pack(">II", *sums), page]
    return b"".join(parts)


def _sums(data: bytes, start: Sequence[int], order: str) -> tuple[int, int]:
    first, second = start
    for even, odd in struct.iter_unpack(f"{order}II", data):
        first = (first + even + second) % 2**32
        second = (second + odd + first) % 2**32
    return first, second
