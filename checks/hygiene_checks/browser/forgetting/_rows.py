"""Rows of SQLite stores that a plan names: found, counted, and put into steps.

Steps are made the same way each time: keys sorted and each once, no step without a row.
Names of tables and columns are our own constants; values go in as parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, DeleteRows, UpdateRows, Why
from hygiene_checks.browser._sql import has_columns

if TYPE_CHECKING:
    from hygiene.contract import Database, Row, SqlValue

__all__ = [
    "as_id",
    "delete_rows",
    "first_columns",
    "in_order",
    "keys_naming",
    "rows_where_any",
    "rows_where_in",
    "there",
    "update_rows",
]

_AT_ONCE = 20_000
"""Values in one query: SQLite takes 32,766 (SQLITE_MAX_VARIABLE_NUMBER)."""

_NUMBERS_AT_ONCE = 80_000
"""Whole numbers stand in the query itself, which may have a million characters: where no
index helps, the table is read through once for each query."""


def in_order(keys: Iterable[SqlValue]) -> tuple[SqlValue, ...]:
    """Each key once; numbers before texts before bytes, each kind in its own order."""
    once = set(keys)
    if _all_numbers(once):
        return tuple(sorted(once))  # type: ignore[type-var]
    return tuple(sorted(once, key=_order))


def _all_numbers(keys: Iterable[SqlValue]) -> bool:
    return {*map(type, keys)} <= {int}


def _order(key: SqlValue) -> tuple[int, SqlValue]:
    if key is None:
        return (0, 0)
    kind = 1 if isinstance(key, int | float) else 2 if isinstance(key, str) else 3
    return (kind, key)


def delete_rows(
    store: str,
    table: str,
    keys: Iterable[SqlValue],
    *,
    key: str = "rowid",
    rows: int | None = None,
) -> tuple[DeleteRows, ...]:
    """One step that deletes these rows, or none if there are no keys. `rows` is to be
    given where `key` is not unique.
    """
    ordered = in_order(keys)
    if not ordered:
        return ()
    number = len(ordered) if rows is None else rows
    return (DeleteRows(store=store, table=table, key=key, keys=ordered, rows=number),)


def update_rows(
    store: str,
    table: str,
    columns: tuple[str, ...],
    rows: Mapping[SqlValue, tuple[SqlValue, ...]],
    *,
    key: str = "rowid",
) -> tuple[UpdateRows, ...]:
    """One step that sets `columns` of each of these rows, or none."""
    if not rows:
        return ()
    ordered = tuple((each, rows[each]) for each in in_order(rows))
    return (
        UpdateRows(store=store, table=table, key=key, columns=columns, rows=ordered),
    )


def first_columns(database: Database, table: str, *names: str) -> tuple[str, ...]:
    """Those of the columns that this age of the table has."""
    return tuple(each for each in names if has_columns(database, table, each))


def keys_naming(
    database: Database,
    table: str,
    columns: Collection[str],
    names: Callable[[SqlValue], bool],
    *,
    hint: str = "",
    key: str = "rowid",
) -> Iterator[SqlValue]:
    """Keys of the rows in which `names` says yes to one of the columns, in the order of
    the table. Nothing where the table or all of the columns are missing; `hint` must
    stand, in whatever case, in a column that names, and an empty one names nothing.
    """
    present = first_columns(database, table, *columns)
    if not present:
        return
    query = (
        f"SELECT {key}, {', '.join(present)} FROM {table}"  # noqa: S608
        f" WHERE {' OR '.join(_may_name(present, hint))}"
    )
    params = (hint.lower(),) * len(present) if hint else ()
    for found, *texts in database.rows(query, params):
        if any(names(each) for each in texts):
            yield found


def _may_name(columns: Iterable[str], hint: str) -> Iterator[str]:
    for each in columns:
        yield f"instr(lower({each}), ?)" if hint else f"{each} <> ''"


def rows_where_in(
    database: Database,
    select: str,
    column: str,
    values: Iterable[SqlValue],
    *,
    also: str = "",
) -> Iterator[Row]:
    """The rows of `select` (no WHERE of its own) whose column holds one of the values,
    each row once; any number of values. `also` is one more condition.
    """
    ordered = in_order(values)
    more = f" AND {also}" if also else ""
    numbers = _all_numbers(ordered)
    at_once = _NUMBERS_AT_ONCE if numbers else _AT_ONCE
    for start in range(0, len(ordered), at_once):
        part = ordered[start : start + at_once]
        marks = ",".join(map(str, part) if numbers else ("?" for _ in part))
        query = f"{select} WHERE {column} IN ({marks}){more}"
        yield from database.rows(query, () if numbers else part)


def there(
    database: Database, table: str, keys: Iterable[SqlValue], *, key: str = "id"
) -> set[SqlValue]:
    """Those of the keys that the table has a row of: what another table points to may be
    gone, and a step that names it could never be carried out.
    """
    if not has_columns(database, table, key):
        return set()
    query = f"SELECT {key} FROM {table}"  # noqa: S608
    pointed = (each for each in keys if each is not None)
    return {found for (found,) in rows_where_in(database, query, key, pointed)}


def as_id(key: SqlValue) -> int:
    """The id of a row. Raises `CannotLook(UNKNOWN_FORMAT)` where it is no whole number,
    as no browser makes it: to pass over the row would leave it unsaid.
    """
    if not isinstance(key, int):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return key


def rows_where_any(
    database: Database,
    select: str,
    wanted: Mapping[str, Iterable[SqlValue]],
    *,
    texts: Collection[str] = (),
    hint: str = "",
) -> Iterator[Row]:
    """The rows of `select` (no WHERE of its own) in which one of the columns holds one of
    the whole numbers wanted of it, or one of `texts` may name (`hint` as above). Read in
    one pass; where there are very many numbers in some, and a row may then come again.
    Raises `CannotLook(UNKNOWN_FORMAT)` for anything but a whole number.
    """
    pairs = [(column, each) for column in wanted for each in in_order(wanted[column])]
    for start in range(0, max(len(pairs), 1), _NUMBERS_AT_ONCE):
        parts: dict[str, list[str]] = {}
        for column, number in pairs[start : start + _NUMBERS_AT_ONCE]:
            parts.setdefault(column, []).append(str(as_id(number)))
        where = [f"{column} IN ({','.join(parts[column])})" for column in parts]
        where += () if start else _may_name(texts, hint)
        if where:
            params = (hint.lower(),) * len(texts) if hint and not start else ()
            yield from database.rows(f"{select} WHERE {' OR '.join(where)}", params)
