"""Units on a LevelDB folder: built anew without some keys.

The new tables and the new manifest have numbers above all old ones. They count from the
moment at which `CURRENT` is renamed, and the old ones until then: so LevelDB itself
changes from one manifest to the next. What does not count it removes whenever it opens
the folder (LevelDB 1.23, db/db_impl.cc, `RemoveObsoleteFiles`).
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Kind, RebuildLevelDb, Refusal
from hygiene.host.writing import _ground
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._files import (
    bring_to_disk,
    empty_file,
    new_file,
    read_whole,
)
from hygiene.host.writing._listing import names_in
from hygiene.host.writing._own_lock import locked
from hygiene.host.writing._stamps import Stamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.host.home import DiskHome
    from hygiene.host.spots import Spot
    from hygiene.host.writing._stopping import Stopping

__all__ = ["LevelDbWork"]

_LOCK = "LOCK"
_CURRENT = "CURRENT"
_DIARIES = ("LOG", "LOG.old")
"""What LevelDB did in this run and the last one: when it was asked to compact a range of
keys, the ends of that range (LevelDB 1.23, db/db_impl.cc, `BackgroundCompaction`). It
reads neither, and begins the first anew whenever it opens the folder.
"""
_NAMED = frozenset({_LOCK, _CURRENT, *_DIARIES})
_NUMBERED = re.compile(
    r"MANIFEST-(?P<manifest>[0-9]{1,18})|(?P<number>[0-9]{1,18})\.(?:ldb|sst|log|dbtmp)"
)


@dataclass(frozen=True, slots=True)
class LevelDbWork:
    """The folder at `spot`, without all keys that the steps name."""

    home: DiskHome
    spot: Spot
    steps: Sequence[RebuildLevelDb]

    def refuse(self) -> None:
        """Raise if the folder is open, strange, damaged or not ours to write to."""
        _ground.refuse_other_than(Kind.FOLDER, self.spot)
        _ground.refuse_unless_writable(self.spot.real)
        for name in names_in(self.spot.real):
            _ground.refuse_second_name(self._inside(name))
            if name in _NAMED or _number(name):
                _ground.refuse_no_file(self._inside(name))
        if self.home.in_use(f"{self.spot.path}/{_LOCK}"):
            raise Refused(Refusal.OPEN)
        next(self.home.leveldb(self.spot.path), None)

    def needs(self) -> int:
        """The new tables stand beside the old ones; a log takes less room than they."""
        names = names_in(self.spot.real)
        return sum(os.lstat(self._inside(name)).st_size for name in names)

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Write the new files, let them count, remove the old ones."""
        with locked(self._inside(_LOCK)):
            if stamp_of(self.spot) != stamp:
                raise Refused(Refusal.CHANGED)
            old = [name for name in names_in(self.spot.real) if _number(name)]
            first = 1 + max(map(_number, old), default=0)
            try:
                self._build(first, stopping)
            finally:
                # Whatever went wrong and when: what `CURRENT` does not name goes.
                self._unlink(old if self._is_current(first) else self._from(first))
            bring_to_disk(self.spot.real)

    def _inside(self, name: str) -> str:
        return os.path.join(self.spot.real, name)

    def _is_current(self, manifest: int) -> bool:
        return read_whole(self._inside(_CURRENT)) == b"MANIFEST-%06d\n" % manifest

    def _from(self, first: int) -> list[str]:
        """Names of the files with numbers from `first` on."""
        return [name for name in names_in(self.spot.real) if _number(name) >= first]

    def _build(self, first: int, stopping: Stopping) -> None:
        """Write files of numbers from `first` on, and let them count."""
        from hygiene.host import leveldb  # noqa: PLC0415 - brings cramjam along

        current = self._inside(_CURRENT)
        for name, data in leveldb.fresh(self._kept(stopping), first):
            # LevelDB's own name for the next `CURRENT`.
            written = f"{first:06d}.dbtmp" if name == _CURRENT else name
            new_file(self._inside(written), data, like=current)
        bring_to_disk(self.spot.real)
        stopping.check()
        # First: once the new files count, nobody would look into this folder again.
        for name in _DIARIES:
            with suppress(FileNotFoundError):
                empty_file(self._inside(name))
        os.replace(self._inside(f"{first:06d}.dbtmp"), current)
        bring_to_disk(self.spot.real)

    def _kept(self, stopping: Stopping) -> Iterator[tuple[bytes, bytes]]:
        """The entries that stay. Raises `Refused` unless all others are there."""
        missing = {key for step in self.steps for key in step.drop}
        for key, value in self.home.leveldb(self.spot.path):
            stopping.check()
            if key in missing:
                missing.remove(key)
            else:
                yield key, value
        if missing:
            raise Refused(Refusal.CHANGED)

    def _unlink(self, names: Sequence[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError):
                os.unlink(self._inside(name))


def _number(name: str) -> int:
    """The number in the name of a file that LevelDB numbers, else 0."""
    matched = _NUMBERED.fullmatch(name)
    return int(matched["manifest"] or matched["number"]) if matched else 0
