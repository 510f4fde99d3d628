"""Words that Firefox keeps of forms and of the search bar: `formhistory.sqlite` (schema 5,
Firefox 153, and before). They are not of a site, and know only their first and last use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Planned, Row, SqlValue, Stays, Tick
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import (
    Part,
    in_store,
    is_there,
    tick_of_words,
)
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.firefox_pages import bounds_of

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, Span
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = [
    "FORMS",
    "clear_words",
    "expect_forms",
    "plan_forms",
    "plan_forms_of_span",
    "words_of_span",
]

FORMS = "formhistory.sqlite"
_WORDS, _SOURCES = "moz_formhistory", "moz_history_to_sources"


def plan_forms(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Words typed into forms and the search bar that are the site's name, and the
    search boxes of the site that words came from.
    """
    store = f"{place.folder}/{FORMS}"

    def ask(database: Database) -> Iterator[Planned]:
        expect_forms(database)
        words = keys_naming(
            database, _WORDS, ("value",), naming.typed, hint=naming.typed_hint, key="id"
        )
        boxes = keys_naming(
            database,
            "moz_sources",
            ("source",),
            naming.either,
            hint=naming.hint,
            key="id",
        )
        yield from clear_words(database, place, store, words, frozenset(boxes))

    return in_store(home, place, store, ask)


def expect_forms(database: Database) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` unless the store is Firefox's."""
    unknown_unless(has_columns(database, _WORDS, "id", "fieldname", "value"))


def clear_words(
    database: Database,
    place: Place,
    store: str,
    words: Iterable[SqlValue],
    boxes: frozenset[SqlValue] = frozenset(),
    *,
    tick: Tick = Tick.ALWAYS,
) -> Iterator[Planned]:
    """Form words by their ids, search boxes by theirs, and what links them."""
    words = frozenset(words)
    linked: list[Row] = []
    if has_columns(database, _SOURCES, "history_id", "source_id"):
        query = f"SELECT history_id, source_id FROM {_SOURCES}"  # noqa: S608
        linked += rows_where_in(database, query, "history_id", words)
        others = rows_where_in(database, query, "source_id", boxes)
        linked += (each for each in others if each[0] not in words)
    by_word = [word for word, _ in linked if word in words]
    by_box = [box for word, box in linked if word not in words]
    steps = (
        *delete_rows(store, _SOURCES, by_word, key="history_id", rows=len(by_word)),
        *delete_rows(store, _SOURCES, by_box, key="source_id", rows=len(by_box)),
        *delete_rows(store, "moz_sources", boxes, key="id"),
        *delete_rows(store, _WORDS, words, key="id"),
    )
    yield from Part(place, Kept.FORM_WORDS, store).clearing(
        steps, {"entries": len(words), "records": len(boxes)}, tick=tick
    )


def plan_forms_of_span(home: Home, place: Place, span: Span) -> Iterator[Planned]:
    """Words that were used first and last in that time; others used then stay."""
    store = f"{place.folder}/{FORMS}"

    def ask(database: Database) -> Iterator[Planned]:
        used = tuple(_used(database, span))
        words = {key for key, _, then in used if then is _When.ONLY_THEN}
        staying = sum(then is _When.THEN_TOO for _, _, then in used)
        tick = tick_of_words(span)
        yield from clear_words(database, place, store, words, tick=tick)
        if staying:
            yield Stays(kept=Kept.FORM_WORDS, place=place, store=store, count=staying)

    return in_store(home, place, store, ask)


def words_of_span(home: Home, place: Place, span: Span) -> frozenset[str]:
    """In lower case, the words that go then, where no other field keeps them; none
    where they cannot be read: whoever plans for their store says so.
    """
    store = f"{place.folder}/{FORMS}"
    try:
        if not is_there(home, store):
            return frozenset()
        used = home.query(store, lambda database: tuple(_used(database, span)))
    except CannotLook:
        return frozenset()
    going = {word for _, word, then in used if then is _When.ONLY_THEN}
    others = {word for _, word, then in used if then is not _When.ONLY_THEN}
    return frozenset(going - others)


class _When(Enum):
    """When a word was used: in the time that goes, at others, or both."""

    ONLY_THEN = "only then"
    THEN_TOO = "then too"
    NOT_THEN = "not then"


def _used(database: Database, span: Span) -> Iterator[tuple[SqlValue, str, _When]]:
    """Id and word of each row, in lower case, and when it was used."""
    expect_forms(database)
    unknown_unless(has_columns(database, _WORDS, "firstUsed", "lastUsed"))
    first, last = bounds_of(span)
    query = f"SELECT id, value, firstUsed, lastUsed FROM {_WORDS}"  # noqa: S608
    for key, word, *moments in database.rows(query):
        used = [
            first <= time <= last for time in moments if isinstance(time, int | float)
        ]
        when = _When.NOT_THEN
        if any(used):
            when = _When.ONLY_THEN if all(used) else _When.THEN_TOO
        yield key, str(word).lower(), when
