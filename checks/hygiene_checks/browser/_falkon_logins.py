"""Sign-ins of Falkon, in `browsedata.db` (Falkon 22.12): `autofill` keeps passwords in
plain text, `autofill_encrypted` behind a main password; of both only the site is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._bounded import bounded
from hygiene_checks.browser._logins import Login
from hygiene_checks.browser._realms import site_of
from hygiene_checks.browser._sql import (
    as_text,
    column_or_null,
    has_columns,
    start_of,
    unknown_unless,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home

__all__ = ["read_falkon_logins"]

_TABLES = {"autofill": False, "autofill_encrypted": False, "autofill_exceptions": True}
"""Table by whether it is the never-save list."""


def read_falkon_logins(home: Home, path: str) -> Sequence[Login]:
    """Every sign-in and never-save row of one store. Raises `CannotLook`."""
    return home.query(path, _logins)


def _logins(database: Database) -> list[Login]:
    known = [each for each in _TABLES if has_columns(database, each, "server")]
    unknown_unless(known)
    return [
        Login(
            site_of(as_text(server)),
            never=_TABLES[table],
            first=moment(used, Clock.SECONDS),
            last=moment(used, Clock.SECONDS),
        )
        for table in known
        for server, used in bounded(
            database.rows(
                f"SELECT {start_of('server')},"  # noqa: S608
                f" {column_or_null(database, table, 'last_used')} FROM {table}"
            )
        )
    ]
