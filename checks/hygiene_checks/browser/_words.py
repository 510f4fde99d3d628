"""Words that browsers remember from form fields: counted, listed by field, and the
words of one field on request.

Tables as in Chromium 156 (`autofill` since the first release; `autocomplete` beside it
is newer and also keeps the field's label) and Firefox 153 (`moz_formhistory`). Neither
family notes on which site a word was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Database, Home, SqlValue, Trace, Untrusted
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._bounded import bounded
from hygiene_checks.browser._sql import (
    as_text,
    column_or_null,
    has_columns,
    start_of,
)
from hygiene_checks.browser._stock import Stock

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "CHROMIUM_WORDS",
    "FIREFOX_WORDS",
    "WordTable",
    "count_words",
    "list_fields",
    "present",
]


@dataclass(frozen=True, slots=True)
class WordTable:
    """One table of remembered words: its own name and those of its columns."""

    table: str
    field: str
    word: str
    times: str
    first: str
    last: str
    clock: Clock


CHROMIUM_WORDS = tuple(
    WordTable(
        table, "name", "value", "count", "date_created", "date_last_used", Clock.SECONDS
    )
    for table in ("autofill", "autocomplete")
)
FIREFOX_WORDS = (
    WordTable(
        "moz_formhistory",
        "fieldname",
        "value",
        "timesUsed",
        "firstUsed",
        "lastUsed",
        Clock.MICROSECONDS,
    ),
)


def present(database: Database, tables: Iterable[WordTable]) -> list[WordTable]:
    """Those of the tables that this store has."""
    return [
        each
        for each in tables
        if has_columns(database, each.table, each.field, each.word)
    ]


def count_words(database: Database, table: WordTable) -> Stock:
    """How many words the table holds, and from when to when."""
    ((number, first, last),) = database.rows(
        f"SELECT {_summary(database, table)} FROM {table.table}"  # noqa: S608  our own words
    )
    return _stock(table, number, first, last)


def list_fields(
    home: Home, stores: Sequence[str], tables: Sequence[WordTable]
) -> Iterator[Trace]:
    """The fields that words are remembered for, in name order; `count` is the number of
    words. Each one's `inside` reads the words. Raises `CannotLook`.
    """
    fields: dict[str, Stock] = {}
    for path in stores:
        for name, stock in home.query(path, partial(_fields, tables=tables)):
            fields[name] = fields.get(name, Stock()) + stock
    for name, stock in sorted(fields.items()):
        yield Trace(
            key=name,
            label=Untrusted(name),
            kind="field",
            count=stock.counts["entries"],
            first=stock.first,
            last=stock.last,
            inside=partial(_list_words, home, stores, tables, name),
        )


def _list_words(
    home: Home, stores: Sequence[str], tables: Sequence[WordTable], field: str
) -> Iterator[Trace]:
    for path in stores:
        yield from home.query(path, partial(_words, tables=tables, field=field))


def _fields(database: Database, tables: Sequence[WordTable]) -> list[tuple[str, Stock]]:
    return [
        (as_text(name), _stock(table, number, first, last))
        for table in present(database, tables)
        for name, number, first, last in bounded(
            database.rows(
                f"SELECT {start_of(table.field)}, {_summary(database, table)}"  # noqa: S608
                f" FROM {table.table} GROUP BY 1"
            )
        )
    ]


def _words(database: Database, tables: Sequence[WordTable], field: str) -> list[Trace]:
    found = []
    for table in present(database, tables):
        name = partial(column_or_null, database, table.table)
        for number, word, times, first, last in bounded(
            database.rows(
                f"SELECT rowid, {start_of(table.word)}, {name(table.times)},"  # noqa: S608
                f" {name(table.first)}, {name(table.last)} FROM {table.table}"
                f" WHERE {start_of(table.field)} = ? ORDER BY 2",
                (field.encode("utf-8", "surrogateescape"),),
            )
        ):
            found.append(
                Trace(
                    key=f"{table.table}:{number!r}",
                    label=Untrusted(as_text(word)),
                    kind="word",
                    count=times if isinstance(times, int) and times > 0 else 1,
                    first=moment(first, table.clock),
                    last=moment(last, table.clock),
                )
            )
    return found


def _summary(database: Database, table: WordTable) -> str:
    name: Callable[[str], str] = partial(column_or_null, database, table.table)
    return f"count(*), min(nullif({name(table.first)}, 0)), max({name(table.last)})"


def _stock(
    table: WordTable, number: SqlValue, first: SqlValue, last: SqlValue
) -> Stock:
    return Stock(
        {"entries": number if isinstance(number, int) else 0},
        moment(first, table.clock),
        moment(last, table.clock),
    )
