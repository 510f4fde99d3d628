"""Settings of a Chromium-family profile, from its `Preferences` file.

The file is JSON and names only what differs from the default: absent means default,
never off (Chromium 156). A managed browser may overrule all of it from outside the home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Home, Json, Switch, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["chromium_switch", "read_preferences"]

_UNREAD = frozenset(
    (
        *("account_info", "account_values", "content_settings", "extensions", "google"),
        *("password_hash_data_list", "protection", "sync", "zerosuggest"),
    )
)
"""Members that hold accounts, sites and keys: none is a setting we tell of."""


def read_preferences(home: Home, path: str) -> Mapping[str, Json] | None:
    """The profile's preferences, or None if the file is not there. Raises `CannotLook`."""
    if home.entry(path) is None:
        return None
    preferences = home.json(path, drop=_UNREAD)
    if not isinstance(preferences, dict):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return preferences


def chromium_switch(
    preferences: Mapping[str, Json], names: Iterable[str], default: Switch
) -> Switch:
    """The first of the dotted names that is there as true or false; else `default`."""
    for name in names:
        value: Json | Mapping[str, Json] = preferences
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, bool):
            return Switch.ON if value else Switch.OFF
    return default
