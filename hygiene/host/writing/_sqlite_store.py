"""Changes rows of one SQLite store in one transaction, and leaves none of their bytes in
it.

The store is locked for itself alone from before the first look until it is closed.
Old pages stand only in SQLite's own journal or log beside the store, which are emptied;
nothing goes to a temporary folder.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import apsw

from hygiene.contract import Refusal
from hygiene.host.held import holding
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._rows import change_rows
from hygiene.host.writing._space import ROOM, free_bytes
from hygiene.host.writing._stamps import JOURNAL, LOG, Stamp, stamp_of
from hygiene.host.writing._stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.host.spots import Spot
    from hygiene.host.writing._rows import RowStep
    from hygiene.host.writing._stopping import Stopping

__all__ = ["STRANGE", "SqliteStore"]

_INDEX = "-shm"
_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
_SETTINGS = """
PRAGMA locking_mode=EXCLUSIVE; -- first, so that no -shm file appears
PRAGMA secure_delete=ON;
PRAGMA temp_store=MEMORY;
PRAGMA mmap_size=0;
PRAGMA cache_size=-32000;
PRAGMA cell_size_check=ON;
PRAGMA foreign_keys=OFF;
PRAGMA trusted_schema=OFF;
PRAGMA synchronous=FULL;
"""
_SWITCHES = {
    # A log that a killed program left stays as it is, unless we change something.
    apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: 1,
    apsw.SQLITE_DBCONFIG_DEFENSIVE: 1,
    apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA: 0,
    apsw.SQLITE_DBCONFIG_ENABLE_VIEW: 0,
    apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER: 0,
    apsw.SQLITE_DBCONFIG_DQS_DML: 0,
}
_LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks at whether to stop: a millisecond."""
_LARGEST = 256 << 20
"""Bytes of a store that is written anew in memory."""
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

    def change(self, steps: Sequence[RowStep]) -> None:
        """Carry out the steps and clean up. Raises `apsw.Error`, `OSError`, `Refused`
        and `Stopped`; then no row was changed.
        """
        with ExitStack() as stack:
            stack.enter_context(holding(self._real, self._stopping.check))
            connection = stack.enter_context(self._opened())
            logs = self._lock(connection)
            try:
                with self._may_be_stopped(connection):
                    self._transaction(connection, steps)
            except BaseException:
                self._leave_as_it_was(connection, logs=logs)
                raise
            self._finish(connection, logs=logs)

    def _beside(self, end: str) -> bool:
        return os.path.lexists(self._real + end)

    @contextmanager
    def _opened(self) -> Iterator[apsw.Connection]:
        connection = apsw.Connection(self._real, flags=_FLAGS, vfs=self._vfs or None)
        try:
            for switch, value in _SWITCHES.items():
                connection.config(switch, value)
            list(connection.execute(_SETTINGS))
            if connection.pragma("secure_delete") != 1:
                raise Refused(Refusal.NOT_SUPPORTED)
            with _all_memory():
                yield connection
        finally:
            connection.close(force=True)

    @contextmanager
    def _may_be_stopped(self, connection: apsw.Connection) -> Iterator[None]:
        """What goes on here is taken back when the person leaves."""
        connection.set_progress_handler(self._stopping.overdue, _LOOK_EVERY)
        try:
            with self._stopping.interrupted_by(connection.interrupt):
                yield
        except apsw.InterruptError:
            raise Stopped from None
        finally:
            connection.set_progress_handler(None)

    def _lock(self, connection: apsw.Connection) -> bool:
        """Keep everybody else out; answer whether the store has a log."""
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        logs = bool(connection.pragma("journal_mode") == "wal")
        if not logs:
            connection.pragma("journal_mode", "truncate")
        return logs

    def _transaction(
        self, connection: apsw.Connection, steps: Sequence[RowStep]
    ) -> None:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            self._refuse_if_changed()
            _refuse_strange(connection)
            change_rows(connection, steps)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(apsw.Error):
                connection.execute("ROLLBACK")
            raise

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

    def _leave_as_it_was(self, connection: apsw.Connection, *, logs: bool) -> None:
        with suppress(apsw.Error):
            self._remove_what_was_not_there(connection, logs=logs)

    def _remove_what_was_not_there(
        self, connection: apsw.Connection, *, logs: bool
    ) -> None:
        """Side files of ours; SQLite does it, under its locks."""
        if logs:
            if LOG not in self._had:
                connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        elif JOURNAL not in self._had:
            connection.pragma("locking_mode", "normal")
            connection.pragma("journal_mode", "delete")

    def _finish(self, connection: apsw.Connection, *, logs: bool) -> None:
        """The rows are gone; now their last bytes, and what stands beside the store."""
        self._empty_log(connection, logs=logs)
        with suppress(apsw.Error, Stopped), self._may_be_stopped(connection):
            # Where the schema names what is not known here, or the person leaves, the
            # rows of this unit are gone even so.
            self._write_anew(connection)
        self._empty_log(connection, logs=logs)
        if logs:
            self._had.discard(LOG)
            with suppress(FileNotFoundError):
                os.unlink(self._real + _INDEX)
        self._remove_what_was_not_there(connection, logs=logs)

    def _write_anew(self, connection: apsw.Connection) -> None:
        """Leave no unused space. Wiping what is deleted is not enough: SQLite leaves
        bytes where it moved a row to another page, and who deleted before may not have
        wiped at all. The new pages stand in memory, the old ones in the journal.
        """
        size = os.stat(self._real, follow_symlinks=False).st_size
        if size <= _LARGEST and free_bytes(self._real) >= size + ROOM:
            connection.execute("VACUUM")

    def _empty_log(self, connection: apsw.Connection, *, logs: bool) -> None:
        if not logs:
            return
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        if os.stat(self._real + LOG, follow_symlinks=False).st_size:
            raise Refused(Refusal.FAILING)


def _refuse_strange(connection: apsw.Connection) -> None:
    if connection.execute(STRANGE).get:
        raise Refused(Refusal.UNKNOWN_FORMAT)


@contextmanager
def _all_memory() -> Iterator[None]:
    """Lift the limit that the reader sets for SQLite in this process."""
    limit = apsw.hard_heap_limit(0)
    try:
        yield
    finally:
        apsw.hard_heap_limit(limit)
