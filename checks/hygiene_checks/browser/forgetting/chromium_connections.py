"""What Chromium keeps of a site in small tables of hosts and origins: how to reach it, to
whom it reports, how it was left, what it may. Schemas of Chromium 156 and older names.

Cookies are in tables of the same kind and have a tick of their own.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept, Tick
from hygiene_checks.browser.forgetting._bytes import addresses_in
from hygiene_checks.browser.forgetting._protobuf import texts_in
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    first_columns,
    keys_naming,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned, SqlValue, Step
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["connections", "cookies"]


@dataclass(frozen=True, slots=True)
class _Table:
    """One table with columns that hold hosts or addresses, plain or inside others."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Store:
    """One store: its name in the profile, the newest version known, and its tables."""

    name: str
    newest: int
    kept: Kept
    tables: tuple[_Table, ...]


_NEL = "Reporting and NEL"
_NEL_TABLES = (
    _Table("nel_policies", ("nik", "origin_host")),
    _Table("reporting_endpoints", ("nik", "origin_host", "url")),
    _Table("reporting_endpoint_groups", ("nik", "origin_host")),
)
_TOKENS = (
    _Table("trust_tokens_issuer_config", ("key",)),
    _Table("trust_tokens_toplevel_config", ("key",)),
    _Table("trust_tokens_issuer_toplevel_pair_config", ("key",)),
)
_DICTIONARIES = (
    _Table("dictionaries", ("frame_origin", "top_frame_site", "host", "url")),
)

_STORES = (
    _Store(
        "DIPS",
        11,
        Kept.CONNECTIONS,
        (
            _Table("bounces", ("site",)),
            _Table("popups", ("opener_site", "popup_site")),
        ),
    ),
    *(
        _Store(f"{folder}{name}", newest, Kept.CONNECTIONS, tables)
        for folder in ("", "Network/")
        for name, newest, tables in (
            (_NEL, 2, _NEL_TABLES),
            ("Trust Tokens", 2, _TOKENS),
        )
    ),
    _Store("Shared Dictionary/db", 4, Kept.CONNECTIONS, _DICTIONARIES),
    _Store("Network/Shared Dictionary/db", 4, Kept.CONNECTIONS, _DICTIONARIES),
    _Store(
        "declarative_performance_observer.db",
        2,
        Kept.CONNECTIONS,
        (
            _Table("declarative_performance_observer_policies", ("origin",)),
            _Table("declarative_performance_observer_reports", ("origin",)),
        ),
    ),
    _Store(
        "heavy_ad_intervention_opt_out.db",
        1,
        Kept.CONNECTIONS,
        (_Table("previews_v1", ("host_name",)),),
    ),
    _Store(
        "previews_opt_out.db",
        1,
        Kept.CONNECTIONS,
        (_Table("previews_v1", ("host_name",)),),
    ),
    _Store(
        "page_load_capping_opt_out.db",
        1,
        Kept.CONNECTIONS,
        (_Table("previews_v1", ("host_name",)),),
    ),
    _Store(
        "Affiliation Database",
        1,
        Kept.CONNECTIONS,
        (
            _Table("eq_class_members", ("facet_uri", "change_password_url")),
            _Table("eq_class_groups", ("facet_uri", "main_domain")),
        ),
    ),
    _Store(
        "Media History",
        99,
        Kept.PAGES,
        (
            _Table("origin", ("origin",)),
            _Table("playback", ("url",)),
            _Table("playbackSession", ("url",)),
            _Table("mediaImage", ("url",)),
        ),
    ),
    _Store(
        "Conversions",
        99,
        Kept.CONNECTIONS,
        (
            _Table("sources", ("source_origin", "reporting_origin")),
            _Table("source_destinations", ("destination_site",)),
            _Table("reports", ("context_origin", "reporting_origin")),
            _Table(
                "rate_limits",
                ("source_site", "destination_site", "context_origin"),
            ),
        ),
    ),
    _Store(
        "InterestGroups",
        99,
        Kept.CONNECTIONS,
        (
            _Table("interest_groups", ("owner", "joining_origin", "joining_url")),
            _Table("join_history", ("owner",)),
            _Table("bid_history", ("owner",)),
            _Table("win_history", ("owner",)),
        ),
    ),
    _Store(
        "SharedStorage",
        99,
        Kept.SITE_DATA,
        (
            _Table("values_mapping", ("context_origin",)),
            _Table("per_origin_mapping", ("context_origin",)),
            _Table("budget_mapping", ("context_origin", "context_site")),
        ),
    ),
    _Store(
        "BrowsingTopicsSiteData",
        99,
        Kept.CONNECTIONS,
        (_Table("browsing_topics_api_hashed_to_unhashed_domain", ("context_domain",)),),
    ),
)

_COOKIE_STORES = tuple(
    f"{folder}{name}"
    for folder in ("Network/", "")
    for name in ("Cookies", "Safe Browsing Cookies", "Extension Cookies")
)
_NEWEST_COOKIES = 24


def connections(ground: Ground) -> Iterator[Planned]:
    """Rows of small tables that name the site."""
    for store in _STORES:
        yield from ground.ask(store.name, store.newest, partial(_rows, ground, store))


def _rows(ground: Ground, store: _Store, database: Database) -> Iterator[Planned]:
    steps: list[Step] = []
    records = 0
    for table in store.tables:
        found = set(_keys(database, table, ground.names))
        records += len(found)
        steps += delete_rows(ground.path(store.name), table.name, found)
    yield from ground.part(store.kept, store.name).clearing(steps, {"records": records})


def _keys(database: Database, table: _Table, names: Names) -> Iterator[SqlValue]:
    """Rowids; no hint, since some of the columns hold other encodings of a host."""
    return keys_naming(database, table.name, table.columns, partial(_names, names))


_BASE64 = re.compile(r"[A-Za-z0-9+/=]{8,}")


def _names(names: Names, text: SqlValue) -> bool:
    """A host, an address, a domain of another form, or such a thing in base64 (network
    isolation keys, `nik`: a JSON list of pickled origins).
    """
    if isinstance(text, bytes):
        return any(names.either(each) for each in texts_in(text))
    if not isinstance(text, str):
        return False
    if names.either(text):
        return True
    if text.startswith("["):
        return any(map(names.address, _in_base64(text)))
    return any(map(names.either, text.replace(",", " ").split(" ")))


def _in_base64(text: str) -> Iterator[str]:
    for found in _BASE64.findall(text):
        try:
            raw = b64decode(found, validate=True)
        except (binascii.Error, ValueError):
            continue
        yield from addresses_in(raw)


def cookies(ground: Ground) -> Iterator[Planned]:
    """Cookies of the site, and of others that were set on its pages alone."""
    for name in _COOKIE_STORES:
        yield from ground.ask(name, _NEWEST_COOKIES, partial(_cookies, ground, name))


def _cookies(ground: Ground, name: str, database: Database) -> Iterator[Planned]:
    names: dict[str, Callable[[SqlValue], bool]] = {
        "host_key": ground.names.host,
        "top_frame_site_key": ground.names.address,
    }
    found: set[SqlValue] = set()
    for column in first_columns(database, "cookies", *names):
        found |= set(
            keys_naming(
                database, "cookies", (column,), names[column], hint=ground.names.hint
            )
        )
    yield from ground.part(Kept.COOKIES, name).clearing(
        delete_rows(ground.path(name), "cookies", found),
        {"records": len(found)},
        tick=Tick.OFF,
    )
