"""Origins and hosts in `places.sqlite` that no page is left of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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

__all__ = ["old_hosts", "origins"]


def origins(database: Database, store: str, going: Going) -> tuple[Step, ...]:
    """Origins that no page is left of; the weight of the others is counted anew."""
    if not (
        has_columns(database, "moz_places", "origin_id")
        and has_columns(database, "moz_origins", "id", "host")
    ):
        return ()
    rows = going.rows
    query = "SELECT DISTINCT origin_id FROM moz_places"
    found = rows_where_in(database, query, "id", _pages_that_change(going))
    touched = there(database, "moz_origins", (origin for (origin,) in found))
    query = "SELECT id, origin_id FROM moz_places"
    left = {
        origin
        for page, origin in rows_where_in(database, query, "origin_id", touched)
        if page not in rows
    }
    steps: list[Step] = []
    steps += delete_rows(store, "moz_origins", touched - left, key="id")
    columns = first_columns(
        database, "moz_origins", "recalc_frecency", "recalc_alt_frecency"
    )
    if columns:
        again = (1,) * len(columns)
        steps += update_rows(
            store, "moz_origins", columns, dict.fromkeys(left, again), key="id"
        )
    return tuple(steps)


def _pages_that_change(going: Going) -> Iterator[int]:
    for key, page in going.pages.items():
        if page.goes or page.visited:
            yield key


def old_hosts(database: Database, store: str, going: Going) -> tuple[Step, ...]:
    """Hosts without a page, before Firefox 63: they stood without `www.`."""
    if not has_columns(database, "moz_hosts", "id", "host"):
        return ()
    rows = going.rows
    query = "SELECT id, rev_host FROM moz_places"
    reversed_hosts = {
        str(name) for _, name in rows_where_in(database, query, "id", rows)
    }
    twins = reversed_hosts | {f"{each}www." for each in reversed_hosts}
    twins |= {each.removesuffix("www.") for each in reversed_hosts}
    left = {
        _host(name)
        for key, name in rows_where_in(database, query, "rev_host", twins)
        if key not in rows
    }
    lost = {_host(name) for name in reversed_hosts} - left - {""}
    query = "SELECT id FROM moz_hosts"
    found = rows_where_in(database, query, "host", lost)
    return delete_rows(store, "moz_hosts", (key for (key,) in found), key="id")


def _host(rev_host: SqlValue) -> str:
    """The host as the old table has it."""
    return str(rev_host)[::-1].lstrip(".").removeprefix("www.")
