"""Has steps carried out the way the engine does, with a consent that is real enough."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hygiene.contract import (
    CannotClear,
    Consent,
    DeleteRows,
    Platform,
    Refusal,
    Step,
    Unit,
    digest,
)
from hygiene.host.home import DiskHome
from hygiene.host.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "FOLDER",
    "Giver",
    "carry_out",
    "content",
    "deleting",
    "make",
    "refused",
    "rows",
    "tree",
    "units_of",
    "writer_of",
]

FOLDER = ".config/program/profile"
"""Where the stores of these tests stand in their home."""

SCRIPT = """
CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT, n INTEGER);
CREATE INDEX by_word ON t(word);
CREATE TABLE kept(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""


class Giver:
    """Gives consents and takes each back once: all that the writer knows of them."""

    def __init__(self) -> None:
        self._given: dict[int, Consent] = {}

    def give(self, steps: Iterable[Step]) -> Consent:
        """A consent to these steps."""
        consent = Consent(digest(steps))
        self._given[id(consent)] = consent
        return consent

    def redeem(self, consent: Consent, of: str) -> bool:
        """Whether it was given, to this, and not used yet."""
        held = self._given.get(id(consent))
        if held is not consent or held.digest != of:
            return False
        del self._given[id(consent)]
        return True


def writer_of(root: Path, giver: Giver, vfs: str = "") -> Writer:
    """The writer of the home at `root`."""
    return Writer(DiskHome(root, Platform.LINUX), giver.redeem, vfs=vfs)


def units_of(steps: Sequence[Step]) -> list[Unit]:
    """The steps, store by store."""
    stores = dict.fromkeys(step.store for step in steps)
    return [
        Unit(store, tuple(step for step in steps if step.store == store))
        for store in stores
    ]


def carry_out(root: Path, *steps: Step, vfs: str = "") -> list[str]:
    """Stamp the stores, agree, carry out; the stores that were done."""
    giver, units = Giver(), units_of(steps)
    writer = writer_of(root, giver, vfs)
    stamps = writer.stamps(unit.store for unit in units)
    consent = giver.give(step for unit in units for step in unit.steps)
    return list(writer.carry_out(consent, units, stamps))


def refused(root: Path, *steps: Step) -> tuple[str, Refusal] | None:
    """The store that was refused and why, or None if all was done."""
    try:
        carry_out(root, *steps)
    except CannotClear as error:
        return error.store, error.why
    return None


def make(path: Path, *, wal: bool = False, settings: str = "", count: int = 200) -> str:
    """A store with `count` rows that hold the word `goes` and as many that hold `stays`;
    its path in the home.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(settings + SCRIPT)
        if wal:
            db.execute("PRAGMA journal_mode=WAL")
        db.execute("BEGIN")
        for number in range(count):
            db.execute("INSERT INTO t VALUES(?, ?, ?)", (2 * number, _word("goes"), 1))
            db.execute(
                "INSERT INTO t VALUES(?, ?, ?)", (2 * number + 1, _word("stays"), 2)
            )
            db.execute("INSERT INTO kept VALUES(?, ?)", (f"stays-{number}", b"x" * 90))
        db.execute("COMMIT")
    return f"{FOLDER}/{path.name}"


def _word(word: str) -> str:
    return f"https://{word}.example/" + "page/" * 8


def deleting(store: str, count: int = 200) -> DeleteRows:
    """The step that takes the word `goes` out of a store that `make` made."""
    return DeleteRows(
        store=store,
        table="t",
        key="id",
        keys=tuple(range(0, 2 * count, 2)),
        rows=count,
    )


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as SQLite itself reads them, opened as a program does."""
    with closing(sqlite3.connect(path)) as db:
        db.text_factory = bytes
        names = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
        ).fetchall()
        found = {
            name.decode(): db.execute(f'SELECT * FROM "{name.decode()}"').fetchall()
            for (name,) in names
        }
        assert db.execute("PRAGMA integrity_check").fetchall() == [(b"ok",)]
    return found


def content(path: Path) -> bytes:
    """The bytes of a store, or of all in its folder, and of what stands beside it."""
    return b"\n".join(
        each.read_bytes()
        for start in sorted(path.parent.glob(f"{path.name}*"))
        for each in (start, *sorted(start.rglob("*")))
        if each.is_file()
    )


def tree(root: Path) -> dict[str, bytes | None]:
    """Every path below `root`, with the bytes of the files."""
    return {
        each.relative_to(root).as_posix(): (
            each.readlink().as_posix().encode()
            if each.is_symlink()
            else each.read_bytes()
            if each.is_file()
            else None
        )
        for each in sorted(root.rglob("*"))
    }
