"""What a family plans for the profiles of a home, and the plan carried out on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import cramjam

from hygiene.contract import (
    Clearing,
    Consent,
    DeleteRows,
    EditJson,
    JsonPath,
    Kept,
    NotReached,
    Planned,
    Platform,
    Site,
    Span,
    Stays,
    Step,
    Tick,
    Unit,
    UpdateRows,
    Why,
    digest,
)
from hygiene.host.home import DiskHome
from hygiene.host.writing import Writer
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser.forgetting._planning import Forgetting
from tests.footprint import age, footprint

__all__ = [
    "carry_out",
    "clearings",
    "digest_of",
    "document",
    "edited",
    "kept_rows",
    "missed",
    "planned",
    "planned_twice",
    "stays",
    "steps_on",
    "stores",
    "without",
]

Element = TypeVar("Element")
_MAGIC = b"mozLz40\0"


def planned(
    family: Forgetting,
    root: Path,
    subject: Site | Span,
    platform: Platform = Platform.LINUX,
) -> list[Planned]:
    """The plan for every profile of the home, in order."""
    home = DiskHome(root, platform)
    found: list[Planned] = []
    for profile in profiles(home):
        assert isinstance(profile, Profile)
        place = family.place(home, profile)
        if isinstance(subject, Site):
            found += family.site(home, profile, place, subject)
        else:
            found += family.span(home, profile, place, subject)
    return found


def planned_twice(
    family: Forgetting,
    root: Path,
    subject: Site | Span,
    platform: Platform = Platform.LINUX,
) -> list[Planned]:
    """The same plan, made again: it says the same, each part has a key of its own, and
    in the home not a byte, a name or a time of access is another.
    """
    age(root)
    before = footprint(root)
    one, two = (planned(family, root, subject, platform) for _ in range(2))
    assert footprint(root) == before
    assert one == two
    assert digest_of(one) == digest_of(two)
    keys = [each.key for each in clearings(one)]
    assert len(set(keys)) == len(keys)
    return one


def clearings(plan: Iterable[Planned], kept: Kept | None = None) -> list[Clearing]:
    """What would go, of one kind or of all."""
    return [
        each
        for each in plan
        if isinstance(each, Clearing) and kept in (None, each.kept)
    ]


def stays(plan: Iterable[Planned]) -> dict[tuple[str, Kept], int]:
    """What stays: counts by the last name of the store's path and kind."""
    return {
        (each.store.rpartition("/")[2], each.kept): each.count
        for each in plan
        if isinstance(each, Stays)
    }


def missed(plan: Iterable[Planned]) -> dict[str, Why]:
    """Why each store, by the last name of its path, could not be planned for."""
    return {
        each.store.rpartition("/")[2]: each.why
        for each in plan
        if isinstance(each, NotReached)
    }


def stores(plan: Iterable[Planned], *ticks: Tick) -> set[str]:
    """Last names of the paths of stores that would change, by these ticks or any."""
    return {
        each.store.rpartition("/")[2]
        for each in clearings(plan)
        if not ticks or each.tick in ticks
    }


def steps_on(plan: Iterable[Planned], name: str) -> list[Step]:
    """All the steps on stores of that name."""
    return [
        step
        for each in clearings(plan)
        if each.store.rpartition("/")[2] == name
        for step in each.steps
    ]


def digest_of(plan: Iterable[Planned]) -> str:
    """The digest of everything that would be done."""
    return digest(step for each in clearings(plan) for step in each.steps)


def carry_out(
    root: Path,
    plan: Iterable[Planned],
    *,
    ticked: bool = True,
    platform: Platform = Platform.LINUX,
) -> list[str]:
    """Do all of it, or with `ticked` False only what goes of itself; gives the stores
    in the order in which they were done.
    """
    units: dict[str, list[Step]] = {}
    for each in clearings(plan):
        if ticked or each.tick is not Tick.OFF:
            units[each.store] = [*units.pop(each.store, []), *each.steps]
    writer = Writer(DiskHome(root, platform), lambda _consent, _digest: True)
    whole = [Unit(store, tuple(steps)) for store, steps in units.items()]
    assert writer.refusals(whole) == {}
    stamps = writer.stamps(units)
    return list(writer.carry_out(Consent("agreed"), whole, stamps))


def kept_rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows as Python's own SQLite reads them."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as store:
        return store.execute(sql).fetchall()


def without(path: Path, steps: Sequence[Step]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a store by table, once the steps are done in memory: a second
    opinion on what they mean. Asserts the counts that the steps give.
    """
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(":memory:")) as store,
    ):
        source.backup(store)
        for step in steps:
            if isinstance(step, DeleteRows):
                marks = ",".join("?" * len(step.keys))
                done = store.execute(
                    f"DELETE FROM {step.table} WHERE {step.key} IN ({marks})", step.keys
                )
                assert done.rowcount == step.rows, step
            else:
                assert isinstance(step, UpdateRows)
                _update(store, step)
        return {
            table: store.execute(f"SELECT * FROM {table}").fetchall()
            for (table,) in store.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
        }


def _update(store: sqlite3.Connection, step: UpdateRows) -> None:
    settings = ", ".join(f"{column} = ?" for column in step.columns)
    for key, values in step.rows:
        done = store.execute(
            f"UPDATE {step.table} SET {settings} WHERE {step.key} = ?", (*values, key)
        )
        assert done.rowcount == 1, step


def document(path: Path) -> Any:
    """A JSON document, plain or in Mozilla's compressed form."""
    data = path.read_bytes()
    if data.startswith(_MAGIC):
        size = int.from_bytes(data[8:12], "little")
        data = bytes(cramjam.lz4.decompress_block(data[12:], output_len=size))
    return json.loads(data)


def edited(before: Any, *steps: Step) -> Any:
    """A document once the steps are done: a second opinion on what their paths mean."""
    after = json.loads(json.dumps(before))
    remove: list[JsonPath] = []
    for step in steps:
        assert isinstance(step, EditJson)
        remove += step.remove
        for path, value in step.put:
            holder = _at(after, path[:-1])
            assert _has(holder, path[-1]), path
            holder[path[-1]] = value
    assert len(set(remove)) == len(remove)
    # From the end, so that places in lists hold.
    for path in sorted(remove, key=_from_the_end):
        holder = _at(after, path[:-1])
        assert _has(holder, path[-1]), path
        del holder[path[-1]]
    return after


def _from_the_end(path: JsonPath) -> list[tuple[int, str]]:
    return [(-each, "") if isinstance(each, int) else (0, each) for each in path]


def _at(value: Any, path: JsonPath) -> Any:
    for step in path:
        value = value[step]
    return value


def _has(holder: Any, name: str | int) -> bool:
    if isinstance(holder, Mapping):
        return name in holder
    return isinstance(name, int) and 0 <= name < len(holder)
