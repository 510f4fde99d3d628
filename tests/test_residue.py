"""The count of what is left sees a name in every way in which browsers write one."""

from __future__ import annotations

import base64
import gzip
import hashlib
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import cramjam
import pytest
from Cryptodome.Cipher import AES

from tests.bench.residue import residue

HOST = "harbor.example"
TEXT = f"see https://{HOST}/page now"


def _mozlz4(data: bytes) -> bytes:
    return b"mozLz40\0" + bytes(cramjam.lz4.compress_block(data))


def _table(*keys: bytes) -> bytes:
    """A LevelDB table of one packed block, each key written from where it differs."""
    entries, before = b"", b""
    for key in keys:
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, key, strict=False)) if a != b),
            min(len(before), len(key)),
        )
        entries += bytes((shared, len(key) - shared, 1)) + key[shared:] + b"v"
        before = key
    block = _block(entries)
    index = _block(bytes((0, 1, 2)) + b"z" + bytes((0, len(block))))
    at = len(block) + 5
    footer = bytes((0, 0, at & 127 | 128, at >> 7, len(index))).ljust(40, b"\0")
    end = b"\0\0\0\0\0"
    packed = b"\x01\0\0\0\0"
    return block + packed + index + end + footer + bytes.fromhex("57fb808b247547db")


def _block(entries: bytes) -> bytes:
    whole = entries + struct.pack("<II", 0, 1)
    # The index stays as it is; a block of keys is packed.
    return bytes(cramjam.snappy.compress_raw(whole)) if b"v" in entries else whole


def _log(data: bytes) -> bytes:
    """A LevelDB log whose one record is cut in the middle of the name."""
    cut = data.index(HOST.encode()) + 5
    parts = ((1, data[:cut]), (4, data[cut:]))
    return b"".join(
        struct.pack("<IHB", 0, len(part), kind) + part for kind, part in parts
    )


def _session(data: bytes) -> bytes:
    key = hashlib.pbkdf2_hmac("sha1", b"peanuts", b"saltysalt", 1, 16)
    fill = 16 - len(data) % 16
    closed = AES.new(key, AES.MODE_CBC, b" " * 16).encrypt(data + bytes([fill]) * fill)
    return b"SNSS\5\0\0\0" + struct.pack("<I", len(closed) + 3) + b"v10" + closed


def _wire(host: str) -> bytes:
    return b"".join(bytes([len(part)]) + part.encode() for part in host.split("."))


WAYS: dict[str, tuple[str, bytes]] = {
    "utf-8": ("a", TEXT.encode()),
    "utf-8, in capitals": ("a", TEXT.upper().encode()),
    "utf-16, little": ("a", TEXT.encode("utf-16-le")),
    "utf-16, big": ("a", TEXT.encode("utf-16-be")),
    "reversed": ("a", f"{HOST[::-1]}.".encode()),
    "dns": ("a", b"\x05forum" + _wire(HOST) + b"\0"),
    **{
        f"base64 +{(8 + shift) % 3}": (
            "a",
            base64.b64encode(b"x" * shift + f"https://{HOST}/page".encode()),
        )
        for shift in range(3)
    },
    "mozLz4, utf-8": ("a.jsonlz4", _mozlz4(b"%d" % 7 * 9 + TEXT.encode())),
    "lz4, utf-8": ("a.lz4", bytes(cramjam.lz4.compress(TEXT.encode() * 9))),
    "gzip, utf-8": ("a_0", b"header" + gzip.compress(TEXT.encode()) + b"tail"),
    "table, utf-8": (
        "1.ldb",
        _table(b"_https://har.example\0\1k", f"_https://{HOST}\0\1k".encode()),
    ),
    "log, utf-8": ("1.log", _log(TEXT.encode())),
    "encrypted, utf-8": ("Session_1", _session(TEXT.encode())),
    "sha256(dns) base64": (
        "TransportSecurity",
        base64.b64encode(hashlib.sha256(_wire(HOST) + b"\0").digest()),
    ),
    "md5(https/)": ("a", hashlib.md5(f"https://{HOST}/".encode()).digest()),  # noqa: S324
}


