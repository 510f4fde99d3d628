"""What a plan says would change, worked out from its steps and the data as it is, in the
words of `tests.differ`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cramjam

from hygiene.contract import (
    DeleteRows,
    EditJson,
    RebuildLevelDb,
    RemoveTree,
    ReplaceFile,
    SqlValue,
    Step,
    Unit,
    UpdateRows,
)
from tests.differ import Change, Rows, content, is_leveldb, is_side, tables

__all__ = ["previewed"]


def previewed(root: Path, units: Iterable[Unit]) -> set[Change]:
    """What would be different below `root` afterwards. Each unit's claims about what is
    there (rows found, bytes as they were, keys present) are checked.
    """
    return {change for unit in units for change in _unit(root, unit)}


def _unit(root: Path, unit: Unit) -> Iterator[Change]:
    path = root / unit.store
    rows = [step for step in unit.steps if isinstance(step, DeleteRows | UpdateRows)]
    if rows:
        yield from _rows(unit.store, tables(path), rows)
    edits = [step for step in unit.steps if isinstance(step, EditJson)]
    if edits:
        yield Change(unit.store, "changed", now=_edited(path, edits))
    for step in unit.steps:
        assert step.store == unit.store
        if not isinstance(step, DeleteRows | UpdateRows | EditJson):
            yield from _other(path, step)


def _other(path: Path, step: Step) -> Iterator[Change]:
    match step:
        case RemoveTree():
            yield from _gone(path, step.store)
        case ReplaceFile():
            assert step.before == _sum(path)
            yield Change(step.store, "changed", now=content(step.after))
        case RebuildLevelDb():
            for key in step.drop:
                yield Change(f"{step.store}/", "gone", key=key)
        case _:
            raise AssertionError(step)


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _gone(path: Path, store: str) -> Iterator[Change]:
    if not path.is_dir():
        yield Change(store, "gone")
        return
    yield Change(f"{store}/", "gone")
    for child in [] if is_leveldb(path) else path.iterdir():
        if not is_side(child):
            yield from _gone(child, f"{store}/{child.name}")


def _edited(path: Path, steps: Iterable[EditJson]) -> str:
    """What a document says after all of them: their paths are those of now."""
    assert {step.before for step in steps} == {_sum(path)}
    data = path.read_bytes()
    if data.startswith(b"mozLz40\0"):
        data = bytes(cramjam.lz4.decompress_block(data[8:]))
    document: Any = json.loads(data)
    for step in steps:
        for where, value in step.put:
            _parent(document, where)[where[-1]] = value
    # The last ones of a list first, so that the places of the others stay theirs.
    removed = [where for step in steps for where in step.remove]
    for where in sorted(removed, key=_order, reverse=True):
        del _parent(document, where)[where[-1]]
    return json.dumps(document)


def _order(where: tuple[str | int, ...]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in where]


def _parent(document: Any, where: tuple[str | int, ...]) -> Any:
    for part in where[:-1]:
        document = document[part]
    return document


def _rows(
    store: str, before: Any, steps: Iterable[DeleteRows | UpdateRows]
) -> Iterator[Change]:
    after: dict[str, Rows] = {
        table: {key: dict(row) for key, row in rows.items()}
        for table, rows in before.items()
    }
    for step in steps:
        rows = after[step.table]
        if isinstance(step, DeleteRows):
            found = [key for wanted in step.keys for key in _found(rows, step, wanted)]
            assert len(set(found)) == step.rows, step
            for key in set(found):
                del rows[key]
        else:
            for wanted, values in step.rows:
                [key] = _found(rows, step, wanted)
                rows[key] |= dict(zip(step.columns, values, strict=True))
    for table, rows in after.items():
        for key, row in before[table].items():
            if key not in rows:
                yield Change(store, "gone", table, key)
            elif now := tuple(
                (column, value)
                for column, value in sorted(rows[key].items())
                if value != row[column] or type(value) is not type(row[column])
            ):
                yield Change(store, "changed", table, key, now)


def _found(rows: Rows, step: DeleteRows | UpdateRows, wanted: SqlValue) -> list[Any]:
    if step.key == "rowid":
        return [wanted] if wanted in rows else []
    return [key for key, row in rows.items() if row[step.key] == wanted]
