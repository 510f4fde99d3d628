"""Caches of a Firefox profile: they go whole, and the person may leave them out.

They lie in the profile, or in a folder of the same name below the cache folder of the
system (Windows: the local one); Snap and Flatpak have cache folders of their own. Entries
of `cache2` have names that are hashes; the address is at the end of each file (Firefox 32
to 153).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Kind, Planned, Stays
from hygiene_checks.browser.forgetting._bytes import mentioned_in
from hygiene_checks.browser.forgetting._planning import attempt, count_files, whole

if TYPE_CHECKING:
    from hygiene.contract import Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["cache_holds", "name_caches", "plan_caches"]

_FOLDERS = (
    "cache2",
    "startupCache",
    "thumbnails",
    "OfflineCache",
    "Cache",
    "jumpListCache",
)
_ENTRIES = "cache2/entries"
_MOST_ENTRIES = 50_000
_TAIL = 4096
"""Bytes at the end of an entry that are looked at: the address, and headers."""

_SANDBOXES = (
    # Where the profiles of a packaging lie, and where its caches do.
    ("/common/", "/common/.cache/"),
    ("/LocalCache/Roaming/", "/LocalCache/Local/"),
)
_FLATPAK = ".var/app/"
_FEWEST_STEPS = 2


def cache_folders(home: Home, folder: str) -> Iterator[str]:
    """The profile folder itself, and its twins that hold caches. Raises `CannotLook`."""
    yield folder
    seen = {folder}
    for pattern in _twins(folder):
        if "*" in pattern or "?" in pattern:
            continue
        for entry in home.find(pattern):
            if entry.kind is Kind.FOLDER and entry.path not in seen:
                if entry.why is not None:
                    raise CannotLook(entry.why)
                seen.add(entry.path)
                yield entry.path


def _twins(folder: str) -> Iterator[str]:
    for profiles, caches in _SANDBOXES:
        before, found, rest = folder.partition(profiles)
        if found:
            yield before + caches + rest.lstrip(".")
    if folder.startswith(_FLATPAK):
        package, _, rest = folder.removeprefix(_FLATPAK).partition("/")
        rest = rest.removeprefix("config/").lstrip(".")
        yield f"{_FLATPAK}{package}/cache/{rest}"
        return
    steps = folder.split("/")
    for start in range(len(steps) - _FEWEST_STEPS + 1):
        yield "{cache}/" + "/".join(steps[start:]).lstrip(".")


def plan_caches(home: Home, place: Place) -> Iterator[Planned]:
    """Every cache of the profile."""
    yield from attempt(place, place.folder, partial(_caches, home, place))


def _caches(home: Home, place: Place) -> Iterator[Planned]:
    for folder in cache_folders(home, place.folder):
        for name in _FOLDERS:
            yield from whole(home, place, Kept.CACHE, f"{folder}/{name}")


def name_caches(home: Home, place: Place) -> Iterator[Planned]:
    """Every cache of the profile, as what stays: none of them tells by time."""
    yield from attempt(place, place.folder, partial(_named, home, place))


def _named(home: Home, place: Place) -> Iterator[Planned]:
    for folder in cache_folders(home, place.folder):
        for name in _FOLDERS:
            if count_files(home, path := f"{folder}/{name}"):
                yield Stays(kept=Kept.CACHE, place=place, store=path)


def cache_holds(home: Home, place: Place, naming: Naming) -> bool:
    """Whether an entry of the cache is of the site: for a profile that keeps nothing
    else of it. Of a very large cache only a part is looked at. Raises `CannotLook`.
    """
    left = _MOST_ENTRIES
    for folder in cache_folders(home, place.folder):
        for below in home.walk(f"{folder}/{_ENTRIES}"):
            for name in below.files[:left]:
                with home.open(f"{below.path}/{name}") as entry:
                    end = entry.read_at(max(0, entry.size - _TAIL), _TAIL)
                if mentioned_in(end, naming):
                    return True
            left -= min(left, len(below.files))
    return False
