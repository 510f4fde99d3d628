"""Small SQLite stores of a Firefox profile with one column or two that name a site:
permissions, page settings, cookies, tables of site data (Firefox 153, and the older tables
that it still reads).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import (
    DeleteRows,
    Kept,
    Planned,
    SqlValue,
    Step,
    Tick,
    Untrusted,
)
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import Part, in_store
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
    there,
)
from hygiene_checks.browser.forgetting.firefox_texts import (
    attributes_name,
    host_of_store_key,
    origin_names,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = [
    "PAGE_SETTINGS",
    "clear_page_settings",
    "expect_page_settings",
    "plan_cookies",
    "plan_permissions",
    "plan_rows",
]

PAGE_SETTINGS = "content-prefs.sqlite"
Names: TypeAlias = Callable[["Naming", SqlValue], bool]


def _address(naming: Naming, text: SqlValue) -> bool:
    return naming.address(text)


def _either(naming: Naming, text: SqlValue) -> bool:
    return naming.either(text)


def _store_key(naming: Naming, text: SqlValue) -> bool:
    return naming.host(host_of_store_key(text))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table and how each of its columns names a site."""

    name: str
    columns: Mapping[str, Names]


_ORIGINS: Mapping[str, Names] = {
    "origin": origin_names,
    "group_": origin_names,
    "suffix": attributes_name,
}
_WEB_STORAGE = _Table(
    "webappsstore2",
    {
        "originKey": _store_key,
        "scope": _store_key,
        "originAttributes": attributes_name,
    },
)


@dataclass(frozen=True, slots=True)
class _Store:
    name: str
    kept: Kept
    tables: tuple[_Table, ...]


_STORES = (
    _Store(
        "bounce-tracking-protection.sqlite",
        Kept.CONNECTIONS,
        (
            _Table(
                "sites",
                {"siteHost": _either, "originAttributeSuffix": attributes_name},
            ),
        ),
    ),
    _Store("storage.sqlite", Kept.SITE_DATA, (_Table("origin", _ORIGINS),)),
    _Store("webappsstore.sqlite", Kept.SITE_DATA, (_WEB_STORAGE,)),
    _Store("storage/ls-archive.sqlite", Kept.SITE_DATA, (_WEB_STORAGE,)),
    _Store(
        "downloads.sqlite",
        Kept.DOWNLOADS,
        (_Table("moz_downloads", {"source": _address, "referrer": _address}),),
    ),
    _Store(
        "credentialstate.sqlite",
        Kept.SITE_SETTINGS,
        (
            _Table("identity", {"rpOrigin": origin_names, "idpOrigin": origin_names}),
            _Table("lightweight_identity", {"rpOrigin": origin_names}),
        ),
    ),
)
"""`downloads.sqlite` up to Firefox 25."""


