"""Finds bytes that were all true at one moment, while others may be writing.

SQLite's writers keep an order, and that order is all the proof there is:

- A page of the main file is overwritten only after its original stands in the journal.
  So the main file, read first, and the journal of the same transaction, read after it,
  give the state before that transaction. With no journal the main file is whole; and
  what was read of it stood there at one moment if it reads the same a second time and
  there was still no journal between the two.
- Beside a log the main file is changed only by copying finished frames out of the log,
  and the log begins anew, with new salts, only when all of them are copied. So the main
  file, read first, and the log, read after it, give the state of the log's last commit
  if the log is still the same run.

The change counter in the header is no proof: a program that keeps its lock, as Chromium
does, counts once and never again. The time of the last change is one where it is kept
at each write, and finely enough.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol

from hygiene.host._source import FdSource, Signature
from hygiene.host.sqlite import _wal
from hygiene.host.sqlite._journal import Originals, RolledBack, originals
from hygiene.host.sqlite._parts import Held, Part, Watched, Whole
from hygiene.host.sqlite._store import Store, StoreFiles

__all__ = ["AT_ONCE", "Image", "Snapshot", "snapshot"]

AT_ONCE = 32 << 20
"""Bytes of a store, side files included, that are read into memory in one go."""

_STEP = AT_ONCE
_COMPARED = 1 << 20
_GRAIN_NS = 20_000_000
"""Systems stamp times of change with a clock that moves every 1 to 16 ms."""


@dataclass(frozen=True, slots=True)
class Image:
    """What SQLite is given to read."""

    main: Part
    log: Part | None


class Snapshot(Protocol):
    """One state of a store, readable while its files are open."""

    image: Image

    def holds(self) -> bool:
        """Whether all that was read so far was true at one moment."""


def snapshot(
    files: StoreFiles, stack: ExitStack, tick: Callable[[], None]
) -> Snapshot | None:
    """One state of the store, open until `stack` closes; None if the store changed
    while we looked. Raises `CannotLook`, `OSError`.
    """
    store = Store(files, stack)
    if store.size > AT_ONCE:
        return _Live(store, tick)
    return _frozen(store, tick)


class _Frozen:
    """A small store, in memory."""

    def __init__(self, image: Image) -> None:
        self.image = image

    def holds(self) -> bool:
        """It was proved before."""
        return True


def _frozen(store: Store, tick: Callable[[], None]) -> _Frozen | None:
    main = _held(store.main, store.signature.size, tick)
    journal = (
        _held(store.journal, _size(store.journal), tick) if store.journal else None
    )
    log = _held(store.log, _size(store.log), tick) if store.log else None
    if not store.is_same():
        return None
    if store.stands_alone and not (
        store.is_quiet() and _reads_again(store.main, main, tick)
    ):
        return None
    known = originals(journal, main, tick) if journal else None
    return _Frozen(_image(main, journal, known, log))


class _Live:
    """A large store, left in its files and proved when all is read."""

    def __init__(self, store: Store, tick: Callable[[], None]) -> None:
        self._store = store
        self._tick = tick
        self._quiet = store.is_quiet()
        self._main = Whole(store.main, store.signature.size)
        self._watched = None if _is_settled(store.signature) else Watched(self._main)
        self._known = self._originals()
        self._frames = self._digest()
        self.image = _image(
            self._watched or self._main,
            _whole(store.journal),
            self._known,
            _whole(store.log),
        )

    def holds(self) -> bool:
        """Look again at what would have changed. Whether the files are the same ones is
        asked behind what is read of the side files, and before the main file.
        """
        store = self._store
        if store.journal:
            return self._originals() == self._known and store.is_same()
        if store.log:
            # New commits do no harm while none is copied into the main file.
            kept = self._digest() == self._frames or (
                self._watched is None and self._is_unchanged()
            )
            return kept and store.is_same()
        return self._quiet and store.is_same() and self._is_unchanged()

    def _originals(self) -> Originals | None:
        journal = _whole(self._store.journal)
        return originals(journal, self._main, self._tick) if journal else None

    def _digest(self) -> bytes:
        log = _whole(self._store.log)
        return _wal.frames(log) if log else b""

    def _is_unchanged(self) -> bool:
        return self._store.main.signature() == self._store.signature and (
            self._watched is None or self._watched.unchanged()
        )


def _image(
    main: Part, journal: Part | None, known: Originals | None, log: Part | None
) -> Image:
    # SQLite takes a journal beside a file of no bytes for one that was left behind.
    if journal is not None and known is not None and main.size:
        main = RolledBack(main, journal, known)
    return Image(main, log)


def _size(source: FdSource) -> int:
    return source.signature().size


def _whole(source: FdSource | None) -> Whole | None:
    return Whole(source, _size(source)) if source else None


def _held(source: FdSource, size: int, tick: Callable[[], None]) -> Held:
    parts = []
    for at in range(0, size, _STEP):
        parts.append(source.read_at(at, min(_STEP, size - at)))
        tick()
    return Held(b"".join(parts))


def _reads_again(source: FdSource, held: Held, tick: Callable[[], None]) -> bool:
    for at in range(0, held.size, _COMPARED):
        tick()
        if source.read_at(at, _COMPARED) != held.read_at(at, _COMPARED):
            return False
    return _size(source) == held.size


def _is_settled(signature: Signature) -> bool:
    """Whether a write after this moment would show in the time of change. On Windows
    that may wait until the writer closes the file.
    """
    return sys.platform != "win32" and signature.rested(_GRAIN_NS)
