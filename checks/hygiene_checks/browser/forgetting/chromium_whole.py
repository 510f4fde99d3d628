"""Stores of Chromium out of which nothing can be taken: files and folders that go whole.
Chromium 156 and older.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Kind, Platform, Stays
from hygiene_checks.browser.forgetting._bytes import mentioned_in, mentions
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import attempt, whole
from hygiene_checks.browser.forgetting._protobuf import texts_in

if TYPE_CHECKING:
    from hygiene.contract import Home, Planned
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = [
    "cache_folders",
    "caches",
    "jump_lists",
    "last_downloads",
    "old_stores",
    "sessions",
]

_SESSIONS = ("Sessions",)
_OLD_SESSIONS = ("Current Session", "Current Tabs", "Last Session", "Last Tabs")
_SEALED_SESSIONS = ("Sessions_Encrypted",)


def sessions(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    """Open and lately closed tabs with their way back and forth. Files of one kind go all
    together, or an older one would come back in place of the newest. The encrypted
    copies do not show what they hold: `certain` says that the site was there.
    """
    plain = not isinstance(ground.names, Naming) or any(
        _names(ground, each) for each in (*_SESSIONS, *_OLD_SESSIONS)
    )
    if plain or certain:
        for name in (*_SESSIONS, *_OLD_SESSIONS) if plain else ():
            yield from _whole(ground, Kept.OPEN_TABS, name)
        for name in _SEALED_SESSIONS:
            yield from _whole(ground, Kept.OPEN_TABS, name)


def _names(ground: Ground, name: str) -> bool:
    """Whether the store names the site; also where that cannot be looked at."""
    names, path = ground.names, ground.path(name)
    try:
        if isinstance(names, Naming):
            return mentions(ground.home, path, names)
        if ground.home.entry(path) is None:
            return False
        texts = texts_in(ground.home.read(path, limit=_SMALL))
        return any(map(names.address, texts))
    except CannotLook:
        return True


_SMALL = 4 << 20


def _whole(
    ground: Ground, kept: Kept, name: str, *, more: bool = True
) -> Iterator[Planned]:
    return whole(ground.home, ground.place, kept, ground.path(name), more=more)


_CACHES = (
    "Cache",
    "Code Cache",
    "GPUCache",
    "Media Cache",
    "Application Cache",
    "Shared Dictionary/cache",
    "Network/Shared Dictionary/cache",
    "blob_storage",
    "Download Service/Files",
    "ImageFetcherDB",
)
"""Names of entries are hashes; addresses stand inside."""


def caches(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    """Copies of pages and of what they are made of, here and in the folder that the
    system has for caches.
    """
    plan = partial(_caches, ground, certain=certain)
    return attempt(ground.place, ground.path("Cache"), plan)


def _caches(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    for path in _cache_paths(ground):
        if certain or _in_cache(ground, path):
            yield from whole(ground.home, ground.place, Kept.CACHE, path)


def _cache_paths(ground: Ground) -> Iterator[str]:
    for folder in (
        ground.place.folder,
        *cache_folders(ground.home, ground.place.folder),
    ):
        for name in _CACHES:
            yield f"{folder}/{name}"


_FLATPAK = ".var/app/"
_SNAP = re.compile(r"(snap/[^/]+/common/)[^/.]")


def cache_folders(home: Home, folder: str) -> list[str]:
    """Where the caches of a profile lie that are not in it: the same way down from the
    system's folder for caches (`~/.cache/chromium/Default`).
    """
    found: list[str] = []
    if folder.startswith(_FLATPAK) and "/config/" in folder:
        app, _, rest = folder.partition("/config/")
        found.append(f"{app}/cache/{rest}")
    elif snap := _SNAP.match(folder):
        found.append(f"{snap[1]}.cache/{folder.removeprefix(snap[1])}")
    elif "/.config/" in folder:
        above, _, rest = folder.partition("/.config/")
        found.append(f"{above}/.cache/{rest}")
    for base in home.find("{config}"):
        if base.why is None and folder.startswith(f"{base.path}/"):
            rest = folder.removeprefix(f"{base.path}/")
            found += [each.path for each in home.find(f"{{cache}}/{rest}")]
    return [each for each in found if each != folder]


_HEAD = 8 << 10
_MOST = 20_000


def _in_cache(ground: Ground, path: str) -> bool:
    """Whether an entry of a cache begins with an address of the site. What cannot be
    looked at is taken for one that may.
    """
    names = ground.names
    if not isinstance(names, Naming):
        return False
    try:
        for number, file in enumerate(_files(ground.home, path)):
            if number == _MOST:
                return False
            if _entry_names(ground.home, file, names):
                return True
    except CannotLook:
        return False
    return False


def _entry_names(home: Home, file: str, names: Naming) -> bool:
    """Whether a file of a cache names the site: one of an entry by its beginning, where
    its address stands, and one that holds many (`data_1`, on Windows and macOS) anywhere.
    """
    if file.rpartition("/")[2].startswith("data_"):
        return mentions(home, file, names)
    with home.open(file) as reader:
        return mentioned_in(reader.read_at(0, _HEAD), names)


def _files(home: Home, path: str) -> Iterator[str]:
    entry = home.entry(path)
    if entry is None or entry.why is not None or entry.kind is not Kind.FOLDER:
        return
    for folder in home.walk(path):
        for name in folder.files:
            yield f"{folder.path}/{name}"


_LAST_DOWNLOADS = "DownloadMetadata"
_LOOKED_INTO = (
    (_LAST_DOWNLOADS, Kept.DOWNLOADS),
    ("History Provider Cache", Kept.SUGGESTIONS),
    ("Thumbnails", Kept.TOP_SITES),
)
"""Small stores that the browser makes again, whose bytes show what they name."""

_HASHED = (("Visited Links", Kept.PAGES),)
"""A table of hashes with a secret of its own: colours of links that were followed."""


def last_downloads(ground: Ground) -> Iterator[Planned]:
    """The file of downloads that were going on, if it names what goes."""
    if _names(ground, _LAST_DOWNLOADS):
        yield from _whole(ground, Kept.DOWNLOADS, _LAST_DOWNLOADS)


def old_stores(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    """Indexes and copies beside the history, most of them of older releases."""
    for name, kept in _LOOKED_INTO:
        if _names(ground, name):
            yield from _whole(ground, kept, name)
    if not certain:
        return
    for name, kept in _HASHED:
        yield from _whole(ground, kept, name)
    yield from attempt(ground.place, ground.place.folder, partial(_indexes, ground))


def _indexes(ground: Ground) -> Iterator[Planned]:
    """Words of visited pages, month by month, until 2014."""
    for entry in ground.home.find(ground.path("History Index *")):
        if entry.why is None:
            yield from whole(ground.home, ground.place, Kept.PAGES, entry.path)


_JUMP_LISTS = "{config}/Microsoft/Windows/Recent/CustomDestinations"


def jump_lists(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    """On Windows the pages that the button of the taskbar offers: icons in the profile,
    and the lists of all programs in a folder of the system. A list is made again by its
    program; which one is whose, its name does not say.
    """
    if ground.home.platform is not Platform.WINDOWS:
        return
    for name in ("JumpListIcons", "JumpListIconsOld") if certain else ():
        for end in ("", "MostVisited", "RecentClosed"):
            yield from _whole(ground, Kept.TOP_SITES, f"{name}{end}")
    plan = partial(_lists, ground, certain=certain)
    yield from attempt(ground.place, ground.path("JumpListIcons"), plan)


def _lists(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    names = ground.names
    if not isinstance(names, Naming):
        for folder in ground.home.find(_JUMP_LISTS) if certain else ():
            yield Stays(kept=Kept.TOP_SITES, place=ground.place, store=folder.path)
        return
    for entry in ground.home.find(f"{_JUMP_LISTS}/*"):
        if entry.why is None and mentions(ground.home, entry.path, names):
            yield from whole(ground.home, ground.place, Kept.TOP_SITES, entry.path)
