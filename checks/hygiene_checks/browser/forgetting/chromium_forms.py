"""Words in Chromium's `Web Data` (schema 158, Chromium 156, and older), and in the one for
an account: form words that are the site's name, or that were typed in a stretch of time;
search engines met on the way.

No table notes on which site a word was typed.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Span
from hygiene.contract.moments import moment
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser._words import CHROMIUM_WORDS, WordTable, present
from hygiene_checks.browser.forgetting._planning import tick_of_words
from hygiene_checks.browser.forgetting._rows import delete_rows, keys_naming
from hygiene_checks.browser.forgetting.chromium_ground import mentioned

if TYPE_CHECKING:
    from datetime import datetime

    from hygiene.contract import Database, Planned, SqlValue, Step
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["forms_of_site", "forms_of_span"]

_STORES = ("Web Data", "Account Web Data")
_NEWEST = 158


def forms_of_site(ground: Ground) -> Iterator[Planned]:
    """Words that are the site's own name, and its search box."""
    for name in _STORES:
        yield from ground.ask(name, _NEWEST, partial(_of_site, ground, name))


def _of_site(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    names, store = ground.names, ground.path(name)
    steps: list[Step] = []
    words = 0
    for each in present(database, CHROMIUM_WORDS):
        found = set(
            keys_naming(
                database, each.table, (each.word,), names.typed, hint=names.typed_hint
            )
        )
        words += len(found)
        steps += delete_rows(store, each.table, found)
    yield from ground.part(Kept.FORM_WORDS, name).clearing(steps, {"entries": words})
    for each in present(database, CHROMIUM_WORDS):
        yield from mentioned(
            ground,
            Kept.FORM_WORDS,
            name,
            database,
            each.table,
            each.word,
            unless=names.typed,
        )
    yield from _search_boxes(ground, name, database)


_BOX = ("url", "suggest_url", "originating_url", "favicon_url", "keyword")


def _search_boxes(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    """Search engines of the site. One that came with the browser, or that the person put
    in by hand (`safe_for_autoreplace` is 0), stays.
    """
    if not has_columns(database, "keywords", "prepopulate_id", "safe_for_autoreplace"):
        return
    found = set(
        keys_naming(
            database,
            "keywords",
            _BOX,
            ground.names.either,
            hint=ground.names.hint,
        )
    )
    if not found:
        return
    query = "SELECT rowid FROM keywords WHERE prepopulate_id = 0 AND safe_for_autoreplace = 1"
    visited = found & {row[0] for row in database.rows(query)}
    yield from ground.part(Kept.SEARCHES, name).clearing(
        delete_rows(ground.path(name), "keywords", visited),
        {"records": len(visited)},
    )
    yield from ground.stays(Kept.SEARCHES, name, len(found - visited))


def forms_of_span(ground: Ground, span: Span) -> Iterator[Planned]:
    """Words first and last used within the time. Those that were used in it, and before
    or after it, too, stay and are named.
    """
    for name in _STORES:
        yield from ground.ask(name, _NEWEST, partial(_of_span, ground, name, span))


def _of_span(
    ground: Ground, name: str, span: Span, database: Database
) -> Iterator[Planned]:
    steps: list[Step] = []
    words = stay = 0
    for each in present(database, CHROMIUM_WORDS):
        if not has_columns(database, each.table, each.first, each.last):
            stay += 1
            continue
        gone, partly = _used_within(database, each, span)
        words += len(gone)
        stay += partly
        steps += delete_rows(ground.path(name), each.table, gone)
    yield from ground.part(Kept.FORM_WORDS, name).clearing(
        steps, {"entries": words}, tick=tick_of_words(span)
    )
    yield from ground.stays(Kept.FORM_WORDS, name, stay)


def _used_within(
    database: Database, table: WordTable, span: Span
) -> tuple[set[SqlValue], int]:
    """Rows used within the time alone, and how many more were used in it."""
    query = f"SELECT rowid, {table.first}, {table.last} FROM {table.table}"
    gone: set[SqlValue] = set()
    partly = 0
    for row, first, last in database.rows(query):
        began, ended = moment(first, table.clock), moment(last, table.clock)
        if began is None or ended is None:
            partly += 1
        elif _inside(began, span) and _inside(ended, span):
            gone.add(row)
        elif not _outside(began, ended, span):
            partly += 1
    return gone, partly


def _inside(at: datetime, span: Span) -> bool:
    """Whether a moment that is known to the second lies in the time, its ends included."""
    start = span.start and span.start.replace(microsecond=0)
    return (start is None or at >= start) and (span.end is None or at <= span.end)


def _outside(began: datetime, ended: datetime, span: Span) -> bool:
    """Whether a word was last used before the time, or first after it."""
    start = span.start and span.start.replace(microsecond=0)
    return (start is not None and ended < start) or (
        span.end is not None and began > span.end
    )
