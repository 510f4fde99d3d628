"""Sign-ins of the Firefox family: `logins.json`, its backup, `logins.db`, and the sites
in `permissions.sqlite` where saving is off.

As in Firefox 153: `logins.json` is the store in use, `logins-backup.json` an earlier
state of it, and `logins.db` a newer store that most profiles have empty. The names and
passwords in them are encrypted and not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Json, Why
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._bounded import bounded
from hygiene_checks.browser._logins import Login, ReadLogins
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser._sql import (
    SHOWN,
    as_text,
    column_or_null,
    has_columns,
    start_of,
    unknown_unless,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home
    from hygiene_checks.browser._stock import Tally

__all__ = ["BACKUP", "FirefoxLogins", "look_at_firefox"]

BACKUP = "logins-backup.json"

_UNREAD = frozenset(
    (
        *("encryptedUsername", "encryptedPassword", "encryptedUnknownFields"),
        *("usernameField", "passwordField", "httpRealm", "formSubmitURL"),
        *("potentiallyVulnerablePasswords", "dismissedBreachAlertsByLoginGUID"),
    )
)
_OWN = "chrome://"
"""The browser's own account (`chrome://FirefoxAccounts`): no sign-in of the person's."""


@dataclass(frozen=True, slots=True)
class FirefoxLogins:
    """The sign-ins of one profile: what each store that counts holds, with its path and
    reader; and the sign-ins that stand in the backup only.
    """

    stores: Mapping[tuple[str, ReadLogins], Sequence[Login]]
    older: Sequence[Login] = ()


def look_at_firefox(tally: Tally, folder: str) -> FirefoxLogins:
    """Read the stores of a profile folder. Each sign-in counts once: `logins.db` counts
    where `logins.json` has no sign-in, the backup where neither has been found.
    """
    found: dict[tuple[str, ReadLogins], Sequence[Login]] = {}

    def look(name: str, read: ReadLogins) -> Sequence[Login] | None:
        path = f"{folder}/{name}"
        logins = tally.attempt(path, read)
        if logins:
            found[path, read] = logins
        return logins

    listed = look("logins.json", _read_list)
    if not any(not each.never for each in listed or ()):
        look("logins.db", _read_database)
    nowhere = listed is None and not found
    look("permissions.sqlite", _read_never_saved)
    if nowhere:
        look(BACKUP, _read_list)
        return FirefoxLogins(found)
    backup = tally.attempt(f"{folder}/{BACKUP}", _read_list) or ()
    known = {each.guid for logins in found.values() for each in logins}
    older = [each for each in backup if not each.never and each.guid not in known]
    return FirefoxLogins(found, older)


def _read_list(home: Home, path: str) -> Sequence[Login]:
    """`logins.json` or its backup. Raises `CannotLook`."""
    document = home.json(path, drop=_UNREAD)
    if not isinstance(document, dict) or not isinstance(document.get("logins"), list):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    disabled = _disabled(document.get("disabledHosts"))
    return [*bounded(_listed(document["logins"])), *bounded(disabled)]


def _listed(records: Json) -> Iterator[Login]:
    for each in records if isinstance(records, list) else ():
        if not isinstance(each, dict) or each.get("deleted"):
            continue
        origin = each.get("hostname")
        if isinstance(origin, str) and not origin.startswith(_OWN):
            yield Login(
                site=site_of(origin),
                first=moment(each.get("timeCreated"), Clock.MILLISECONDS),
                last=moment(each.get("timeLastUsed"), Clock.MILLISECONDS),
                guid=str(each.get("guid", "")),
            )


def _disabled(origins: Json) -> Iterator[Login]:
    """The never-save list of releases before `permissions.sqlite` held it."""
    for each in origins if isinstance(origins, list) else ():
        if isinstance(each, str):
            yield Login(site_of(each), never=True)


def _read_database(home: Home, path: str) -> Sequence[Login]:
    """`logins.db`: rows changed here, then rows as the account has them. Raises
    `CannotLook`.
    """
    return home.query(path, _rows)


def _rows(database: Database) -> list[Login]:
    tables = {"loginsL": "NOT is_deleted", "loginsM": "NOT is_overridden"}
    found: dict[str, Login] = {}
    known = False
    for table, where in tables.items():
        origin = "origin" if has_columns(database, table, "origin") else "hostname"
        if not has_columns(database, table, origin, "guid", where.split()[1]):
            continue
        known = True
        for guid, site, first, last in bounded(
            database.rows(
                f"SELECT substr(guid, 1, {SHOWN}), {start_of(origin)}, timeCreated,"  # noqa: S608
                f" timeLastUsed FROM {table} WHERE {where}"
            )
        ):
            if not as_text(site).startswith(_OWN):
                found[str(guid)] = Login(
                    site_of(as_text(site)),
                    first=moment(first, Clock.MILLISECONDS),
                    last=moment(last, Clock.MILLISECONDS),
                    guid=str(guid),
                )
    unknown_unless(known)
    return list(found.values())


def _read_never_saved(home: Home, path: str) -> Sequence[Login]:
    """Sites where saving is off: permission `login-saving` denied (2). Raises
    `CannotLook`.
    """
    return home.query(path, _denied)


def _denied(database: Database) -> list[Login]:
    tables = {"moz_perms": "origin", "moz_hosts": "host"}
    for table, column in tables.items():
        if has_columns(database, table, column, "type", "permission"):
            changed = column_or_null(database, table, "modificationTime")
            return [
                Login(
                    site_of(as_text(origin).partition("^")[0]),
                    never=True,
                    first=moment(when, Clock.MILLISECONDS),
                    last=moment(when, Clock.MILLISECONDS),
                )
                for origin, when in bounded(
                    database.rows(
                        f"SELECT {start_of(column)}, {changed} FROM {table}"  # noqa: S608
                        " WHERE type = 'login-saving' AND permission = 2"
                    )
                )
            ]
    raise CannotLook(Why.UNKNOWN_FORMAT)
