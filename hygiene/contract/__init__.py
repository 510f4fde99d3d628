"""All that a check may know of hygiene. Standard library only.

Names are imported when they are first used, because the command line needs the
catalogues below this package and nothing else of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hygiene.contract.check import (
        EVERYWHERE,
        Check,
        CheckInfo,
        Group,
        ListsSittings,
        Sitting,
        or_nothing_found,
    )
    from hygiene.contract.home import (
        Database,
        Entry,
        Folder,
        Home,
        Json,
        Kind,
        Platform,
        Reader,
        RegistryKey,
        RegistryValue,
        Row,
        SqlValue,
        UserFolder,
    )
    from hygiene.contract.outcome import (
        CannotLook,
        Finding,
        HygieneError,
        Level,
        NotChecked,
        NothingFound,
        Outcome,
        Progress,
        Setting,
        Switch,
        Trace,
        Why,
    )
    from hygiene.contract.untrusted import Untrusted, clean

__all__ = [
    "EVERYWHERE",
    "CannotLook",
    "Check",
    "CheckInfo",
    "Database",
    "Entry",
    "Finding",
    "Folder",
    "Group",
    "Home",
    "HygieneError",
    "Json",
    "Kind",
    "Level",
    "ListsSittings",
    "NotChecked",
    "NothingFound",
    "Outcome",
    "Platform",
    "Progress",
    "Reader",
    "RegistryKey",
    "RegistryValue",
    "Row",
    "Setting",
    "Sitting",
    "SqlValue",
    "Switch",
    "Trace",
    "Untrusted",
    "UserFolder",
    "Why",
    "clean",
    "or_nothing_found",
]

_HOMES = {
    "check": (
        "EVERYWHERE",
        "Check",
        "CheckInfo",
        "Group",
        "ListsSittings",
        "Sitting",
        "or_nothing_found",
    ),
    "home": (
        "Database",
        "Entry",
        "Folder",
        "Home",
        "Json",
        "Kind",
        "Platform",
        "Reader",
        "RegistryKey",
        "RegistryValue",
        "Row",
        "SqlValue",
        "UserFolder",
    ),
    "outcome": (
        "CannotLook",
        "Finding",
        "HygieneError",
        "Level",
        "NotChecked",
        "NothingFound",
        "Outcome",
        "Progress",
        "Setting",
        "Switch",
        "Trace",
        "Why",
    ),
    "untrusted": (
        "Untrusted",
        "clean",
    ),
}

_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import the module that holds `name`."""
    if name not in _MODULES:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