@pytest.mark.parametrize(("form", "file"), WAYS.items(), ids=WAYS)
def test_each_way_of_writing_is_seen(
    tmp_path: Path, form: str, file: tuple[str, bytes]
) -> None:
    """One file with the name written in one way: found, and in that way."""
    name, data = file
    (tmp_path / name).write_bytes(data)
    found = residue(tmp_path, HOST)
    forms = {each.form for each in found}
    assert forms & {form, form.rpartition(", ")[0]}
    assert {each.path for each in found} == {name}


def test_values_of_a_store_are_seen_whole_and_unpacked(tmp_path: Path) -> None:
    """A long value cut by pages, one that is packed, one that only the log has."""
    path = tmp_path / "store"
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA page_size = 512")
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE t(x)")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        long = "".join(f"{n:03}" for n in range(150))
        values: list[str | bytes] = [long[:at] + HOST + long for at in range(430, 452)]
        values.append(bytes(cramjam.snappy.compress_raw(HOST.encode() * 8)))
        store.executemany("INSERT INTO t VALUES (?)", [(each,) for each in values])
        store.commit()
        found = residue(tmp_path, HOST)
    [cells] = [each for each in found if each.form == "cells, utf-8"]
    # The packed value is seen as it is, too: its beginning is not changed by packing.
    assert cells.count == 22 + 1 + 8
    raw = sum(each.count for each in found if each.form == "utf-8")
    assert raw < cells.count
    assert {each.path for each in found} == {"store", "store-wal"}


def test_names_of_files_folders_and_links_are_seen(tmp_path: Path) -> None:
    """Each once."""
    folder = tmp_path / f"https_{HOST}_0.indexeddb.leveldb"
    folder.mkdir()
    (folder / f"{HOST[::-1]}.bin").touch()
    (tmp_path / "link").symlink_to(f"/nowhere/{HOST}")
    found = {(each.path, each.form, each.count) for each in residue(tmp_path, HOST)}
    assert found == {
        (folder.name, "file name, utf-8", 1),
        (f"{folder.name}/{HOST[::-1]}.bin", "file name, reversed", 1),
        ("link", "file name, utf-8", 1),
    }


def test_words_are_seen_as_addresses_write_them(tmp_path: Path) -> None:
    """Spaces as they are, as plus, and as percent."""
    (tmp_path / "a").write_text("quiet places, q=quiet+places, q=quiet%20places")
    found = {each.form: each.count for each in residue(tmp_path, "Quiet places")}
    assert found == {"utf-8": 1, "plus": 1, "percent": 1}


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda text: text.encode("utf-16-le"),
    "reversed": lambda text: text[::-1].encode(),
    "base64": lambda text: base64.b64encode(f"https://{text}/page".encode()),
}


@pytest.mark.parametrize("encode", ENCODERS.values(), ids=ENCODERS)
def test_a_look_alike_does_not_count_and_hides_nothing(
    tmp_path: Path, encode: Callable[[str], bytes]
) -> None:
    """Longer names that were named are passed over; the name beside them counts."""
    others = (f"not{HOST}", f"{HOST}.elsewhere")
    file = tmp_path / "a"
    file.write_bytes(b" ".join(encode(each) for each in others))
    assert sum(each.count for each in residue(tmp_path, HOST)) == 2
    assert residue(tmp_path, HOST, others) == []
    file.write_bytes(b" ".join(encode(each) for each in (*others, HOST)))
    assert [each.count for each in residue(tmp_path, HOST, others)] == [1]


def test_a_name_stuck_to_other_letters_counts(tmp_path: Path) -> None:
    """Stores put values side by side: what stands next to a name says nothing."""
    (tmp_path / "a").write_bytes(f"token{HOST}next".encode())
    assert [each.count for each in residue(tmp_path, HOST)] == [1]
