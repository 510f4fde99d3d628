"""Tabs that a browser would open again: a second memory of what was visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Finding, Home, Json, Level, NotChecked
from hygiene_checks.browser._hosts import host_of
from hygiene_checks.browser._places import Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hygiene.contract import Outcome
    from hygiene_checks.browser._layouts import Profile

__all__ = ["open_tabs"]

_FIREFOX_FILES = (
    "sessionstore.jsonlz4",
    "sessionstore-backups/recovery.jsonlz4",
    "sessionstore-backups/previous.jsonlz4",
)
"""After a clean exit, while it runs, and from the time before (Firefox 56 to 153)."""

_CHROMIUM_FILES = (
    "Sessions/*",
    "Sessions_Encrypted/*",
    "Current Session",
    "Current Tabs",
    "Last Session",
    "Last Tabs",
)
"""The second since Chromium 150 or so, the last four up to Chromium 85."""


def open_tabs(home: Home, profile: Profile, guide: str) -> Iterator[Outcome]:
    """The tabs of one profile: how many in Firefox, that there are some in Chromium,
    whose own format is not read.
    """
    if profile.browser.family is Family.FIREFOX:
        yield from _in_firefox(home, profile, guide)
    elif profile.browser.family is Family.CHROMIUM:
        paths = tuple(
            entry.path
            for name in _CHROMIUM_FILES
            for entry in home.find(profile.file(name))
            if entry.size > 0
        )
        if paths:
            yield _finding(profile, paths, {}, guide)


def _in_firefox(home: Home, profile: Profile, guide: str) -> Iterator[Outcome]:
    paths = []
    for path in map(profile.file, _FIREFOX_FILES):
        try:
            if home.entry(path) is not None:
                paths.append(path)
        except CannotLook as refusal:
            yield NotChecked(path, refusal.why, profile.browser.name)
    for path in paths:
        try:
            tabs = sum(
                map(_shows_site, home.json_items(path, "windows.item.tabs.item"))
            )
        except CannotLook as refusal:
            yield NotChecked(path, refusal.why, profile.browser.name)
            continue
        if tabs:
            yield _finding(profile, tuple(paths), {"items": tabs}, guide)
        return


def _shows_site(tab: Json) -> bool:
    """Whether any page in the tab's own history is of a site: empty tabs are none."""
    entries = tab.get("entries") if isinstance(tab, dict) else None
    return isinstance(entries, list) and any(
        host_of(entry.get("url")) for entry in entries if isinstance(entry, dict)
    )


def _finding(
    profile: Profile, paths: tuple[str, ...], counts: Mapping[str, int], guide: str
) -> Finding:
    return Finding(
        topic="open-tabs",
        level=Level.NOTE,
        program=profile.browser.name,
        program_id=profile.browser.id,
        profile=profile.name,
        part="open-tabs",
        sources=paths,
        counts=counts,
        guide=guide,
    )
