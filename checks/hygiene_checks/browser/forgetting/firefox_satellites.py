"""Rows of `places.sqlite` that hang on pages and visits: what was typed for a page, its
downloads, how long it was looked at, searches that led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import SqlValue, Step
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    rows_where_in,
    there,
    update_rows,
)

if TYPE_CHECKING:
    from hygiene.contract import Database
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = [
    "METADATA",
    "OF_VISITS",
    "OWN_WAY",
    "PLAIN",
    "QUERIES",
    "TOLD_BY_A_PAGE",
    "VISITS",
    "Found",
    "Satellites",
]

VISITS, METADATA = "moz_historyvisits", "moz_places_metadata"
QUERIES = "moz_places_metadata_search_queries"
OWN_WAY = frozenset(
    ("moz_places", VISITS, METADATA, "moz_annos", "moz_keywords", "moz_inputhistory")
)
"""Tables with a `place_id` that are not simply emptied of the pages that go."""
OF_VISITS = frozenset(
    (
        *("moz_places_extra", "moz_newtab_shortcuts_interaction"),
        *("moz_places_metadata_snapshots", "moz_places_metadata_snapshots_extra"),
    )
)
"""Tables whose rows tell of visits, so that a bookmark does not need them."""
PLAIN = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
Found: TypeAlias = tuple[tuple[Step, ...], dict[str, int]]
"""Steps, and what they take, counted."""

_DOWNLOAD = "downloads/"
_FILE = "downloads/destinationFileURI"


TOLD_BY_A_PAGE = ("description", "preview_image_url", "site_name")
"""Columns that a page's own head fills when it is visited."""


@dataclass(slots=True)
class Satellites:
    """Finds the rows of one store that go with pages and visits."""

    database: Database
    store: str
    going: Going

    def suggestions(self) -> Found:
        """Words typed into the address bar, by the page that was then chosen."""
        keys, number = self.by_place("moz_inputhistory", self.going.emptied)
        steps = delete_rows(
            self.store, "moz_inputhistory", keys, key="place_id", rows=number
        )
        return tuple(steps), {"suggestions": number}

    def downloads(self) -> Found:
        """The download list: notes on pages, of where the file went and when."""
        if not (
            has_columns(
                self.database, "moz_annos", "id", "place_id", "anno_attribute_id"
            )
            and has_columns(self.database, "moz_anno_attributes", "id", "name")
        ):
            return (), {}
        query = "SELECT id, name FROM moz_anno_attributes"
        names = {key: str(name) for key, name in self.database.rows(query)}
        added = first_columns(self.database, "moz_annos", "dateAdded")
        query = (
            "SELECT id, place_id, anno_attribute_id,"  # noqa: S608
            f" {added[0] if added else 'NULL'} FROM moz_annos"
        )
        going = self.going
        keys, files = set(), 0
        rows, emptied = going.rows, going.emptied
        for key, page, kind, time in rows_where_in(
            self.database, query, "place_id", going.pages
        ):
            download = names.get(kind, "").startswith(_DOWNLOAD)
            if page in rows or (download and (page in emptied or going.was_then(time))):
                keys.add(key)
                files += names.get(kind) == _FILE
        count = {"downloads": files} if files else {"records": len(keys)}
        return delete_rows(self.store, "moz_annos", keys, key="id"), count

    def looked_at(self) -> tuple[Found, Found]:
        """How long each page was looked at; and words of searches that only rows of
        pages that go were found by.
        """
        metadata = self._metadata()
        words = there(self.database, QUERIES, metadata.values())
        query = f"SELECT id, search_query_id FROM {METADATA}"  # noqa: S608
        for key, words_id in rows_where_in(
            self.database, query, "search_query_id", words
        ):
            if key not in metadata:
                words.discard(words_id)
        steps = (
            *delete_rows(self.store, METADATA, metadata, key="id"),
            *self.unlinked(METADATA, "referrer_place_id", metadata),
        )
        searches = delete_rows(self.store, QUERIES, words, key="id")
        return (steps, {"records": len(metadata)}), (searches, {"searches": len(words)})

    def _metadata(self) -> dict[SqlValue, SqlValue]:
        """Ids of the rows that go, each with that of its search."""
        if not has_columns(self.database, METADATA, "id", "place_id", "created_at"):
            return {}
        found = first_columns(self.database, METADATA, "search_query_id")
        query = (
            f"SELECT id, place_id, created_at, {found[0] if found else 'NULL'}"  # noqa: S608
            f" FROM {METADATA}"
        )
        going = self.going
        return {
            key: words
            for key, page, created, words in rows_where_in(
                self.database, query, "place_id", going.pages
            )
            if page in going.emptied
            or (isinstance(created, int | float) and going.was_then(created * 1000))
        }

    def by_place(self, table: str, pages: Iterable[int]) -> tuple[set[SqlValue], int]:
        """The pages that the table has rows of, and how many rows."""
        if not has_columns(self.database, table, "place_id"):
            return set(), 0
        query = f"SELECT place_id FROM {table}"  # noqa: S608
        found = [
            key for (key,) in rows_where_in(self.database, query, "place_id", pages)
        ]
        return set(found), len(found)

    def unlinked(
        self, table: str, column: str, going: Iterable[SqlValue]
    ) -> tuple[Step, ...]:
        """Set a column of rows that stay to NULL where it points to a page that goes."""
        if not has_columns(self.database, table, "id", column):
            return ()
        emptied, gone = self.going.emptied, frozenset(going)
        query = f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
        rows: dict[SqlValue, tuple[SqlValue, ...]] = {
            key: (None,)
            for key, page in self.database.rows(query)
            if page in emptied and key not in gone
        }
        return update_rows(self.store, table, (column,), rows, key="id")
