"""A home on the real disk, read without a trace."""

from __future__ import annotations

import copy
import sys
from typing import TYPE_CHECKING, TypeVar

from hygiene.contract.home import Entry, Platform
from hygiene.contract.outcome import CannotLook, Why
from hygiene.host import (
    folders,
    locks,
    patterns,
    plists,
    registry,
    walking,
)
from hygiene.host.bases import expanded
from hygiene.host.held import HeldByWriter
from hygiene.host.opening import OpenFile, cannot_look, open_quietly
from hygiene.host.processes import Processes
from hygiene.host.store_files import FilesBeside
from hygiene.host.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path
    from typing import Self

    from hygiene.contract.home import (
        Database,
        Folder,
        Json,
        RegistryKey,
        UserFolder,
    )
    from hygiene.host.spots import Spot

__all__ = ["DiskHome"]

Answer = TypeVar("Answer")

_PIECE = 1 << 20
_HIVE = "NTUSER.DAT"


def _no_tick() -> None:
    """Nobody watches."""


class DiskHome:
    """The home at `root`, laid out as on `platform`; a `Home`.

    `live` says that it is the running person's own home on this computer, `agreed`
    that the person let us read the folders that macOS asks about (SR-62).
    """

    def __init__(
        self,
        root: Path,
        platform: Platform,
        *,
        live: bool = False,
        agreed: bool = False,
    ) -> None:
        self._platform = platform
        self._live = live
        self._tree = Tree(root, platform, live=live, agreed=agreed)
        self._processes = Processes()
        self._tick: Callable[[], None] = _no_tick

    def watched(self, tick: Callable[[], None]) -> Self:
        """The same home, calling `tick` at each listing, read and batch of rows. What
        `tick` raises ends the work that is under way.
        """
        view = copy.copy(self)
        view._tick = tick  # noqa: SLF001 - a view of this very object
        return view

    @property
    def platform(self) -> Platform:
        """Whose layout this home has."""
        return self._platform

    @property
    def live(self) -> bool:
        """Whether this is the running person's own home on this computer."""
        return self._live

    def find(self, pattern: str) -> Iterator[Entry]:
        """What matches the pattern, in name order."""
        spelled, elsewhere = expanded(
            pattern, self._tree, self._platform, live=self._live
        )
        yield from elsewhere
        for each in spelled:
            yield from patterns.find(self._tree, each, self._tick)

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`, or None."""
        self._tick()
        spot = self._tree.locate(path)
        return None if spot is None else spot.entry()

    def spot(self, path: str) -> Spot | None:
        """Where `path` really lies, links inside the home followed, or None: for the
        one who writes.
        """
        return self._tree.locate(path)

    def walk(self, path: str) -> Iterator[Folder]:
        """Every folder from `path` down."""
        return walking.walk(self._tree, path, self._tick)

    def open(self, path: str) -> OpenFile:
        """Open a regular file for reading."""
        self._tick()
        try:
            descriptor = self._tree.open_walked(path)
            if descriptor is not None:
                return OpenFile(descriptor, self._tick)
        except (OSError, ValueError, CannotLook):
            # The longer way has the reason.
            pass
        return self._open_from_root(path)

    def _open_from_root(self, path: str) -> OpenFile:
        spot = self._tree.locate(path)
        if spot is None:
            raise CannotLook(Why.LOCKED)
        if spot.why is not None:
            raise CannotLook(spot.why)
        try:
            return OpenFile(open_quietly(spot.real), self._tick)
        except OSError as error:
            raise cannot_look(error) from None

    def read(self, path: str, *, limit: int) -> bytes:
        """The whole file; `TOO_LARGE` above `limit` bytes."""
        with self.open(path) as file:
            if file.size > limit:
                raise CannotLook(Why.TOO_LARGE)
            parts = [
                file.read_at(offset, _PIECE) for offset in range(0, file.size, _PIECE)
            ]
        return b"".join(parts)

    def query(self, path: str, ask: Callable[[Database], Answer]) -> Answer:
        """Let `ask` read one consistent state of a SQLite store."""
        from hygiene.host import sqlite  # noqa: PLC0415 - brings apsw along

        self._tick()
        return sqlite.query(FilesBeside(self._tree, path), ask, self._tick)

    def json(
        self, path: str, *, drop: Collection[str] = (), limit: int = 64 << 20
    ) -> Json:
        """A JSON document, plain or Mozilla's compressed form."""
        from hygiene.host import json_documents  # noqa: PLC0415 - brings decimal along

        with self.open(path) as file:
            return json_documents.document(file, drop, limit)

    def json_items(self, path: str, prefix: str) -> Iterator[Json]:
        """The values at `prefix` of a JSON document of any size, one at a time."""
        from hygiene.host import json_documents  # noqa: PLC0415 - brings decimal along

        with self.open(path) as file:
            yield from json_documents.items(file, prefix)

    def plist(self, path: str) -> object:
        """A property list, XML or binary."""
        return plists.parsed(self.read(path, limit=plists.LARGEST_PLIST))

    def leveldb(self, path: str) -> Iterator[tuple[bytes, bytes]]:
        """The live keys and values of a LevelDB folder, in the order of the keys."""
        from hygiene.host import leveldb  # noqa: PLC0415 - brings cramjam along

        yield from leveldb.entries(self, path)

    def in_use(self, path: str) -> bool:
        """Whether another process has locked this file."""
        self._tick()
        spot = self._tree.locate(path)
        if spot is None or spot.why is not None:
            return False
        try:
            return locks.in_use(spot.real)
        except HeldByWriter:
            return True
        except OSError:
            return False

    def registry(self, key: str) -> RegistryKey | None:
        """The key below HKEY_CURRENT_USER, or None."""
        if self._platform is not Platform.WINDOWS:
            return None
        self._tick()
        if self._live and sys.platform == "win32":
            return registry.live_key(key)
        if self.entry(_HIVE) is None:
            return None
        hive = self.read(_HIVE, limit=registry.LARGEST_HIVE)
        return registry.hive_key(hive, key, self._tick)

    def user_folder(self, which: UserFolder) -> str | None:
        """Where that folder of the person lies in this home, or None."""
        return folders.user_folder(self, self._tree, which)

    def running(self, programs: Collection[str]) -> bool | None:
        """Whether one of these runs for this person now; None when not known."""
        if not self._live:
            return None
        return self._processes.any_of(frozenset(programs))
