"""Byte copies of stores, in a new folder on a removable drive (SR-33, SR-34)."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook
from hygiene.host.copying import _disk, _names, place
from hygiene.host.copying.lists import About, lists
from hygiene.host.copying.report import (
    CHANGED,
    DIFFERS,
    CopyReport,
    Failed,
    Saved,
    disk_failed,
    why_not,
)
from hygiene.host.copying.sources import Source, Sources, Store, digests, pieces

if TYPE_CHECKING:
    from hygiene.host.copying.work import Work

__all__ = ["copy_out"]

_TRIES = 3
_PASSES = 3
"""How often each byte is moved: it is copied, and source and copy are read again."""
_FOLDER_OF_OWNER = 0o700


def copy_out(sources: Sources, mount: str, about: About, work: Work) -> CopyReport:
    """Copy the stores to the drive mounted at `mount`.

    A file that changes while it is read is copied again, and left out if it goes on
    changing. Raises `SaveRefused` before anything is written. Where the drive fails,
    nothing is left on it; so too where an exception leaves this function.
    """
    top = place.drive_at(mount, sources.root)
    found = [sources.look(each) for each in sources.stores]
    place.refuse_without_room(top, found)
    work.expect(_PASSES * sum(each.size for each in found))
    folder = os.path.join(top, _names.passing_name(place.NAME))
    try:
        _names.remove_remains(top, place.NAME)
        os.mkdir(folder, _FOLDER_OF_OWNER)
        return _Copying(sources, folder, about, work).run()
    except OSError as error:
        return disk_failed(error, sources.stores)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Copying:
    """One saving, into the folder that gets its name at the end."""

    def __init__(self, sources: Sources, folder: str, about: About, work: Work) -> None:
        self._sources = sources
        self._folder = folder
        self._about = about
        self._work = work
        self._failed: list[Failed] = []

    def run(self) -> CopyReport:
        """Copy, list, and give the name. Raises `OSError`, and whatever ends the work."""
        saved = [each for path in self._sources.stores for each in self._store(path)]
        failed = tuple(self._failed)
        if not saved:
            return CopyReport(failed=failed)
        for name, data in lists(self._about, saved, failed).items():
            self._list(os.path.join(self._folder, name), data)
        for folder, _, _ in os.walk(self._folder):
            _names.bring_names_to_disk(folder)
        name = place.give_name(self._folder, self._about.now())
        return CopyReport(name, tuple(saved), failed)

    def _list(self, path: str, data: bytes) -> None:
        written = _disk.write_new(path, (data,), None)
        if _disk.read_back(path, self._work) != written.digest:
            raise OSError(errno.EIO, "not what was written")

    def _store(self, path: str) -> list[Saved]:
        """The copies of one store, compared with it; without what could not be had."""
        copies: dict[str, Saved] = {}
        for _ in range(_TRIES):
            unread = self._copied(self._sources.look(path), copies)
            store = self._sources.look(path)
            changed = self._changed(store, copies) - unread.keys()
            self._drop(copies, changed)
            if not changed:
                break
        wrong = dict.fromkeys(sorted(changed), CHANGED) | unread
        wrong |= {each.path: each.key for each in store.failed}
        wrong |= dict.fromkeys(self._differing(copies), DIFFERS)
        # Half of a store is no copy of it.
        self._drop(copies, copies if wrong and store.whole else copies.keys() & wrong)
        self._failed += [Failed(*each) for each in wrong.items()]
        return list(copies.values())

    def _copied(self, store: Store, copies: dict[str, Saved]) -> dict[str, str]:
        """Copy what is not yet in `copies`; return the files that could not be read."""
        unread = {}
        for each in store.files:
            if each.path in copies:
                continue
            try:
                copies[each.path] = self._copy(each)
            except CannotLook as error:
                unread[each.path] = why_not(error.why)
                with suppress(FileNotFoundError):
                    os.unlink(self._place_of(each.copy))
        return unread

    def _copy(self, source: Source) -> Saved:
        place_of = self._place_of(source.copy)
        os.makedirs(os.path.dirname(place_of), _FOLDER_OF_OWNER, exist_ok=True)
        read = pieces(self._sources.home, source.path, self._work)
        written = _disk.write_new(place_of, read, source.modified)
        return source.saved(written, self._about.now())

    def _changed(self, store: Store, copies: dict[str, Saved]) -> set[str]:
        """The files that are not as their copy any more, or came, or went."""
        now = digests(self._sources.home, store, self._work)
        return {
            path
            for path in now.keys() | copies.keys()
            if path not in copies or copies[path].digest != now.get(path)
        }

    def _differing(self, copies: dict[str, Saved]) -> list[str]:
        """The copies that the disk does not give back as they were written."""
        return [
            path
            for path, each in copies.items()
            if _disk.read_back(self._place_of(each.copy), self._work) != each.digest
        ]

    def _drop(self, copies: dict[str, Saved], paths: Iterable[str]) -> None:
        for path in tuple(paths):
            dropped = copies.pop(path, None)
            if dropped is not None:
                os.unlink(self._place_of(dropped.copy))

    def _place_of(self, copy: str) -> str:
        return os.path.join(self._folder, *copy.split("/"))