def plan_rows(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Rows of the stores that only need to be named, and the page settings."""
    for each in _STORES:
        path = f"{place.folder}/{each.name}"
        yield from in_store(home, place, path, partial(_named, place, each, naming))
    store = f"{place.folder}/{PAGE_SETTINGS}"
    ask = partial(_page_settings, place, store, naming)
    yield from in_store(home, place, store, ask)


def _keys(database: Database, table: _Table, naming: Naming) -> frozenset[SqlValue]:
    """Row ids of a table's rows that name the site, by whichever column."""
    return frozenset(
        key
        for column, names in table.columns.items()
        for key in keys_naming(
            database,
            table.name,
            (column,),
            partial(names, naming),
            hint=_hint(names, naming),
        )
    )


def _hint(names: Names, naming: Naming) -> str:
    """What must stand in a column: a reversed host has the name in another order."""
    return naming.hint[::-1] if names is _store_key else naming.hint


def _named(
    place: Place, store: _Store, naming: Naming, database: Database
) -> Iterator[Planned]:
    unknown_unless(
        any(
            has_columns(database, table.name, column)
            for table in store.tables
            for column in table.columns
        )
    )
    path = f"{place.folder}/{store.name}"
    steps: list[DeleteRows] = []
    for table in store.tables:
        steps += delete_rows(path, table.name, _keys(database, table, naming))
    yield from Part(place, store.kept, path).clearing(
        steps, {"records": sum(step.rows for step in steps)}
    )


def _page_settings(
    place: Place, store: str, naming: Naming, database: Database
) -> Iterator[Planned]:
    """Zoom and the like of the site."""
    expect_page_settings(database)
    groups = keys_naming(
        database,
        "groups",
        ("name",),
        partial(origin_names, naming),
        hint=naming.hint,
        key="id",
    )
    yield from clear_page_settings(place, store, frozenset(groups), database)


def expect_page_settings(database: Database) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` unless the store is Firefox's."""
    unknown_unless(
        has_columns(database, "groups", "id", "name")
        and has_columns(database, "prefs", "id", "groupID", "settingID")
        and has_columns(database, "settings", "id")
    )


def clear_page_settings(
    place: Place, store: str, groups: Collection[SqlValue], database: Database
) -> Iterator[Planned]:
    """Settings of these hosts, by their ids, and the names that nothing else has."""
    query = "SELECT id, settingID FROM prefs"
    prefs = {
        each[0]: each[1] for each in rows_where_in(database, query, "groupID", groups)
    }
    settings = there(database, "settings", prefs.values())
    for key, setting in rows_where_in(database, query, "settingID", settings):
        if key not in prefs:
            settings.discard(setting)
    steps = (
        *delete_rows(store, "prefs", prefs, key="id"),
        *delete_rows(store, "settings", settings, key="id"),
        *delete_rows(store, "groups", groups, key="id"),
    )
    yield from Part(place, Kept.SITE_SETTINGS, store).clearing(
        steps, {"records": len(prefs) or len(groups)}
    )


def _of_another(naming: Naming, kind: SqlValue) -> bool:
    """`3rdPartyStorage^https://host`: what one site may do inside another."""
    return isinstance(kind, str) and naming.either(kind.partition("^")[2])


_PERMISSIONS = (
    _Table("moz_perms", {"origin": origin_names, "type": _of_another}),
    _Table("moz_hosts", {"host": origin_names}),
    _Table("moz_origin_interactions", {"origin": origin_names}),
)


def plan_permissions(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """What the site may do, also inside another site; each "never save" by a tick of
    its own.
    """
    store = f"{place.folder}/permissions.sqlite"
    return in_store(home, place, store, partial(_permissions, place, store, naming))


def _permissions(
    place: Place, store: str, naming: Naming, database: Database
) -> Iterator[Planned]:
    unknown_unless(
        has_columns(database, "moz_perms", "id", "origin", "type", "permission")
        or has_columns(database, "moz_hosts", "id", "host", "type", "permission")
    )
    steps: list[Step] = []
    number = 0
    for table in _PERMISSIONS:
        keys = _keys(database, table, naming)
        never = _never_saved(database, table, keys)
        for key, origin in sorted(never.items()):
            yield from Part(place, Kept.NEVER_SAVED, store).clearing(
                delete_rows(store, table.name, (key,)),
                {"never_saved": 1},
                detail=f"{table.name}:{key}",
                tick=Tick.OFF,
                label=Untrusted(site_of(origin.partition("^")[0])),
            )
        number += len(keys - never.keys())
        steps += delete_rows(store, table.name, keys - never.keys())
    yield from Part(place, Kept.SITE_SETTINGS, store).clearing(
        steps, {"records": number}
    )


def _never_saved(
    database: Database, table: _Table, keys: Iterable[SqlValue]
) -> dict[int, str]:
    """Those of the rows that keep sign-ins from being saved, with their origin."""
    column = next(iter(table.columns))
    if not has_columns(database, table.name, column, "type", "permission"):
        return {}
    query = f"SELECT rowid, {column}, type FROM {table.name}"  # noqa: S608
    return {
        key: str(origin)
        for key, origin, kind in rows_where_in(database, query, "rowid", keys)
        if kind == "login-saving" and isinstance(key, int)
    }


_COOKIES = _Table(
    "moz_cookies",
    {
        "host": _either,
        "baseDomain": _either,
        "originAttributes": attributes_name,
    },
)


def plan_cookies(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Cookies of the site, and those that others set while it was on top."""
    store = f"{place.folder}/cookies.sqlite"

    def ask(database: Database) -> Iterator[Planned]:
        unknown_unless(has_columns(database, "moz_cookies", "id", "host"))
        keys = _keys(database, _COOKIES, naming)
        yield from Part(place, Kept.COOKIES, store).clearing(
            delete_rows(store, "moz_cookies", keys),
            {"records": len(keys)},
            tick=Tick.OFF,
        )

    return in_store(home, place, store, ask)
