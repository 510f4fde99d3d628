"""What a site itself stored in Chromium: databases, files, buckets, workers and their
caches. Layout of Chromium 156, older places beside it.

Everything here is found by origin, so that of other sites stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha1
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from hygiene.contract import Kept, NotReached
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import attempt, whole
from hygiene_checks.browser.forgetting._protobuf import texts_in
from hygiene_checks.browser.forgetting._rows import delete_rows, keys_naming
from hygiene_checks.browser.forgetting.chromium_entries import (
    Entries,
    rebuilt,
    storage_key_names,
)

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
    yield from _caches(ground)
    yield from _scripts(ground)
    yield from rebuilt(ground, Kept.SITE_DATA, _WORKERS, _worker_keys)
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


def _entries(ground: Ground, pattern: str) -> Iterator[str | NotReached]:
    """Paths in the profile that match, in name order."""
    for entry in ground.home.find(ground.path(pattern)):
        if entry.why is None:
            yield entry.path
        else:
            yield NotReached(
                store=entry.path, why=entry.why, program=ground.place.program
            )


def _named_folders(ground: Ground, folder: str) -> Iterator[Planned]:
    """Folders and files with the origin in their name: `ORIGIN.indexeddb.leveldb`."""
    return attempt(
        ground.place, ground.path(folder), partial(_in_folder, ground, folder)
    )


def _in_folder(ground: Ground, folder: str) -> Iterator[Planned]:
    for path in _entries(ground, f"{folder}/*"):
        if isinstance(path, NotReached):
            yield path
        elif _identifier_names(ground.names, basename(path).partition(".indexeddb")[0]):
            yield from _tree(ground, path)


def _tree(ground: Ground, path: str) -> Iterator[Planned]:
    return whole(ground.home, ground.place, Kept.SITE_DATA, path, more=False)


def _old_local_storage(ground: Ground) -> Iterator[Planned]:
    """One SQLite file for each origin, until 2018."""
    store = ground.path("Local Storage")
    return attempt(ground.place, store, partial(_old_files, ground))


def _old_files(ground: Ground) -> Iterator[Planned]:
    for path in _entries(ground, "Local Storage/*.localstorage*"):
        if isinstance(path, NotReached):
            yield path
        elif _identifier_names(
            ground.names, basename(path).partition(".localstorage")[0]
        ):
            yield from _tree(ground, path)


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
            yield from _tree(ground, ground.path(f"File System/{folder.decode()}"))


def _is_origin(names: Names, key: bytes) -> bool:
    identifier = key.removeprefix(_ORIGIN).decode("utf-8", "surrogateescape")
    return key.startswith(_ORIGIN) and _identifier_names(names, identifier)


def _origin_keys(names: Names, entries: Entries) -> Iterator[bytes]:
    return (key for key, _ in entries() if _is_origin(names, key))


_INDEX_LIMIT = 4 << 20
_CACHE_STORAGE = "Service Worker/CacheStorage"


def _caches(ground: Ground) -> Iterator[Planned]:
    """Caches that pages filled by themselves: a folder for each origin, named by a hash,
    with an index that names the origin.
    """
    store = ground.path(_CACHE_STORAGE)
    return attempt(ground.place, store, partial(_caches_of, ground))


def _caches_of(ground: Ground) -> Iterator[Planned]:
    for path in _entries(ground, f"{_CACHE_STORAGE}/*/index.txt"):
        if isinstance(path, NotReached):
            yield path
        else:
            yield from attempt(
                ground.place, path, partial(_cache, ground, dirname(path), path)
            )


def _cache(ground: Ground, folder: str, index: str) -> Iterator[Planned]:
    texts = texts_in(ground.home.read(index, limit=_INDEX_LIMIT))
    if any(storage_key_names(ground.names, each) for each in texts):
        yield from _tree(ground, folder)


_WORKERS = "Service Worker/Database"
_REGISTRATION = re.compile(rb"REG:([^\0]+)\0(\d+)", re.DOTALL)
_RESOURCE = re.compile(rb"U?P?RES:(\d+)(?:\0(\d+))?", re.DOTALL)
_USER_DATA = re.compile(rb"REG_USER_DATA:(\d+)\0.*", re.DOTALL)
_HAS_USER_DATA = re.compile(rb"REG_HAS_USER_DATA:.*\0(\d+)", re.DOTALL)
_OF_REGISTRATION = re.compile(rb"REGID_TO_ORIGIN:(\d+)")
_OF_ORIGIN = re.compile(rb"INITDATA_UNIQUE_ORIGIN:(.+)", re.DOTALL)


def _worker_keys(names: Names, entries: Entries) -> Iterator[bytes]:
    """Registrations of the site, and what hangs on their numbers."""
    registrations: set[bytes] = set()
    versions = _versions(names, entries)
    for key, _ in entries():
        found = _REGISTRATION.fullmatch(key)
        if found is not None and _origin_names(names, found[1]):
            registrations.add(found[2])
            yield key
    for key, _ in entries():
        origin = _OF_ORIGIN.fullmatch(key)
        resource = _RESOURCE.fullmatch(key)
        number = (
            _OF_REGISTRATION.fullmatch(key)
            or _USER_DATA.fullmatch(key)
            or _HAS_USER_DATA.fullmatch(key)
        )
        if (
            (origin is not None and _origin_names(names, origin[1]))
            or (number is not None and number[1] in registrations)
            or (resource is not None and resource[1] in versions)
        ):
            yield key


def _origin_names(names: Names, origin: bytes) -> bool:
    return storage_key_names(names, origin.decode("utf-8", "surrogateescape"))


def _versions(names: Names, entries: Entries) -> set[bytes]:
    """Numbers of the versions of workers whose script the site served."""
    return {
        found[1]
        for key, value in entries()
        if (found := _RESOURCE.fullmatch(key)) is not None
        and any(map(names.address, texts_in(value)))
    }


def _scripts(ground: Ground) -> Iterator[Planned]:
    """Scripts of the site's workers: files named by a hash of their number."""
    store = ground.path(_WORKERS)
    return attempt(ground.place, store, partial(_script_files, ground, store))


