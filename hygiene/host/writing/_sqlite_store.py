"""Changes rows of one SQLite store in one transaction, and leaves none of their bytes in
it.

The store is locked for itself alone from before the first look until it is closed. It is
changed and written anew in memory, and then overwritten, whole, in one transaction: there
is no moment at which the rows are gone and their bytes are not. Old pages stand only in
SQLite's own journal beside the store, which is emptied; nothing goes to a temporary
folder.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

import apsw

from hygiene.contract import Refusal
from hygiene.host.held import holding
from hygiene.host.sqlite import harden
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._image import (
    GIVES_BACK_ALWAYS,
    copy_pages,
    image_after,
    interruptible,
)
from hygiene.host.writing._rows import change_rows
from hygiene.host.writing._stamps import JOURNAL, LOG, Stamp, stamp_of
from hygiene.host.writing._stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from hygiene.host.spots import Spot
    from hygiene.host.writing._rows import RowStep
    from hygiene.host.writing._stopping import Stopping

__all__ = ["INDEX", "STRANGE", "SqliteStore"]

INDEX = "-shm"
_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
_SETTINGS = """
PRAGMA secure_delete=ON;
PRAGMA cache_size=-32000;
PRAGMA foreign_keys=OFF;
PRAGMA synchronous=FULL;
"""
_LARGEST = 256 << 20
"""Bytes of a store that is written anew in memory, where it stands twice."""
STRANGE = "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
"""No browser keeps these in its files; they would change more than a plan shows."""


class SqliteStore:
    """The store at `spot`, that is still as `stamp` says, changed by one unit. `vfs` is
    SQLite's file layer, "" for its own.
    """

    def __init__(self, spot: Spot, stamp: Stamp, stopping: Stopping, vfs: str) -> None:
        self._spot = spot
        self._real = spot.real
        self._stamp = stamp
        self._stopping = stopping
        self._vfs = vfs
        self._had = {end for end in (JOURNAL, LOG) if self._beside(end)}

    def change(self, steps: Sequence[RowStep]) -> bool:
        """Carry out the steps and clean up; answer whether the store was written anew.
        If not, bits of what was deleted, now or before, may stay in it. Raises
        `apsw.Error`, `OSError`, `Refused` and `Stopped`; then no row was changed.
        """
        with ExitStack() as stack:
            stack.enter_context(holding(self._real, self._stopping.check))
            stack.enter_context(_all_memory())
            connection = stack.enter_context(self._opened())
            logs = self._lock(connection)
            try:
                self._refuse_if_changed()
                _refuse_strange(connection)
                with self._image_after(steps, connection) as image:
                    self._use_a_journal(connection)
                    if image is None:
                        return self._change_in_place(connection, steps)
                    self._overwrite(connection, image)
                    return True
            finally:
                # Once the rows are gone, nothing that fails here makes that untrue.
                with suppress(apsw.Error, OSError):
                    self._tidy(connection, logs=logs)

    def _beside(self, end: str) -> bool:
        return os.path.lexists(self._real + end)

    @contextmanager
    def _opened(self) -> Iterator[apsw.Connection]:
        connection = apsw.Connection(self._real, flags=_FLAGS, vfs=self._vfs or None)
        try:
            harden(connection)
            list(connection.execute(_SETTINGS))
            if connection.pragma("secure_delete") != 1:
                raise Refused(Refusal.NOT_SUPPORTED)
            yield connection
        finally:
            connection.close(force=True)

    def _lock(self, connection: apsw.Connection) -> bool:
        """Keep everybody else out; answer whether the store has a log."""
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        return bool(connection.pragma("journal_mode") == "wal")

    def _refuse_if_changed(self) -> None:
        now, then = stamp_of(self._spot), self._stamp
        if then.journal and now.journal != then.journal and now.itself and then.itself:
            # SQLite just took a killed program's transaction back. That changes the
            # file, and the journal is of no more use.
            self._had.discard(JOURNAL)
            same = now.itself.identity == then.itself.identity
        else:
            same = now == then
        if not same:
            raise Refused(Refusal.CHANGED)

    def _image_after(
        self, steps: Sequence[RowStep], connection: apsw.Connection
    ) -> AbstractContextManager[apsw.Connection | None]:
        of_a_page = connection.pragma("page_size")
        # Some programs let the file end behind the last page.
        size = os.stat(self._real, follow_symlinks=False).st_size
        pages = max(connection.pragma("page_count"), -(-size // of_a_page))
        if pages * of_a_page > _LARGEST or not _has_memory(2 * pages * of_a_page):
            return nullcontext()
        return image_after(steps, connection, pages, self._stopping)

    def _use_a_journal(self, connection: apsw.Connection) -> None:
        """Let a transaction overwrite the store itself, and cut the old pages off the
        journal at its end. Behind a log they would stay in the store until the log is
        copied. What a killed program left in a log is copied now. Should we be killed
        before the log is back: a program asks for its log whenever it opens a store.
        """
        if connection.pragma("journal_mode") == "wal":
            self._unlink(INDEX)
        if connection.pragma("journal_mode", "truncate") != "truncate":
            raise Refused(Refusal.OPEN)

    def _overwrite(self, connection: apsw.Connection, image: apsw.Connection) -> None:
        gives_back = connection.pragma("auto_vacuum")
        copy_pages(image, connection, self._stopping)
        if gives_back == GIVES_BACK_ALWAYS:
            # The image could not, with free pages in it. They go now.
            connection.pragma("auto_vacuum", gives_back)

    def _change_in_place(
        self, connection: apsw.Connection, steps: Sequence[RowStep]
    ) -> bool:
        """Change rows of a store that cannot stand in memory twice: what is deleted is
        wiped. What SQLite leaves where it moves rows, and what programs deleted before,
        goes in a transaction of its own, if the store fits in memory once; answer whether
        it went.
        """
        with interruptible(connection, self._stopping), connection:
            change_rows(connection, steps)
        pages = connection.pragma("page_count")
        if not _has_memory(pages * connection.pragma("page_size")):
            return False
        try:
            with interruptible(connection, self._stopping):
                connection.execute("VACUUM")
        except (apsw.Error, MemoryError, Stopped):
            # The rows are gone whatever becomes of this.
            return False
        return True

    def _tidy(self, connection: apsw.Connection, *, logs: bool) -> None:
        """Leave the store's own way of working and the side files it had. SQLite removes
        the others, under its locks.
        """
        if not logs:
            if JOURNAL not in self._had:
                connection.pragma("locking_mode", "normal")
                connection.pragma("journal_mode", "delete")
            return
        if connection.pragma("journal_mode") != "wal":
            self._give_log_back(connection)
        if LOG not in self._had:
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)

    def _give_log_back(self, connection: apsw.Connection) -> None:
        connection.pragma("journal_mode", "wal")
        # With the first look at the log SQLite closes the journal.
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
        self._had.discard(LOG)
        if JOURNAL not in self._had:
            self._unlink(JOURNAL)

    def _unlink(self, end: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._real + end)


def _refuse_strange(connection: apsw.Connection) -> None:
    if connection.execute(STRANGE).get:
        raise Refused(Refusal.UNKNOWN_FORMAT)


def _has_memory(size: int) -> bool:
    """Whether so many bytes do not drive out of memory what others have there: a disk
    on which memory is kept for a while must not get to see a store.
    """
    import psutil  # noqa: PLC0415 - a slow import that a look never needs

    try:
        available: int = psutil.virtual_memory().available
    except (OSError, RuntimeError, psutil.Error):
        return size <= _LARGEST
    return size < available


@contextmanager
def _all_memory() -> Iterator[None]:
    """Lift the limit that the reader sets for SQLite in this process."""
    limit = apsw.hard_heap_limit(0)
    try:
        yield
    finally:
        apsw.hard_heap_limit(limit)
