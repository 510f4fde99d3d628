"""What goes out of `places.sqlite` with pages and visits: all that hangs on them.

Firefox clears most of it by triggers that it makes for itself while it runs: none is in
the file (Firefox 153), so every table is named here. `url_hash` is never written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Planned, SqlValue, Stays, Step
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser._visits import at
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    rows_where_in,
    update_rows,
)
from hygiene_checks.browser.forgetting.firefox_mentions import Others
from hygiene_checks.browser.forgetting.firefox_origins import old_hosts, origins
from hygiene_checks.browser.forgetting.firefox_satellites import (
    OF_VISITS,
    OWN_WAY,
    PLAIN,
    TOLD_BY_A_PAGE,
    VISITS,
    Satellites,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Place
    from hygiene_checks.browser.forgetting._naming import Naming
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = ["clear_places", "clear_places_of_site"]


def clear_places(
    database: Database, place: Place, store: str, going: Going
) -> Iterator[Planned]:
    """Every row that hangs on what goes, last the visits and the pages themselves."""
    hanging = Satellites(database, store, going)
    rows = _Rows(database, store, going, hanging)
    yield from Part(place, Kept.SUGGESTIONS, store).clearing(
        *hanging.suggestions(), detail="typed"
    )
    yield from Part(place, Kept.DOWNLOADS, store).clearing(*hanging.downloads())
    looked_at, searches = hanging.looked_at()
    yield from Part(place, Kept.PAGES, store).clearing(*looked_at, detail="looked-at")
    yield from Part(place, Kept.SEARCHES, store).clearing(*searches)
    # In order, so that a time without sense at either end is passed over.
    times = sorted(going.visits.values())
    yield from Part(place, Kept.PAGES, store).clearing(
        rows.pages(),
        rows.counts(),
        first=next(filter(None, map(at, times)), None),
        last=next(filter(None, map(at, reversed(times))), None),
    )
    if bound := sum(page.bound for page in going.pages.values()):
        yield Stays(kept=Kept.BOOKMARKS, place=place, store=store, count=bound)


def clear_places_of_site(
    database: Database, place: Place, store: str, going: Going, naming: Naming
) -> Iterator[Planned]:
    """The same for a site, and before it what other pages keep of the site's name."""
    others = Others(database, store, going, naming)
    yield from Part(place, Kept.OTHER, store).clearing(
        *others.columns(), detail="columns"
    )
    yield from Part(place, Kept.OTHER, store).clearing(
        *others.origins(), detail="origins"
    )
    yield from Part(place, Kept.SEARCHES, store).clearing(
        *others.searches(), detail="typed"
    )
    yield from Part(place, Kept.TOP_SITES, store).clearing(*others.stories())
    yield from clear_places(database, place, store, going)
    if going.mentions:
        yield Stays(kept=Kept.PAGES, place=place, store=store, count=going.mentions)
    if unknown := others.unknown_tables():
        yield Stays(kept=Kept.OTHER, place=place, store=store, count=unknown)


