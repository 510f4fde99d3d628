"""Which site each page of a history store belongs to, held small."""

# Every name that stands in a query comes from our own table of stores.
# ruff: noqa: S608
from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Why
from hygiene_checks.browser._bounded import MOST
from hygiene_checks.browser._hosts import SiteNames

if TYPE_CHECKING:
    from hygiene.contract import Database
    from hygiene_checks.browser._visit_stores import VisitStore

__all__ = ["NOWHERE", "Pages", "SiteNumbers"]

NOWHERE = -1
"""The number of a page without a host."""


class SiteNumbers:
    """A number for each site, counted from 0 over all the stores that share this."""

    def __init__(self) -> None:
        self._names = SiteNames()
        self._numbers: dict[str, int] = {}

    def of(self, address: object) -> int:
        """The number of the site that the address names, or `NOWHERE`. Raises
        `CannotLook(TOO_LARGE)` where there are more than `MOST`.
        """
        name = self._names.of(address)
        if name is None:
            return NOWHERE
        number = self._numbers.setdefault(name, len(self._numbers))
        if number == MOST:
            raise CannotLook(Why.TOO_LARGE)
        return number

    def names(self) -> tuple[str, ...]:
        """The names, in the order of their numbers."""
        return tuple(self._numbers)


class Pages:
    """The pages of one store in 20 bytes each: arrays in the order of their ids."""

    def __init__(
        self, store: VisitStore, database: Database, numbers: SiteNumbers
    ) -> None:
        self.ids = array("q")
        self.sites = array("i")
        self.addresses = array("q")
        query = f"SELECT p.{store.page_id}, p.url FROM {store.pages} p ORDER BY 1"
        for number, url in database.rows(query):
            if isinstance(number, int):
                self.ids.append(number)
                self.sites.append(numbers.of(url))
                self.addresses.append(hash(url))

    def place(self, number: object) -> int | None:
        """Where in the arrays the page with this id stands, or None."""
        if not isinstance(number, int):
            return None
        place = bisect_left(self.ids, number)
        there = place < len(self.ids) and self.ids[place] == number
        return place if there else None