def _script_files(ground: Ground, store: str) -> Iterator[Planned]:
    if ground.home.entry(f"{store}/CURRENT") is None:
        return
    entries = partial(ground.home.leveldb, store)
    versions = _versions(ground.names, entries)
    numbers = {
        found[2]
        for key, _ in entries()
        if (found := _RESOURCE.fullmatch(key)) is not None
        and found[2] is not None
        and found[1] in versions
    }
    gone = {
        ground.path(f"{_SCRIPTS}/{_entry_name(number)}_{part}")
        for number in numbers
        for part in ("0", "1", "s")
    }
    for path in sorted(gone):
        yield from _tree(ground, path)
    yield from ground.stays(Kept.SITE_DATA, _SCRIPTS, _other_scripts(ground, gone))


_SCRIPTS = "Service Worker/ScriptCache"


def _other_scripts(ground: Ground, gone: set[str]) -> int:
    """Scripts of other sites that name the site, such as in the headers they came with."""
    names = ground.names
    if not isinstance(names, Naming):
        return 0
    return sum(
        mentions(ground.home, path, names)
        for path in _entries(ground, f"{_SCRIPTS}/*_?")
        if isinstance(path, str) and path not in gone
    )


def _entry_name(number: bytes) -> str:
    """Chromium's simple cache: the first half of the SHA-1 of the key, its bytes turned
    around, in hex.
    """
    return sha1(number).digest()[:8][::-1].hex()  # noqa: S324  no secret


def _buckets(ground: Ground, folder: str) -> Iterator[Planned]:
    """The list of who stored how much, and folders of buckets that it numbers."""
    name = f"{folder}QuotaManager"
    yield from ground.ask(name, 11, partial(_bucket_rows, ground, name))


def _bucket_rows(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    names, store = ground.names, ground.path(name)
    table = "buckets" if has_columns(database, "buckets", "storage_key") else ""
    if table:
        rows = database.rows("SELECT id, storage_key, host FROM buckets")
        found = {
            number
            for number, key, host in rows
            if names.host(host)
            or (isinstance(key, str) and storage_key_names(names, key))
        }
        for number in sorted(each for each in found if isinstance(each, int)):
            yield from _tree(ground, ground.path(f"WebStorage/{number}"))
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
