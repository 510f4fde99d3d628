"""What else of a Firefox profile names the site and is not taken by any plan: copies,
conversations, crash reports, the lists of other devices, files that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from posixpath import dirname
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Json, Kept, NotReached, Planned, Stays, Why
from hygiene_checks.browser._sql import has_columns, unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._planning import (
    attempt,
    count_files,
    in_store,
    is_there,
)
from hygiene_checks.browser.forgetting._rows import keys_naming

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, SqlValue
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_leftovers"]

_COPIES = (
    "places.sqlite.corrupt",
    "favicons.sqlite.corrupt",
    "formhistory.sqlite.corrupt",
    "sessionstore-backups.bak",
    "backups",
)
_CHATS = "chat-store.sqlite"
_SHARED = "Profile Groups"
"""What the profiles of a group have in common: beside `profiles.ini`."""
_NOT_LOOKED_INTO = frozenset(
    (
        # Planned for by others, file by file.
        *("cache2", "startupCache", "thumbnails", "OfflineCache", "Cache"),
        *("sessionstore-backups", "bookmarkbackups", "jumpListCache"),
        # The program's own: lists of the whole web, code.
        *("safebrowsing", "security_state", "settings", "extensions", "features"),
        *("gmp", "gmp-gmpopenh264", "gmp-widevinecdm", "chrome"),
    )
)
"""Folders right below the profile."""
_SITE_DATA = frozenset(("default", "temporary", "private", "to-be-removed"))
_EXTENSION = "moz-extension+++"
_LISTS = "3870112724"
"""How the browser's own store of published lists begins (`remote-settings`)."""
_OTHERS = frozenset(
    (
        *("addonStartup.json.lz4", "extensions.json", "extension-preferences.json"),
        *("extension-settings.json", "search.json.mozlz4", "compatibility.ini"),
        *("domain_to_categories.sqlite", "protections.sqlite", "pkcs11.txt"),
        *("key3.db", "key4.db", "signedInUser.json", "signons.sqlite"),
        *("logins.json", "logins-backup.json", "logins.db", "prefs.js"),
        *("autofill-profiles.json", ".parentlock", "parent.lock", "lock"),
        *("serviceworker.txt", "cert_override.txt", "enumerate_devices.txt"),
        *("SiteSecurityServiceState.txt", "SiteSecurityServiceState.bin"),
        *("AlternateServices.txt", "AlternateServices.bin"),
        *("SecurityPreloadState.txt", "sessionstore.js", "sessionstore.bak"),
        *("sessionstore.jsonlz4", _CHATS),
    )
)
"""Files that others plan for, or that hold nothing of what a person visits."""
_STORES = (
    *("places.sqlite", "favicons.sqlite", "formhistory.sqlite", "permissions.sqlite"),
    *("content-prefs.sqlite", "cookies.sqlite", "storage.sqlite", "downloads.sqlite"),
    *("webappsstore.sqlite", "ls-archive.sqlite", "credentialstate.sqlite"),
    "bounce-tracking-protection.sqlite",
)
_SIDES = ("-wal", "-shm", "-journal")
_KINDS = {
    "user.js": Kept.SITE_SETTINGS,
    "handlers.json": Kept.SITE_SETTINGS,
    "synced-tabs.db": Kept.SYNC,
    "weave": Kept.SYNC,
}


def plan_leftovers(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """What stays: each copy and each other file that has the site's name in it."""
    yield from attempt(
        place, place.folder, partial(_bookmark_copies, home, place, naming)
    )
    for name in _COPIES:
        path = f"{place.folder}/{name}"
        yield from attempt(place, path, partial(_copy, home, place, path))
    store = f"{place.folder}/{_CHATS}"
    ask = partial(_conversations, place, store, naming)
    yield from in_store(home, place, store, ask)
    yield from attempt(place, place.folder, partial(_files, home, place, naming))
    above = dirname(place.folder)
    for folder in (above, dirname(above)):
        path = f"{folder}/{_SHARED}"
        yield from attempt(place, path, partial(_shared, home, place, naming, path))


def _shared(home: Home, place: Place, naming: Naming, path: str) -> Iterator[Planned]:
    if mentions(home, path, naming):
        yield Stays(kept=Kept.OTHER, place=place, store=path)


def _bookmark_copies(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    for entry in home.find(f"{place.folder}/bookmarkbackups/*"):
        try:
            number = _addresses(home.json(entry.path), naming)
        except CannotLook as refusal:
            yield NotReached(store=entry.path, why=refusal.why, program=place.program)
            continue
        if number:
            yield Stays(kept=Kept.BACKUPS, place=place, store=entry.path, count=number)


def _addresses(value: Json, naming: Naming) -> int:
    """How many bookmarks of the site a copy has."""
    if isinstance(value, list):
        return sum(_addresses(each, naming) for each in value)
    if not isinstance(value, dict):
        return 0
    return naming.address(value.get("uri")) + _addresses(value.get("children"), naming)


def _copy(home: Home, place: Place, path: str) -> Iterator[Planned]:
    """A copy of everything: what is in it is not looked for."""
    if is_there(home, path) and count_files(home, path):
        yield Stays(kept=Kept.BACKUPS, place=place, store=path)


def _conversations(
    place: Place, store: str, naming: Naming, database: Database
) -> Iterator[Planned]:
    """Conversations with an assistant about a page of the site."""
    unknown_unless(has_columns(database, "conversation", "page_url"))
    found: set[SqlValue] = set()
    for table, key in (("conversation", "conv_id"), ("message", "conv_id")):
        known = key if has_columns(database, table, key) else "rowid"
        found |= set(
            keys_naming(
                database,
                table,
                ("page_url",),
                naming.address,
                hint=naming.hint,
                key=known,
            )
        )
    if found:
        yield Stays(kept=Kept.OTHER, place=place, store=store, count=len(found))


def _files(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Every other file of the profile, by its raw bytes."""
    start = len(place.folder) + 1
    for folder in home.walk(place.folder):
        steps = folder.path[start:].split("/") if folder.path != place.folder else []
        if not _is_looked_into(steps):
            continue
        for name in sorted(folder.files):
            path = f"{folder.path}/{name}"
            if _is_known(name) or path[start:] in _COPIES:
                continue
            try:
                held = mentions(home, path, naming)
            except CannotLook as refusal:
                if refusal.why is not Why.NOT_ASKED:
                    yield NotReached(store=path, why=refusal.why, program=place.program)
                continue
            if held:
                kept = _KINDS.get(steps[0] if steps else name, Kept.OTHER)
                yield Stays(kept=kept, place=place, store=path, count=0)


def _is_looked_into(steps: list[str]) -> bool:
    """Whether a folder, told by the names below the profile, may hold more."""
    if not steps:
        return True
    if steps[0] in {*_NOT_LOOKED_INTO, *_COPIES}:
        return False
    if steps[0] != "storage" or len(steps) == 1 or steps[1] not in _SITE_DATA:
        return True
    # What sites keep is theirs to say; what an extension keeps is the person's.
    return len(steps) > 2 and steps[2].startswith(_EXTENSION)  # noqa: PLR2004


def _is_known(name: str) -> bool:
    for side in _SIDES:
        name = name.removesuffix(side)
    return name in _OTHERS or name in _STORES or name.startswith(_LISTS)
