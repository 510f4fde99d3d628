"""One image of a store as checks may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Self

import apsw

from hygiene.contract import CannotLook, Row, SqlValue, Why
from hygiene.host.sqlite._errors import FAILURES, meaning
from hygiene.host.sqlite._hardening import LOOK_EVERY, harden, quoted
from hygiene.host.sqlite._permissions import Permissions
from hygiene.host.sqlite._snapshot import Image
from hygiene.host.sqlite._vfs import NAME, ReadOnlyFiles
from hygiene.host.sqlite._watch import Watch

__all__ = ["MAGIC", "OpenStore"]

MAGIC = b"SQLite format 3\0"
"""The first bytes of every store."""
_HEADER_SIZE = 100
_VERSIONS = slice(18, 20)
_KNOWN_VERSIONS = frozenset({1, 2})
_SETTINGS = "PRAGMA cache_size=-8000; PRAGMA query_only=ON;"
_MEMORY = 256 << 20
"""Bytes that SQLite may have in this process, for hostile schemas and huge sorts."""
_SMALLEST_ROW = 4
_FEW_ROWS = 4096
"""Rows that even the smallest store may give: lists of columns among them."""
_LONGEST_DEFAULT = 1000
_WRITTEN_DOWN = frozenset({0, 3})
"""Kinds of columns in `table_xinfo` whose values stand in the file. The values of the
others are made while they are read, as many and as long as their formula likes."""

_REAL_TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND rootpage > 0 AND sql LIKE 'CREATE TABLE%'
"""
_VIRTUAL_TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'
"""

_SHADOWS = tuple(
    f"_{part}"
    for part in (
        *("config", "content", "data", "docsize", "idx", "segdir", "segments", "stat"),
        *("node", "parent", "rowid"),
    )
)
"""Ends of the names of tables that belong to a full-text or r-tree table."""

_DECODING = {
    "UTF-8": ("utf-8", "surrogateescape"),
    "UTF-16le": ("utf-16-le", "replace"),
    "UTF-16be": ("utf-16-be", "replace"),
}


class OpenStore:
    """A `Database` over `image`, until it is closed; then its rows end with an error.

    Raises `CannotLook`: `DAMAGED` also for a file of no bytes, `UNKNOWN_FORMAT` for
    what is no database, is encrypted, or lacks a table or column that was asked for.
    """

    def __init__(self, image: Image, tick: Callable[[], None]) -> None:
        _check_header(image.main.read_at(0, _HEADER_SIZE))
        size = image.main.size + (image.log.size if image.log else 0)
        self._most_rows = max(_FEW_ROWS, size // _SMALLEST_ROW)
        self._permissions = Permissions()
        self._files = ReadOnlyFiles(image)
        self._connection = apsw.Connection(
            NAME,
            flags=apsw.SQLITE_OPEN_READONLY,
            vfs=self._files.name,
            # A statement must not live on from a question of ours to one of a check.
            statementcachesize=0,
        )
        self._watch = Watch(tick, self._connection.interrupt)
        try:
            self._settle()
        except BaseException:
            self.close()
            raise

    def _settle(self) -> None:
        apsw.hard_heap_limit(_MEMORY)
        connection = self._connection
        harden(connection)
        connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(self._watch.is_over, LOOK_EVERY)
        connection.authorizer = self._permissions
        list(self.rows(_SETTINGS))
        encoding = next(self.rows("PRAGMA encoding"))[0]
        self._decoding = _DECODING[str(encoding)]
        self._tables = self._real_tables()
        self._permissions.limit_to(self._tables)

    def close(self) -> None:
        """Let go of everything."""
        self._watch.close()
        self._connection.close(force=True)
        self._files.unregister()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tables(self) -> frozenset[str]:
        """Names of the real tables: no views, no virtual tables, nothing of theirs."""
        return self._tables

    def columns(self, table: str) -> frozenset[str]:
        """Names of the columns whose values stand in a table; none if there is no such
        table. No program that we read has other columns.
        """
        if table.lower() not in {name.lower() for name in self._tables}:
            return frozenset()
        name = quoted(table)
        with self._permissions.waived():
            rows = list(self.rows(f"PRAGMA table_xinfo({name})"))
        return frozenset(
            str(name)
            for _, name, _, _, default, _, kind in rows
            if kind in _WRITTEN_DOWN and len(str(default)) <= _LONGEST_DEFAULT
        )

    def rows(self, sql: str, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Run one SELECT. Text that is not in the store's encoding comes with
        surrogates (UTF-8) or replacement characters (UTF-16).
        """
        return self._stream(self._run(sql, params), sql, params)

    def _run(self, sql: str, params: Sequence[SqlValue] = ()) -> apsw.Cursor:
        self._watch.begin()
        try:
            return self._connection.execute(sql, tuple(params))
        except FAILURES as error:
            raise meaning(error) from None

    def _stream(
        self, cursor: apsw.Cursor, sql: str, params: Sequence[SqlValue]
    ) -> Iterator[Row]:
        watch, most = self._watch, self._most_rows
        served = 0
        try:
            for row in cursor:
                watch.rows += 1
                served += 1
                if served > most:
                    # Pages that are their own children: rows without end.
                    raise CannotLook(Why.DAMAGED)
                yield row
        except UnicodeDecodeError:
            cursor.close()
        except FAILURES as error:
            raise meaning(error) from None
        else:
            return
        yield from self._decoded(sql, params, served)

    def _decoded(
        self, sql: str, params: Sequence[SqlValue], skip: int
    ) -> Iterator[Row]:
        """The rows after the first `skip` ones, with texts fetched as bytes."""
        inner = f"(\n{sql.rstrip().rstrip(';')}\n)"
        probe = self._run(f"SELECT * FROM {inner}", params)  # noqa: S608
        names = [quoted(column[0]) for column in probe.description]
        probe.close()
        columns = ", ".join(
            f"typeof({name}), iif(typeof({name}) = 'text', CAST({name} AS BLOB), {name})"
            for name in names
        )
        cursor = self._run(
            f"SELECT {columns} FROM {inner} LIMIT -1 OFFSET {skip:d}",  # noqa: S608
            params,
        )
        try:
            for row in cursor:
                self._watch.rows += 1
                yield tuple(map(self._value, row[::2], row[1::2]))
        except FAILURES as error:
            raise meaning(error) from None

    def _value(self, kind: SqlValue, value: SqlValue) -> SqlValue:
        if kind == "text" and isinstance(value, bytes):
            return value.decode(*self._decoding)
        return value

    def _real_tables(self) -> frozenset[str]:
        virtual = {str(row[0]).lower() for row in self.rows(_VIRTUAL_TABLES)}
        shadows = {name + end for name in virtual for end in _SHADOWS}
        names = (str(row[0]) for row in self.rows(_REAL_TABLES))
        return frozenset(
            name
            for name in names
            if name.lower() not in shadows and not name.startswith("sqlite_")
        )


def _check_header(header: bytes) -> None:
    if not header:
        raise CannotLook(Why.DAMAGED)
    if not header.startswith(MAGIC):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    if not _KNOWN_VERSIONS.issuperset(header[_VERSIONS]):
        raise CannotLook(Why.UNKNOWN_FORMAT)
