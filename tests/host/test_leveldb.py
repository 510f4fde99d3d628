"""LevelDB folders that LevelDB itself wrote, and ones of ours that it opens."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host import leveldb
from hygiene.host.home import DiskHome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hygiene.contract import Folder

# Prebuilt for Linux and Python up to 3.12 only; there it must be.
plyvel: Any = (
    import_module("plyvel")
    if sys.platform == "linux" and sys.version_info < (3, 13)
    else pytest.importorskip("plyvel", reason="LevelDB itself is not installed here")
)

NAME = "store"
SMALL = {"write_buffer_size": 64 << 10, "max_file_size": 64 << 10, "block_size": 512}

Pairs = dict[bytes, bytes]


def opened(path: Path, **options: Any) -> Any:
    return plyvel.DB(str(path), create_if_missing=True, **options)


def read(folder: Path) -> list[tuple[bytes, bytes]]:
    """What the product reads, having changed no name in the folder."""
    before = sorted(os.listdir(folder / NAME))
    found = list(DiskHome(folder, Platform.LINUX).leveldb(NAME))
    assert sorted(os.listdir(folder / NAME)) == before
    return found


def said(path: Path, **options: Any) -> list[tuple[bytes, bytes]]:
    """What LevelDB says of a copy, checking all it can."""
    copy = path.with_name(f"{path.name}-copy")
    shutil.copytree(path, copy)
    with plyvel.DB(str(copy), create_if_missing=False, **options) as db:
        found = list(db.iterator(verify_checksums=True))
    shutil.rmtree(copy)
    return found


def built(path: Path, pairs: Pairs) -> Path:
    """A folder of ours with these keys."""
    path.mkdir()
    for name, data in leveldb.fresh(sorted(pairs.items())):
        (path / name).write_bytes(data)
    return path


def endings(path: Path) -> set[str]:
    return {each.suffix for each in path.iterdir()}


def _live_log(path: Path) -> None:
    with opened(path) as db:
        db.put(b"one", b"1")
        db.put(b"two", b"2")
        db.put(b"one", b"11")
        db.delete(b"two")
        db.delete(b"never there")
        db.put(b"", b"the empty key")
        db.put(b"empty value", b"")


def _nothing(path: Path) -> None:
    opened(path).close()


def _all_deleted(path: Path) -> None:
    with opened(path) as db:
        for number in range(500):
            db.put(b"%d" % number, b"x" * 100)
        db.compact_range()
        for number in range(500):
            db.delete(b"%d" % number)


def _binary(path: Path) -> None:
    with opened(path) as db:
        for number in range(256):
            db.put(bytes([number]) * (number % 5 + 1), bytes([255 - number]) * 3)
            db.put(b"\0" * number, b"\xff" * number)
        db.compact_range()
        db.put(b"\xff" * 20, b"\0")


def _big(path: Path) -> None:
    noise = random.Random(3)
    with opened(path) as db:
        for size in (1, 32_757, 32_768, 65_536, 200_000, 3 << 20):
            db.put(b"noise %d" % size, noise.randbytes(size))
            db.put(b"zeros %d" % size, bytes(size))
            db.put(b"long key" * (size // 8), b"v")
        db.compact_range()
        db.put(b"in the log", noise.randbytes(5 << 20))


def _many(path: Path, **options: Any) -> None:
    """Some 60,000 changes: overwritten, deleted, in several levels and in a log."""
    dice = random.Random(5)
    with opened(path, **SMALL, **options) as db:
        for _ in range(60_000):
            key = b"_https://site-%03d.example\0\1%d" % divmod(
                dice.randrange(20_000), 100
            )
            if dice.random() < 0.2:
                db.delete(key)
            else:
                db.put(key, b"some text " * dice.randrange(8) + dice.randbytes(8))


def _unpacked(path: Path) -> None:
    _many(path, compression=None)


def _filtered(path: Path) -> None:
    _many(path, bloom_filter_bits=10)


def _reopened(path: Path) -> None:
    for turn in range(6):
        with opened(path, **SMALL) as db, db.write_batch() as batch:
            for number in range(2000):
                batch.put(b"%06d" % (number * 7 % 2000), b"%d" % turn * 20)
                batch.delete(b"%06d" % (number * 3 + turn))


def _old_ending(path: Path) -> None:
    _many(path)
    for each in path.glob("*.ldb"):
        each.rename(each.with_suffix(".sst"))


STORES: dict[str, Callable[[Path], None]] = {
    "a live log": _live_log,
    "nothing": _nothing,
    "all deleted": _all_deleted,
    "binary keys": _binary,
    "big values": _big,
    "many keys": _many,
    "many keys, not packed": _unpacked,
    "many keys, with filters": _filtered,
    "opened again and again": _reopened,
    "tables of older versions": _old_ending,
}


@pytest.mark.parametrize("write", STORES.values(), ids=STORES)
def test_what_leveldb_wrote(tmp_path: Path, write: Callable[[Path], None]) -> None:
    """All live keys are read, each once, newest value, in order."""
    write(tmp_path / NAME)
    expected = said(tmp_path / NAME)
    assert read(tmp_path) == expected


def test_the_stores_are_what_they_are_called(tmp_path: Path) -> None:
    """The large ones have several levels, packed blocks and a log that counts."""
    _many(tmp_path / NAME)
    _unpacked(tmp_path / "plain")
    assert endings(tmp_path / NAME) > {".ldb", ".log"}
    with opened(tmp_path / "plain") as db:
        stats = db.get_property(b"leveldb.stats").decode().splitlines()[3:]
    assert len(stats) > 1
    packed, plain = (
        sum(each.stat().st_size for each in (tmp_path / name).glob("*.ldb"))
        for name in (NAME, "plain")
    )
    assert packed < plain * 0.8
    logs = (tmp_path / NAME).glob("*.log")
    assert max(each.stat().st_size for each in logs) > 1000


@pytest.mark.parametrize("write", STORES.values(), ids=STORES)
def test_leveldb_opens_what_we_build(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    """A folder of ours has exactly the keys that were given, and repairs nothing."""
    write(tmp_path / "old")
    kept = {
        key: value
        for number, (key, value) in enumerate(said(tmp_path / "old"))
        if number % 3
    }
    ours = built(tmp_path / NAME, kept)
    assert read(tmp_path) == sorted(kept.items())
    assert said(ours, paranoid_checks=True) == sorted(kept.items())
    with opened(ours, paranoid_checks=True) as db:
        assert all(db.get(key) == value for key, value in kept.items())
        db.put(b"later", b"on")
        db.compact_range()
        assert dict(db) == kept | {b"later": b"on"}
    assert read(tmp_path) == sorted((kept | {b"later": b"on"}).items())
    assert b"orrupt" not in (ours / "LOG").read_bytes()


def test_beside_the_old_files(tmp_path: Path) -> None:
    """With numbers above all old ones the new files count from when `CURRENT` is the
    new one, and LevelDB removes the old ones by itself.
    """
    _many(tmp_path / NAME)
    path = tmp_path / NAME
    before = said(path)
    old = {each.name for each in path.iterdir()}
    first = 1 + max(int("0" + "".join(filter(str.isdigit, name))) for name in old)
    *files, (current, pointer) = leveldb.fresh(before[::2], first)
    for name, data in files:
        assert name not in old
        (path / name).write_bytes(data)
        assert read(tmp_path) == said(path) == before
    (path / current).write_bytes(pointer)
    assert read(tmp_path) == said(path) == before[::2]
    opened(path).close()
    left = {each.name for each in path.iterdir()}
    assert left & old == {"CURRENT", "LOCK", "LOG"}


def test_a_large_store_stays_where_it_is(tmp_path: Path) -> None:
    """LevelDB finds nothing to move in a folder of many tables."""
    noise = random.Random(7)
    kept = {b"%06d" % number: noise.randbytes(4000) for number in range(30_000)}
    ours = built(tmp_path / NAME, kept)
    tables = {each.name: each.stat().st_size for each in ours.glob("*.ldb")}
    assert len(tables) > 50
    assert max(tables.values()) < 3 << 20
    with opened(ours) as db:
        levels = [
            line.split()[:2]
            for line in db.get_property(b"leveldb.stats").decode().splitlines()[3:]
        ]
        assert db.get(b"000000") == kept[b"000000"]
    assert levels == [["3", str(len(tables))]]
    assert {each.name for each in ours.glob("*.ldb")} == set(tables)


def test_nothing_of_what_is_dropped_is_left(tmp_path: Path) -> None:
    """The new folder is the same, byte for byte, as if the dropped had never been, and
    no file of it has a name or a value of theirs.
    """
    noise = random.Random(11)
    kept = {
        b"_https://kept-%d.example\0\1k" % n: noise.randbytes(90) for n in range(999)
    }
    gone = {
        b"_https://gone-%d.example\0\1k" % n: noise.randbytes(90) for n in range(999)
    }
    for path, pairs in ((tmp_path / "both", kept | gone), (tmp_path / "one", kept)):
        with opened(path) as db:
            for key, value in pairs.items():
                db.put(key, value)
            db.compact_range()
    home = DiskHome(tmp_path, Platform.LINUX)
    left = [pair for pair in leveldb.entries(home, "both") if pair[0] in kept]
    files = dict(leveldb.fresh(left))
    assert files == dict(leveldb.fresh(leveldb.entries(home, "one")))
    whole = b"".join(files.values())
    assert b"gone" not in whole
    assert not any(value in whole for value in gone.values())
    assert b"".join(kept.values())[:90] in whole


KEYS = st.binary(max_size=6) | st.binary(min_size=1, max_size=3).map(lambda b: b * 40)
VALUES = st.binary(max_size=30) | st.integers(0, 9000).map(lambda size: b"z" * size)
CHANGES = st.lists(
    st.tuples(st.just("put"), KEYS, VALUES)
    | st.tuples(st.just("delete"), KEYS, st.just(b""))
    | st.tuples(st.sampled_from(["compact", "reopen"]), st.just(b""), st.just(b"")),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, keep=st.integers(1, 5))
def test_any_changes(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, bytes, bytes]],
    keep: int,
) -> None:
    """Whatever was put, deleted, compacted and opened again is read as it is, and a
    folder built of a part of it is that part.
    """
    folder = tmp_path_factory.mktemp("any")
    truth: Pairs = {}
    db = opened(folder / NAME, **SMALL)
    for what, key, value in changes:
        if what == "put":
            db.put(key, value)
            truth[key] = value
        elif what == "delete":
            db.delete(key)
            truth.pop(key, None)
        elif what == "compact":
            db.compact_range()
        else:
            db.close()
            db = opened(folder / NAME, **SMALL)
    db.close()
    assert read(folder) == sorted(truth.items())
    kept = {key: value for key, value in truth.items() if len(key) % 5 < keep}
    assert said(built(folder / "new", kept), paranoid_checks=True) == sorted(
        kept.items()
    )
    shutil.rmtree(folder)


def test_a_log_torn_anywhere(tmp_path: Path) -> None:
    """Of a log that ends in the middle of a record, what LevelDB reads is read."""
    with opened(tmp_path / "whole") as db:
        db.put(b"first", b"x" * 40_000)
        db.put(b"second", b"2")
        db.delete(b"first")
        db.put(b"third", b"3" * 30)
    [log] = (tmp_path / "whole").glob("*.log")
    size = log.stat().st_size
    for length in (*range(0, 40_000, 1777), 32_768, *range(size - 120, size)):
        shutil.copytree(tmp_path / "whole", tmp_path / NAME)
        os.truncate(tmp_path / NAME / log.name, length)
        assert read(tmp_path) == said(tmp_path / NAME), length
        shutil.rmtree(tmp_path / NAME)


def test_space_that_never_got_its_text(tmp_path: Path) -> None:
    """Zeros at the end of a log, as a lost power supply leaves them, are nothing."""
    with opened(tmp_path / NAME) as db:
        db.put(b"key", b"value")
    [log] = (tmp_path / NAME).glob("*.log")
    log.write_bytes(log.read_bytes() + bytes(70_000))
    assert read(tmp_path) == said(tmp_path / NAME) == [(b"key", b"value")]


@pytest.mark.parametrize("number", range(0, 90, 9))
def test_a_log_with_a_wrong_byte(tmp_path: Path, number: int) -> None:
    """Any other damage of a log is not read over."""
    with opened(tmp_path / NAME) as db:
        for key in (b"a", b"b", b"c"):
            db.put(key, b"x" * 20)
    [log] = (tmp_path / NAME).glob("*.log")
    data = bytearray(log.read_bytes())
    data[number] ^= 0x55
    log.write_bytes(bytes(data))
    with pytest.raises(CannotLook) as refused:
        read(tmp_path)
    assert refused.value.why is Why.DAMAGED


def test_keys_of_another_order(tmp_path: Path) -> None:
    """IndexedDB's own order of keys is not known here, and said so."""
    options = {"comparator": lambda a, b: (a < b) - (a > b)}
    with opened(tmp_path / NAME, comparator_name=b"idb_cmp1", **options) as db:
        db.put(b"a", b"1")
    with pytest.raises(CannotLook) as refused:
        read(tmp_path)
    assert refused.value.why is Why.UNKNOWN_FORMAT


