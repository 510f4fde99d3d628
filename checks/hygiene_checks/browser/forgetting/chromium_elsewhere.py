"""Stores of Chromium profiles that may keep the same and stay: other browsers' own, what
extensions keep, what waits for an account, copies of earlier versions. Chromium 156.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept, NotReached, Stays, Why
from hygiene_checks.browser.forgetting._bytes import mentioned_in, mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import attempt, count_files
from hygiene_checks.browser.forgetting._protobuf import texts_in
from hygiene_checks.browser.forgetting.chromium_ground import entries_in

if TYPE_CHECKING:
    from hygiene.contract import Planned
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["earlier_versions", "kept_elsewhere"]

_NOT_OURS = (
    "WebAssistDatabase",
    "Collections/collectionsSQLite",
    "Notes",
    "Calendar",
    "Contacts",
    "Workspaces/WorkspacesCache",
    "load_statistics.db",
    "publisher_info_db",
    "favorites.db",
    "stash.db",
    "Storage/ext",
    "Ya Passman Data",
    "Ya Autofill Data",
)
"""Stores of Edge, Brave, Vivaldi, Opera and Yandex Browser, and of apps inside a browser:
their tables are not known to us."""

_BESIDE_ROOT = (
    "StorableSidebar.json",
    "StorableArchiveItems.json",
    "StorableWindows.json",
)
"""Arc: beside its user-data folder, with open and archived tabs."""

_OF_EXTENSIONS = (
    "Extension State",
    "Extension Rules",
    "Extension Scripts",
    "Local Extension Settings/*",
    "Sync Extension Settings/*",
)
"""LevelDB folders with what extensions keep: settings that a person made."""

_SYNC = "Sync Data/LevelDB"
_SNAPSHOTS = "Snapshots"
"""Whole copies of profiles that Chrome keeps of earlier versions, three by default:
`Snapshots/VERSION/PROFILE` (Chrome Enterprise help, user data snapshots).
"""


def kept_elsewhere(ground: Ground) -> Iterator[Planned]:
    """All of it, as far as it names the site."""
    root = ground.place.folder.rpartition("/")[0]
    above = root.rpartition("/")[0]
    paths = [ground.path(name) for name in _NOT_OURS]
    if ground.place.program_id == "arc":
        paths += [f"{above}/{name}" for name in _BESIDE_ROOT]
    for path in paths:
        yield from attempt(ground.place, path, partial(_named, ground, path))
    for pattern in _OF_EXTENSIONS:
        for found in entries_in(ground, pattern):
            if isinstance(found, NotReached):
                yield found
            else:
                yield from attempt(ground.place, found, partial(_held, ground, found))
    yield from attempt(ground.place, ground.path(_SYNC), partial(_synced, ground))
    yield from earlier_versions(ground)


def earlier_versions(ground: Ground) -> Iterator[Planned]:
    """They are named and stay: a copy without one site would be no copy."""
    root = ground.place.folder.rpartition("/")[0]
    return attempt(ground.place, f"{root}/{_SNAPSHOTS}", partial(_snapshots, ground))


def _snapshots(ground: Ground) -> Iterator[Planned]:
    root, _, name = ground.place.folder.rpartition("/")
    for entry in ground.home.find(f"{root}/{_SNAPSHOTS}/*/{name}"):
        if files := count_files(ground.home, entry.path):
            yield Stays(
                kept=Kept.BACKUPS, place=ground.place, store=entry.path, count=files
            )


def _named(ground: Ground, path: str) -> Iterator[Planned]:
    names = ground.names
    if isinstance(names, Naming) and mentions(ground.home, path, names):
        yield NotReached(
            store=path, why=Why.NOT_SUPPORTED, program=ground.place.program
        )


def _held(ground: Ground, path: str) -> Iterator[Planned]:
    names = ground.names
    if ground.home.entry(f"{path}/CURRENT") is None or not isinstance(names, Naming):
        return
    number = sum(
        mentioned_in(key, names) or mentioned_in(value, names)
        for key, value in ground.home.leveldb(path)
    )
    if number:
        yield Stays(kept=Kept.OTHER, place=ground.place, store=path, count=number)


def _synced(ground: Ground) -> Iterator[Planned]:
    """What waits here for the account, or came from it: keys `TYPE-dt-ID`. A profile that
    sends has more of it elsewhere, whether this store names the site or not.
    """
    path, names = ground.path(_SYNC), ground.names
    if not count_files(ground.home, path):
        return
    kept = [
        any(map(names.either, texts_in(value)))
        for key, value in ground.home.leveldb(path)
        if b"-dt-" in key
    ]
    if any(kept) or (kept and ground.place.syncs):
        yield Stays(kept=Kept.SYNC, place=ground.place, store=path, count=sum(kept))
