"""Sign-ins of the Chromium family: `Login Data`, `Login Data For Account` (those of the
browser's own account) and Yandex's `Ya Passman Data`.

Table `logins` as in schema 43, Chromium 156. A row with `blacklisted_by_user` is a site
on the never-save list. Rows of both files count: a sign-in kept in both is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Trace, Untrusted
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
    from hygiene.contract import Database, Home, SqlValue

__all__ = ["CHROMIUM_STORES", "list_chromium_accounts", "read_chromium_logins"]

CHROMIUM_STORES = ("Login Data", "Login Data For Account", "Ya Passman Data")


def read_chromium_logins(home: Home, path: str) -> Sequence[Login]:
    """Every sign-in and never-save row of one store. Raises `CannotLook`."""
    return home.query(path, _logins)


def list_chromium_accounts(
    home: Home, paths: Sequence[str], site: str
) -> Iterator[Trace]:
    """The account names stored for one site, in plain. Raises `CannotLook`."""
    for path in paths:
        yield from home.query(path, partial(_accounts, site=site))


def _logins(database: Database) -> list[Login]:
    _check_format(database)
    column = partial(column_or_null, database, "logins")
    return [
        Login(
            site=_site(realm, origin),
            never=bool(never),
            first=moment(first, Clock.WEBKIT),
            last=moment(last, Clock.WEBKIT) or moment(first, Clock.WEBKIT),
        )
        for realm, origin, never, first, last in bounded(
            database.rows(
                f"SELECT {_SITE}, blacklisted_by_user, {column('date_created')},"  # noqa: S608
                f" {column('date_last_used')} FROM logins"
            )
        )
    ]


def _accounts(database: Database, site: str) -> list[Trace]:
    _check_format(database)
    column = partial(column_or_null, database, "logins")
    return [
        Trace(
            key=f"logins:{number!r}",
            label=Untrusted(as_text(name)),
            kind="account",
            first=moment(first, Clock.WEBKIT),
            last=moment(last, Clock.WEBKIT),
        )
        for realm, origin, number, name, first, last in bounded(
            database.rows(
                f"SELECT {_SITE}, rowid, {start_of('username_value')},"  # noqa: S608
                f" {column('date_created')}, {column('date_last_used')} FROM logins"
                " WHERE NOT blacklisted_by_user AND username_value <> ''"
            )
        )
        if _site(realm, origin) == site
    ]


_SITE = f"{start_of('signon_realm')}, {start_of('origin_url')}"


def _site(realm: SqlValue, origin: SqlValue) -> str:
    return site_of(as_text(realm) or as_text(origin))


def _check_format(database: Database) -> None:
    unknown_unless(
        has_columns(
            database,
            "logins",
            *("signon_realm", "origin_url", "username_value", "blacklisted_by_user"),
        )
    )
