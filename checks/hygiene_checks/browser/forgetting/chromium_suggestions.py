"""What the address bar and the new-tab page have learnt of a site.

`Shortcuts` (schema 2) keeps what was typed for an address, `Network Action Predictor` one
row for every letter typed on the way to one, with what was guessed by then, `Top Sites`
(5; before, with a table `thumbnails`) the most visited pages. Chromium 156 and older.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._protobuf import texts_in
from hygiene_checks.browser.forgetting._rows import delete_rows, keys_naming
from hygiene_checks.browser.forgetting.chromium_ground import mentioned

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned, SqlValue, Step
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["suggestions", "top_sites"]

_SHORTCUTS = "Shortcuts"
_PREDICTOR = "Network Action Predictor"
_TOP_SITES = "Top Sites"


def suggestions(ground: Ground) -> Iterator[Planned]:
    """What was typed, what was guessed, and what is fetched early for the site."""
    yield from ground.ask(_SHORTCUTS, 2, partial(_shortcuts, ground))
    yield from ground.ask(_PREDICTOR, 1, partial(_predictor, ground))


def top_sites(ground: Ground) -> Iterator[Planned]:
    """The most visited pages, and pictures of them."""
    return ground.ask(_TOP_SITES, 5, partial(_top_sites, ground))


def _shortcuts(ground: Ground, database: Database) -> Iterator[Planned]:
    table, names = "omni_box_shortcuts", ground.names
    unknown_unless(has_columns(database, table, "url"))
    find = partial(keys_naming, database, table)
    found = set(find(("url",), names.address, hint=names.hint))
    typed = ("text", "fill_into_edit", "contents")
    found |= set(find(typed, names.typed, hint=names.typed_hint))
    yield from ground.part(Kept.SUGGESTIONS, _SHORTCUTS).clearing(
        delete_rows(ground.path(_SHORTCUTS), table, found),
        {"suggestions": len(found)},
    )
    texts = ("url", "text", "contents", "description")
    yield from mentioned(ground, Kept.SUGGESTIONS, _SHORTCUTS, database, table, *texts)


_LEARNT = (
    "resource_prefetch_predictor_host_redirect",
    "resource_prefetch_predictor_url_redirect",
    "resource_prefetch_predictor_origin",
    "resource_prefetch_predictor_manifest",
    "resource_prefetch_predictor_host",
    "resource_prefetch_predictor_url",
    "lcp_critical_path_predictor",
    "lcp_critical_path_predictor_initiator_origin",
)
"""Tables of a `key`, which is a host or an address, and a `proto` that may name more."""

_OLD_LEARNT = (
    ("resource_prefetch_predictor_url", ("main_page_url", "resource_url")),
    ("resource_prefetch_predictor_host", ("main_page_host", "resource_url")),
)


def _predictor(ground: Ground, database: Database) -> Iterator[Planned]:
    names, store = ground.names, ground.path(_PREDICTOR)
    steps: list[Step] = []
    typed = _guesses(database, names)
    steps += delete_rows(store, "network_action_predictor", typed)
    records = len(typed)
    for table in _LEARNT:
        found = set(_learnt(database, table, names))
        records += len(found)
        steps += delete_rows(store, table, found)
    for table, columns in _OLD_LEARNT:
        found = set(
            keys_naming(database, table, columns, names.either, hint=names.hint)
        )
        records += len(found)
        steps += delete_rows(store, table, found)
    yield from ground.part(Kept.SUGGESTIONS, _PREDICTOR).clearing(
        steps, {"records": records}
    )


def _guesses(database: Database, names: Names) -> set[SqlValue]:
    """Rows for what was typed on the way: guesses of an address there, and of searches
    for the beginning of its name.
    """
    if not has_columns(database, "network_action_predictor", "user_text", "url"):
        return set()
    query = "SELECT rowid, user_text, url FROM network_action_predictor"
    return {
        row
        for row, text, url in database.rows(query)
        if names.address(url) or names.typed(text) or names.toward(text, url)
    }


def _learnt(database: Database, table: str, names: Names) -> Iterator[SqlValue]:
    if not has_columns(database, table, "key", "proto"):
        return
    query = f"SELECT rowid, key, proto FROM {table}"  # noqa: S608  our own names
    for row, key, proto in database.rows(query):
        inside = texts_in(proto) if isinstance(proto, bytes) else ()
        if names.either(key) or any(names.either(each) for each in inside):
            yield row


def _top_sites(ground: Ground, database: Database) -> Iterator[Planned]:
    names = ground.names
    steps: list[Step] = []
    records = 0
    for table in ("top_sites", "thumbnails"):
        columns = ("url", "redirects") if table == "thumbnails" else ("url",)
        found = set(
            keys_naming(database, table, columns, names.address, hint=names.hint)
        )
        records += len(found)
        steps += delete_rows(ground.path(_TOP_SITES), table, found)
    unknown_unless(database.tables() & {"top_sites", "thumbnails"})
    yield from ground.part(Kept.TOP_SITES, _TOP_SITES).clearing(
        steps, {"records": records}
    )
