"""Marks by which it shows whether a store is still the one that a plan was made for."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.host._source import Signature
from hygiene.host.writing._listing import everything_below

if TYPE_CHECKING:
    from hygiene.host.spots import Spot

__all__ = ["JOURNAL", "LOG", "Stamp", "stamp_of"]

JOURNAL, LOG = "-journal", "-wal"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stood at one place: the file or folder itself (None: nothing), the journal
    and the log beside it when there is anything in them, and a digest of all that lies
    below a folder.
    """

    itself: Signature | None = None
    journal: Signature | None = None
    log: Signature | None = None
    below: str = ""


def stamp_of(spot: Spot | None) -> Stamp:
    """The mark of what stands at `spot` now. Raises nothing."""
    if spot is None or not spot.real:
        return Stamp()
    try:
        status = os.lstat(spot.real)
    except OSError:
        return Stamp()
    if stat.S_ISDIR(status.st_mode):
        # A folder's own size and time say nothing that its entries do not.
        itself = Signature(status.st_dev, status.st_ino, 0, 0)
        return Stamp(itself, below=_digest(spot.real))
    return Stamp(
        Signature.of(status), _beside(spot.real + JOURNAL), _beside(spot.real + LOG)
    )


def _beside(real: str) -> Signature | None:
    try:
        status = os.lstat(real)
    except OSError:
        return None
    return Signature.of(status) if status.st_size else None


def _digest(folder: str) -> str:
    whole = hashlib.sha256()
    try:
        for entry in everything_below(folder):
            status = entry.status
            kept = (status.st_dev, status.st_ino)
            mark = kept if entry.is_folder else tuple(Signature.of(status))
            whole.update(f"{entry.path}\0{mark}\0".encode("utf-8", "surrogateescape"))
    except OSError:
        whole.update(b"unreadable")
    return whole.hexdigest()
