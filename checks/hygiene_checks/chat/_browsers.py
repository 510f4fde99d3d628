"""Which web addresses a browser keeps storage for: told by names of folders alone.

No store is opened: Local Storage, IndexedDB and cookies hold the sign-ins themselves.
This knows no browser by name. A folder with `Local State` is laid out like Chromium
(156; programs built on it, too), one with `profiles.ini` like Firefox (153).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from posixpath import dirname

from hygiene.contract import Home, NotChecked, Platform

__all__ = ["Storage", "storages"]


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder of storage for one host. `profile` is the profile's folder; `root` the
    folder of the browser.
    """

    path: str
    host: str
    root: str
    profile: str


_CHROMIUM_MARK = "Local State"
_FIREFOX_MARK = "profiles.ini"

_ROOTS = {
    Platform.LINUX: {
        _CHROMIUM_MARK: (
            "{config}/*",
            "{config}/*/*",
            "{config}/chrome-remote-desktop/chrome-config/*",
            "snap/*/common/*",
            "snap/*/current/.config/*",
            "snap/*/current/.config/*/*",
            ".var/app/*/config/*",
            ".var/app/*/config/*/*",
        ),
        _FIREFOX_MARK: (
            ".*",
            ".mozilla/*",
            "{config}/*",
            "{config}/*/*",
            "snap/*/common/.*",
            "snap/*/common/.mozilla/*",
            ".var/app/*/.*",
            ".var/app/*/.mozilla/*",
            ".var/app/*/config/*/*",
        ),
    },
    Platform.MACOS: {
        _CHROMIUM_MARK: ("{config}/*", "{config}/*/*"),
        _FIREFOX_MARK: ("{config}/*",),
    },
    Platform.WINDOWS: {
        _CHROMIUM_MARK: (
            "{local}/*/User Data",
            "{local}/*/*/User Data",
            "{config}/*",
            "{config}/*/*",
            "{local}/Packages/*/LocalCache/Local/*/User Data",
        ),
        _FIREFOX_MARK: (
            "{config}/*",
            "{config}/*/*",
            "{local}/Packages/*/LocalCache/Roaming/*/*",
        ),
    },
}
# Below such a folder: the profiles, then the storage of one host each. Opera keeps the
# profile in the root itself, Electron apps keep one for each account in `Partitions`.
_BELOW = {
    _CHROMIUM_MARK: tuple(
        f"{profile}IndexedDB/https_*"
        for profile in ("", "*/", "_side_profiles/*/", "Partitions/*/")
    ),
    _FIREFOX_MARK: tuple(
        f"{profile}storage/default/https+++*" for profile in ("*/", "Profiles/*/")
    ),
}
# Browsers with neither mark: Falkon 22 (profiles as in Chromium), GNOME Web 43.
_WITHOUT_MARK = {
    "{config}/falkon/profiles": "*/IndexedDB/https_*",
    "{data}/epiphany": "databases/indexeddb/v1/https_*",
    ".var/app/org.gnome.Epiphany/data/epiphany": "databases/indexeddb/v1/https_*",
}
_CHROMIUM_NAME = re.compile(r"https_(.+)_\d+(?:\.indexeddb(?:\.leveldb|\.blob)?)?")
_FIREFOX_NAME = re.compile(r"https\+\+\+([^+^]+)(?:\+\d+)?(\^.*)?")
# Links of a running Chromium to places outside the home.
_LOCKS = "/Singleton"


def storages(home: Home) -> Iterator[Storage | NotChecked]:
    """Each folder of storage, and each profile that may not be looked into."""
    for root, patterns in _roots(home):
        for pattern in patterns:
            for entry in home.find(f"{root}/{pattern}"):
                if entry.why is None:
                    yield from _storage(entry.path, root, pattern)
                elif _LOCKS not in entry.path:
                    yield NotChecked(_without(entry.path, pattern), entry.why)


def _roots(home: Home) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Folders of browsers. Folders on the way that may not be looked into belong to
    programs of any kind: the checks of browsers name their own.
    """
    seen: set[str] = set()
    for mark, patterns in _ROOTS[home.platform].items():
        for pattern in patterns:
            for entry in home.find(f"{pattern}/{mark}"):
                # Any number of links can lead to the same folder.
                if entry.why is None and entry.identity not in seen:
                    seen.update([entry.identity] if entry.identity else ())
                    yield dirname(entry.path), _BELOW[mark]
    if home.platform is Platform.LINUX:
        for pattern, below in _WITHOUT_MARK.items():
            for entry in home.find(pattern):
                if entry.why is None:
                    yield entry.path, (below,)


def _storage(path: str, root: str, pattern: str) -> Iterator[Storage]:
    steps = path.split("/")
    profile = "/".join(steps[: -1 - _literal_steps(pattern)])
    if (found := _CHROMIUM_NAME.fullmatch(steps[-1])) or (
        (found := _FIREFOX_NAME.fullmatch(steps[-1])) and _own(found[2] or "")
    ):
        yield Storage(path, found[1].lower(), root, profile)


def _without(path: str, pattern: str) -> str:
    """The folder that may not be looked into, without the steps asked for inside it."""
    for step in reversed(pattern.split("/")):
        if "*" not in step:
            path = path.removesuffix(f"/{step}")
    return path


def _own(suffix: str) -> bool:
    """Whether it is no storage of a site that another site showed inside its page."""
    return "partitionKey=" not in suffix


def _literal_steps(pattern: str) -> int:
    """How many steps of the pattern stand between a profile and its storage."""
    *steps, _ = pattern.split("/")
    return sum(1 for _ in takewhile(lambda step: "*" not in step, reversed(steps)))
