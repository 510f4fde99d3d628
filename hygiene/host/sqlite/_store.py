"""The files of a store: the main one and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple, Protocol

from hygiene.contract import CannotLook, Why
from hygiene.host._source import FdSource, Signature
from hygiene.host.locks import someone_may_write
from hygiene.host.sqlite import _journal, _wal

__all__ = ["JOURNAL", "LOG", "MAIN", "Store", "StoreFiles"]

MAIN, JOURNAL, LOG = "", "-journal", "-wal"

_QUIET_NS = 100_000_000
_WRITE_VERSION = 18
_ROLLS_BACK = b"\1"


class StoreFiles(Protocol):
    """The main file of a store (suffix "") and what stands beside it (suffix "-wal" or
    "-journal"). Raises `CannotLook` for what is there and may not be opened.

    Files are opened for reading only, links not followed, access times kept where the
    system allows, and on Windows with sharing of read, write and delete: a browser
    that cannot delete its journal cannot commit.
    """

    def open(self, suffix: str) -> FdSource | None:
        """Open the file afresh by its name, or None if it is not there."""

    def signature(self, suffix: str) -> Signature | None:
        """What stands under the name now, or None. Opens nothing."""


class _Mark(NamedTuple):
    """One transaction of a journal or one run of a log, in one file."""

    file: tuple[int, int]
    key: bytes


class _Beside(NamedTuple):
    """What stands beside the main file and is in use. `journal_file` says whether there
    is a journal at all, in use or not.
    """

    transaction: _Mark | None
    log: _Mark | None
    journal_file: bool


class Store:
    """The files of a store, open until `stack` closes."""

    def __init__(self, files: StoreFiles, stack: ExitStack) -> None:
        self._files = files
        self.beside = _look_beside(files)
        main = _opened(files, MAIN, stack)
        if main is None:
            # It was there when the caller looked: someone is at work on it.
            raise CannotLook(Why.LOCKED)
        self.main = main
        self.journal = (
            _opened(files, JOURNAL, stack) if self.beside.transaction else None
        )
        self.log = _opened(files, LOG, stack) if self.beside.log else None
        self.signature = main.signature()

    @property
    def size(self) -> int:
        """Bytes of all files together, as they are now."""
        there = (self.main, self.journal, self.log)
        return sum(each.signature().size for each in there if each is not None)

    @property
    def stands_alone(self) -> bool:
        """Whether the main file has no journal and no log to it."""
        return self.beside.transaction is None and self.beside.log is None

    def is_same(self) -> bool:
        """Whether the same files stand there, in the same transaction and run."""
        now = self._files.signature(MAIN)
        return (
            now is not None
            and now.identity == self.signature.identity
            and _look_beside(self._files) == self.beside
        )

    def is_quiet(self) -> bool:
        """Whether a main file that stands alone is no half-written state of a program
        that keeps its journal in memory, or none.

        Such a program holds the lock that writing needs. Others hold it for ever, so
        the lock alone only asks for a moment without a write.
        """
        if self.beside.journal_file or self.main.read_at(_WRITE_VERSION, 1) != (
            _ROLLS_BACK
        ):
            return True
        if not someone_may_write(self.main.fd):
            return True
        return self.main.signature().rested(_QUIET_NS)


def _look_beside(files: StoreFiles) -> _Beside:
    with ExitStack() as stack:
        journal = _opened(files, JOURNAL, stack)
        log = _opened(files, LOG, stack)
        return _Beside(
            _mark(journal, _journal.HEADER_SIZE, _journal.transaction),
            _mark(log, _wal.HEADER_SIZE, _wal.generation),
            journal is not None,
        )


def _mark(
    source: FdSource | None, size: int, key_of: Callable[[bytes], bytes | None]
) -> _Mark | None:
    if source is None:
        return None
    key = key_of(source.read_at(0, size))
    return None if key is None else _Mark(source.signature().identity, key)


def _opened(files: StoreFiles, suffix: str, stack: ExitStack) -> FdSource | None:
    source = files.open(suffix)
    return None if source is None else stack.enter_context(source)
