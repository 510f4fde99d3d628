"""What an earlier clearing moved aside and did not get to remove: it was ended by force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import Kept, RemoveTree
from hygiene_checks.browser.forgetting._planning import Part, attempt, count_files

if TYPE_CHECKING:
    from hygiene.contract import Home, Place, Planned

__all__ = ["unfinished"]

_NAME = re.compile(r"\.[0-9a-f]{12}-\d{1,10}\.part")
"""How the writer calls a folder while it is being removed, and a file while it is made."""
_IN_THE_CACHE = tuple(
    f"{{cache}}/{'*/' * deep}.????????????-*.part" for deep in (1, 2, 3)
)


def unfinished(home: Home, place: Place) -> Iterator[Planned]:
    """All of it in the folder of one profile, and in the caches, whatever it belonged
    to: it was agreed to before.
    """
    return attempt(place, place.folder, partial(_plan, home, place))


def _plan(home: Home, place: Place) -> Iterator[Planned]:
    for path in _paths(home, place.folder):
        yield from Part(place, Kept.OTHER, path).clearing(
            [RemoveTree(store=path)], {"files": max(count_files(home, path), 1)}
        )


def _paths(home: Home, folder: str) -> Iterator[str]:
    inside = ""
    for each in home.walk(folder):
        if inside and each.path.startswith(f"{inside}/"):
            continue
        if _NAME.fullmatch(basename(each.path)):
            inside = each.path
            yield each.path
            continue
        for name in each.files:
            if _NAME.fullmatch(name):
                yield f"{each.path}/{name}"
    for pattern in _IN_THE_CACHE:
        for entry in home.find(pattern):
            if entry.why is None and _NAME.fullmatch(basename(entry.path)):
                yield entry.path
