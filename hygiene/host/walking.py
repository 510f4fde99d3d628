"""Walk down a folder, in name order, however deep and however large."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from hygiene.contract.home import Entry, Folder, Kind
from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.spots import Spot
from hygiene.host.tree import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hygiene.host._open_folder import OpenFolder
    from hygiene.host.listing import Listing
    from hygiene.host.tree import Tree

__all__ = ["walk"]

_KEPT = 16
"""Folders that stay open behind a walk: whoever walks may be ahead of who reads."""


def walk(tree: Tree, path: str, tick: Callable[[], None]) -> Iterator[Folder]:
    """Every folder from `path` down. Links are not followed. A folder that cannot be
    listed is answered with itself as skipped; where that is the start, `CannotLook`.
    """
    tick()
    start = tree.locate(path)
    if start is None or start.kind is Kind.FILE:
        return
    if start.why is not None:
        raise CannotLook(start.why)
    waiting = [(start.path, start.real)]
    kept: deque[OpenFolder] = deque(maxlen=_KEPT)
    while waiting:
        path, real = waiting.pop()
        tick()
        try:
            listing, folder = tree.go_into(path, real)
        except CannotLook as error:
            yield Folder(path, (), (Entry(path, Kind.FOLDER, why=error.why),))
            continue
        kept.append(folder)
        listing.files.sort()
        listing.folders.sort(reverse=True)
        skipped = tuple(_skipped(tree, Spot(path, real), listing))
        yield Folder(path, listing.files, skipped)
        waiting.extend(
            (joined(path, name), tree.below(real, name)) for name in listing.folders
        )


def _skipped(tree: Tree, folder: Spot, listing: Listing) -> Iterator[Entry]:
    """Links out of the home, pipes and devices."""
    for name in sorted((*listing.links, *listing.others)):
        spot = tree.locate(name, folder)
        if spot is not None and (spot.why is Why.NOT_ASKED or spot.kind is Kind.OTHER):
            yield spot.entry()
