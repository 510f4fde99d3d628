"""What stands at the stores of a home once their own programs opened them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.host import leftovers
from tests.host.writing.carrying import rows, tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["is_idle_journal", "names", "remains", "state", "states"]

# Prebuilt for Linux and Python up to 3.12 only; there it must be.
plyvel: Any = (
    import_module("plyvel")
    if sys.platform == "linux" and sys.version_info < (3, 13)
    else pytest.importorskip("plyvel", reason="LevelDB itself is not installed here")
)

_SQLITE = b"SQLite format 3\0"


def states(root: Path, stores: Iterable[str]) -> dict[str, object]:
    """The state of each store: rows, entries, bytes, or None for nothing."""
    return {store: state(root / store) for store in stores}


def state(path: Path) -> object:
    """What its program sees there. A journal or a log is used up by that."""
    if path.is_symlink() or not path.exists():
        return None
    if path.is_dir():
        return _entries(path) if (path / "CURRENT").exists() else tree(path)
    data = path.read_bytes()
    return rows(path) if data.startswith(_SQLITE) else data


def _entries(path: Path) -> list[tuple[bytes, bytes]]:
    with plyvel.DB(str(path), create_if_missing=False, paranoid_checks=True) as db:
        return list(db.iterator(verify_checksums=True))


def names(root: Path) -> set[str]:
    """Every path below `root`, without what LevelDB numbers anew at each start, and
    journals that SQLite passes over: a program that only reads lets them lie.
    """
    return {
        each.relative_to(root).as_posix()
        for each in root.rglob("*")
        if not (each.parent / "CURRENT").exists() and not is_idle_journal(each)
    }


def is_idle_journal(path: Path) -> bool:
    """Whether it is a journal that SQLite passes over."""
    # pager.c of SQLite 3.54, `hasHotJournal`: the first byte tells.
    return path.name.endswith("-journal") and path.read_bytes()[:1] in {b"", b"\0"}


def remains(root: Path) -> list[str]:
    """Paths of what a killed run left, that is known again by its name."""
    return sorted(
        each.relative_to(root).as_posix()
        for each in root.rglob("*")
        if leftovers.is_leftover(each.name)
    )
