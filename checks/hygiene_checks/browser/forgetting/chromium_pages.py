"""Which pages, visits and downloads of Chromium's `History` are to go with one site.
Schema 70 (Chromium 156) and older.
"""

# Every name that stands in a query is a constant of ours.
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Clearing, Kept
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._visit_stores import STORES
from hygiene_checks.browser.forgetting._bytes import mentioned_in_text
from hygiene_checks.browser.forgetting._naming import Names, Naming
from hygiene_checks.browser.forgetting._planning import Part
from hygiene_checks.browser.forgetting._rows import (
    as_id,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.chromium_going import Going
from hygiene_checks.browser.forgetting.chromium_history import history_steps

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue

__all__ = [
    "ADDRESSES",
    "ARCHIVE",
    "HISTORY",
    "STORE",
    "History",
    "Seen",
    "clearings_of",
    "history_of_site",
    "numbers",
]

HISTORY = "History"
ARCHIVE = "Archived History"
"""Where visits went after three months, until 2014: tables of the same form."""

STORE = STORES[Family.CHROMIUM]


@dataclass(frozen=True, slots=True)
class History:
    """What one `History` says: the clearings in it, and how other stores tell the same.
    `mentions` counts pages of other sites in whose address the name only stands.
    """

    names: Names
    clearings: tuple[Clearing, ...] = ()
    mentions: int = 0


@dataclass(slots=True)
class Seen:
    """Visits that go."""

    ids: set[int] = field(default_factory=set)
    times: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    def take(self, visit: SqlValue, time: SqlValue, page: SqlValue) -> None:
        """One visit. Raises `CannotLook` for ids of another kind."""
        self.ids.add(as_id(visit))
        self.pages.add(as_id(page))
        if isinstance(time, int):
            self.times.add(time)


def history_of_site(
    home: Home, place: Place, names: Naming, name: str = HISTORY
) -> History:
    """What names a site in the history of a place. Raises `CannotLook`."""
    store = f"{place.folder}/{name}"
    if home.entry(store) is None:
        return History(names)
    return home.query(store, partial(_of_site, place, store, names))


def _of_site(place: Place, store: str, names: Naming, database: Database) -> History:
    STORE.expect(database)
    own, mentioning = _pages_naming(database, names)
    pages = own | _searches_for(database, names)
    seen = Seen()
    select = "SELECT id, visit_time, url FROM visits"
    for row in rows_where_in(database, select, "url", pages):
        seen.take(*row)
    going = Going(
        pages=frozenset(pages),
        visits=frozenset(seen.ids),
        downloads=frozenset(_downloads_of(database, names)),
        times=frozenset(seen.times),
        partly=frozenset(seen.pages - pages),
        names=names.address,
        hint=names.hint,
    )
    clearings = clearings_of(place, store, database, going, seen)
    return History(names, tuple(clearings), len(mentioning - pages))


def _pages_naming(database: Database, names: Naming) -> tuple[set[int], set[int]]:
    """Pages of the site; and those of others whose address or title has its whole name
    in it, such as the results of a search for it that was not typed.
    """
    own: set[int] = set()
    mentioning: set[int] = set()
    query = (
        "SELECT id, url, title FROM urls"
        " WHERE instr(lower(url), ?) OR instr(lower(title), ?)"
    )
    for page, *texts in database.rows(query, (names.hint,) * 2):
        if names.address(texts[0]):
            own.add(as_id(page))
        elif any(mentioned_in_text(each, names) for each in texts):
            mentioning.add(as_id(page))
    return own, mentioning


def numbers(values: Iterable[SqlValue]) -> set[int]:
    """The values as ids. Raises `CannotLook` for those of another kind."""
    return set(map(as_id, values))


def _searches_for(database: Database, names: Names) -> set[int]:
    """Pages of results for the site's own name, typed as a search."""
    found = keys_naming(
        database,
        "keyword_search_terms",
        ("term", "lower_term", "normalized_term"),
        names.typed,
        hint=names.typed_hint,
        key="url_id",
    )
    return numbers(found)


ADDRESSES = (
    "referrer",
    "site_url",
    "tab_url",
    "tab_referrer_url",
    "url",
    "by_web_app_id",
)


def _downloads_of(database: Database, names: Names) -> set[int]:
    """Downloads from there, or that were begun on a page there."""
    find = partial(keys_naming, database, hint=names.hint, key="id")
    found = numbers(find("downloads", ADDRESSES, names.address))
    return found | numbers(find("downloads_url_chains", ("url",), names.address))


def clearings_of(
    place: Place, store: str, database: Database, going: Going, seen: Seen
) -> Iterator[Clearing]:
    """Downloads and searches first, then the pages they are found by."""
    steps = history_steps(store, database, going)
    first, last = _bounds(seen.times)
    yield from Part(place, Kept.DOWNLOADS, store).clearing(
        steps.downloads, {"downloads": len(going.downloads)}
    )
    yield from Part(place, Kept.SEARCHES, store).clearing(
        steps.searches, {"searches": steps.searched}, first=first, last=last
    )
    pages, visits = len(seen.pages), len(seen.ids)
    records = 0 if pages else len(going.pages) + steps.records
    yield from Part(place, Kept.PAGES, store).clearing(
        steps.pages,
        {"pages": pages, "visits": visits, "records": records},
        first=first,
        last=last,
    )


def _bounds(times: set[int]) -> tuple[datetime | None, datetime | None]:
    if not times:
        return None, None
    first, last = min(times), max(times)
    if moment(first, Clock.WEBKIT) is None:
        first = min((each for each in times if moment(each, Clock.WEBKIT)), default=0)
    return moment(first, Clock.WEBKIT), moment(last, Clock.WEBKIT)
