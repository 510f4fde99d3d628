"""The session documents of a Firefox profile: the tabs that would come back.

`sessionstore.jsonlz4` after a clean exit; in `sessionstore-backups` the running state and
the one before it, the session before, and one copy for each update of the program
(Firefox 56 to 153; the same names with `.js` before that).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import (
    CannotLook,
    EditJson,
    Kept,
    Kind,
    NotReached,
    Planned,
    RemoveTree,
    Stays,
    Tick,
    Why,
)
from hygiene_checks.browser.forgetting._planning import Part, attempt
from hygiene_checks.browser.forgetting.firefox_session import (
    Cut,
    Gone,
    cookies_of,
    cut_out,
)

if TYPE_CHECKING:
    from hygiene.contract import Home, Json, Place

__all__ = ["LARGEST_DOCUMENT", "plan_tabs", "session_files", "sha256_of"]

LARGEST_DOCUMENT = 64 << 20
"""Bytes of a JSON document that is edited."""

_FILES = (
    "sessionstore.jsonlz4",
    "sessionstore.js",
    "sessionstore.bak",
    "sessionstore-backups/recovery.jsonlz4",
    "sessionstore-backups/recovery.baklz4",
    "sessionstore-backups/recovery.js",
    "sessionstore-backups/recovery.bak",
    "sessionstore-backups/previous.jsonlz4",
    "sessionstore-backups/previous.js",
)
_NUMBERED = (
    "sessionstore-backups/upgrade.jsonlz4-*",
    "sessionstore-backups/upgrade.js-*",
)
_UNREADABLE = frozenset((Why.DAMAGED, Why.UNKNOWN_FORMAT, Why.TOO_LARGE))
_SECRETS = frozenset(("value",))
"""Values of cookies."""


def session_files(home: Home, place: Place) -> Iterator[str]:
    """Paths of the session documents that are there. Raises `CannotLook`."""
    for name in _FILES:
        path = f"{place.folder}/{name}"
        entry = home.entry(path)
        if entry is not None and entry.size != 0:
            yield path
    for pattern in _NUMBERED:
        for entry in home.find(f"{place.folder}/{pattern}"):
            if basename(entry.path) != basename(pattern):
                yield entry.path


def sha256_of(home: Home, path: str) -> str:
    """The SHA-256 (hex) of a file. To be asked before the file is read for a plan: a
    file that changes in between is then refused by the writer. Raises `CannotLook`.
    """
    whole = hashlib.sha256()
    with home.open(path) as file:
        for start in range(0, file.size, 1 << 20):
            whole.update(file.read_at(start, 1 << 20))
    return whole.hexdigest()


Judge: TypeAlias = "Callable[[Json], tuple[Gone, int]]"
"""Says of a document what goes out of it, and how many pages in it may have to go, too,
and nothing tells. May raise `CannotLook`.
"""


def plan_tabs(
    home: Home, place: Place, judge: Judge, *, cookies: bool
) -> Iterator[Planned]:
    """What goes out of each session document; with `cookies` those kept in it, too, by
    a tick of their own. A document that cannot be read goes whole or not at all.
    """
    try:
        paths = tuple(session_files(home, place))
    except CannotLook as refusal:
        yield NotReached(store=place.folder, why=refusal.why, program=place.program)
        return
    for path in paths:
        try:
            yield from tuple(_of_document(home, place, path, judge, cookies=cookies))
        except CannotLook as refusal:
            if refusal.why in _UNREADABLE:
                yield from attempt(place, path, partial(_whole, home, place, path))
            else:
                yield NotReached(store=path, why=refusal.why, program=place.program)


def _of_document(
    home: Home, place: Place, path: str, judge: Judge, *, cookies: bool
) -> Iterator[Planned]:
    before = sha256_of(home, path)
    document = home.json(path, drop=_SECRETS, limit=LARGEST_DOCUMENT)
    if not isinstance(document, dict):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    edit = partial(EditJson, store=path, before=before)
    gone, perhaps = judge(document)
    cut = cut_out(document, gone)
    yield from Part(place, Kept.OPEN_TABS, path).clearing(
        [edit(remove=tuple(cut.remove), put=tuple(cut.put))] if _says(cut) else (),
        {"items": cut.tabs, "records": cut.rest},
    )
    if cookies and (paths := tuple(cookies_of(document, gone))):
        yield from Part(place, Kept.COOKIES, path).clearing(
            [edit(remove=paths)], {"records": len(paths)}, tick=Tick.OFF
        )
    if perhaps:
        yield Stays(kept=Kept.OPEN_TABS, place=place, store=path, count=perhaps)


def _says(cut: Cut) -> bool:
    return bool(cut.remove or cut.put)


def _whole(home: Home, place: Place, path: str) -> Iterator[Planned]:
    entry = home.entry(path)
    if entry is None or entry.kind is not Kind.FILE:
        # Whatever lies in a folder of that name is no session.
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return Part(place, Kept.OPEN_TABS, path).clearing(
        [RemoveTree(store=path)], {"files": 1}, tick=Tick.ON, more=True
    )