@dataclass(slots=True)
class _Rows:
    """Finds the rows of pages and visits themselves."""

    database: Database
    store: str
    going: Going
    hanging: Satellites

    def counts(self) -> dict[str, int]:
        """Pages that are seen to go: with visits, and none of them left."""
        pages = [page for page in self.going.pages.values() if not page.remains]
        visited = sum(page.visited for page in pages)
        return {
            "pages": visited,
            "visits": len(self.going.visits),
            "records": sum(page.goes and not page.visited for page in pages),
        }

    def pages(self) -> list[Step]:
        """Visits, pages, and what has no words of its own."""
        store, database, going = self.store, self.database, self.going
        steps: list[Step] = []
        if has_columns(database, "moz_historyvisits_extra", "visit_id"):
            query = "SELECT visit_id FROM moz_historyvisits_extra"
            found = rows_where_in(database, query, "visit_id", going.visits)
            steps += delete_rows(
                store,
                "moz_historyvisits_extra",
                (key for (key,) in found),
                key="visit_id",
            )
        steps += self._from_visits()
        steps += self.hanging.unlinked(VISITS, "triggeringPlaceId", going.visits)
        steps += delete_rows(store, VISITS, going.visits, key="id")
        for table in sorted(filter(PLAIN.fullmatch, database.tables() - OWN_WAY)):
            pages = going.emptied if table in OF_VISITS else going.rows
            keys, number = self.hanging.by_place(table, pages)
            steps += delete_rows(store, table, keys, key="place_id", rows=number)
        steps += self._keywords()
        steps += self._previews()
        steps += self._old_icons()
        steps += delete_rows(store, "moz_places", going.rows, key="id")
        steps += self._reset()
        steps += origins(database, store, going)
        steps += old_hosts(database, store, going)
        return steps

    def _from_visits(self) -> tuple[Step, ...]:
        """Visits that stay and came from one that goes."""
        query = "SELECT id FROM moz_historyvisits"
        rows: dict[SqlValue, tuple[SqlValue, ...]] = {
            key: (0,)
            for (key,) in rows_where_in(
                self.database, query, "from_visit", self.going.visits
            )
            if key not in self.going.visits
        }
        return update_rows(self.store, VISITS, ("from_visit",), rows, key="id")

    def _keywords(self) -> tuple[Step, ...]:
        if not has_columns(self.database, "moz_keywords", "id", "place_id"):
            return ()
        query = "SELECT id FROM moz_keywords"
        found = rows_where_in(self.database, query, "place_id", self.going.rows)
        return delete_rows(
            self.store, "moz_keywords", (key for (key,) in found), key="id"
        )

    def _previews(self) -> tuple[Step, ...]:
        """Marks that the picture of a page was deleted: MD5 of its address."""
        table = "moz_previews_tombstones"
        if not has_columns(self.database, table, "hash"):
            return ()
        hashes = {
            hashlib.md5(
                page.url.encode("utf-8", "surrogateescape"), usedforsecurity=False
            ).hexdigest()
            for page in self.going.pages.values()
            if not page.remains
        }
        query = f"SELECT hash FROM {table}"  # noqa: S608
        found = rows_where_in(self.database, query, "hash", hashes)
        return delete_rows(self.store, table, (key for (key,) in found), key="hash")

    def _old_icons(self) -> tuple[Step, ...]:
        """Icons of pages that go and of no other, before Firefox 55."""
        if not (
            has_columns(self.database, "moz_places", "favicon_id")
            and has_columns(self.database, "moz_favicons", "id")
        ):
            return ()
        rows = self.going.rows
        query = "SELECT id, favicon_id FROM moz_places WHERE favicon_id IS NOT NULL"
        used = tuple(self.database.rows(query))
        icons = {icon for page, icon in used if page in rows}
        icons -= {icon for page, icon in used if page not in rows}
        query = "SELECT id FROM moz_favicons"
        found = rows_where_in(self.database, query, "id", icons)
        return delete_rows(
            self.store, "moz_favicons", (key for (key,) in found), key="id"
        )

    def _reset(self) -> tuple[Step, ...]:
        """What pages that stay say of their visits."""
        columns = first_columns(
            self.database,
            "moz_places",
            *("visit_count", "last_visit_date", "typed", "frecency"),
            *("recalc_frecency", "recalc_alt_frecency"),
            *TOLD_BY_A_PAGE,
        )
        staying = [key for key, page in self.going.pages.items() if not page.goes]
        query = f"SELECT id, {', '.join(columns)} FROM moz_places"  # noqa: S608
        rows: dict[SqlValue, tuple[SqlValue, ...]] = {}
        for key, *values in rows_where_in(self.database, query, "id", staying):
            page = self.going.pages[key] if isinstance(key, int) else None
            if page is None:
                continue
            old = dict(zip(columns, values, strict=True))
            new = {**old, **_told(old, page.left, page.last, remains=page.remains)}
            if new != old or page.visited:
                again = {
                    "frecency": -1,
                    "recalc_frecency": 1,
                    "recalc_alt_frecency": 1,
                }
                new |= {name: again[name] for name in columns if name in again}
                rows[key] = tuple(new[name] for name in columns)
        return update_rows(self.store, "moz_places", columns, rows, key="id")


def _told(
    old: dict[str, SqlValue], left: int, last: int | None, *, remains: bool
) -> dict[str, SqlValue]:
    """What the columns of a page say once some of its visits are gone."""
    told: dict[str, SqlValue] = {"visit_count": left, "last_visit_date": last}
    if not remains:
        told |= {"typed": 0} | dict.fromkeys(TOLD_BY_A_PAGE)
    return {name: value for name, value in told.items() if name in old}
