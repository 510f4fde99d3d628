"""What may still name a site because the plan said so, to the row and to the byte."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from hygiene.contract import Kept
from hygiene.engine.planning import Plan
from tests.bench.residue import Residue, residue
from tests.differ import tables
from tests.real.forgetting.hosts import NOT_THE_SITE, SITE

__all__ = ["left", "rows_naming", "slack", "staying", "unnamed", "unticked"]

_SIDES = ("-wal", "-journal")


def left(home: Path, name: str = SITE, others: Iterable[str] = ()) -> list[Residue]:
    """What is left of a name in the profiles and the caches of a home."""
    return [
        found
        for found in residue(home, name, NOT_THE_SITE if name == SITE else others)
        if found.path.startswith((".config/", ".cache/"))
    ]


def unticked(plan: Plan) -> set[str]:
    """Stores of parts that the person did not tick."""
    return {each.store for each in plan.offered if each not in plan.chosen}


def staying(plan: Plan, *kept: Kept) -> set[str]:
    """Stores of which the plan says that something stays in them."""
    return {each.store for each in plan.stays if each.kept in kept}


def unnamed(found: Iterable[Residue], named: Iterable[str]) -> list[Residue]:
    """What is left outside of the stores named, and of what lies below them."""
    stores = set(named)
    return [
        each for each in found if not any(_within(each.path, one) for one in stores)
    ]


def _within(path: str, store: str) -> bool:
    sides = {f"{store}{side}" for side in _SIDES}
    return path == store or path in sides or path.startswith(f"{store}/")


def rows_naming(store: Path) -> Mapping[str, int]:
    """How many rows of each table of a store name the site, in whatever column."""
    found: dict[str, int] = {}
    for table, rows in tables(store).items():
        count = sum(_names(str(row)) for row in rows.values())
        if count:
            found[table] = count
    return found


def _names(text: str) -> bool:
    for other in NOT_THE_SITE:
        text = text.replace(other, "").replace(other[::-1], "")
    return SITE in text or SITE[::-1] in text


def slack(store: Path) -> int:
    """How often the site stands in the bytes of a store that no row needs: those that
    are not there in a copy built anew from its rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh"
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as old:
            old.execute("VACUUM INTO ?", (str(fresh),))
        return _raw(store) - _raw(fresh)


def _raw(store: Path) -> int:
    data = store.read_bytes().lower()
    for other in NOT_THE_SITE:
        data = data.replace(other.encode(), b"").replace(other[::-1].encode(), b"")
    return data.count(SITE.encode()) + data.count(SITE[::-1].encode())
