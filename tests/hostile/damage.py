"""Ways in which something else stands where a program kept its data, and the reason that
has to be told of each.
"""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hygiene.practice.picture_files import BUILDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DAMAGES", "OUTSIDE", "Damage", "Store", "reason"]

Damage: TypeAlias = Callable[[Path], None]
"""Put something else in the place of a store."""

OUTSIDE = Path("/etc")
"""A folder that is in no home."""

_TERABYTE = 1 << 40
_SCHEMA_FORMAT = 44
_VERSIONS = 18


class Store(Enum):
    """Kinds of files that checks read."""

    SQLITE = auto()
    JSON = auto()
    SESSION = auto()
    """JSON of any size."""
    TEXT = auto()
    """Settings, a line each: any bytes make sense or none."""
    PLIST = auto()
    XML = auto()
    HIVE = auto()


def _replaced(content: bytes) -> Damage:
    def damage(path: Path) -> None:
        path.write_bytes(content)

    return damage


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_short(path: Path) -> None:
    os.truncate(path, 50)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as store:
        store.executescript("CREATE TABLE notes(text); INSERT INTO notes VALUES('a');")


def _renamed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        kinds = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL"
        for (name,) in store.execute(kinds).fetchall():
            if not name.startswith("sqlite_"):
                store.execute(f'ALTER TABLE "{name}" RENAME TO "{name}_of_2040"')
        store.commit()


def _written(offset: int, content: bytes) -> Damage:
    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(content)

    return damage


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "in it").write_bytes(b"")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _socket(path: Path) -> None:
    path.unlink()
    with _inside(path.parent), socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    # The name of a socket may not be long.
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _outward(path: Path) -> None:
    path.unlink()
    path.symlink_to(OUTSIDE / "passwd")


def _around(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _gone(path: Path) -> None:
    path.unlink()


def _giant(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, _TERABYTE)


def _rebuilt_as_folder_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(".", target_is_directory=True)


DAMAGES: Mapping[str, Damage] = {
    "no bytes": _replaced(b""),
    "half of it": _cut,
    "its first 50 bytes": _cut_short,
    "a picture": _replaced(BUILDERS["jpg"]((12.0, 13.0))),
    "noise": _replaced(bytes((91 * n * n + 57 * n + 200) % 256 for n in range(8192))),
    "another program's store": _foreign,
    "tables renamed": _renamed,
    "a later format": _written(_VERSIONS, b"\3\3"),
    "a later schema format": _written(_SCHEMA_FORMAT, b"\0\0\0\5"),
    "nested 100,000 deep": _replaced(b'{"a":' * 100_000),
    "another document": _replaced(b'["a"]'),
    "a folder": _folder,
    "a pipe": _pipe,
    "a socket": _socket,
    "a link out of the home": _outward,
    "a link to its own folder": _rebuilt_as_folder_link,
    "a link to itself": _around,
    "nothing": _gone,
    "a terabyte of zeros": _giant,
}
"""By what stands in the store's place."""

_NEVER_READ = {
    "a folder": "unknown-format",
    "a link to its own folder": "unknown-format",
    "a pipe": "not-supported",
    "a socket": "not-supported",
    "a link out of the home": "not-asked",
}
_NO_STORE = ("a link to itself", "nothing")
"""Nothing is there: a link that leads to itself is followed to no file."""

_FORMATS = {
    "noise",
    "a picture",
    "another program's store",
    "tables renamed",
    "a later format",
    "a later schema format",
    "nested 100,000 deep",
    "another document",
}
_SQLITE_ONLY = ("tables renamed", "a later format", "a later schema format")

_REASONS: Mapping[Store, Mapping[str, str]] = {
    Store.SQLITE: dict.fromkeys(_FORMATS, "unknown-format")
    | {
        "no bytes": "damaged",
        "half of it": "damaged",
        "its first 50 bytes": "damaged",
        "a terabyte of zeros": "unknown-format",
    },
    Store.JSON: dict.fromkeys(DAMAGES, "damaged")
    | {"another document": "unknown-format", "a terabyte of zeros": "too-large"},
    Store.SESSION: dict.fromkeys(DAMAGES, "damaged") | {"another document": ""},
    Store.TEXT: {"a terabyte of zeros": "too-large"},
    Store.PLIST: dict.fromkeys(DAMAGES, "damaged")
    | {"a terabyte of zeros": "too-large"},
    Store.XML: dict.fromkeys(DAMAGES, "damaged") | {"a terabyte of zeros": "too-large"},
    Store.HIVE: dict.fromkeys(_FORMATS, "unknown-format")
    | {
        "no bytes": "damaged",
        "half of it": "damaged",
        "its first 50 bytes": "damaged",
        "a terabyte of zeros": "too-large",
    },
}


def reason(kind: Store, damage: str) -> str | None:
    """Why such a store cannot be looked at; "" where it can, and holds nothing of what
    it held; None for a damage that does not fit the kind.
    """
    if kind is not Store.SQLITE and damage in _SQLITE_ONLY:
        return None
    if damage in _NO_STORE:
        return ""
    return _NEVER_READ.get(damage) or _REASONS[kind].get(damage, "")
