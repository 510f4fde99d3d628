"""What other rows of `places.sqlite` say of a site: columns of other pages, searches that
are its name, tables that are not Firefox's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import SqlValue, Step
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
    update_rows,
)
from hygiene_checks.browser.forgetting.firefox_satellites import (
    METADATA,
    PLAIN,
    QUERIES,
    VISITS,
    Found,
)

if TYPE_CHECKING:
    from hygiene.contract import Database
    from hygiene_checks.browser.forgetting._naming import Naming
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = ["Others"]

_KNOWN = frozenset(
    (
        *("moz_places", "moz_places_extra", "moz_origins", "moz_hosts"),
        *(VISITS, "moz_historyvisits_extra", "moz_inputhistory", METADATA, QUERIES),
        *("moz_annos", "moz_anno_attributes", "moz_items_annos", "moz_favicons"),
        *("moz_bookmarks", "moz_bookmarks_deleted", "moz_bookmarks_roots"),
        *("moz_keywords", "moz_meta", "moz_previews_tombstones"),
        *("moz_newtab_story_click", "moz_newtab_story_impression"),
        *("moz_newtab_shortcuts_interaction", "sqlite_sequence"),
    )
)
_TELLING = ("url", "uri", "host", "origin", "site", "domain", "page")
"""Parts of the names of columns that hold addresses."""


@dataclass(slots=True)
class Others:
    """Finds what is not the site's own and names it all the same."""

    database: Database
    store: str
    going: Going
    naming: Naming

    def columns(self) -> Found:
        """Columns of other pages: the address of a picture, a text."""
        steps: list[Step] = []
        told = self.going.told
        for column in sorted(told):
            rows = dict.fromkeys(told[column], (None,))
            steps += update_rows(self.store, "moz_places", (column,), rows, key="id")
        return tuple(steps), {"records": sum(map(len, told.values()))}

    def origins(self) -> Found:
        """Origins of the site that no page was left of before."""
        origins = frozenset(
            keys_naming(
                self.database,
                "moz_origins",
                ("host",),
                self.naming.host,
                hint=self.naming.hint,
                key="id",
            )
        )
        query = "SELECT DISTINCT origin_id FROM moz_places"
        if origins and has_columns(self.database, "moz_places", "origin_id"):
            used = rows_where_in(self.database, query, "origin_id", origins)
            origins -= {origin for (origin,) in used}
        steps = delete_rows(self.store, "moz_origins", origins, key="id")
        return steps, {"records": len(origins)}

    def searches(self) -> Found:
        """Searches whose words are the site's name."""
        words = frozenset(
            keys_naming(
                self.database,
                QUERIES,
                ("terms",),
                self.naming.typed,
                hint=self.naming.typed_hint,
                key="id",
            )
        )
        if not words:
            return (), {}
        query = f"SELECT id, search_query_id, place_id FROM {METADATA}"  # noqa: S608
        linked: dict[SqlValue, SqlValue] = {}
        with_site: set[SqlValue] = set()
        for key, each, page in rows_where_in(
            self.database, query, "search_query_id", words
        ):
            if page in self.going.pages:
                with_site.add(each)
            else:
                linked[key] = each
        steps: list[Step] = []
        steps += update_rows(
            self.store,
            METADATA,
            ("search_query_id",),
            dict.fromkeys(linked, (None,)),
            key="id",
        )
        # Those that only pages of the site were found by go with these pages.
        alone = words - (with_site - set(linked.values()))
        steps += delete_rows(self.store, QUERIES, alone, key="id")
        return tuple(steps), {"searches": len(alone)}

    def stories(self) -> Found:
        """What the new-tab page counted of stories of the site."""
        steps: list[Step] = []
        number = 0
        for table in ("moz_newtab_story_click", "moz_newtab_story_impression"):
            keys = tuple(
                keys_naming(
                    self.database,
                    table,
                    ("feature",),
                    self.naming.either,
                    hint=self.naming.hint,
                )
            )
            number += len(keys)
            steps += delete_rows(self.store, table, keys)
        return tuple(steps), {"records": number}

    def unknown_tables(self) -> int:
        """Rows of tables that are not Firefox's own (Zen's) that name the site."""
        number = 0
        for table in sorted(filter(PLAIN.fullmatch, self.database.tables() - _KNOWN)):
            columns = sorted(
                each
                for each in filter(PLAIN.fullmatch, self.database.columns(table))
                if any(part in each for part in _TELLING)
            )
            number += sum(
                1
                for _ in keys_naming(
                    self.database,
                    table,
                    columns,
                    self.naming.either,
                    hint=self.naming.hint,
                    key="1",
                )
            )
        return number
