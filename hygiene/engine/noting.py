"""A home that notes what each store was before it was read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

from hygiene.contract import (
    Database,
    Entry,
    Folder,
    Home,
    Json,
    Platform,
    Reader,
    RegistryKey,
    UserFolder,
)
from hygiene.engine.ports import Stamp

__all__ = ["NotingHome"]

Answer = TypeVar("Answer")


class NotingHome:
    """The same home; `marks` holds a mark of every store that was read, taken before
    the first look at it.
    """

    def __init__(self, home: Home, mark: Callable[[str], Stamp]) -> None:
        self._home = home
        self._mark = mark
        self.marks: dict[str, Stamp] = {}

    def _note(self, path: str) -> None:
        if path not in self.marks:
            self.marks[path] = self._mark(path)

    @property
    def platform(self) -> Platform:
        """Whose layout this home has."""
        return self._home.platform

    @property
    def live(self) -> bool:
        """Whether this is the running person's own home."""
        return self._home.live

    def find(self, pattern: str) -> Iterator[Entry]:
        """What matches the pattern."""
        return self._home.find(pattern)

    def entry(self, path: str) -> Entry | None:
        """What stands there."""
        return self._home.entry(path)

    def walk(self, path: str) -> Iterator[Folder]:
        """Every folder from there down."""
        return self._home.walk(path)

    def user_folder(self, which: UserFolder) -> str | None:
        """Where that folder lies."""
        return self._home.user_folder(which)

    def open(self, path: str) -> AbstractContextManager[Reader]:
        """Open a file."""
        self._note(path)
        return self._home.open(path)

    def read(self, path: str, *, limit: int) -> bytes:
        """The whole file."""
        self._note(path)
        return self._home.read(path, limit=limit)

    def query(self, path: str, ask: Callable[[Database], Answer]) -> Answer:
        """Ask a SQLite store."""
        self._note(path)
        return self._home.query(path, ask)

    def json(
        self, path: str, *, drop: Collection[str] = (), limit: int = 64 << 20
    ) -> Json:
        """A JSON document."""
        self._note(path)
        return self._home.json(path, drop=drop, limit=limit)

    def json_items(self, path: str, prefix: str) -> Iterator[Json]:
        """Values of a JSON document."""
        self._note(path)
        return self._home.json_items(path, prefix)

    def plist(self, path: str) -> object:
        """A property list."""
        self._note(path)
        return self._home.plist(path)

    def leveldb(self, path: str) -> Iterator[tuple[bytes, bytes]]:
        """The keys and values of a LevelDB folder."""
        self._note(path)
        return self._home.leveldb(path)

    def in_use(self, path: str) -> bool:
        """Whether another process has locked the file."""
        return self._home.in_use(path)

    def registry(self, key: str) -> RegistryKey | None:
        """A key of the registry."""
        return self._home.registry(key)

    def running(self, programs: Collection[str]) -> bool | None:
        """Whether one of these runs."""
        return self._home.running(programs)
