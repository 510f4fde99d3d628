"""A made-up Falkon profile (version 22.12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hygiene.practice.records import Tables
from hygiene.practice.times import unix_microseconds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["FalkonProfile"]


class FalkonProfile:
    """Gathers what Falkon remembers; `write` makes its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = Tables("falkon-browsedata")
        self._bookmarks: list[str] = []

    def visit(self, url: str, at: datetime, *, title: str = "") -> Self:
        """A page was visited; one row an address, with the last visit's time."""
        page = self._data.find("history", url)
        if page is None:
            page = self._data.add("history", url, url=url, title=title, date=0, count=0)
        self._data.update(
            "history",
            page,
            date=unix_microseconds(at) // 1000,
            count=self._data.get("history", page, "count") + 1,
        )
        return self

    def login(self, site: str, account: str, secret: str) -> Self:
        """A sign-in is saved, in plain."""
        self._data.add("autofill", server=site, username=account, password=secret)
        return self

    def never_save(self, site: str) -> Self:
        """The person chose "never" for this site."""
        self._data.add("autofill_exceptions", server=site)
        return self

    def icon(self, page: str) -> Self:
        """The icon of a page."""
        self._data.add("icons", url=page, icon="PNG")
        return self

    def bookmark(self, url: str) -> Self:
        """A page was bookmarked."""
        self._bookmarks.append(url)
        return self

    def write(self) -> Path:
        """Make the files and return the folder."""
        self._data.write(self.folder / "browsedata.db")
        if self._bookmarks:
            children = [{"type": "url", "url": url} for url in self._bookmarks]
            roots = {"bookmark_bar": {"type": "folder", "children": children}}
            (self.folder / "bookmarks.json").write_text(json.dumps({"roots": roots}))
        return self.folder
