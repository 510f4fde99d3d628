"""Workers that sites left in Chromium: their registrations, scripts and caches. Layout of
Chromium 156.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha1
from posixpath import dirname
from typing import TYPE_CHECKING

from hygiene.contract import Kept, NotReached
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import attempt
from hygiene_checks.browser.forgetting._protobuf import texts_in
from hygiene_checks.browser.forgetting.chromium_entries import (
    Entries,
    rebuilt,
    storage_key_names,
)
from hygiene_checks.browser.forgetting.chromium_ground import entries_in, tree

if TYPE_CHECKING:
    from hygiene.contract import Planned
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["workers"]


def workers(ground: Ground) -> Iterator[Planned]:
    """Caches first, then scripts, then the registrations that say which are whose."""
    yield from _caches(ground)
    yield from _scripts(ground)
    yield from rebuilt(ground, Kept.SITE_DATA, _WORKERS, _worker_keys)


_INDEX_LIMIT = 4 << 20
_CACHE_STORAGE = "Service Worker/CacheStorage"


def _caches(ground: Ground) -> Iterator[Planned]:
    """Caches that pages filled by themselves: a folder for each origin, named by a hash,
    with an index that names the origin.
    """
    store = ground.path(_CACHE_STORAGE)
    return attempt(ground.place, store, partial(_caches_of, ground))


def _caches_of(ground: Ground) -> Iterator[Planned]:
    for path in entries_in(ground, f"{_CACHE_STORAGE}/*/index.txt"):
        if isinstance(path, NotReached):
            yield path
        else:
            yield from attempt(
                ground.place, path, partial(_cache, ground, dirname(path), path)
            )


def _cache(ground: Ground, folder: str, index: str) -> Iterator[Planned]:
    texts = texts_in(ground.home.read(index, limit=_INDEX_LIMIT))
    if any(storage_key_names(ground.names, each) for each in texts):
        yield from tree(ground, folder)


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
        yield from tree(ground, path)
    yield from ground.stays(Kept.SITE_DATA, _SCRIPTS, _other_scripts(ground, gone))


_SCRIPTS = "Service Worker/ScriptCache"


def _other_scripts(ground: Ground, gone: set[str]) -> int:
    """Scripts of other sites that name the site, such as in the headers they came with."""
    names = ground.names
    if not isinstance(names, Naming):
        return 0
    return sum(
        mentions(ground.home, path, names)
        for path in entries_in(ground, f"{_SCRIPTS}/*_?")
        if isinstance(path, str) and path not in gone
    )


def _entry_name(number: bytes) -> str:
    """Chromium's simple cache: the first half of the SHA-1 of the key, its bytes turned
    around, in hex.
    """
    return sha1(number).digest()[:8][::-1].hex()  # noqa: S324  no secret
