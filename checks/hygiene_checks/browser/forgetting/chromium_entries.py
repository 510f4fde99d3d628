"""Stores of Chromium in LevelDB folders: rebuilt without the entries of a site.

A key that is deleted by LevelDB's own means stays in its files until they are merged, so
the folder is built anew. That takes old bytes along, which no key leads to any more.
Forms of the keys as seen in Chromium 156.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import Kept, RebuildLevelDb
from hygiene_checks.browser.forgetting._bytes import (
    addresses_in,
    holds_address,
    mentioned_in,
    mentions,
)
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import attempt
from hygiene_checks.browser.forgetting._protobuf import texts_in

if TYPE_CHECKING:
    from hygiene.contract import Planned
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = [
    "REMAINS",
    "Entries",
    "feature_stores",
    "page_storage",
    "rebuilt",
    "storage_key_names",
]

REMAINS = "remains"
"""The detail of a clearing that only takes old bytes, which say nothing of today."""

Entries: TypeAlias = Callable[[], Iterable[tuple[bytes, bytes]]]
"""Reads the live keys and values of one store, from the first one on."""

Choose: TypeAlias = Callable[["Names", Entries], Iterable[bytes]]
"""The keys that go."""


def rebuilt(ground: Ground, kept: Kept, name: str, choose: Choose) -> Iterator[Planned]:
    """One LevelDB folder without the keys that are chosen. Where none is, but old bytes
    that belong to nothing any more name the site, the folder is only built anew.
    """
    return attempt(
        ground.place, ground.path(name), partial(_rebuilt, ground, kept, name, choose)
    )


def _rebuilt(
    ground: Ground, kept: Kept, name: str, choose: Choose
) -> Iterator[Planned]:
    path = ground.path(name)
    # A folder that was made and never filled has no such file.
    if ground.home.entry(f"{path}/CURRENT") is None:
        return
    entries = partial(ground.home.leveldb, path)
    drop = tuple(sorted(set(choose(ground.names, entries))))
    if not drop and not _only_in_remains(ground, path, entries):
        return
    yield from ground.part(kept, name).clearing(
        [RebuildLevelDb(store=path, drop=drop)],
        {"records": len(drop) or 1},
        detail="" if drop else REMAINS,
    )


def _only_in_remains(ground: Ground, path: str, entries: Entries) -> bool:
    """Whether what goes is named in the files, and by nothing that is alive."""
    names = ground.names
    if isinstance(names, Naming):
        named = partial(mentioned_in, naming=names)
        in_files = mentions(ground.home, path, names)
    else:
        named = partial(_addressed_in, names)
        in_files = holds_address(ground.home, path, names)
    return in_files and not any(named(key) or named(value) for key, value in entries())


def _addressed_in(names: Names, raw: bytes) -> bool:
    return any(map(names.address, addresses_in(raw)))


_PARTITION = re.compile(r"\^\d?")


def storage_key_names(names: Names, key: str) -> bool:
    """Whether a storage key (`https://frame.example/^0https://top.example`) has the site
    as its own origin or as the site on whose pages it was made.
    """
    return any(names.address(part) for part in _PARTITION.split(key))


def page_storage(ground: Ground) -> Iterator[Planned]:
    """What pages stored by themselves, by origin."""
    yield from rebuilt(ground, Kept.SITE_DATA, "Local Storage/leveldb", _local)
    yield from rebuilt(ground, Kept.SITE_DATA, "Session Storage", _session)


_LOCAL_KEY = re.compile(rb"(?:_|META:|METAACCESS:)([^\0]+)", re.DOTALL)


def _local(names: Names, entries: Entries) -> Iterator[bytes]:
    """Keys `_ORIGIN NUL ...`, `META:ORIGIN` and `METAACCESS:ORIGIN`."""
    known: dict[bytes, bool] = {}
    for key, _ in entries():
        found = _LOCAL_KEY.match(key)
        if found is None:
            continue
        origin = found[1]
        if origin not in known:
            known[origin] = storage_key_names(names, _text(origin))
        if known[origin]:
            yield key


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


_NAMESPACE = re.compile(rb"namespace-[0-9a-f_]{36}-(.+)", re.DOTALL)
_MAP = re.compile(rb"map-(\d+)-", re.DOTALL)


def _session(names: Names, entries: Entries) -> Iterator[bytes]:
    """Keys `namespace-TAB-ORIGIN`, whose value is the number of a map, and the entries of
    these maps, `map-NUMBER-...`.
    """
    maps: set[bytes] = set()
    for key, value in entries():
        found = _NAMESPACE.fullmatch(key)
        if found is not None and storage_key_names(names, _text(found[1])):
            maps.add(value)
            yield key
    if not maps:
        return
    for key, _ in entries():
        found = _MAP.match(key)
        if found is not None and found[1] in maps:
            yield key


@dataclass(frozen=True, slots=True)
class _Feature:
    """A store of one of the browser's own features. `of_visits` says that it follows
    from visits and downloads, not from what a site or a person did there.
    """

    name: str
    kept: Kept
    choose: Choose
    of_visits: bool = False


def _by_key(names: Names, entries: Entries) -> Iterator[bytes]:
    """Entries whose key holds an address or a host."""
    return (key for key, _ in entries() if _key_names(names, key))


_BETWEEN = re.compile(r"[\0-\x20:,;|_#]+")


def _key_names(names: Names, key: bytes) -> bool:
    if any(map(names.address, addresses_in(key))):
        return True
    return any(map(names.either, _BETWEEN.split(_text(key))))


def _by_either(names: Names, entries: Entries) -> Iterator[bytes]:
    """Entries whose key, or a text in whose value, is an address or a host."""
    for key, value in entries():
        if _key_names(names, key) or any(map(names.either, texts_in(value))):
            yield key


def _by_hash(names: Names, entries: Entries) -> Iterator[bytes]:
    """Keys that are the MD5, in hex, of a host."""
    hashes = {md5(_encoded(host)).hexdigest().encode() for host in names.seen}  # noqa: S324
    return (key for key, _ in entries() if key in hashes)


def _encoded(host: str) -> bytes:
    return host.encode("utf-8", "surrogateescape")


_FEATURES = (
    _Feature("shared_proto_db", Kept.DOWNLOADS, _by_either, of_visits=True),
    _Feature("Download Service/EntryDB", Kept.DOWNLOADS, _by_either, of_visits=True),
    _Feature(
        "Site Characteristics Database", Kept.SITE_SETTINGS, _by_hash, of_visits=True
    ),
    _Feature("Platform Notifications", Kept.SITE_DATA, _by_key),
    _Feature("PersistentOriginTrials", Kept.SITE_SETTINGS, _by_either),
    _Feature("BudgetDatabase", Kept.SITE_SETTINGS, _by_key),
    _Feature("GCM Store", Kept.SITE_DATA, _by_key),
    _Feature("AutofillStrikeDatabase", Kept.SITE_SETTINGS, _by_key),
    _Feature(
        "optimization_guide_hint_cache_store",
        Kept.CONNECTIONS,
        _by_either,
        of_visits=True,
    ),
    _Feature("chrome_cart_db", Kept.OTHER, _by_either),
    _Feature("coupon_db", Kept.OTHER, _by_either),
    _Feature("commerce_subscription_db", Kept.OTHER, _by_either),
    _Feature("discounts_db", Kept.OTHER, _by_either),
    _Feature("discount_infos_db", Kept.OTHER, _by_either),
    _Feature("parcel_tracking_db", Kept.OTHER, _by_either),
)


def feature_stores(ground: Ground, *, of_visits: bool = False) -> Iterator[Planned]:
    """Stores of downloads, of how pages behave, of notifications and offers; with
    `of_visits` only those that follow from visits.
    """
    for each in _FEATURES:
        if each.of_visits or not of_visits:
            yield from rebuilt(ground, each.kept, each.name, each.choose)
