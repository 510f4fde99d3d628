"""What stands in a file once it is unpacked, in each way that a browser packs.

Nothing here is of the product: it is a second opinion, and reads more than it has to.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import cramjam
from Cryptodome.Cipher import AES

from tests.leveldb_entries import log_records, table_entries

__all__ = ["unwrapped"]

_TABLE_END = bytes.fromhex("57fb808b247547db")


def unwrapped(path: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes as they are, and each unpacked form of them with its name."""
    yield "", data
    if data.startswith(b"mozLz40\0"):
        yield "mozLz4", bytes(cramjam.lz4.decompress_block(data[8:]))
    if data.startswith(b"\x04\x22\x4d\x18"):
        yield "lz4", bytes(cramjam.lz4.decompress(data))
    if data.endswith(_TABLE_END):
        yield "table", b"\0".join(part for one in table_entries(data) for part in one)
    if path.suffix == ".log" or path.name.startswith("MANIFEST"):
        yield "log", b"\0".join(log_records(data))
    if data.startswith(b"SQLite format 3\0"):
        yield "cells", _cells(path)
    if data.startswith(b"SNSS"):
        yield "encrypted", _session(data)
    for found in re.finditer(rb"\x1f\x8b\x08", data):
        with suppress(zlib.error):
            yield "gzip", zlib.decompressobj(31).decompress(data[found.start() :])


def _cells(path: Path) -> bytes:
    """Every value of every table, newest rows included, long ones whole; and what is
    packed in them: Firefox packs values of Local Storage and of its databases.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "store"
        for side in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}{side}", f"{copy}{side}")
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(copy)) as store:
            store.text_factory = bytes
            return b"\0".join(_values(store))
    return b""


def _values(store: sqlite3.Connection) -> Iterator[bytes]:
    names = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (name,) in names.fetchall():
        with suppress(sqlite3.DatabaseError):
            for row in store.execute(f'SELECT * FROM "{name.decode()}"'):
                for value in row:
                    if isinstance(value, bytes):
                        yield value
                        yield from _unpacked(value)


def _unpacked(value: bytes) -> Iterator[bytes]:
    with suppress(cramjam.DecompressionError):
        yield bytes(cramjam.snappy.decompress_raw(value))


def _session(data: bytes) -> bytes:
    """The records of a Chromium session that are encrypted by the key that Linux builds
    without a keyring have: os_crypt_linux.cc, version `v10`. Each has its size first.
    """
    key = hashlib.pbkdf2_hmac("sha1", b"peanuts", b"saltysalt", 1, 16)
    parts, at = [], 8
    while at + 4 <= len(data):
        size = int.from_bytes(data[at : at + 4], "little")
        record = data[at + 4 : at + 4 + size]
        at += 4 + size
        if record.startswith(b"v10") and len(record) % 16 == 3:
            open_ = AES.new(key, AES.MODE_CBC, b" " * 16)
            parts.append(open_.decrypt(record[3:]))
    return b"".join(parts)
