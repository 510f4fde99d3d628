"""Leaving in the middle: what is under way ends or is taken back, nothing else begins."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import RemoveTree, Unit
from hygiene.host.writing import Stopped
from hygiene.host.writing._files import bring_to_disk
from hygiene.host.writing._rows import change_rows
from tests.host.writing.carrying import (
    FOLDER,
    Giver,
    deleting,
    make,
    rows,
    tree,
    units_of,
    writer_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Step
    from hygiene.host.writing import Writer

pytestmark = pytest.mark.rule("SR-39")

CHANGE_ROWS = "hygiene.host.writing._image.change_rows"
COPY_PAGES = "hygiene.host.writing._sqlite_store.copy_pages"
FIRST, SECOND = f"{FOLDER}/first", f"{FOLDER}/second"


class _Run(threading.Thread):
    """The steps, carried out by a thread of their own."""

    def __init__(self, root: Path, steps: list[Step]) -> None:
        super().__init__()
        self._giver = Giver()
        self._units: list[Unit] = units_of(steps)
        self.writer: Writer = writer_of(root, self._giver)
        self.done: list[str] = []
        self.stopped = False

    def run(self) -> None:
        stamps = self.writer.stamps(unit.store for unit in self._units)
        steps = [step for unit in self._units for step in unit.steps]
        try:
            for store in self.writer.carry_out(
                self._giver.give(steps), self._units, stamps
            ):
                self.done.append(store)
        except Stopped:
            self.stopped = True


class _Gate:
    """Holds a function of the writer up until it is opened."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, *args: Any, **how: Any) -> Any:
        self.reached.set()
        self.open.wait()
        return self._call(*args, **how)


def test_what_is_nearly_done_comes_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit that needs a moment more is finished; the next one is not begun."""
    for store in (FIRST, SECOND):
        make(tmp_path / store, count=50)
    gate = _Gate(change_rows)
    monkeypatch.setattr(CHANGE_ROWS, gate)
    run = _Run(tmp_path, [deleting(FIRST, 50), deleting(SECOND, 50)])
    run.start()
    gate.reached.wait()
    threading.Timer(0.05, gate.open.set).start()
    run.writer.stop(20.0)
    after = {store: len(rows(tmp_path / store)["t"]) for store in (FIRST, SECOND)}
    run.join()
    assert after == {FIRST: 50, SECOND: 100}
    assert run.stopped
    assert run.done == [FIRST]


def test_what_takes_too_long_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is interrupted in the middle of a statement; nothing was written."""
    for store in (FIRST, SECOND):
        make(tmp_path / store, count=50)
    before = tree(tmp_path)
    begun = threading.Event()

    def endless(connection: Any, _: object) -> None:
        connection.execute("DELETE FROM t")
        begun.set()
        connection.execute(
            "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n)"
            "SELECT count(*) FROM n"
        )

    monkeypatch.setattr(CHANGE_ROWS, endless)
    run = _Run(tmp_path, [deleting(FIRST, 50), deleting(SECOND, 50)])
    run.start()
    begun.wait()
    run.writer.stop(2.0)
    assert tree(tmp_path) == before
    run.join()
    assert run.stopped
    assert run.done == []


@pytest.mark.parametrize("wal", [False, True], ids=["journal", "log"])
def test_a_store_that_is_half_overwritten_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wal: bool
) -> None:
    """The rows are all there, and no side file tells of it."""
    make(tmp_path / FIRST, count=20_000, wal=wal)
    before, names = rows(tmp_path / FIRST), tree(tmp_path).keys()
    reached = threading.Event()

    def slowly(source: Any, target: Any, stopping: Any) -> None:
        """Copy most pages, and go on only when the time is over."""
        with target.backup("main", source, "main") as copying:
            copying.step(source.pragma("page_count") - 1)
            target.cache_flush()
            reached.set()
            while not stopping.overdue():
                time.sleep(0.001)
            stopping.check()

    monkeypatch.setattr(COPY_PAGES, slowly)
    run = _Run(tmp_path, [deleting(FIRST, 20_000)])
    run.start()
    reached.wait()
    assert (tmp_path / f"{FIRST}-journal").stat().st_size
    run.writer.stop(2.0)
    run.join()
    assert run.stopped
    assert tree(tmp_path).keys() == names
    assert rows(tmp_path / FIRST) == before


def test_a_file_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes to bring it to the disk, `stop` does not wait longer."""
    (tmp_path / FOLDER).mkdir(parents=True)
    folder = tmp_path / FOLDER / "Cache"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}").write_bytes(b"goes")
    gate = _Gate(bring_to_disk)
    monkeypatch.setattr("hygiene.host.writing._trees.bring_to_disk", gate)
    run = _Run(tmp_path, [RemoveTree(store=f"{FOLDER}/Cache")])
    run.start()
    gate.reached.wait()
    run.writer.stop(0.1)
    assert run.is_alive()
    assert not folder.exists()
    gate.open.set()
    run.join()
    assert run.stopped
    assert len(list((tmp_path / FOLDER).glob(".*/*"))) == 5


def test_nothing_begins_afterwards(tmp_path: Path) -> None:
    """Who was told to stop stays so."""
    make(tmp_path / FIRST, count=5)
    before = tree(tmp_path)
    run = _Run(tmp_path, [deleting(FIRST, 5)])
    run.writer.stop(1.0)
    run.start()
    run.join()
    assert run.stopped
    assert tree(tmp_path) == before
