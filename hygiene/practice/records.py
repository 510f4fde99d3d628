"""What made-up programs remember, gathered until it is written."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hygiene.contract import SqlValue
from hygiene.practice.store import write_store

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Tables", "schema"]


def schema(name: str) -> str:
    """The CREATE statements of one kind of store, taken from real programs."""
    return (files("hygiene.practice") / "schemas" / f"{name}.sql").read_text("utf-8")


class Tables:
    """Rows of one store, by table, each with its place counted from 1 as its id."""

    def __init__(self, schema_name: str) -> None:
        self._schema = schema_name
        self._rows: dict[str, list[dict[str, SqlValue]]] = {}
        self._places: dict[tuple[str, SqlValue], int] = {}

    def add(self, table: str, key: SqlValue = None, /, **columns: SqlValue) -> int:
        """Remember a row and return its place; `find` knows it by `key`."""
        rows = self._rows.setdefault(table, [])
        rows.append(columns)
        if key is not None:
            self._places[table, key] = len(rows)
        return len(rows)

    def find(self, table: str, key: SqlValue) -> int | None:
        """The place of the row that was added with this key, or None."""
        return self._places.get((table, key))

    def update(self, table: str, row: int, **columns: SqlValue) -> None:
        """Change columns of a row that `add` returned."""
        self._rows[table][row - 1].update(columns)

    def get(self, table: str, row: int, column: str) -> Any:
        """One column of a row that `add` returned."""
        return self._rows[table][row - 1][column]

    def write(self, path: Path, **options: Any) -> Path:
        """Make the store; options are those of `write_store`."""
        return write_store(
            path,
            schema(self._schema),
            {
                f"{table}({','.join(rows[0])})": [tuple(row.values()) for row in rows]
                for table, rows in self._rows.items()
            },
            **options,
        )
