"""While the writer holds a store nothing else in this process opens it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host.held import HeldByWriter
from hygiene.host.home import DiskHome
from hygiene.host.writing._rows import change_rows
from tests.host.systems import POSIX
from tests.host.writing.carrying import FOLDER, carry_out, deleting, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Database

pytestmark = POSIX

CHANGE_ROWS = "hygiene.host.writing._sqlite_store.change_rows"
STORE = f"{FOLDER}/store.sqlite"


def _ask(database: Database) -> frozenset[str]:
    return database.tables()


LOOKS: dict[str, Callable[[DiskHome], object]] = {
    "a query": lambda home: home.query(STORE, _ask),
    "reading the file": lambda home: home.read(STORE, limit=1 << 30),
    "opening it by a second way": lambda home: home.open(f"link/{STORE}"),
    "opening it on a walk": lambda home: [
        home.read(f"{folder.path}/{name}", limit=1 << 30)
        for folder in home.walk(FOLDER)
        for name in folder.files
    ],
}


def _while_held(monkeypatch: pytest.MonkeyPatch, look: Callable[[], None]) -> None:
    """Let `look` happen inside the transaction of the writer."""

    def looked(*args: Any) -> None:
        change_rows(*args)
        look()

    monkeypatch.setattr(CHANGE_ROWS, looked)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_no_look_at_a_held_store(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    look: Callable[[DiskHome], object],
) -> None:
    """It raises, whichever way leads there, and afterwards the store can be read."""
    make(tmp_path / STORE, count=20)
    (tmp_path / "link").symlink_to(".")
    home = DiskHome(tmp_path, Platform.LINUX)
    seen: list[CannotLook] = []

    def looking() -> None:
        with pytest.raises(HeldByWriter) as caught:
            look(home)
        seen.append(caught.value)
        assert home.in_use(STORE)

    _while_held(monkeypatch, looking)
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
    assert [each.why for each in seen] == [Why.LOCKED]
    assert home.query(STORE, _ask) == {"t", "kept"}
    assert not home.in_use(STORE)


@pytest.mark.rule("SR-29")
def test_the_lock_outlives_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program is still kept out after someone here asked for the store."""
    make(tmp_path / STORE, count=20)
    home = DiskHome(tmp_path, Platform.LINUX)
    answers: list[str] = []
    code = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0);"
        "db.execute('BEGIN IMMEDIATE')"
    )

    def looking() -> None:
        home.in_use(STORE)
        with pytest.raises(HeldByWriter):
            home.open(STORE)
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / STORE)],
            capture_output=True,
            text=True,
            check=False,
        )
        answers.append(done.stderr)

    _while_held(monkeypatch, looking)
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
    assert "database is locked" in answers[0]
