"""While the writer holds a store nothing else in this process opens it."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import CannotLook, Platform, Refusal, Why
from hygiene.host import held
from hygiene.host.held import HeldByWriter
from hygiene.host.home import DiskHome
from hygiene.host.writing._rows import change_rows
from tests.host.systems import POSIX
from tests.host.writing.carrying import FOLDER, carry_out, deleting, make, refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Database

pytestmark = POSIX

CHANGE_ROWS = "hygiene.host.writing._image.change_rows"
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
    """Let `look` happen while the writer is at work on the store."""

    def looked(*args: Any) -> None:
        change_rows(*args)
        look()

    monkeypatch.setattr(CHANGE_ROWS, looked)


def _another_program(store: Path) -> str:
    """What a program says that wants to change the store."""
    code = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0);"
        "db.execute('BEGIN IMMEDIATE')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


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

    def looking() -> None:
        home.in_use(STORE)
        with pytest.raises(HeldByWriter):
            home.open(STORE)
        answers.append(_another_program(tmp_path / STORE))

    _while_held(monkeypatch, looking)
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
    assert "database is locked" in answers[0]


@pytest.mark.rule("SR-29")
def test_the_writer_waits_for_a_look_that_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that closes the store late cannot take the writer's lock away."""
    make(tmp_path / STORE, count=20)
    file = DiskHome(tmp_path, Platform.LINUX).open(STORE)
    open_when_written: list[bool] = []
    answers: list[str] = []

    def looking() -> None:
        open_when_written.append(file.fd >= 0)
        answers.append(_another_program(tmp_path / STORE))

    _while_held(monkeypatch, looking)
    asked = threading.Event()
    monkeypatch.setattr("hygiene.host.held.time.sleep", lambda _: asked.set())

    def end() -> None:
        asked.wait(10)
        file.close()

    reader = threading.Thread(target=end)
    reader.start()
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
    reader.join()
    assert open_when_written == [False]
    assert "database is locked" in answers[0]


@pytest.mark.rule("SR-29")
def test_a_look_that_does_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is told to be open, stays as it was, and can be changed afterwards."""
    make(tmp_path / STORE, count=20)
    before = (tmp_path / STORE).read_bytes()
    monkeypatch.setattr(held, "PATIENCE", 0.05)
    with DiskHome(tmp_path, Platform.LINUX).open(STORE):
        assert refused(tmp_path, deleting(STORE, 20)) == (STORE, Refusal.OPEN)
    assert (tmp_path / STORE).read_bytes() == before
    assert carry_out(tmp_path, deleting(STORE, 20)) == [STORE]
