"""What sites keep in a Firefox profile: folders of site data by origin, service workers.

Below `storage/` each origin has a folder (Firefox 153): `ls`, `idb`, `cache`, `fs`. The
site's own folders go, also those it has inside another site, and those another site has
inside it (`^partitionKey=`). The Cache API of another site may keep answers that name
the site; its tables have triggers, so that no row of it can be taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Kept,
    Kind,
    NotReached,
    Planned,
    RemoveTree,
    Stays,
)
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._planning import (
    Part,
    attempt,
    count_files,
    in_store,
    whole,
)
from hygiene_checks.browser.forgetting._rows import keys_naming
from hygiene_checks.browser.forgetting.firefox_texts import folder_names, words_name

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_site_data"]

_REPOSITORIES = ("default", "permanent", "private", "temporary")
_WAITING = "storage/to-be-removed"
"""Folders that the browser means to delete, under names of no meaning."""

_ANSWERS = (
    ("entries", ("request_url_no_query", "request_referrer")),
    ("response_url_list", ("url",)),
    ("request_headers", ("value",)),
    ("response_headers", ("value",)),
)


def plan_site_data(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """The folders of the site, and what other sites' folders say of it."""
    for repository in _REPOSITORIES:
        folder = f"{place.folder}/storage/{repository}"
        yield from attempt(
            place, folder, partial(_repository, home, place, naming, folder)
        )
    yield from whole(home, place, Kept.SITE_DATA, f"{place.folder}/{_WAITING}")


def _repository(
    home: Home, place: Place, naming: Naming, folder: str
) -> Iterator[Planned]:
    for entry in home.find(f"{folder}/*"):
        if entry.why is not None:
            yield NotReached(store=entry.path, why=entry.why, program=place.program)
        elif entry.kind is not Kind.FOLDER:
            continue
        elif folder_names(naming, basename(entry.path)):
            yield from Part(place, Kept.SITE_DATA, entry.path).clearing(
                [RemoveTree(store=entry.path)],
                {"files": count_files(home, entry.path)},
            )
        else:
            yield from _answers_of_another(home, place, naming, entry.path)


def _answers_of_another(
    home: Home, place: Place, naming: Naming, folder: str
) -> Iterator[Planned]:
    """How many kept answers of another site name this one."""
    store = f"{folder}/cache/caches.sqlite"

    def names(text: SqlValue) -> bool:
        return words_name(naming, text)

    def ask(database: Database) -> Iterator[Planned]:
        unknown_unless(has_columns(database, "entries", "id"))
        found: set[SqlValue] = set()
        for table, columns in _ANSWERS:
            key = "id" if table == "entries" else "entry_id"
            found |= set(
                keys_naming(database, table, columns, names, hint=naming.hint, key=key)
            )
        if found:
            yield Stays(kept=Kept.SITE_DATA, place=place, store=store, count=len(found))

    try:
        if home.entry(store) is None:
            return
    except CannotLook as refusal:
        yield NotReached(store=store, why=refusal.why, program=place.program)
        return
    yield from in_store(home, place, store, ask)
