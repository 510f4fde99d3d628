"""Bookmarks of Chromium: they stay, and so do their icons. `Bookmarks` (version 1, Chromium
156), its older copy, and those of the account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Json, Kept, NotReached, Stays

if TYPE_CHECKING:
    from hygiene.contract import Home, Place, Planned
    from hygiene_checks.browser.forgetting._naming import Names

__all__ = ["bookmarked", "bookmarks_of"]

_BOOKMARKS = ("Bookmarks", "AccountBookmarks", "Bookmarks.bak")


def bookmarks_of(
    home: Home, place: Place, names: Names
) -> tuple[list[Planned], frozenset[str]]:
    """Bookmarks that name the site: they stay, each file is named with its number."""
    found: list[Planned] = []
    addresses: set[str] = set()
    for name in _BOOKMARKS:
        store = f"{place.folder}/{name}"
        try:
            if home.entry(store) is None:
                continue
            urls = [url for url in bookmarked(home.json(store)) if names.address(url)]
        except CannotLook as refusal:
            found.append(
                NotReached(store=store, why=refusal.why, program=place.program)
            )
            continue
        addresses.update(urls)
        if urls:
            kept = Kept.BACKUPS if name.endswith(".bak") else Kept.BOOKMARKS
            found.append(Stays(kept=kept, place=place, store=store, count=len(urls)))
    return found, frozenset(addresses)


_DEEPEST = 100


def bookmarked(document: Json, depth: int = 0) -> Iterator[str]:
    """Addresses in Chromium's `Bookmarks` (version 1), folders within folders."""
    if depth > _DEEPEST:
        return
    if isinstance(document, dict):
        url = document.get("url")
        if isinstance(url, str):
            yield url
        below: Iterable[Json] = document.values()
    elif isinstance(document, list):
        below = document
    else:
        return
    for each in below:
        yield from bookmarked(each, depth + 1)
