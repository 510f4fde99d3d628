"""What became of copies: saved, not saved and why, or refused before a byte was written."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hygiene.contract.outcome import HygieneError, Why

__all__ = [
    "CHANGED",
    "DIFFERS",
    "GONE",
    "CopyReport",
    "Failed",
    "Refused",
    "SaveRefused",
    "Saved",
    "disk_failed",
    "why_not",
]


class Refused(StrEnum):
    """Why nothing was saved. `evidence.refused-...` are the sentences."""

    NO_DRIVE = "no-drive"
    """No removable drive is there any more: never a reason to save elsewhere."""
    CLOUD = "cloud"
    NETWORK = "network"
    NO_FOLDER = "no-folder"
    CLOSED = "closed"
    """The place may not be written to."""
    NO_ROOM = "no-room"
    SHORT = "short"
    """The passphrase has fewer than twelve characters."""


class SaveRefused(HygieneError):
    """Nothing was written."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


CHANGED = "evidence.failed-changed"
DIFFERS = "evidence.failed-differs"
GONE = "evidence.failed-gone"
_FULL = "evidence.failed-full"
_DISK = "evidence.failed-disk"


def why_not(why: Why) -> str:
    """The key of the sentence for a file that could not be read."""
    return f"why.{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One file that was saved. `path` is relative to the home, `copy` to the new folder
    or archive; `digest` is the SHA-256 (hex) of both, each read for itself.
    """

    path: str
    copy: str
    size: int
    modified: datetime | None
    copied: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Failed:
    """One file, or one store, of which no copy is there; `key` is the sentence."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class CopyReport:
    """`name` is what was made, "" where nothing was left."""

    name: str = ""
    saved: tuple[Saved, ...] = ()
    failed: tuple[Failed, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is saved."""
        return bool(self.saved) and not self.failed


def disk_failed(error: OSError, stores: Iterable[str]) -> CopyReport:
    """The place itself failed, and nothing is left there."""
    full = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
    key = _FULL if error.errno in full else _DISK
    return CopyReport(failed=tuple(Failed(each, key) for each in stores))
