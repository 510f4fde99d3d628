"""Removes one file, or one folder with all in it."""

from __future__ import annotations

import itertools
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from hygiene.contract.home import BASES, Kind
from hygiene.host import leftovers
from hygiene.host.writing import _ground
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._files import bring_to_disk
from hygiene.host.writing._listing import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hygiene.host.home import DiskHome
    from hygiene.host.spots import Spot

__all__ = ["is_more_than_a_store", "remove_ended", "remove_tree"]

_LEAST_NAMES = 2
_BASES = ("config", "data", "cache", "local")
_MARKS = frozenset(
    {
        *("preferences", "local state", "history", "login data", "bookmarks"),
        *("places.sqlite", "prefs.js", "profiles.ini", "logins.json", "key4.db"),
        *("history.plist", "history.db", "bookmarks.plist", "browsedata.db"),
        *("ephy-history.db", "bookmarks.gvdb", "settings.ini", "bookmarks.json"),
    }
)
"""Names, in lower case, that stand in a profile or right above profiles: of Chromium's
family, Firefox's, Safari, GNOME Web and Falkon.
"""


def is_more_than_a_store(home: DiskHome, spot: Spot) -> bool:
    """Whether what stands there is no store of a program but a profile, a folder of
    profiles, or one of the folders that belong to all programs. Raises `OSError`.
    """
    names = _names(home, spot.real)
    bases = [base for each in BASES.values() for base in each.values()]
    moved = [entry.path for name in _BASES for entry in home.find(f"{{{name}}}")]
    if len(names) < _LEAST_NAMES or any(
        base.lower().split("/")[: len(names)] == names for base in (*bases, *moved)
    ):
        return True
    return spot.kind is Kind.FOLDER and _has_marks(spot.real, deeper=True)


def _names(home: DiskHome, real: str) -> list[str]:
    """The way from the home to what lies at the absolute path `real`."""
    root = home.spot("")
    assert root is not None  # noqa: S101 - the home itself is there
    return real[len(root.real) :].lower().split(os.sep)[1:]


def _has_marks(folder: str, *, deeper: bool) -> bool:
    here = listed(folder)
    if any(each.name.lower() in _MARKS for each in here):
        return True
    below = (each.path for each in here if deeper and each.is_folder)
    return any(_has_marks(each, deeper=False) for each in below)


def remove_tree(real: str, check: Callable[[], None]) -> None:
    """Remove what stands at `real`. A folder gets another name first, in one step, so
    that it is there whole or gone whole. Raises `OSError`, and what `check` raises.
    """
    folder = os.path.dirname(real)
    if not stat.S_ISDIR(os.lstat(real).st_mode):
        os.unlink(real)
        bring_to_disk(folder)
        return
    away = leftovers.beside(real)
    os.rename(real, away)
    bring_to_disk(folder)
    _empty(away, check)
    os.rmdir(away)
    bring_to_disk(folder)


def remove_ended(folder: str, check: Callable[[], None]) -> None:
    """Remove what runs of ours left in the folder that were ended by force. Only a name
    tells that it is ours: what leads elsewhere stays. Raises what `check` raises.
    """
    paths: list[str] = []
    with suppress(OSError):
        paths += leftovers.of_ended_runs(folder)
    for path in paths:
        with suppress(OSError, Refused):
            if os.path.isdir(path):
                _refuse_what_leads_elsewhere(path, check)
                _empty(path, check)
                os.rmdir(path)
            else:
                _ground.refuse_second_name(path)
                os.unlink(path)


def _refuse_what_leads_elsewhere(folder: str, check: Callable[[], None]) -> None:
    for _ in _ground.own_below(folder):
        check()


def _empty(top: str, check: Callable[[], None]) -> None:
    """Remove all that is in the folder `top`, links as links. What lies deeper is moved
    up, so that no path grows too long.
    """
    names = _free_names(top)
    while folders := _without_files(top, check):
        for folder in folders:
            for deeper in _without_files(folder, check):
                os.rename(deeper, next(names))
            os.rmdir(folder)


def _without_files(folder: str, check: Callable[[], None]) -> list[str]:
    """The folders in a folder; all else in it is removed."""
    here = listed(folder)
    for each in here:
        check()
        if not each.is_folder:
            _unlink(each.path)
    return [each.path for each in here if each.is_folder]


def _free_names(top: str) -> Iterator[str]:
    for number in itertools.count():
        name = os.path.join(top, f".{number}")
        if not os.path.lexists(name):
            yield name


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except PermissionError:
        if os.name != "nt":
            raise
        # Windows keeps read-only files, and lets their owner change that.
        os.chmod(path, stat.S_IWRITE)
        os.unlink(path)
