"""How many rows a browser's download list has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Database, Home, Why
from hygiene_checks.browser._sql import count_rows, has_columns
from hygiene_checks.browser._stock import Stock

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SAFARI_LIST", "chromium_downloads", "firefox_downloads", "safari_downloads"]


def chromium_downloads(database: Database) -> Mapping[str, int]:
    """Rows of the table `downloads` in `History`, if this age of it has one."""
    if "downloads" not in database.tables():
        return {}
    return {"downloads": count_rows(database, "downloads")}


_DESTINATIONS = (
    "anno_attribute_id IN (SELECT id FROM moz_anno_attributes"
    " WHERE name = 'downloads/destinationFileURI')"
)


def firefox_downloads(database: Database) -> Mapping[str, int]:
    """Pages in `places.sqlite` with a note of where the file went (Firefox 26 on)."""
    if not (
        has_columns(database, "moz_annos", "anno_attribute_id")
        and has_columns(database, "moz_anno_attributes", "id", "name")
    ):
        return {}
    return {"downloads": count_rows(database, "moz_annos", _DESTINATIONS)}


SAFARI_LIST = "Downloads.plist"


def safari_downloads(home: Home, path: str) -> Stock:
    """Entries of `DownloadHistory` in Safari's `Downloads.plist`. Raises `CannotLook`."""
    stored = home.plist(path)
    entries = stored.get("DownloadHistory", ()) if isinstance(stored, dict) else None
    if not isinstance(entries, list | tuple):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return Stock({"downloads": len(entries)})
