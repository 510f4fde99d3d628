"""Small pieces of SELECT for stores whose tables change from release to release.

Names of tables and columns are our own constants; nothing from a home ends up in SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Why

if TYPE_CHECKING:
    from hygiene.contract import Database, SqlValue

__all__ = [
    "SHOWN",
    "as_text",
    "column_or_null",
    "count_rows",
    "has_columns",
    "start_of",
    "unknown_unless",
]

SHOWN = 1000
"""Characters of a text that are read: a hostile one may be megabytes long."""


def has_columns(database: Database, table: str, *names: str) -> bool:
    """Whether the store has this table with all these columns."""
    return set(names) <= database.columns(table)


def unknown_unless(known: object) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` for a store that has nothing we know."""
    if not known:
        raise CannotLook(Why.UNKNOWN_FORMAT)


def count_rows(database: Database, table: str, where: str = "1") -> int:
    """Rows of a table; no column is read but those that `where` names."""
    query = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608
    ((number,),) = database.rows(query)
    return number if isinstance(number, int) else 0


def column_or_null(database: Database, table: str, name: str) -> str:
    """The column, or NULL where an older or newer table lacks it."""
    return name if has_columns(database, table, name) else "NULL"


def start_of(column: str) -> str:
    """The start of a text as bytes, so that what is no UTF-8 can be read too."""
    return f"CAST(substr(coalesce({column}, ''), 1, {SHOWN}) AS BLOB)"


def as_text(value: SqlValue) -> str:
    """What `start_of` selected, undecodable bytes as surrogates."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else ""