WRITER = """
import plyvel, sys, time
db = plyvel.DB(sys.argv[1], write_buffer_size=64 << 10, max_file_size=64 << 10)
number = 0
while True:
    number += 1
    with db.write_batch() as batch:
        for key in range(50):
            batch.put(b"%d" % key, b"%d" % number * 20)
    time.sleep(0.002)
    if number == 100:
        print("going", flush=True)
"""


def test_a_program_that_writes_meanwhile(tmp_path: Path) -> None:
    """While another program writes, one state of its batches is read, or none."""
    opened(tmp_path / NAME).close()
    home = DiskHome(tmp_path, Platform.LINUX)
    looks, refusals = [], []
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / NAME)], stdout=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"going\n"
            for _ in range(60):
                try:
                    looks.append(dict(home.leveldb(NAME)))
                except CannotLook as refused:
                    refusals.append(refused.why)
        finally:
            writer.kill()
    assert set(refusals) <= {Why.LOCKED}
    assert len(looks) > len(refusals)
    assert all(len(each) == 50 and len(set(each.values())) == 1 for each in looks)
    assert len({each[b"0"] for each in looks}) > 5
    assert read(tmp_path) == said(tmp_path / NAME)


class Restless(DiskHome):
    """A home in which something happens each time that a folder is listed."""

    happens: Callable[[], object]

    def walk(self, path: str) -> Iterator[Folder]:
        found = list(super().walk(path))
        self.happens()
        return iter(found)


def test_a_folder_that_changed_once(tmp_path: Path) -> None:
    """A change between two looks makes a second one, of the newer state."""
    with opened(tmp_path / NAME) as db:
        db.put(b"key", b"old")
    home = Restless(tmp_path, Platform.LINUX)
    calls = []

    def happens() -> None:
        calls.append(1)
        if len(calls) == 1:
            with opened(tmp_path / NAME) as db:
                db.put(b"key", b"new")
                db.compact_range()

    home.happens = happens
    assert list(home.leveldb(NAME)) == [(b"key", b"new")]
    assert len(calls) > 2


def test_a_folder_that_does_not_rest(tmp_path: Path) -> None:
    """Where each look meets another change, it says so and ends."""
    with opened(tmp_path / NAME) as db:
        db.put(b"key", b"value")
    home = Restless(tmp_path, Platform.LINUX)
    home.happens = lambda: opened(tmp_path / NAME).close()
    with pytest.raises(CannotLook) as refused:
        list(home.leveldb(NAME))
    assert refused.value.why is Why.LOCKED
