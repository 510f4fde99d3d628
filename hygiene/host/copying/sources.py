"""The files that stand behind a store, and their bytes, read as a check reads them:
without a lock, and with their times kept (SR-13).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hygiene.contract.home import Entry, Kind
from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.copying.report import GONE, Failed, Saved, why_not
from hygiene.host.copying.safe_names import safe_path

if TYPE_CHECKING:
    from hygiene.contract.home import Home
    from hygiene.host.copying._disk import Written
    from hygiene.host.copying.work import Work

__all__ = ["Source", "Sources", "Store", "digest", "digests", "pieces"]

PIECE = 1 << 20

# SQLite keeps what is not yet in a store beside it (sqlite.org, "Temporary files used
# by SQLite"); a copy without them is not what the program would read.
_BESIDE = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path in the home, where its copy belongs, bytes, last change."""

    path: str
    copy: str
    size: int
    modified: datetime | None

    def saved(self, written: Written, moment: datetime) -> Saved:
        """That its bytes were copied, as they were read at that moment."""
        return Saved(
            path=self.path,
            copy=self.copy,
            size=written.size,
            modified=self.modified,
            copied=moment,
            digest=written.digest,
        )


@dataclass(frozen=True, slots=True)
class Store:
    """A file with those beside it, or a folder with all in it, in the order of reading.
    The files of a `whole` one mean nothing without each other.
    """

    path: str
    whole: bool
    files: tuple[Source, ...] = ()
    failed: tuple[Failed, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(each.size for each in self.files)


@dataclass(frozen=True, slots=True)
class Sources:
    """The stores of one saving, each with a number of its own. `root` is where the home
    lies on disk.
    """

    home: Home
    root: str
    stores: Sequence[str]
    _numbers: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        numbers = {each: number for number, each in enumerate(self.stores, 1)}
        object.__setattr__(self, "_numbers", numbers)

    def folder_of(self, store: str) -> str:
        """The folder of its copies."""
        return f"{self._numbers[store]:02}"

    def look(self, store: str) -> Store:
        """What stands behind the store now."""
        try:
            entry = self.home.entry(store)
            if entry is None:
                return Store(store, True, failed=(Failed(store, GONE),))
            if entry.why is not None:
                return _closed(store, entry.why)
            if entry.kind is Kind.FOLDER:
                return self._tree(store)
            if entry.kind is Kind.FILE:
                return self._with_files_beside(store, entry)
        except CannotLook as error:
            return _closed(store, error.why)
        return _closed(store, Why.NOT_SUPPORTED)

    def _with_files_beside(self, store: str, entry: Entry) -> Store:
        taken: set[str] = set()
        found = [self._source(store, store, entry, taken)]
        for path in dict.fromkeys((store, self._behind_links(store))):
            for each in _BESIDE:
                beside = self.home.entry(path + each)
                if beside is None:
                    continue
                if beside.why is not None or beside.kind is not Kind.FILE:
                    return _closed(path + each, beside.why or Why.NOT_SUPPORTED)
                found.append(
                    self._source(store, path + each, beside, taken, store + each)
                )
        return Store(store, True, tuple(found))

    def _behind_links(self, path: str) -> str:
        """Where a link in the home leads: SQLite keeps files beside the store itself."""
        root = os.path.realpath(self.root)
        real = os.path.realpath(os.path.join(root, *path.split("/")))
        inside = real.startswith(root.rstrip(os.sep) + os.sep)
        return os.path.relpath(real, root).replace(os.sep, "/") if inside else path

    def _tree(self, store: str) -> Store:
        taken: set[str] = set()
        found: list[Source] = []
        failed: list[Failed] = []
        for folder in self.home.walk(store):
            failed += [
                Failed(each.path, why_not(each.why or Why.NOT_SUPPORTED))
                for each in folder.skipped
            ]
            for name in folder.files:
                path = f"{folder.path}/{name}"
                entry = self.home.entry(path)
                if entry is None:
                    continue
                if entry.why is not None or entry.kind is not Kind.FILE:
                    why = entry.why or Why.NOT_SUPPORTED
                    failed.append(Failed(path, why_not(why)))
                else:
                    found.append(self._source(store, path, entry, taken))
        return Store(store, False, tuple(found), tuple(failed))

    def _source(
        self, store: str, path: str, entry: Entry, taken: set[str], named: str = ""
    ) -> Source:
        above = store.rpartition("/")[0]
        below = (named or path)[len(above) :].lstrip("/")
        copy = f"{self.folder_of(store)}/{safe_path(below, taken)}"
        return Source(path, copy, max(entry.size, 0), entry.modified)


def _closed(path: str, why: Why) -> Store:
    return Store(path, True, failed=(Failed(path, why_not(why)),))


def pieces(home: Home, path: str, work: Work) -> Iterator[bytes]:
    """The bytes of a file as it is now. Raises `CannotLook`."""
    with home.open(path) as file:
        for offset in range(0, file.size, PIECE):
            piece = file.read_at(offset, PIECE)
            work.moved(len(piece))
            yield piece


def digest(home: Home, path: str, work: Work) -> str:
    """SHA-256 (hex) of a file as it is now. Raises `CannotLook`."""
    whole = hashlib.sha256()
    for piece in pieces(home, path, work):
        whole.update(piece)
    return whole.hexdigest()


def digests(home: Home, store: Store, work: Work) -> dict[str, str]:
    """The digests of the store's files as they are now; "" for one that is not to be
    read any more.
    """
    found = {}
    for each in store.files:
        try:
            found[each.path] = digest(home, each.path, work)
        except CannotLook:
            found[each.path] = ""
    return found
