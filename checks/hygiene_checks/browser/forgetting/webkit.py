"""What sites keep in the programs that are built on WebKit: GNOME Web 43 and Safari.

Folders and files are named by origin (`https_host_0`), or by two salted hashes with a
file `origin` inside; the domains that track are numbered in `observations.db`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from hygiene.contract import Kept, NotReached, Planned, RemoveTree
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentioned_in
from hygiene_checks.browser.forgetting._planning import (
    Part,
    attempt,
    count_files,
    in_store,
)
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue, Step
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_by_hash", "plan_by_name", "plan_trackers"]

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*_(?P<host>.+)_\d+(?:\..*)?")
_LARGEST = 64 << 10


def plan_by_name(
    home: Home, place: Place, naming: Naming, folder: str
) -> Iterator[Planned]:
    """Files and folders in `folder` that are named by an origin of the site, and those
    that the site has inside the folder of another one.
    """
    for pattern in (f"{folder}/*", f"{folder}/*/*"):
        plan = partial(_named, home, place, naming, pattern)
        yield from attempt(place, folder, plan)


def _named(home: Home, place: Place, naming: Naming, pattern: str) -> Iterator[Planned]:
    for entry in home.find(pattern):
        inside = _is_of(naming, dirname(entry.path)) and pattern.endswith("/*/*")
        if inside or not _is_of(naming, entry.path):
            continue
        yield from _tree(home, place, entry.path)


def _is_of(naming: Naming, path: str) -> bool:
    found = _ORIGIN.fullmatch(basename(path))
    return found is not None and naming.host(found["host"])


def _tree(home: Home, place: Place, path: str) -> Iterator[Planned]:
    files = count_files(home, path)
    return Part(place, Kept.SITE_DATA, path).clearing(
        [RemoveTree(store=path)] if files else (), {"files": files}
    )


def plan_by_hash(
    home: Home, place: Place, naming: Naming, folder: str
) -> Iterator[Planned]:
    """Folders two levels below `folder` whose `origin` names the site."""
    return attempt(place, folder, partial(_hashed, home, place, naming, folder))


def _hashed(home: Home, place: Place, naming: Naming, folder: str) -> Iterator[Planned]:
    for entry in home.find(f"{folder}/*/*/origin"):
        if entry.why is not None:
            yield NotReached(store=entry.path, why=entry.why, program=place.program)
        elif mentioned_in(home.read(entry.path, limit=_LARGEST), naming):
            yield from _tree(home, place, dirname(entry.path))


_DOMAINS = "ObservedDomains"
_LINKING = "domainid"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def plan_trackers(
    home: Home, place: Place, naming: Naming, store: str
) -> Iterator[Planned]:
    """The site's domain, and every row that links another domain to it."""
    return in_store(home, place, store, partial(_trackers, place, naming, store))


def _trackers(
    place: Place, naming: Naming, store: str, database: Database
) -> Iterator[Planned]:
    unknown_unless(has_columns(database, _DOMAINS, "domainID", "registrableDomain"))
    domains = frozenset(
        keys_naming(
            database,
            _DOMAINS,
            ("registrableDomain",),
            naming.host,
            hint=naming.hint,
            key="domainID",
        )
    )
    steps: list[Step] = []
    for table in sorted(filter(_PLAIN.fullmatch, database.tables() - {_DOMAINS})):
        rows: set[SqlValue] = set()
        for column in sorted(filter(_PLAIN.fullmatch, database.columns(table))):
            if column.lower().endswith(_LINKING):
                query = f"SELECT rowid FROM {table}"  # noqa: S608
                found = rows_where_in(database, query, column, domains)
                rows.update(key for (key,) in found)
        steps += delete_rows(store, table, rows)
    steps += delete_rows(store, _DOMAINS, domains, key="domainID")
    yield from Part(place, Kept.CONNECTIONS, store).clearing(
        steps, {"records": len(domains)}
    )
