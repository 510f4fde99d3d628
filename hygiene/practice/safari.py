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
        self._downloads: list[dict[str, Any]] = []
        self._stores: dict[str, Tables] = {}
        self._plists: dict[str, Any] = {}
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
            "history_visits",
            history_item=item,
            visit_time=stored_time,
            title=title,
            redirect_source=None,
        )
        return self

    def download(
        self,
        url: str,
        path: str = "/Users/u/Downloads/file.pdf",
        *,
        at: datetime | None = None,
    ) -> Self:
        """A file was downloaded and stands in the download list."""
        entry: dict[str, Any] = {"DownloadEntryURL": url, "DownloadEntryPath": path}
        if at is not None:
            entry["DownloadEntryDateAddedKey"] = at.replace(tzinfo=None)
        self._downloads.append(entry)
        return self

    def redirect(self, source: int, destination: int) -> Self:
        """One visit led to another, both counted from 1."""
        self._history.update("history_visits", destination, redirect_source=source)
        return self

    def tombstone(self, url: str) -> Self:
        """An address was deleted, for other devices to know."""
        self._history.add("history_tombstones", start_time=1.0, end_time=2.0, url=url)
        return self

    def topic(self, title: str, *urls: str) -> Self:
        """A topic that the program gave to pages."""
        topic = self._history.add(
            "history_tags",
            type=1,
            level=1,
            identifier=title,
            title=title,
            modification_timestamp=1.0,
            item_count=len(urls),
        )
        for url in urls:
            item = self._history.find("history_items", url)
            self._history.add(
                "history_items_to_tags", history_item=item, tag_id=topic, timestamp=1.0
            )
        return self

    def icon(self, uuid: str, url: str, *pages: str) -> Self:
        """An icon, and the pages that show it."""
        store = self._store("Favicon Cache/favicons.db", "safari-favicons")
        store.add(
            "icon_info",
            uuid=uuid,
            url=url,
            timestamp=1,
            has_generated_representations=0,
        )
        for page in pages:
            store.add("page_url", url=page, uuid=uuid)
        return self

    def page_setting(self, domain: str) -> Self:
        """A setting of one site."""
        name = "safari-per-site-preferences"
        self._store("PerSitePreferences.db", name).add(
            "preference_values",
            domain=domain,
            preference="PerSitePreferencesZoom",
            preference_value=1.5,
        )
        return self

    def _store(self, name: str, schema: str) -> Tables:
        return self._stores.setdefault(name, Tables(schema))

    def plist(self, name: str, value: Any) -> Self:
        """Any other property list beside the history."""
        self._plists[name] = value
        return self

    def setting(self, name: str, value: object) -> Self:
        """A default of `com.apple.Safari`, written beside as `Library/Preferences`."""
        self._settings[name] = value
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the files and return the folder."""
        self._history.write(self.folder / "History.db", wal=newest_in_wal)
        for name, store in self._stores.items():
            store.write(self.folder / name)
        for name, value in self._plists.items():
            (self.folder / name).write_bytes(
                plistlib.dumps(value, fmt=plistlib.FMT_BINARY)
            )
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
