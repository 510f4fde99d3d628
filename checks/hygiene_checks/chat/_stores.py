"""Conversations kept in SQLite stores: counted by person or room, never by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias

from hygiene.contract import (
    CannotLook,
    Database,
    Finding,
    Home,
    Kind,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Row,
    SqlValue,
    Trace,
    Untrusted,
    Why,
)
from hygiene_checks.chat._moments import Span
from hygiene_checks.chat._places import Installation

__all__ = ["Schema", "Store", "stored"]

_SHOWN = 1000
"""Characters of a name that are read: a hostile one may be megabytes long."""
_MOST = 250_000
"""More people and rooms than anybody talks with; each of them takes memory."""

Clock: TypeAlias = Callable[[SqlValue], "datetime | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """How one version of a program lays out its messages. `needs` are the columns, by
    table, that tell it from others. The rest is SQL about one message: `name` of the
    person or room (NULL for none), `when` it was sent, the `source` it stands in (FROM,
    perhaps with WHERE), and the `group` of all that belong to one person or room.
    `clock` reads its time.
    """

    needs: Mapping[str, frozenset[str]]
    name: str
    when: str
    source: str
    group: str
    clock: Clock

    def fits(self, database: Database) -> bool:
        """Whether the store has all that is needed."""
        return all(
            columns <= database.columns(table) for table, columns in self.needs.items()
        )

    def conversations(self, database: Database) -> Iterator[Row]:
        """Name, number of messages, first and last time of each person or room."""
        return database.rows(
            f"SELECT substr({self.name}, 1, {_SHOWN}), count(*),"  # noqa: S608 - ours
            f" min(nullif({self.when}, 0)), max({self.when})"
            f" FROM {self.source} GROUP BY {self.group}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A store below a program's folder (a pattern), and the layouts it can have. `part`
    tells several of one profile apart; `counted` says what its rows are.
    """

    file: str
    schemas: tuple[Schema, ...]
    topic: str = "chat-stored"
    level: Level = Level.WORTH_A_LOOK
    part: str = ""
    counted: str = "messages"


@dataclass(frozen=True, slots=True)
class _Total:
    conversations: int
    messages: int
    span: Span


def stored(home: Home, installation: Installation, store: Store) -> Iterator[Outcome]:
    """What each store of this kind holds."""
    program = installation.program.name
    pattern = f"{installation.data}/{store.file}"
    for entry in home.find(pattern) if installation.data is not None else ():
        if entry.why is not None:
            yield NotChecked(entry.path, entry.why, program)
        elif entry.kind is not Kind.FILE:
            yield NotChecked(entry.path, Why.UNKNOWN_FORMAT, program)
        else:
            yield _look(home, installation, store, entry.path)


def _look(home: Home, installation: Installation, store: Store, path: str) -> Outcome:
    try:
        total = home.query(path, partial(_total, store.schemas))
    except CannotLook as refusal:
        return NotChecked(path, refusal.why, installation.program.name)
    if not total.messages:
        return NothingFound((path,))
    return Finding(
        topic=store.topic,
        level=store.level,
        program=installation.program.name,
        program_id=installation.program.id,
        profile=installation.profile,
        part=store.part,
        sources=(path,),
        counts={"conversations": total.conversations, store.counted: total.messages},
        first=total.span.first,
        last=total.span.last,
        guide="chat-logs",
        traces=partial(_traces, home, store, path),
    )


def _schema(schemas: tuple[Schema, ...], database: Database) -> Schema:
    for schema in schemas:
        if schema.fits(database):
            return schema
    raise CannotLook(Why.UNKNOWN_FORMAT)


def _total(schemas: tuple[Schema, ...], database: Database) -> _Total:
    schema = _schema(schemas, database)
    span = Span()
    conversations = messages = 0
    for name, count, first, last in schema.conversations(database):
        conversations += name is not None
        messages += count if isinstance(count, int) else 0
        span.add(schema.clock(first))
        span.add(schema.clock(last))
    return _Total(conversations, messages, span)


def _traces(home: Home, store: Store, path: str) -> list[Trace]:
    """One trace for each person or room. Raises `CannotLook`."""
    return home.query(path, partial(_listed, store.schemas))


def _listed(schemas: tuple[Schema, ...], database: Database) -> list[Trace]:
    schema = _schema(schemas, database)
    found: list[Trace] = []
    for name, count, first, last in schema.conversations(database):
        if name is None:
            continue
        if len(found) == _MOST:
            raise CannotLook(Why.TOO_LARGE)
        label = Untrusted(name if isinstance(name, bytes) else str(name))
        found.append(
            Trace(
                key=label.raw,
                label=label,
                kind="conversation",
                count=count if isinstance(count, int) else 1,
                first=schema.clock(first),
                last=schema.clock(last),
            )
        )
    return sorted(found, key=lambda trace: trace.key)
