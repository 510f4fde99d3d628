"""Saved sign-ins and never-save lists: how many, and for which sites.

Only sites, times and flags are read from any store; never a password. User names, where
they stand in plain, are read on request for one site alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import Home, Trace, Untrusted
from hygiene_checks.browser._stock import Stock, earlier, later

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ListAccounts", "Login", "ReadLogins", "list_sites", "stock_of"]


@dataclass(frozen=True, slots=True)
class Login:
    """One stored sign-in, or with `never` one site on the never-save list. `guid` is
    the store's own id of it, empty where it has none.
    """

    site: str
    never: bool = False
    first: datetime | None = None
    last: datetime | None = None
    guid: str = ""


ReadLogins: TypeAlias = Callable[[Home, str], Sequence[Login]]
"""Read one store at a path. Raises `CannotLook`."""

ListAccounts: TypeAlias = Callable[[str], Iterable[Trace]]
"""The account names stored for one site. Raises `CannotLook`."""


def stock_of(logins: Iterable[Login]) -> Stock:
    """How many there are, and from when to when."""
    counts = {"logins": 0, "never_saved": 0}
    first = last = None
    for each in logins:
        counts["never_saved" if each.never else "logins"] += 1
        first, last = earlier(first, each.first), later(last, each.last)
    return Stock(counts, first, last)


def list_sites(
    home: Home,
    stores: Sequence[tuple[str, ReadLogins]],
    accounts: ListAccounts | None = None,
) -> Iterator[Trace]:
    """One trace for each site with sign-ins, and one for each on a never-save list.
    With `accounts`, the first kind can show its account names. Raises `CannotLook`.
    """
    sites: dict[tuple[bool, str], list[Login]] = {}
    for path, read in stores:
        for each in read(home, path):
            sites.setdefault((each.never, each.site), []).append(each)
    for (never, site), logins in sorted(sites.items()):
        stock = stock_of(logins)
        yield Trace(
            key=f"never:{site}" if never else site,
            label=Untrusted(site),
            kind="never-saved" if never else "site",
            count=len(logins),
            first=stock.first,
            last=stock.last,
            inside=None if never or accounts is None else partial(accounts, site),
        )
