"""LevelDB folders are built anew without some keys, and LevelDB reads the others."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import RebuildLevelDb, Refusal
from hygiene.host.writing._files import new_file
from tests.host.systems import POSIX
from tests.host.writing.carrying import (
    FOLDER,
    Giver,
    carry_out,
    refused,
    tree,
    units_of,
    writer_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

# Prebuilt for Linux and Python up to 3.12 only; there it must be.
plyvel: Any = (
    import_module("plyvel")
    if sys.platform == "linux" and sys.version_info < (3, 13)
    else pytest.importorskip("plyvel", reason="LevelDB itself is not installed here")
)

STORE = f"{FOLDER}/leveldb"
DROP = tuple(b"_https://goes.example\0key-%d" % number for number in range(0, 900, 3))


def _opened(path: Path, **options: Any) -> AbstractContextManager[Any]:
    opened: AbstractContextManager[Any] = plyvel.DB(
        str(path), create_if_missing=True, **options
    )
    return opened


def _fill(path: Path) -> None:
    """Several levels, packed blocks, a log that counts, and a LOG that names keys."""
    path.parent.mkdir(parents=True)
    with _opened(path, write_buffer_size=16 << 10, max_file_size=16 << 10) as db:
        for number in range(900):
            host = b"goes" if number % 3 == 0 else b"stays"
            key = b"_https://%s.example\0key-%d" % (host, number)
            db.put(key, (b"%s-" % host) * 30 + os.urandom(20))
        db.compact_range(start=DROP[0], stop=DROP[-1])
        for number in range(1, 900, 30):
            db.put(b"_https://stays.example\0key-%d" % number, b"stays, newer")
        db.delete(b"_https://stays.example\0key-2")


def _entries(path: Path) -> list[tuple[bytes, bytes]]:
    with _opened(path, paranoid_checks=True) as db:
        return list(db.iterator(verify_checksums=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / STORE
    _fill(path)
    return path


def _drop(*keys: bytes) -> RebuildLevelDb:
    return RebuildLevelDb(store=STORE, drop=keys)


@pytest.mark.rule("SR-30")
def test_keys_go_and_nothing_else(tmp_path: Path, folder: Path) -> None:
    """The others are all there and can be added to, and no byte of those is left."""
    before = tree(tmp_path)
    kept = [(k, v) for k, v in _entries(folder) if b"goes" not in k]
    assert len(kept) == 599
    folder_status, current = folder.stat(), (folder / "CURRENT").stat()
    diaries = folder / "LOG", folder / "LOG.old"
    diaries[0].write_bytes(diaries[1].read_bytes())
    assert all(b"goes" in each.read_bytes() for each in diaries)
    # The first half of them from another part of the plan.
    half = len(DROP) // 2
    assert carry_out(tmp_path, _drop(*DROP[:half]), _drop(*DROP[half:])) == [STORE]
    assert b"goes" not in b"".join(each.read_bytes() for each in folder.iterdir())
    assert all(each.exists() for each in diaries)
    for each in folder.iterdir():
        now = each.stat()
        assert (now.st_mode, now.st_uid) == (current.st_mode, current.st_uid)
    assert folder.stat().st_ino == folder_status.st_ino
    assert len(os.listdir(folder)) < len(before)
    assert _entries(folder) == kept
    with _opened(folder) as db:
        db.put(b"new", b"value")
    assert dict(_entries(folder)) == {**dict(kept), b"new": b"value"}


def test_all_keys_go(tmp_path: Path, folder: Path) -> None:
    """An empty folder is one that LevelDB opens."""
    keys = [key for key, _ in _entries(folder)]
    assert carry_out(tmp_path, _drop(*keys)) == [STORE]
    assert _entries(folder) == []


@pytest.mark.rule("SR-26")
@pytest.mark.usefixtures("folder")
def test_a_key_that_is_not_there(tmp_path: Path) -> None:
    """The plan was of another state: nothing changes."""
    before = tree(tmp_path)
    found = refused(tmp_path, _drop(DROP[0], b"no such key"))
    assert found == (STORE, Refusal.CHANGED)
    assert tree(tmp_path) == before


@POSIX
@pytest.mark.rule("SR-29")
def test_a_program_has_it_open(tmp_path: Path, folder: Path) -> None:
    """LevelDB's own lock keeps us out, and a stale file of that name does not."""
    code = (
        "import plyvel, sys; db = plyvel.DB(sys.argv[1]); print('ready', flush=True);"
        "sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        before = tree(tmp_path)
        assert refused(tmp_path, _drop(DROP[0])) == (STORE, Refusal.OPEN)
        assert tree(tmp_path) == before
        child.kill()
    assert (folder / "LOCK").exists()
    assert carry_out(tmp_path, _drop(DROP[0])) == [STORE]


@POSIX
@pytest.mark.rule("SR-29")
def test_nobody_opens_it_while_it_is_built(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that starts meanwhile finds the lock held."""
    answers: list[str] = []
    code = "import plyvel, sys; plyvel.DB(sys.argv[1])"

    def asking(real: str, data: bytes, *, like: str) -> None:
        if not answers:
            done = subprocess.run(
                [sys.executable, "-c", code, str(folder)],
                capture_output=True,
                text=True,
                check=False,
            )
            answers.append(done.stderr)
        new_file(real, data, like=like)

    monkeypatch.setattr("hygiene.host.writing._leveldb_work.new_file", asking)
    assert carry_out(tmp_path, _drop(*DROP)) == [STORE]
    assert "already held by process" in answers[0] or "lock" in answers[0]


@pytest.mark.rule("SR-30")
def test_a_folder_that_is_half_there(tmp_path: Path, folder: Path) -> None:
    """What cannot be read whole is not built anew."""
    largest = max(folder.glob("*.ldb"), key=lambda each: each.stat().st_size)
    largest.unlink()
    before = tree(tmp_path)
    assert refused(tmp_path, _drop(*DROP)) == (STORE, Refusal.DAMAGED)
    assert tree(tmp_path) == before


def test_files_of_a_killed_run_do_no_harm(tmp_path: Path, folder: Path) -> None:
    """Tables and a manifest that `CURRENT` does not name are passed over and removed."""
    kept = [(k, v) for k, v in _entries(folder) if b"goes" not in k]
    for name in ("900000.ldb", "MANIFEST-899999", "899999.dbtmp"):
        (folder / name).write_bytes(b"goes half-way")
    assert carry_out(tmp_path, _drop(*DROP)) == [STORE]
    assert not any(b"half-way" in each.read_bytes() for each in folder.iterdir())
    assert _entries(folder) == kept


def test_the_folder_of_another_order(tmp_path: Path) -> None:
    """Keys in an order that only their program knows cannot be built anew."""
    (tmp_path / FOLDER).mkdir(parents=True)
    with _opened(
        tmp_path / FOLDER / "other", comparator=_backwards, comparator_name=b"x"
    ) as db:
        db.put(b"a", b"1")
    store = f"{FOLDER}/other"
    before = tree(tmp_path)
    step = RebuildLevelDb(store=store, drop=(b"a",))
    assert refused(tmp_path, step) == (store, Refusal.UNKNOWN_FORMAT)
    assert tree(tmp_path) == before


def _backwards(one: bytes, other: bytes) -> int:
    return (one < other) - (one > other)


@POSIX
@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("name", ["LOCK", "LOG"])
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_something_else_where_leveldb_has_a_file(
    tmp_path: Path, folder: Path, name: str, make: Callable[[Path], None]
) -> None:
    """It is found before anything is begun."""
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    names = sorted(os.listdir(folder))
    step = RebuildLevelDb(store=STORE, drop=DROP)
    why = writer_of(tmp_path, Giver()).refusals(units_of([step]))
    assert why == {STORE: Refusal.UNKNOWN_FORMAT}
    assert refused(tmp_path, step) == (STORE, Refusal.UNKNOWN_FORMAT)
    assert sorted(os.listdir(folder)) == names
