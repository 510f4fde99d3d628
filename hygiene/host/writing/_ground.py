"""Where a store really lies, and whether anything may be written there."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kind, Refusal
from hygiene.host.mounts import Mounts
from hygiene.host.windows import is_link
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._listing import Below, everything_below
from hygiene.host.writing._space import ROOM, free_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.host.home import DiskHome
    from hygiene.host.spots import Spot

__all__ = [
    "own_below",
    "place_of",
    "refuse_no_file",
    "refuse_other_than",
    "refuse_second_name",
    "refuse_unless_writable",
    "refuse_without_room",
]


def place_of(home: DiskHome, store: str) -> Spot:
    """Where a store really lies. Raises `Refused` when it is gone, `CannotLook` when it
    is out of bounds.
    """
    spot = home.spot(store)
    if spot is None:
        raise Refused(Refusal.CHANGED)
    if spot.why is not None:
        raise CannotLook(spot.why)
    return spot


def refuse_other_than(kind: Kind, spot: Spot) -> None:
    """Raise `Refused` for a folder instead of a file, or the other way round."""
    if spot.kind is not kind:
        raise Refused(Refusal.UNKNOWN_FORMAT)


def refuse_no_file(real: str) -> None:
    """Raise `Refused` for anything but a plain file that has this name alone. Raises
    `OSError`.
    """
    refuse_second_name(real)
    if not stat.S_ISREG(os.lstat(real).st_mode):
        raise Refused(Refusal.UNKNOWN_FORMAT)


def refuse_second_name(real: str) -> None:
    """Raise `Refused` for a link, and for a file that has a second name: the other one
    may lie out of the home, or be the copy of somebody. Raises `OSError`.
    """
    status = os.lstat(real)
    second = not stat.S_ISDIR(status.st_mode) and status.st_nlink > 1
    if second or is_link(status):
        raise Refused(Refusal.LEADS_ELSEWHERE)


def own_below(folder: str) -> Iterator[Below]:
    """Everything below a folder that lies on one disk with what is around it, by no
    other name. Raises `Refused` where something leads elsewhere, and `OSError`.
    """
    around = os.path.dirname(folder)
    device = os.lstat(around).st_dev
    # A part of the same disk can be shown here: its number says nothing, its place does.
    mounts = Mounts(around, live=True)
    _refuse_other_disk(folder, os.lstat(folder), device, mounts)
    for each in everything_below(folder):
        _refuse_other_disk(each.path, each.status, device, mounts)
        # A link in it is only a name.
        if not each.is_folder and not is_link(each.status):
            refuse_second_name(each.path)
        yield each


def _refuse_other_disk(
    real: str, status: os.stat_result, device: int, mounts: Mounts
) -> None:
    if status.st_dev != device or mounts.begins_at(real, status.st_dev):
        raise Refused(Refusal.LEADS_ELSEWHERE)


def refuse_unless_writable(real: str) -> None:
    """Raise `Refused` if this file or folder, or the folder that it is in, may not be
    written to.
    """
    folder = os.access(os.path.dirname(real), os.W_OK | os.X_OK)
    if not folder or not os.access(real, os.W_OK):
        raise Refused(Refusal.READ_ONLY)


def refuse_without_room(real: str, needed: int) -> None:
    """Raise `Refused` if there is no room for so many bytes. Raises `OSError`."""
    if needed and free_bytes(os.path.dirname(real)) < needed + ROOM:
        raise Refused(Refusal.FULL)
