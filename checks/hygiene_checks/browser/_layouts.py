"""How each family of browsers lays out its profiles below its own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import TypeAlias

from hygiene.contract import CannotLook, Home, Kind, NotChecked, Untrusted, Why
from hygiene.contract.mozilla_profiles import NamedProfile, named_profiles
from hygiene_checks.browser._places import Browser, Family

__all__ = ["LAYOUTS", "Found", "Profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's (or one app's) set of data in a browser. `folder` is relative to the
    home; of an unsupported browser it is whatever shows that it is there. `name` is the
    folder's own name (`Default`, `abcd1234.default-release`); in a Chromium root it
    keeps the steps down from there, and where two profiles of one browser would share a
    name it is the whole folder.
    """

    browser: Browser
    folder: str
    name: Untrusted

    def file(self, name: str) -> str:
        """The path of a file of this profile, relative to the home."""
        return f"{self.folder}/{name}"


Found: TypeAlias = Iterator[Profile | NotChecked]


def _with_marks(
    home: Home, browser: Browser, folder: str, marks: tuple[str, ...], name: str = ""
) -> Found:
    """The profile in `folder`, if one of its usual files is there."""
    try:
        if home.entry(folder) is None:
            return
        if any(home.entry(f"{folder}/{mark}") is not None for mark in marks):
            yield Profile(browser, folder, Untrusted(name or basename(folder)))
    except CannotLook as refusal:
        yield NotChecked(folder, refusal.why, browser.name)


_LOCKS = frozenset(
    ("SingletonLock", "SingletonSocket", "SingletonCookie", "RunningChromeVersion")
)
"""Links that a running Chromium leaves in its root; they lead out of the home."""


def _folders(home: Home, browser: Browser, pattern: str) -> Iterator[str | NotChecked]:
    """Paths of the folders that match; each folder that may not be looked into."""
    for entry in home.find(pattern):
        if entry.kind is Kind.FILE or basename(entry.path) in _LOCKS:
            continue
        if entry.why is not None:
            yield NotChecked(entry.path, entry.why, browser.name)
        elif entry.kind is Kind.FOLDER:
            yield entry.path


def _below(home: Home, browser: Browser, pattern: str, marks: tuple[str, ...]) -> Found:
    for folder in _folders(home, browser, pattern):
        if isinstance(folder, NotChecked):
            yield folder
        else:
            yield from _with_marks(home, browser, folder, marks)


# Whatever `Local State` says of it, a profile that keeps something for us has one of
# these. Yandex has names of its own (`Ya ...`).
_CHROMIUM_STORES = (
    "History",
    "Login Data",
    "Login Data For Account",
    "Web Data",
    "Shortcuts",
    "Ya Passman Data",
    "Ya Autofill Data",
)
_CHROMIUM_MARKS = ("Preferences", *_CHROMIUM_STORES)
_PICKER = "System Profile"
"""Chromium's window for picking a profile: nobody browses in it, it has preferences."""


def _chromium(home: Home, browser: Browser, root: str) -> Found:
    """Profile folders below the root, the root itself (Opera), and Opera GX's side
    profiles, each of which is a root again.
    """
    yield from _chromium_root(home, browser, root, root)
    for side in _folders(home, browser, f"{root}/_side_profiles/*"):
        if isinstance(side, NotChecked):
            yield side
        else:
            yield from _chromium_root(home, browser, root, side)


def _chromium_root(home: Home, browser: Browser, root: str, top: str) -> Found:
    def name(folder: str) -> str:
        return folder.removeprefix(f"{root}/") if folder != root else basename(root)

    yield from _with_marks(home, browser, top, _CHROMIUM_MARKS, name(top))
    for folder in _folders(home, browser, f"{top}/*"):
        if isinstance(folder, NotChecked):
            yield folder
            continue
        picker = basename(folder) == _PICKER
        marks = _CHROMIUM_STORES if picker else _CHROMIUM_MARKS
        yield from _with_marks(home, browser, folder, marks, name(folder))


_FIREFOX_MARKS = (
    "places.sqlite",
    "prefs.js",
    "formhistory.sqlite",
    "logins.json",
    "logins.db",
    "sessionstore.jsonlz4",
)
_INI_LIMIT = 64 << 10
"""Bytes; a thousand profiles take fewer, and each is looked for in many places."""


def _firefox(home: Home, browser: Browser, root: str) -> Found:
    """Folders on the disk, named or not, then those that the ini files name elsewhere."""
    yield from _below(home, browser, f"{root}/*", _FIREFOX_MARKS)
    yield from _below(home, browser, f"{root}/Profiles/*", _FIREFOX_MARKS)
    for ini in (f"{root}/profiles.ini", f"{root}/installs.ini"):
        try:
            if home.entry(ini) is None:
                continue
            raw = home.read(ini, limit=_INI_LIMIT)
        except CannotLook as refusal:
            yield NotChecked(ini, refusal.why, browser.name)
            continue
        for named in named_profiles(raw.decode("utf-8", "surrogateescape")):
            yield from _named(home, browser, root, ini, named)


def _named(
    home: Home, browser: Browser, root: str, ini: str, named: NamedProfile
) -> Found:
    """Where a named profile is. One that is gone from the home is nothing; one that is
    elsewhere was not asked for.
    """
    folders = named.folders(root)
    for folder in folders:
        found = next(_with_marks(home, browser, folder, _FIREFOX_MARKS), None)
        if found is not None:
            yield found
            return
    if named.absolute or not folders:
        yield NotChecked(ini, Why.NOT_ASKED, browser.name)


def _safari(home: Home, browser: Browser, root: str) -> Found:
    marks = ("History.db", "Downloads.plist")
    yield from _with_marks(home, browser, root, marks)
    yield from _below(home, browser, f"{root}/Profiles/*", marks)


def _epiphany(home: Home, browser: Browser, root: str) -> Found:
    yield from _with_marks(home, browser, root, ("ephy-history.db",))


def _falkon(home: Home, browser: Browser, root: str) -> Found:
    yield from _below(home, browser, f"{root}/*", ("browsedata.db",))


def _tor_browser(_home: Home, browser: Browser, root: str) -> Found:
    """The folder that the person unpacked: the place itself is what could be seen."""
    folder = root.removesuffix("/Browser/TorBrowser")
    yield Profile(browser, folder, Untrusted(basename(folder)))


def _unsupported(_home: Home, browser: Browser, root: str) -> Found:
    yield Profile(browser, root, Untrusted(basename(root)))


LAYOUTS: Mapping[Family, Callable[[Home, Browser, str], Found]] = {
    Family.CHROMIUM: _chromium,
    Family.FIREFOX: _firefox,
    Family.SAFARI: _safari,
    Family.EPIPHANY: _epiphany,
    Family.FALKON: _falkon,
    Family.FOLDER_ONLY: _tor_browser,
    Family.UNSUPPORTED: _unsupported,
}
