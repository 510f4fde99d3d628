"""Every browser profile of a home, each once."""

from __future__ import annotations

from fnmatch import fnmatchcase
from posixpath import basename, dirname

from hygiene.contract import (
    CannotLook,
    Entry,
    Home,
    NotChecked,
    Platform,
    Untrusted,
    UserFolder,
    Why,
)
from hygiene_checks.browser._layouts import LAYOUTS, Found, Profile
from hygiene_checks.browser._places import BROWSERS, Browser

__all__ = ["Profile", "profiles"]


def profiles(home: Home) -> Found:
    """Every profile that keeps something, and each place that hides whether it does."""
    seen: set[str] = set()
    names: set[tuple[str, str]] = set()
    for browser in BROWSERS:
        for found in _of_browser(home, browser):
            path = found.source if isinstance(found, NotChecked) else found.folder
            keys = {path if home.platform is Platform.LINUX else path.casefold()}
            if isinstance(found, Profile) and (there := home.entry(path)) is not None:
                keys.add(there.identity or path)
            if keys & seen:
                continue
            seen |= keys
            yield found if isinstance(found, NotChecked) else _distinct(found, names)


def _distinct(found: Profile, names: set[tuple[str, str]]) -> Profile:
    """The profile under a name that no other of its browser has."""
    if (found.browser.id, found.name.raw) in names:
        found = Profile(found.browser, found.folder, Untrusted(found.folder))
    names.add((found.browser.id, found.name.raw))
    return found


def _of_browser(home: Home, browser: Browser) -> Found:
    seen: set[str] = set()
    for place in browser.places(home.platform):
        try:
            pattern = _resolved(home, place)
        except CannotLook as refusal:
            yield NotChecked(place, refusal.why, browser.name)
            continue
        for entry in home.find(pattern) if pattern else ():
            # Any number of links can lead to the same folder.
            if entry.identity in seen:
                continue
            seen.update([entry.identity] if entry.identity else ())
            if entry.why is None:
                yield from LAYOUTS[browser.family](home, browser, entry.path)
            else:
                here = fnmatchcase(basename(entry.path), basename(pattern or ""))
                yield _hidden(home, entry, browser.name if here else "")


def _hidden(home: Home, entry: Entry, program: str) -> NotChecked:
    """The highest folder on the way that may not be looked into: it hides more than
    one program, and says nothing of whether this one is there.
    """
    why = entry.why or Why.DENIED
    path = entry.path
    while (above := dirname(path)) and (closed := home.entry(above)) and closed.why:
        path, why, program = above, closed.why, ""
    return NotChecked(path, why, program)


_OWN_BASES = {
    "{desktop}": UserFolder.DESKTOP,
    "{downloads}": UserFolder.DOWNLOADS,
}


def _resolved(home: Home, place: str) -> str | None:
    """A pattern with the two bases of our own filled in; None if there is no such
    folder. Raises `CannotLook`.
    """
    base, _, rest = place.partition("/")
    if base not in _OWN_BASES:
        return place
    folder = home.user_folder(_OWN_BASES[base])
    return None if folder is None else f"{folder}/{rest}"
