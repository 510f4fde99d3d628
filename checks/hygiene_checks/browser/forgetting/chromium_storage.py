"""What a site itself stored in Chromium: databases, files, buckets, workers and their
caches. Layout of Chromium 156, older places beside it.

Everything here is found by origin, so that of other sites stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import Kept, NotReached
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import attempt
from hygiene_checks.browser.forgetting._rows import as_id, delete_rows, keys_naming
from hygiene_checks.browser.forgetting.chromium_entries import (
    Entries,
    rebuilt,
    storage_key_names,
)
from hygiene_checks.browser.forgetting.chromium_ground import entries_in, tree
from hygiene_checks.browser.forgetting.chromium_workers import workers

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["site_storage"]

_IDENTIFIER = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)_(?P<host>.+)_(?P<port>\d+)")


def site_storage(ground: Ground) -> Iterator[Planned]:
    """Databases, files, buckets and workers of the site."""
    yield from _named_folders(ground, "IndexedDB")
    yield from _old_local_storage(ground)
    yield from _databases(ground)
    yield from _file_system(ground)
    yield from workers(ground)
    for folder in ("WebStorage/", ""):
        yield from _buckets(ground, folder)


def _identifier_names(names: Names, identifier: str) -> bool:
    """Whether `https_example.org_0` stands for an origin of the site, alone or as the
    site on whose pages another origin stored something.
    """
    for part in re.split(r"\^\d?|@", identifier):
        found = _IDENTIFIER.fullmatch(part)
        if found is not None and names.host(found["host"]):
            return True
    return False


def _named_folders(ground: Ground, folder: str) -> Iterator[Planned]:
    """Folders and files with the origin in their name: `ORIGIN.indexeddb.leveldb`."""
    return attempt(
        ground.place, ground.path(folder), partial(_in_folder, ground, folder)
    )


def _in_folder(ground: Ground, folder: str) -> Iterator[Planned]:
    for path in entries_in(ground, f"{folder}/*"):
        if isinstance(path, NotReached):
            yield path
        elif _identifier_names(ground.names, basename(path).partition(".indexeddb")[0]):
            yield from tree(ground, path)


def _old_local_storage(ground: Ground) -> Iterator[Planned]:
    """One SQLite file for each origin, until 2018."""
    store = ground.path("Local Storage")
    return attempt(ground.place, store, partial(_old_files, ground))


def _old_files(ground: Ground) -> Iterator[Planned]:
    for path in entries_in(ground, "Local Storage/*.localstorage*"):
        if isinstance(path, NotReached):
            yield path
        elif _identifier_names(
            ground.names, basename(path).partition(".localstorage")[0]
        ):
            yield from tree(ground, path)


def _databases(ground: Ground) -> Iterator[Planned]:
    """Web SQL, until 2024: a folder for each origin and a list of them."""
    yield from _named_folders(ground, "databases")
    yield from ground.ask("databases/Databases.db", 99, partial(_listed, ground))


def _listed(ground: Ground, database: Database) -> Iterator[Planned]:
    unknown_unless(has_columns(database, "Databases", "origin"))
    names, name = ground.names, "databases/Databases.db"
    found = set(
        keys_naming(
            database,
            "Databases",
            ("origin",),
            lambda text: isinstance(text, str) and _identifier_names(names, text),
        )
    )
    yield from ground.part(Kept.SITE_DATA, name).clearing(
        delete_rows(ground.path(name), "Databases", found), {"records": len(found)}
    )


_ORIGINS = "File System/Origins"
_ORIGIN = b"ORIGIN:"


def _file_system(ground: Ground) -> Iterator[Planned]:
    """Files of the site, in a folder with a number that a list gives."""
    yield from attempt(ground.place, ground.path(_ORIGINS), partial(_files, ground))
    yield from rebuilt(ground, Kept.SITE_DATA, _ORIGINS, _origin_keys)


def _files(ground: Ground) -> Iterator[Planned]:
    if ground.home.entry(ground.path(f"{_ORIGINS}/CURRENT")) is None:
        return
    for key, folder in ground.home.leveldb(ground.path(_ORIGINS)):
        if _is_origin(ground.names, key) and re.fullmatch(rb"\d{1,9}", folder):
            yield from tree(ground, ground.path(f"File System/{folder.decode()}"))


def _is_origin(names: Names, key: bytes) -> bool:
    identifier = key.removeprefix(_ORIGIN).decode("utf-8", "surrogateescape")
    return key.startswith(_ORIGIN) and _identifier_names(names, identifier)


def _origin_keys(names: Names, entries: Entries) -> Iterator[bytes]:
    return (key for key, _ in entries() if _is_origin(names, key))


def _buckets(ground: Ground, folder: str) -> Iterator[Planned]:
    """The list of who stored how much, and folders of buckets that it numbers."""
    name = f"{folder}QuotaManager"
    yield from ground.ask(name, 11, partial(_bucket_rows, ground, name))


def _bucket_rows(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    names, store = ground.names, ground.path(name)
    table = "buckets" if has_columns(database, "buckets", "storage_key") else ""
    if table:
        rows = database.rows("SELECT id, storage_key FROM buckets")
        found = {
            number
            for number, key in rows
            if isinstance(key, str) and storage_key_names(names, key)
        }
        for number in sorted(map(as_id, found)):
            yield from tree(ground, ground.path(f"WebStorage/{number}"))
        steps = list(delete_rows(store, "buckets", found, key="id"))
        records = len(found)
    else:
        steps, records = [], 0
    for old, columns in (
        ("OriginInfoTable", ("origin",)),
        ("HostQuotaTable", ("host",)),
        ("quota", ("host",)),
        ("eviction_info", ("origin",)),
    ):
        rows_found = set(keys_naming(database, old, columns, names.either))
        records += len(rows_found)
        steps += delete_rows(store, old, rows_found)
    yield from ground.part(Kept.SITE_DATA, name).clearing(steps, {"records": records})
