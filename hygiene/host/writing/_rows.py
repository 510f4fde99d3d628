"""The steps on rows, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import DeleteRows, Refusal, UpdateRows
from hygiene.host.sqlite import quoted
from hygiene.host.writing._failures import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

__all__ = ["RowStep", "change_rows"]

RowStep: TypeAlias = DeleteRows | UpdateRows


def change_rows(connection: apsw.Connection, steps: Iterable[RowStep]) -> None:
    """Carry out the steps in the transaction that is open. Raises `apsw.Error`, and
    `Refused` when other rows are there than the plan says.
    """
    for step in steps:
        if isinstance(step, DeleteRows):
            _delete(connection, step)
        else:
            _update(connection, step)


def _delete(connection: apsw.Connection, step: DeleteRows) -> None:
    """One pass over the table or its index, however many keys there are."""
    key = quoted(step.key)
    too = f" OR {key} IS NULL" if None in step.keys else ""
    connection.execute("CREATE TEMP TABLE wanted(key)")
    connection.executemany(
        "INSERT INTO temp.wanted VALUES(?)", ((each,) for each in step.keys)
    )
    connection.execute(
        f"DELETE FROM main.{quoted(step.table)} "  # noqa: S608
        f"WHERE {key} IN (SELECT wanted.key FROM temp.wanted){too}"
    )
    gone = connection.changes()
    connection.execute("DROP TABLE temp.wanted")
    if gone != step.rows:
        raise Refused(Refusal.CHANGED)


def _update(connection: apsw.Connection, step: UpdateRows) -> None:
    settings = ", ".join(f"{quoted(column)} = ?" for column in step.columns)
    sql = (
        f"UPDATE main.{quoted(step.table)} SET {settings} "  # noqa: S608
        f"WHERE {quoted(step.key)} IS ?"
    )
    for key, values in step.rows:
        connection.execute(sql, (*values, key))
        if connection.changes() != 1:
            raise Refused(Refusal.CHANGED)
