"""Where copies may go, and whether there is room (SR-33)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from hygiene.host import drives
from hygiene.host.copying import _names
from hygiene.host.copying.report import Refused, SaveRefused
from hygiene.host.elsewhere import Elsewhere, elsewhere

if TYPE_CHECKING:
    from hygiene.host.copying.sources import Store

__all__ = ["NAME", "drive_at", "folder_at", "give_name", "refuse_without_room"]

NAME = "copies"
"""How the name of the new folder or file begins. It tells nothing."""

_CLUSTER = 64 << 10
"""Bytes that even a small file takes where the system does not tell."""
_LIST_OF_A_FILE = 1024
_MOST_OF_A_DAY = 999


def drive_at(mount: str, root: str) -> str:
    """The top folder of the removable drive that was picked, if it still is one. Raises
    `SaveRefused`.
    """
    picked = [each for each in drives.drives(besides=(root,)) if each.mount == mount]
    if not picked:
        raise SaveRefused(Refused.NO_DRIVE)
    _refuse_elsewhere(mount)
    if not picked[0].writable:
        raise SaveRefused(Refused.CLOSED)
    return mount


def folder_at(typed: str) -> str:
    """The folder on this computer that was typed in full. Raises `SaveRefused`."""
    if not os.path.isabs(typed) or not os.path.isdir(typed):
        raise SaveRefused(Refused.NO_FOLDER)
    _refuse_elsewhere(typed)
    if not os.access(typed, os.W_OK):
        raise SaveRefused(Refused.CLOSED)
    return os.path.realpath(typed)


def _refuse_elsewhere(folder: str) -> None:
    try:
        where = elsewhere(folder)
    except OSError:
        # Who else may get it is not known here: that counts as somebody.
        raise SaveRefused(Refused.NETWORK) from None
    if where is not None:
        cloud = where is Elsewhere.CLOUD
        raise SaveRefused(Refused.CLOUD if cloud else Refused.NETWORK)


def refuse_without_room(folder: str, stores: Iterable[Store]) -> None:
    """Raise `SaveRefused` where copies and list would not fit."""
    import psutil  # noqa: PLC0415 - a slow import that only saving needs

    cluster = _cluster(folder)
    wanted = sum(
        -(-each.size // cluster) * cluster + cluster + _LIST_OF_A_FILE
        for store in stores
        for each in store.files
    )
    try:
        free = psutil.disk_usage(folder).free
    except OSError:
        raise SaveRefused(Refused.CLOSED) from None
    if free < wanted:
        raise SaveRefused(Refused.NO_ROOM)


def _cluster(folder: str) -> int:
    if sys.platform == "win32":
        return _CLUSTER
    try:
        return max(os.statvfs(folder).f_bsize, 1)
    except OSError:
        return _CLUSTER


def give_name(made: str, when: datetime, ending: str = "") -> str:
    """Give what was made beside its place its name: the day, and a number where that
    is taken. Raises `OSError`.
    """
    folder = os.path.dirname(made)
    for number in range(1, _MOST_OF_A_DAY):
        again = "" if number == 1 else f"-{number}"
        name = f"{NAME}-{when:%Y-%m-%d}{again}{ending}"
        try:
            _names.rename_to_free_name(made, os.path.join(folder, name))
        except FileExistsError:
            continue
        _names.bring_names_to_disk(folder)
        return name
    raise FileExistsError
