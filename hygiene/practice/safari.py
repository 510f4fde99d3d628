"""A made-up Safari (History.db of Safari 15)."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

from hygiene.practice.records import Tables
from hygiene.practice.times import cocoa

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["SafariProfile"]


class SafariProfile:
    """Gathers what Safari remembers; `write` makes the files in `Library/Safari`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._history = Tables("safari-history")
        self._downloads: list[dict[str, str]] = []
        self._settings: dict[str, Any] = {}

    def visit(self, url: str, at: datetime, *, title: str | None = None) -> Self:
        """A page was visited at that moment."""
        return self.visit_at_raw(url, cocoa(at), title)

    def visit_at_raw(
        self, url: str, stored_time: float, title: str | None = None
    ) -> Self:
        """A visit with a time exactly as stored, sense or none."""
        item = self._history.find("history_items", url)
        if item is None:
            item = self._history.add(
                "history_items",
                url,
                url=url,
                visit_count=1,
                daily_visit_counts=b"",
                should_recompute_derived_visit_counts=0,
                visit_count_score=1,
            )
        self._history.add(
            "history_visits", history_item=item, visit_time=stored_time, title=title
        )
        return self

    def download(self, url: str, path: str = "/Users/u/Downloads/file.pdf") -> Self:
        """A file was downloaded and stands in the download list."""
        self._downloads.append({"DownloadEntryURL": url, "DownloadEntryPath": path})
        return self

    def setting(self, name: str, value: object) -> Self:
        """A default of `com.apple.Safari`, written beside as `Library/Preferences`."""
        self._settings[name] = value
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the files and return the folder."""
        self._history.write(self.folder / "History.db", wal=newest_in_wal)
        if self._downloads:
            (self.folder / "Downloads.plist").write_bytes(
                plistlib.dumps(
                    {"DownloadHistory": self._downloads}, fmt=plistlib.FMT_BINARY
                )
            )
        if self._settings:
            preferences = self.folder.parent / "Preferences"
            preferences.mkdir(exist_ok=True)
            (preferences / "com.apple.Safari.plist").write_bytes(
                plistlib.dumps(self._settings, fmt=plistlib.FMT_BINARY)
            )
        return self.folder
