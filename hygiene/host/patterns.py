"""Find what matches a pattern, in name order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hygiene.contract.home import Entry, Kind
from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.tree import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hygiene.host.tree import Tree

__all__ = ["find"]

_BARRED = frozenset({Why.DENIED, Why.NOT_ASKED, Why.ONLINE_ONLY})


def find(tree: Tree, pattern: str, tick: Callable[[], None]) -> Iterator[Entry]:
    """What matches `pattern`, in which `*` and `?` match inside one name. A folder that
    several links lead to is gone through once, under the first of its names.
    """
    names = [each for each in pattern.split("/") if each]
    if pattern.startswith("/") and names:
        names[0] = f"/{names[0]}"
    waiting = [(tree.home, "", 0)]
    seen: set[tuple[str, int]] = set()
    while waiting:
        start, path, depth = waiting.pop()
        while depth < len(names) and not _is_wild(names[depth]):
            path = joined(path, names[depth])
            depth += 1
        tick()
        spot = tree.locate(path, start)
        if spot is None:
            continue
        if depth == len(names) or spot.why in _BARRED or spot.status is None:
            yield spot.entry()
            continue
        if spot.kind is not Kind.FOLDER or (spot.real, depth) in seen:
            continue
        seen.add((spot.real, depth))
        try:
            matching = _matching(tree, spot.real, names[depth])
        except CannotLook as error:
            yield Entry(spot.path, Kind.FOLDER, why=error.why)
            continue
        waiting.extend((spot, name, depth + 1) for name in matching)


def _is_wild(name: str) -> bool:
    return "*" in name or "?" in name


def _matching(tree: Tree, real: str, pattern: str) -> list[str]:
    """Names in the folder that match, last name first."""
    wild = {"*": ".*", "?": "."}
    parts = (wild.get(each) or re.escape(each) for each in pattern)
    flags = re.DOTALL | (re.IGNORECASE if tree.folds_case else 0)
    matches = re.compile("".join(parts), flags).fullmatch
    return sorted((name for name in tree.list(real) if matches(name)), reverse=True)
