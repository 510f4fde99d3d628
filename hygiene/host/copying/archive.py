"""Copies of stores in one encrypted file, in a folder on this computer (SR-33).

The format is 7z with AES-256, its list of files encrypted as well (7-Zip,
DOC/7zFormat.txt and DOC/Methods.txt), so that other programs open it. Nothing is packed:
that keeps the memory small, for writing and for reading back.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook
from hygiene.host.copying import _disk, _names, place
from hygiene.host.copying.lists import About, lists
from hygiene.host.copying.new_file import NEW, OWNER_ONLY
from hygiene.host.copying.report import (
    CHANGED,
    DIFFERS,
    CopyReport,
    Failed,
    Refused,
    Saved,
    SaveRefused,
    disk_failed,
    why_not,
)
from hygiene.host.copying.sources import Source, Sources, Store, digests, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hygiene.host.copying._seven_zip import NewArchive
    from hygiene.host.copying.work import Work

__all__ = ["ENDING", "LEAST_LETTERS", "archive_out"]

LEAST_LETTERS = 12
"""Characters of a passphrase, at least."""
ENDING = ".7z"
_TRIES = 3
_PASSES = 3
"""How often each byte is moved: source twice, archive once more."""


def archive_out(
    sources: Sources, folder: str, passphrase: str, about: About, work: Work
) -> CopyReport:
    """Save the stores in one new file in `folder`, a path in full.

    It gets its name when all of it was read back and compared. Raises `SaveRefused`
    before anything is written; where the disk fails, nothing is left on it, and so too
    where an exception leaves this function.
    """
    if len(passphrase) < LEAST_LETTERS:
        raise SaveRefused(Refused.SHORT)
    top = place.folder_at(folder)
    found = [sources.look(each) for each in sources.stores]
    place.refuse_without_room(top, found)
    work.expect(_PASSES * sum(each.size for each in found))
    beside = os.path.join(top, _names.passing_name(place.NAME + ENDING))
    try:
        _names.remove_remains(top, place.NAME + ENDING)
        return _Archiving(sources, beside, passphrase, about, work).run()
    except OSError as error:
        return disk_failed(error, sources.stores)
    finally:
        with suppress(OSError):
            os.unlink(beside)


class _Again(Exception):
    """A source was not as it had been: what is written so far is of no use."""


class _Archiving:
    """One saving, into the file that gets its name at the end."""

    def __init__(
        self, sources: Sources, path: str, passphrase: str, about: About, work: Work
    ) -> None:
        self._sources = sources
        self._path = path
        self._passphrase = passphrase
        self._about = about
        self._work = work
        self._tries: Counter[str] = Counter()
        self._left_out: dict[str, str] = {}

    def run(self) -> CopyReport:
        """Write, read back, and give the name. Raises `OSError`, and whatever ends the
        work.
        """
        while True:
            with suppress(_Again):
                saved, failed = self._written()
                break
        if not saved:
            return CopyReport(failed=failed)
        if not self._reads_back(saved):
            wrong = (Failed(each.path, DIFFERS) for each in saved)
            return CopyReport(failed=(*failed, *wrong))
        name = place.give_name(self._path, self._about.now(), ENDING)
        return CopyReport(name, saved, failed)

    def _written(self) -> tuple[tuple[Saved, ...], tuple[Failed, ...]]:
        """One try to write the archive. Raises `_Again`."""
        from hygiene.host.copying._seven_zip import NewArchive  # noqa: PLC0415  slow

        with suppress(FileNotFoundError):
            os.unlink(self._path)
        with os.fdopen(os.open(self._path, NEW, OWNER_ONLY), "w+b") as file:
            archive = NewArchive(file, self._passphrase)
            failed: list[Failed] = []
            saved = [
                each
                for path in self._sources.stores
                for each in self._store(archive, path, failed)
            ]
            for name, data in lists(self._about, saved, failed).items():
                archive.add_text(name, data)
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        return tuple(saved), tuple(failed)

    def _store(
        self, archive: NewArchive, path: str, failed: list[Failed]
    ) -> list[Saved]:
        store = self._sources.look(path)
        wrong = {
            each.path: self._left_out[each.path]
            for each in store.files
            if each.path in self._left_out
        }
        wrong |= {each.path: each.key for each in store.failed}
        failed += [Failed(*each) for each in wrong.items()]
        if wrong and store.whole:
            # Half of a store is no copy of it.
            return []
        taken = [each for each in store.files if each.path not in wrong]
        saved = [self._add(archive, each) for each in taken]
        self._refuse_changed(path, saved)
        return saved

    def _add(self, archive: NewArchive, source: Source) -> Saved:
        """Add one file. Raises `_Again` where it cannot be read."""
        read = pieces(self._sources.home, source.path, self._work)
        try:
            written = archive.add(source.copy, source.size, read, source.modified)
        except CannotLook as error:
            self._left_out[source.path] = why_not(error.why)
            raise _Again from None
        return source.saved(written, self._about.now())

    def _refuse_changed(self, path: str, saved: Iterable[Saved]) -> None:
        """Raise `_Again` where the store is not any more what was just read."""
        store = self._sources.look(path)
        before = {each.path: each.digest for each in saved}
        changed = self._changed(store, before)
        if not changed:
            return
        self._tries[path] += 1
        if self._tries[path] >= _TRIES:
            self._left_out |= dict.fromkeys(changed, CHANGED)
        raise _Again

    def _changed(self, store: Store, before: dict[str, str]) -> set[str]:
        now = digests(self._sources.home, store, self._work)
        return {
            path
            for path in (now.keys() | before.keys()) - self._left_out.keys()
            if before.get(path) != now.get(path)
        }

    def _reads_back(self, saved: Iterable[Saved]) -> bool:
        """Whether the disk holds every file as it was read."""
        from hygiene.host.copying import _seven_zip  # noqa: PLC0415  see above

        try:
            with open(self._path, "rb") as file:
                _disk.past_the_cache(file.fileno())
                found = _seven_zip.digests_in(file, self._passphrase, self._work)
        except Exception:
            if self._work.ended:
                raise
            return False
        return all(found.get(each.copy) == each.digest for each in saved)
