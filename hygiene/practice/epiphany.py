"""A made-up GNOME Web (version 43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.practice.records import Tables
from hygiene.practice.times import unix_microseconds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["EpiphanyProfile"]


class EpiphanyProfile:
    """Gathers what GNOME Web remembers; `write` makes `ephy-history.db`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._history = Tables("epiphany-history")

    def visit(self, url: str, at: datetime, *, title: str = "") -> Self:
        """A page was visited at that moment."""
        page = self._history.find("urls", url)
        if page is None:
            host = self._history.add("hosts", url="/".join(url.split("/")[:3]))
            page = self._history.add("urls", url, host=host, url=url, title=title)
        self._history.add(
            "visits", url=page, visit_time=unix_microseconds(at), visit_type=0
        )
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the store and return the folder."""
        self._history.write(self.folder / "ephy-history.db", wal=newest_in_wal)
        return self.folder
