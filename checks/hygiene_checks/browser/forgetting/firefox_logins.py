"""Sign-ins of the site in a Firefox profile: each by a tick of its own.

As in Firefox 153: `logins.json` is the store in use, `logins-backup.json` an earlier
state of it that the program goes back to, `logins.db` a newer store that most profiles
have empty. Names and passwords are encrypted and are not read; the address and the times
tell one sign-in from another. A sign-in has the same `guid` wherever it stands: the keys
of its clearings begin with the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    DeleteRows,
    EditJson,
    Json,
    JsonPath,
    Kept,
    Planned,
    Stays,
    Step,
    Tick,
    Untrusted,
    Why,
)
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser._sql import (
    as_text,
    has_columns,
    start_of,
    unknown_unless,
)
from hygiene_checks.browser.forgetting._planning import (
    Part,
    attempt,
    in_store,
    is_there,
)
from hygiene_checks.browser.forgetting._rows import delete_rows
from hygiene_checks.browser.forgetting.firefox_tabs import LARGEST_DOCUMENT, sha256_of

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_logins"]

_LISTS = ("logins.json", "logins-backup.json")
_DATABASE = "logins.db"
_UNREAD = frozenset(
    (
        *("encryptedUsername", "encryptedPassword", "encryptedUnknownFields"),
        *("usernameField", "passwordField", "httpRealm"),
    )
)


@dataclass(frozen=True, slots=True)
class _SignIn:
    """What tells one sign-in from another; times in milliseconds since 1970."""

    guid: str
    site: str
    created: Json = None
    used: Json = None

    @classmethod
    def of(cls, record: dict[str, Json], guid: str) -> _SignIn:
        """One record of `logins.json`."""
        site = site_of(str(record.get("hostname")))
        return cls(guid, site, record.get("timeCreated"), record.get("timeLastUsed"))


def plan_logins(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Sign-ins, and the "never save" list of releases before Firefox 50 or so. What
    another site's sign-in says of this site (where its form is sent) stays.
    """
    for name in _LISTS:
        part = Part(place, Kept.SIGN_INS, f"{place.folder}/{name}")
        yield from attempt(place, part.store, partial(_list, home, part, naming))
    part = Part(place, Kept.SIGN_INS, f"{place.folder}/{_DATABASE}")
    yield from in_store(home, place, part.store, partial(_rows, part, naming))


def _list(home: Home, part: Part, naming: Naming) -> Iterator[Planned]:
    """`logins.json` or its backup."""
    if not is_there(home, part.store):
        return
    before = sha256_of(home, part.store)
    document = home.json(part.store, drop=_UNREAD, limit=LARGEST_DOCUMENT)
    if not isinstance(document, dict) or not isinstance(document.get("logins"), list):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    elsewhere = 0
    for number, record in enumerate(_objects(document.get("logins"))):
        if naming.address(record.get("hostname")):
            guid = str(record.get("guid", number))
            paths = (("logins", number), *_notes(document, guid))
            edit = EditJson(store=part.store, before=before, remove=paths)
            yield from _clearing(part, edit, _SignIn.of(record, guid))
        elif naming.address(record.get("formSubmitURL")):
            elsewhere += 1
    if elsewhere:
        yield Stays(
            kept=Kept.SIGN_INS, place=part.place, store=part.store, count=elsewhere
        )
    never = Part(part.place, Kept.NEVER_SAVED, part.store)
    disabled = document.get("disabledHosts")
    for number, origin in enumerate(disabled if isinstance(disabled, list) else ()):
        if isinstance(origin, str) and naming.either(origin):
            path: JsonPath = ("disabledHosts", number)
            yield from never.clearing(
                [EditJson(store=part.store, before=before, remove=(path,))],
                {"never_saved": 1},
                detail=origin,
                tick=Tick.OFF,
                label=Untrusted(site_of(origin)),
            )


def _objects(records: Json) -> Iterator[dict[str, Json]]:
    for each in records if isinstance(records, list) else ():
        yield each if isinstance(each, dict) else {}


def _notes(document: dict[str, Json], guid: str) -> Iterator[JsonPath]:
    """What else the document says of one sign-in."""
    for number, each in enumerate(
        _objects(document.get("potentiallyVulnerablePasswords"))
    ):
        if each.get("guid") == guid:
            yield ("potentiallyVulnerablePasswords", number)
    alerts = document.get("dismissedBreachAlertsByLoginGUID")
    if isinstance(alerts, dict) and guid in alerts:
        yield ("dismissedBreachAlertsByLoginGUID", guid)


def _rows(part: Part, naming: Naming, database: Database) -> Iterator[Planned]:
    """`logins.db`: rows changed here, and rows as the account has them."""
    found: dict[_SignIn, list[DeleteRows]] = {}
    known = False
    for table in ("loginsL", "loginsM"):
        origin = "origin" if has_columns(database, table, "origin") else "hostname"
        if not has_columns(database, table, "id", "guid", origin):
            continue
        known = True
        query = f"SELECT id, guid, {start_of(origin)} FROM {table}"  # noqa: S608
        for key, guid, stored in database.rows(query):
            address = as_text(stored)
            if naming.address(address):
                record = _SignIn(str(guid), site_of(address))
                rows = delete_rows(part.store, table, (key,), key="id")
                found.setdefault(record, []).extend(rows)
    unknown_unless(known)
    for record, steps in found.items():
        for each in _clearing(part, steps[0], record):
            yield replace(each, steps=tuple(steps))


def _clearing(part: Part, step: Step, record: _SignIn) -> Iterator[Clearing]:
    """A sign-in that goes when it is ticked."""
    folder, _, name = part.store.rpartition("/")
    for each in part.clearing(
        [step],
        {"logins": 1},
        first=moment(record.created, Clock.MILLISECONDS),
        last=moment(record.used, Clock.MILLISECONDS),
        tick=Tick.OFF,
        label=Untrusted(record.site),
    ):
        yield replace(each, key=f"{folder}:{part.kept.value}:{record.guid}:{name}")
