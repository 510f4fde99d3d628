"""LevelDB folders that are damaged, or built to break a reader."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import cramjam
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host import leveldb
from hygiene.host.home import DiskHome
from hygiene.host.leveldb import _building, _logs, _reading, _tables, _versions
from hygiene.host.leveldb._checksum import masked_crc
from hygiene.host.leveldb._numbers import from_varint, prefixed, to_varint
from hygiene.host.leveldb._records import framed, records
from tests.host.endings import ends_well
from tests.host.memory import MemoryFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAIRS = {b"key %04d" % number: b"value %d" % number * 9 for number in range(900)}
FILES = dict(leveldb.fresh(sorted(PAIRS.items())))
TABLE = "000002.ldb"
MANIFEST = "MANIFEST-000001"
LARGEST = 1 << 20


def read(folder: Path, files: Mapping[str, bytes]) -> dict[bytes, bytes]:
    """What the product reads in a folder of these files."""
    store = folder / "store"
    store.mkdir(exist_ok=True)
    for each in store.iterdir():
        each.unlink()
    for name, data in files.items():
        (store / name).write_bytes(data)
    return dict(DiskHome(folder, Platform.LINUX).leveldb("store"))


def why(folder: Path, files: Mapping[str, bytes]) -> Why:
    with pytest.raises(CannotLook) as refused:
        read(folder, files)
    return refused.value.why


def table_of(*blocks: bytes, handles: list[tuple[int, int]] | None = None) -> bytes:
    """A table of these blocks, with sums that fit, and an index of these places."""
    whole, places = b"", []
    for block in blocks:
        places.append((len(whole), len(block) - 1))
        whole += block + masked_crc(block).to_bytes(4, "little")
    index = _building._Block(1)
    for number, (offset, size) in enumerate(handles or places):
        place = to_varint(offset) + to_varint(size)
        index.add(b"%08d" % number + bytes(8), place)
    stored = index.finish() + b"\0"
    at = to_varint(len(whole)) + to_varint(len(stored) - 1)
    whole += stored + masked_crc(stored).to_bytes(4, "little")
    return whole + (at + at).ljust(40, b"\0") + _tables.MAGIC


def block_of(*keys: bytes) -> bytes:
    """A block of these keys, not packed."""
    block = _building._Block(16)
    for number, key in enumerate(keys):
        block.add(key + (number + 1 << 8 | 1).to_bytes(8, "little"), b"v")
    return block.finish() + b"\0"


def manifest_of(*tables: tuple[int, int, int], extra: bytes = b"") -> bytes:
    """A manifest of tables by level, number and size."""
    edits = [
        _versions.edit_of(
            level,
            [_versions.Table(number, size, b"a" + bytes(8), b"z" + bytes(8))],
            log=90,
            last_sequence=9,
        )
        for level, number, size in tables
    ]
    return framed([*edits, extra])


def folder_of(*tables: bytes, level: int = 2) -> dict[str, bytes]:
    """The files of a folder with these tables."""
    places = [(level, n, len(data)) for n, data in enumerate(tables, 2)]
    return {
        **{f"{number:06d}.ldb": data for number, data in enumerate(tables, 2)},
        MANIFEST: manifest_of(*places),
        "CURRENT": FILES["CURRENT"],
    }


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere(tmp_path: Path, name: str) -> None:
    """A file that ends too early is a damage; nothing is read past it."""
    data = FILES[name]
    step = max(1, len(data) // 50)
    for length in (*range(0, len(data), step), len(data) - 1):
        assert why(tmp_path, {**FILES, name: data[:length]}) is Why.DAMAGED, length


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)), place=st.floats(0, 1), bit=st.integers(0, 7)
)
def test_a_bit_turned_anywhere(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: float, bit: int
) -> None:
    """With one bit turned, all keys are read as they are, or the folder is refused."""
    data = bytearray(FILES[name])
    data[int(place * (len(data) - 1))] ^= 1 << bit
    found: list[dict[bytes, bytes]] = []
    folder = tmp_path_factory.mktemp("bit")
    assert ends_well(lambda: found.append(read(folder, {**FILES, name: bytes(data)})))
    assert found in ([], [PAIRS])


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone(tmp_path: Path, name: str) -> None:
    """A folder without one of its files is damaged, not empty."""
    rest = {each: data for each, data in FILES.items() if each != name}
    assert why(tmp_path, rest) is Why.DAMAGED


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    """Where there is no store there are no keys."""
    assert list(DiskHome(tmp_path, Platform.LINUX).leveldb("store")) == []
    assert read(tmp_path, {}) == {}
    assert read(tmp_path, {"LOCK": b"", "LOG": b"words"}) == {}


def test_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    """No permission is no empty store."""
    read(tmp_path, FILES)
    outside = tmp_path / "elsewhere"
    (tmp_path / "home").mkdir()
    (tmp_path / "store").rename(outside)
    (tmp_path / "home/store").symlink_to(outside)
    with pytest.raises(CannotLook) as refused:
        list(DiskHome(tmp_path / "home", Platform.LINUX).leveldb("store"))
    assert refused.value.why is Why.NOT_ASKED


MANIFESTS = {
    "no record": b"",
    "words": b"hello" * 9,
    "a tag that is none": manifest_of((2, 2, 9), extra=b"\x08\x01"),
    "a number without end": manifest_of((2, 2, 9), extra=b"\x02" + b"\xff" * 30),
    "a string that is longer": manifest_of((2, 2, 9), extra=b"\x01\xff\xff\xff\x7fabc"),
    "a level that is none": manifest_of((7, 2, len(FILES[TABLE]))),
    "one table on two levels": manifest_of(
        (2, 2, len(FILES[TABLE])), (3, 2, len(FILES[TABLE]))
    ),
    "a table that is not there": manifest_of((2, 3, 100)),
    "a table that is larger": manifest_of((2, 2, len(FILES[TABLE]) + 1)),
    "a table of no size": manifest_of((2, 2, 0)),
    "no order of keys": framed([b"\x03\x09"]),
    "no next number": framed([b"\x01" + prefixed(b"leveldb.BytewiseComparator")]),
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_manifests_that_make_no_sense(tmp_path: Path, manifest: bytes) -> None:
    """A manifest that LevelDB would not write is refused."""
    assert why(tmp_path, {**FILES, MANIFEST: manifest}) is Why.DAMAGED


@pytest.mark.parametrize(
    "current",
    [b"", b"MANIFEST-000001", b"../MANIFEST-000001\n", b"MANIFEST-2\n", b"LOG\n"],
)
def test_a_pointer_that_points_nowhere(tmp_path: Path, current: bytes) -> None:
    """Only the name of a manifest that is there counts."""
    assert why(tmp_path, {**FILES, "CURRENT": current, "LOG": b""}) is Why.DAMAGED


def test_another_order_of_keys(tmp_path: Path) -> None:
    """Keys in an order that is not known are not read."""
    other = FILES[MANIFEST][7:].replace(b"Bytewise", b"Backward")
    files = {**FILES, MANIFEST: framed([other])}
    assert why(tmp_path, files) is Why.UNKNOWN_FORMAT


def varied(block: bytes, kind: int) -> bytes:
    return block[:-1] + bytes([kind])


ONE = block_of(b"a", b"b")
NO_KEYS = block_of()
BOMB = to_varint(0xFFFFFFFF) + b"\xfe\x01\0" * 20
LONG_KEY = b"k" * 100_000
SHARED = b"".join(
    [
        *(to_varint(0), to_varint(len(LONG_KEY)), to_varint(0), LONG_KEY),
        *(to_varint(len(LONG_KEY)) + b"\x01\0x" for _ in range(50_000)),
        *((0).to_bytes(4, "little"), (1).to_bytes(4, "little"), b"\0"),
    ]
)

TABLES = {
    "no block": table_of(),
    "blocks in the wrong order": table_of(block_of(b"c"), block_of(b"a")),
    "keys in the wrong order": table_of(block_of(b"b", b"a")),
    "one key twice": table_of(block_of(b"a"), block_of(b"a")),
    "one block again and again": table_of(ONE, handles=[(0, len(ONE) - 1)] * 5000),
    "a block of no keys again and again": table_of(
        NO_KEYS, handles=[(0, len(NO_KEYS) - 1)] * 5000
    ),
    "blocks inside each other": table_of(ONE, ONE, handles=[(0, 9), (1, 9)]),
    "a block past the end": table_of(ONE, handles=[(1 << 40, 10)]),
    "a key without its marks": table_of(b"\0\x01\0a" + bytes(4) + b"\x01\0\0\0\0"),
    "more restarts than bytes": table_of(b"\0\0\0\0\xff\xff\xff\xff\0"),
    "no restart": table_of(b"\0\0\0\0\0\0\0\0\0"),
    "a block of one byte": table_of(b"\0\0"),
    "a key that shares too much": table_of(b"\x05\x01\0a" + bytes(4) + b"\x01\0\0\0\0"),
    "a value past the end": table_of(
        b"\0\x09\x7fabcdefghi" + bytes(4) + b"\x01\0\0\0\0"
    ),
    "a packed block that is none": table_of(varied(b"\x09\xff\xff\xff\xff\0", 1)),
    "keys that grow out of bounds": table_of(SHARED),
    "no magic": FILES[TABLE][:-1] + b"x",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_tables_that_make_no_sense(tmp_path: Path, table: bytes) -> None:
    """A table that LevelDB would not write is refused, however its sums fit."""
    assert why(tmp_path, folder_of(table)) is Why.DAMAGED


def test_a_table_that_makes_sense(tmp_path: Path) -> None:
    """The same builder gives a table that is read."""
    good = table_of(block_of(b"a", b"b"), block_of(b"c"))
    assert read(tmp_path, folder_of(good)) == {b"a": b"v", b"b": b"v", b"c": b"v"}


def test_keys_that_are_nearly_the_same(tmp_path: Path) -> None:
    """However much keys share, what is built is within what is read."""
    pairs = {b"https://" + b"long" * 99 + b"%04d" % n: b"" for n in range(3000)}
    assert read(tmp_path, dict(leveldb.fresh(sorted(pairs.items())))) == pairs


def test_tables_of_one_level_that_overlap(tmp_path: Path) -> None:
    """Below the first level no key may be in two tables; on the first it may."""
    two = (table_of(block_of(b"a", b"c")), table_of(block_of(b"b")))
    assert why(tmp_path, folder_of(*two)) is Why.DAMAGED
    assert sorted(read(tmp_path, folder_of(*two, level=0))) == [b"a", b"b", b"c"]


def test_a_way_of_packing_that_is_not_known(tmp_path: Path) -> None:
    """A newer kind of packing is named as such."""
    files = folder_of(table_of(varied(ONE, 2)))
    assert why(tmp_path, files) is Why.UNKNOWN_FORMAT


def test_a_block_that_says_it_unpacks_to_gigabytes(tmp_path: Path) -> None:
    """What a block says it holds is held against the limit before it is unpacked."""
    files = folder_of(table_of(varied(BOMB + b"\0", 1)))
    tracemalloc.start()
    assert why(tmp_path, files) is Why.TOO_LARGE
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_block_above_the_limit() -> None:
    """A block that is larger than may be is refused, packed and not."""
    block = block_of(b"a", b"b" * 5000)
    packed = bytes(cramjam.snappy.compress_raw(block[:-1])) + b"\x01"
    for each in (block, packed):
        table = table_of(each)
        assert len(list(_tables.pairs(MemoryFile(table), len(table), 6000))) == 2
        with pytest.raises(CannotLook) as refused:
            list(_tables.pairs(MemoryFile(table), len(table), 4000))
        assert refused.value.why is Why.TOO_LARGE


def test_limits_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More tables on the first level, larger logs or manifests, more changes in logs
    than may be: each is refused by itself.
    """
    batch = bytes(8) + (300).to_bytes(4, "little") + b"\x01\x01k\x01v" * 300
    log = {"CURRENT": FILES["CURRENT"], MANIFEST: manifest_of(), "000095.log": b""}
    log[MANIFEST] = framed([_versions.edit_of(2, [], log=90, last_sequence=9)])
    log["000095.log"] = framed([batch])
    tables = folder_of(*[table_of(ONE)] * 5, level=0)
    assert read(tmp_path, log) == {b"k": b"v"}
    assert len(read(tmp_path, tables)) == 2
    for name, value, files in (
        ("_MOST_STREAMS", 4, tables),
        ("_LARGEST_MANIFEST", 50, FILES),
        ("_LARGEST_LOGS", 100, log),
        ("_BLOCKS", 100, tables),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(_reading, name, value)
            assert why(tmp_path, files) is Why.TOO_LARGE, name
    monkeypatch.setattr(_versions, "_MOST_TABLES", 4)
    assert why(tmp_path, tables) is Why.TOO_LARGE
    monkeypatch.setattr(_reading, "_SORTED_AT_ONCE", 100)
    assert read(tmp_path, log) == {b"k": b"v"}
    monkeypatch.setattr(_reading, "_MOST_RUNS", 2)
    assert why(tmp_path, log) is Why.TOO_LARGE


BATCHES = {
    "too short": bytes(11),
    "fewer changes than it says": bytes(8) + b"\x02\0\0\0\x01\x01k\x01v",
    "more changes than it says": bytes(8) + b"\x01\0\0\0\x01\x01k\x01v\0\x01k",
    "a kind that is none": bytes(8) + b"\x01\0\0\0\x07\x01k",
    "a key past the end": bytes(8) + b"\x01\0\0\0\0\x05k",
    "a value that is missing": bytes(8) + b"\x01\0\0\0\x01\x01k",
    "billions of changes": bytes(8) + b"\xff\xff\xff\xff",
}


@pytest.mark.parametrize("batch", BATCHES.values(), ids=BATCHES)
def test_batches_that_make_no_sense(tmp_path: Path, batch: bytes) -> None:
    """A batch of changes that LevelDB would not write is refused."""
    assert why(tmp_path, {**FILES, "000009.log": framed([batch])}) is Why.DAMAGED


FRAGMENTS = {
    "a middle without a start": (3,),
    "an end without a start": (4,),
    "a start twice": (2, 2),
    "a whole one in between": (2, 1),
    "a kind that is none": (5,),
}


@pytest.mark.parametrize("kinds", FRAGMENTS.values(), ids=FRAGMENTS)
def test_fragments_that_do_not_fit(kinds: tuple[int, ...]) -> None:
    """Pieces of a record in an order that makes no record are refused."""
    whole = b""
    for kind in kinds:
        text = bytes([kind]) + b"text"
        whole += masked_crc(text).to_bytes(4, "little") + b"\x04\0" + text
    with pytest.raises(CannotLook) as refused:
        list(records(MemoryFile(whole)))
    assert refused.value.why is Why.DAMAGED


@given(st.lists(st.binary(max_size=50) | st.integers(0, 99_000).map(bytes), max_size=5))
def test_records_of_any_size(texts: list[bytes]) -> None:
    """What is framed is read as it was, wherever blocks end."""
    assert list(records(MemoryFile(framed(texts)))) == texts


@given(st.binary(max_size=300))
def test_any_bytes_end_well(data: bytes) -> None:
    """Any bytes, with sums that fit, are read or refused by every part."""
    for ask in (
        lambda: list(records(MemoryFile(data))),
        lambda: _versions.version_of([data]),
        lambda: list(_logs.changes(MemoryFile(framed([data])))),
        lambda: list(_tables._entries(data)),
        lambda: list(_tables.pairs(MemoryFile(data), len(data), LARGEST)),
        lambda: from_varint(data, 0),
    ):
        assert ends_well(ask)
    table = table_of(data + b"\0", varied(data + b"\0", 1))
    assert ends_well(
        lambda: list(_tables.pairs(MemoryFile(table), len(table), LARGEST))
    )


@given(st.integers(0, 1 << 64))
def test_numbers_of_any_size(value: int) -> None:
    """A number is read as it was written."""
    data = to_varint(value)
    assert from_varint(data + b"rest", 0) == (value, len(data))


def plain_sum(data: bytes) -> int:
    """CRC-32C bit by bit, turned and shifted."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return (crc >> 15 | crc << 17) + 0xA282EAD8 & 0xFFFFFFFF


@pytest.mark.parametrize("length", [1, 9, 4096, 65_535, 65_536, 65_537, 131_073])
def test_the_checksum(length: int) -> None:
    """The sum is that of the definition, for lengths around its pieces too."""
    data = (b"123456789" * (length // 9 + 1))[:length]
    assert masked_crc(data) == plain_sum(data)
    if length == 9:
        unmasked = masked_crc(data) - 0xA282EAD8 & 0xFFFFFFFF
        assert (unmasked >> 17 | unmasked << 15) & 0xFFFFFFFF == 0xE3069283


@pytest.mark.parametrize("keys", [(b"b", b"a"), (b"a", b"a")])
def test_keys_that_do_not_ascend(
    keys: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is built of keys in another order, or of one key twice."""
    for size in (2 << 20, 1):
        monkeypatch.setattr(_building, "_TABLE", size)
        with pytest.raises(ValueError, match="ascend"):
            list(leveldb.fresh((key, b"v") for key in keys))
