"""Where each family of browsers keeps visits, and in what form.

Seen in Chromium 156 (`History`, schema 70), Firefox 153 (`places.sqlite`, 86), GNOME
Web 43, Falkon 22.12 and, for Safari 15, in published schemas. Older stores have the
same columns; whatever lacks one of them is of an unknown format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hygiene.contract import CannotLook, Database, Why
from hygiene_checks.browser._downloads import chromium_downloads, firefox_downloads
from hygiene_checks.browser._places import Family

__all__ = ["STORES", "VisitStore"]

_SECOND = 1_000_000
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_END = (datetime(2100, 1, 1, tzinfo=UTC) - _UNIX) // timedelta(microseconds=1)


def _from(year: int) -> int:
    """The start of a year, in microseconds since 1970."""
    return (datetime(year, 1, 1, tzinfo=UTC) - _UNIX) // timedelta(microseconds=1)


def _no_downloads(_database: Database) -> Mapping[str, int]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStore:
    """The names that one kind of store has for pages and visits.

    A visit's `time` counts units of `unit` microseconds after `epoch` (microseconds
    since 1970); `formula` is how SQL reads it, where that is more than the column.
    `newest` is the newest `last_compatible_version` that is understood. `downloads`
    counts a download list in the same store.
    """

    file: str
    pages: str
    page_id: str = "id"
    visits: str
    visited: str
    time: str
    formula: str = "{}"
    unit: int = 1
    epoch: int = 0
    newest: int | None = None
    downloads: Callable[[Database], Mapping[str, int]] = _no_downloads

    @property
    def when(self) -> str:
        """The time of a visit `v` in SQL."""
        return self.formula.replace("{}", f"v.{self.time}")

    @property
    def valid(self) -> str:
        """In SQL, that the time of a visit `v` is a number within two `bounds`."""
        return f"({self.when} > ? AND {self.when} < ?)"

    @property
    def bounds(self) -> tuple[float, float]:
        """Stored times that lie in 1970-2100, both ends left out: 0 means never."""
        return (-self.epoch / self.unit, (_END - self.epoch) / self.unit)

    def microseconds(self, stored: float) -> int:
        """A stored time as microseconds since 1970."""
        return int(stored * self.unit) + self.epoch

    def expect(self, database: Database) -> None:
        """Raise `CannotLook(UNKNOWN_FORMAT)` unless the store is of this kind."""
        if (
            not {self.page_id, "url"} <= database.columns(self.pages)
            or not {self.visited, self.time} <= database.columns(self.visits)
            or self._too_new(database)
        ):
            raise CannotLook(Why.UNKNOWN_FORMAT)

    def _too_new(self, database: Database) -> bool:
        """Whether the store says that only a newer program can read it."""
        if self.newest is None or "value" not in database.columns("meta"):
            return False
        query = "SELECT value FROM meta WHERE key = 'last_compatible_version'"
        said = next((str(value) for (value,) in database.rows(query)), "")
        return said.isdecimal() and int(said[:9]) > self.newest


STORES: Mapping[Family, VisitStore] = {
    Family.CHROMIUM: VisitStore(
        file="History",
        pages="urls",
        visits="visits",
        visited="url",
        time="visit_time",
        epoch=_from(1601),
        newest=70,
        downloads=chromium_downloads,
    ),
    Family.FIREFOX: VisitStore(
        file="places.sqlite",
        pages="moz_places",
        visits="moz_historyvisits",
        visited="place_id",
        time="visit_date",
        downloads=firefox_downloads,
    ),
    Family.SAFARI: VisitStore(
        file="History.db",
        pages="history_items",
        visits="history_visits",
        visited="history_item",
        time="visit_time",
        unit=_SECOND,
        epoch=_from(2001),
    ),
    Family.EPIPHANY: VisitStore(
        file="ephy-history.db",
        pages="urls",
        visits="visits",
        visited="url",
        time="visit_time",
        # Seconds, before version 3.28 or so.
        formula="iif({} < 100000000000, {} * 1000000, {})",
    ),
    # One row an address: its last visit is all that is kept.
    Family.FALKON: VisitStore(
        file="browsedata.db",
        pages="history",
        visits="history",
        visited="id",
        time="date",
        unit=1_000,
    ),
}
