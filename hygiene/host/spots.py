"""What stands at one path of a home."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hygiene.contract.home import Entry, Kind

if TYPE_CHECKING:
    import os

    from hygiene.contract.outcome import Why

__all__ = ["Spot"]


@dataclass(frozen=True, slots=True)
class Spot:
    """`path` is relative to the home, `real` its absolute place on disk with no link
    in it. `real` is "" and `status` None where that is outside or not known.
    """

    path: str
    real: str = ""
    status: os.stat_result | None = None
    why: Why | None = None

    @property
    def kind(self) -> Kind:
        """File, folder, or something else."""
        if self.status is None:
            return Kind.OTHER
        if stat.S_ISDIR(self.status.st_mode):
            return Kind.FOLDER
        return Kind.FILE if stat.S_ISREG(self.status.st_mode) else Kind.OTHER

    def entry(self) -> Entry:
        """The same as a check sees it."""
        if self.status is None:
            return Entry(self.path, Kind.OTHER, why=self.why)
        kind = self.kind
        size = self.status.st_size if kind is Kind.FILE else -1
        identity = f"{self.status.st_dev}:{self.status.st_ino}"
        moment = _moment(self.status.st_mtime)
        return Entry(self.path, kind, size, moment, self.why, identity)


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
