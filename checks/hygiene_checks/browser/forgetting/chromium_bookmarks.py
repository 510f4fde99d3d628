"""Bookmarks of Chromium: they stay, and so do their icons. `Bookmarks` (version 1, Chromium
156), its older copy, and those of the account; Falkon's own have the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Json, Kept, NotReached, Stays, Why

if TYPE_CHECKING:
    from hygiene.contract import Home, Place, Planned

__all__ = ["bookmarks_of"]

_FILES = {
    "Bookmarks": Kept.BOOKMARKS,
    "AccountBookmarks": Kept.BOOKMARKS,
    "Bookmarks.bak": Kept.BACKUPS,
}


def bookmarks_of(
    home: Home,
    place: Place,
    wanted: Callable[[str], bool],
    files: Mapping[str, Kept] = _FILES,
) -> tuple[list[Planned], frozenset[str] | Why]:
    """Bookmarks that are wanted: they stay, each file is named with its number. Beside
    them their addresses, or why some of them cannot be known.
    """
    found: list[Planned] = []
    addresses: set[str] = set()
    unknown: Why | None = None
    for name, kept in files.items():
        store = f"{place.folder}/{name}"
        try:
            if home.entry(store) is None:
                continue
            urls = [url for url in _addresses(home.json(store)) if wanted(url)]
        except CannotLook as refusal:
            found.append(
                NotReached(store=store, why=refusal.why, program=place.program)
            )
            unknown = refusal.why if kept is Kept.BOOKMARKS else unknown
            continue
        addresses.update(urls)
        if urls:
            found.append(Stays(kept=kept, place=place, store=store, count=len(urls)))
    return found, unknown or frozenset(addresses)


_DEEPEST = 100


def _addresses(document: Json, depth: int = 0) -> Iterator[str]:
    """Addresses in folders within folders."""
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
        yield from _addresses(each, depth + 1)
