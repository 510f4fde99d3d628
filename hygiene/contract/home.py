"""The home that is looked at, as a check sees it: read-only and without a trace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, TypeVar

from hygiene.contract.outcome import Why

__all__ = [
    "BASES",
    "Database",
    "Entry",
    "Folder",
    "Home",
    "Json",
    "Kind",
    "Platform",
    "Reader",
    "RegistryKey",
    "RegistryValue",
    "Row",
    "SqlValue",
    "UserFolder",
]

Answer = TypeVar("Answer")

SqlValue: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = tuple[SqlValue, ...]
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
RegistryValue: TypeAlias = str | int | bytes | tuple[str, ...]


class Platform(StrEnum):
    """Whose layout a home has."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


# Linux: XDG Base Directory Specification 0.8. macOS: File System Programming Guide.
# Windows: KNOWNFOLDERID, RoamingAppData and LocalAppData.
BASES: Mapping[Platform, Mapping[str, str]] = {
    Platform.LINUX: {
        "config": ".config",
        "data": ".local/share",
        "cache": ".cache",
        "local": ".local/share",
    },
    Platform.MACOS: {
        "config": "Library/Application Support",
        "data": "Library/Application Support",
        "cache": "Library/Caches",
        "local": "Library/Application Support",
    },
    Platform.WINDOWS: {
        "config": "AppData/Roaming",
        "data": "AppData/Roaming",
        "cache": "AppData/Local",
        "local": "AppData/Local",
    },
}
"""Folders in which programs keep what belongs to a person, by the name that patterns have
for them.
"""


class Kind(StrEnum):
    """What stands at a path, links inside the home already followed."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"


class UserFolder(StrEnum):
    """Folders a person may have moved or that have a name of their own language."""

    DESKTOP = "desktop"
    DOCUMENTS = "documents"
    DOWNLOADS = "downloads"
    PICTURES = "pictures"
    VIDEOS = "videos"


@dataclass(frozen=True, slots=True)
class Entry:
    """A path that is there. `why` says that, and why, it may not be looked into:
    a link out of the home or a mount (`NOT_ASKED`), a placeholder of a cloud
    (`ONLINE_ONLY`), a pipe or device (`NOT_SUPPORTED`), no permission (`DENIED`).
    `size` is in bytes, -1 when unknown; `modified` is UTC. `identity` is the same for
    the same thing reached on two ways, "" when unknown.
    """

    path: str
    kind: Kind
    size: int = -1
    modified: datetime | None = None
    why: Why | None = None
    identity: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder met on a walk: its path, the names of the files in it (nothing was
    opened or asked of them), and the entries that the walk did not go into.
    """

    path: str
    files: Sequence[str]
    skipped: Sequence[Entry] = ()


class Reader(Protocol):
    """An open file, read at any place. Raises `CannotLook`."""

    @property
    def size(self) -> int:
        """Bytes in the file when it was opened."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer at the end, none past it."""


class Database(Protocol):
    """One consistent state of a SQLite store, newest rows included."""

    def tables(self) -> frozenset[str]:
        """Names of the real tables: no views, no virtual tables."""

    def columns(self, table: str) -> frozenset[str]:
        """Column names of a table; none if there is no such table."""

    def rows(self, sql: str, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Run one SELECT. Columns that hold secrets are refused, views too."""


class RegistryKey(Protocol):
    """One key of the person's own registry hive (HKEY_CURRENT_USER)."""

    @property
    def values(self) -> Mapping[str, RegistryValue]:
        """Values by name, names as stored; compare without regard to case."""

    @property
    def subkeys(self) -> Sequence[str]:
        """Names of the keys below."""


class Home(Protocol):
    """Everything a check may ask of the machine. Nothing here writes.

    Paths are relative to the home, with forward slashes; undecodable bytes stand as
    surrogates. Links inside the home are followed, others answered with `why`. On the
    `windows` platform names match without regard to case. Every method raises
    `CannotLook` when something is there and cannot be read, except where it says so.

    A pattern may begin with one of the `BASES` in braces (`{config}/hexchat`), and `*`
    and `?` match inside one name. In a live home bases are looked for where
    `$XDG_CONFIG_HOME` and its kin, or `%APPDATA%` and `%LOCALAPPDATA%`, moved them, and
    in their usual places.
    """

    @property
    def platform(self) -> Platform:
        """Whose layout this home has."""

    @property
    def live(self) -> bool:
        """Whether this is the running person's own home on this computer."""

    def find(self, pattern: str) -> Iterator[Entry]:
        """What matches the pattern, in name order. A folder on the way that cannot be
        listed is answered as an entry with its `why`.
        """

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`, or None."""

    def walk(self, path: str) -> Iterator[Folder]:
        """Every folder from `path` down, in name order; links are not followed.
        Nothing if there is no such folder.
        """

    def user_folder(self, which: UserFolder) -> str | None:
        """Where that folder of the person lies in this home, or None."""

    def open(self, path: str) -> AbstractContextManager[Reader]:
        """Open a regular file for reading."""

    def read(self, path: str, *, limit: int) -> bytes:
        """The whole file; `TOO_LARGE` above `limit` bytes."""

    def query(self, path: str, ask: Callable[[Database], Answer]) -> Answer:
        """Let `ask` read one consistent state of a SQLite store and return its answer.

        `ask` is called again when the store changed meanwhile, so it keeps nothing
        outside itself. `LOCKED` when no consistent state could be had.
        """

    def json(
        self, path: str, *, drop: Collection[str] = (), limit: int = 64 << 20
    ) -> Json:
        """A JSON document, plain or Mozilla's compressed form. Members named in `drop`
        are left out at every depth, unread.
        """

    def json_items(self, path: str, prefix: str) -> Iterator[Json]:
        """The values at `prefix` of a JSON document of any size, one at a time.
        Prefixes join member names by dots; `item` stands for each element of a list:
        `windows.item.tabs.item`.
        """

    def plist(self, path: str) -> object:
        """A property list, XML or binary. It may hold itself: walk it with a limit."""

    def leveldb(self, path: str) -> Iterator[tuple[bytes, bytes]]:
        """The live keys and values of a LevelDB folder, in the order of the keys."""

    def in_use(self, path: str) -> bool:
        """Whether another process has locked this file (on Windows: keeps others from
        opening it). A lock of a program that was killed is gone with it. False when
        nothing is there. Raises nothing.
        """

    def registry(self, key: str) -> RegistryKey | None:
        r"""The key below HKEY_CURRENT_USER (`Software\Microsoft\...`), or None.
        None on other platforms.
        """

    def running(self, programs: Collection[str]) -> bool | None:
        """Whether one of these process names runs for this person now; None when that
        cannot be told (any home but the live one).
        """
