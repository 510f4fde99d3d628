r"""What Windows and Internet Explorer keep in the person's registry.

Keys and values as public system-tweak tools and the plaso parsers name them. A switch is
a text, `yes` or `no`; absent means that Windows decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hygiene.contract import Switch

if TYPE_CHECKING:
    from hygiene.contract import Home

__all__ = [
    "HIVE",
    "PROGRAM",
    "PROGRAM_ID",
    "count_addresses",
    "count_values",
    "has_registry",
    "registry_switch",
]

HIVE = "NTUSER.DAT"
"""The file of the registry, relative to the home: the source of all that stands here."""
PROGRAM, PROGRAM_ID = "Windows", "windows"

_ADDRESS = re.compile(r"url[0-9]+", re.IGNORECASE)
_STATES = {"yes": Switch.ON, "no": Switch.OFF}


def has_registry(home: Home) -> bool:
    """Whether this home has a registry at all. Raises `CannotLook`."""
    return home.registry("Software") is not None


def registry_switch(home: Home, key: str, name: str) -> Switch:
    """A switch stored as `yes` or `no`; UNKNOWN when absent. Raises `CannotLook`."""
    found = home.registry(key)
    for each, value in found.values.items() if found else ():
        if each.casefold() == name.casefold() and isinstance(value, str):
            return _STATES.get(value.strip().casefold(), Switch.UNKNOWN)
    return Switch.UNKNOWN


def count_values(home: Home, key: str) -> int:
    """Values of a key, none of them looked at. Raises `CannotLook`."""
    found = home.registry(key)
    return len(found.values) if found else 0


def count_addresses(home: Home, key: str) -> int:
    """Values of a key named `url1`, `url2` ... Raises `CannotLook`."""
    found = home.registry(key)
    return (
        sum(_ADDRESS.fullmatch(each) is not None for each in found.values)
        if found
        else 0
    )
