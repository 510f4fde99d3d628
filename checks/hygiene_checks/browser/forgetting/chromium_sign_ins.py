"""Sign-ins of Chromium for a site, each to be ticked by itself: `Login Data` and `Login
Data For Account`, schema 43 (Chromium 156) and older.

Account names stand there in plain and tell one from another; no password is read.
"""

# Every name that stands in a query is a constant of ours.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Tick, Untrusted
from hygiene.contract.moments import Clock, moment
from hygiene_checks.browser._sql import (
    as_text,
    column_or_null,
    has_columns,
    start_of,
    unknown_unless,
)
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    keys_naming,
    rows_where_in,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned, SqlValue, Step
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["sign_ins"]

_STORES = ("Login Data", "Login Data For Account")
_NEWEST = 40
_ADDRESSES = ("origin_url", "action_url", "signon_realm", "federation_url", "icon_url")
_HANGING_ON = (
    ("insecure_credentials", "parent_id"),
    ("password_notes", "parent_id"),
    ("sync_entities_metadata", "storage_key"),
    ("compromised_credentials", "parent_id"),
)


def sign_ins(ground: Ground) -> Iterator[Planned]:
    """Each saved sign-in of the site, and each note never to save one."""
    for name in _STORES:
        yield from ground.ask(name, _NEWEST, partial(_sign_ins, ground, name))


def _sign_ins(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    unknown_unless(
        has_columns(
            database, "logins", "signon_realm", "username_value", "blacklisted_by_user"
        )
    )
    found = sorted(
        {
            row
            for row in keys_naming(
                database,
                "logins",
                _ADDRESSES,
                ground.names.either,
                hint=ground.names.hint,
            )
            if isinstance(row, int)
        }
    )
    column = partial(column_or_null, database, "logins")
    select = (
        f"SELECT rowid, blacklisted_by_user, {start_of('username_value')},"
        f" {column('date_created')}, {column('date_last_used')} FROM logins"
    )
    for row, never, account, created, used in rows_where_in(
        database, select, "rowid", found
    ):
        first = moment(created, Clock.WEBKIT)
        kept = Kept.NEVER_SAVED if never else Kept.SIGN_INS
        yield from ground.part(kept, name).clearing(
            _steps(ground.path(name), database, row),
            {"never_saved" if never else "logins": 1},
            detail=str(row),
            first=first,
            last=moment(used, Clock.WEBKIT) or first,
            tick=Tick.OFF,
            label=None if never else Untrusted(as_text(account)),
        )
    yield from _dismissed(ground, name, database)


def _steps(store: str, database: Database, row: SqlValue) -> Iterator[Step]:
    """The sign-in with its notes and warnings. Before schema 26 or so it had no number."""
    if has_columns(database, "logins", "id"):
        for table, key in _HANGING_ON:
            if not has_columns(database, table, key):
                continue
            select = f"SELECT {key} FROM {table}"
            rows = list(rows_where_in(database, select, key, (row,)))
            if rows:
                yield from delete_rows(store, table, (row,), key=key, rows=len(rows))
    yield from delete_rows(store, "logins", (row,))


def _dismissed(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    """How often the offer to save was sent away."""
    columns = first_columns(database, "stats", "origin_domain")
    found = set(
        keys_naming(
            database, "stats", columns, ground.names.either, hint=ground.names.hint
        )
    )
    yield from ground.part(Kept.NEVER_SAVED, name).clearing(
        delete_rows(ground.path(name), "stats", found),
        {"never_saved": len(found)},
        detail="dismissed",
        tick=Tick.OFF,
    )
