"""Which removable drives are there now: a stick, a card, a disk on USB.

What the system says of a drive, or its bus, decides (SR-33). Where neither tells, it
counts as a part of this computer, and so does the disk that the system runs from.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract.untrusted import Untrusted
from hygiene.host import _linux_disks, _mac_disks, _windows_disks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psutil._ntuples import sdiskpart

__all__ = ["Drive", "drives"]

_MAC_BUSES = frozenset({"USB", "Secure Digital"})


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive: its label, where it is mounted, its free bytes, and whether
    this person may write to its top folder.
    """

    label: Untrusted
    mount: str
    free: int
    writable: bool


def drives(*, besides: Iterable[str] = ()) -> tuple[Drive, ...]:
    """The removable drives, in the order in which they were mounted; none of those that
    hold this system, the running person's home or one of the paths `besides`.
    """
    kept = (os.path.abspath(os.sep), os.path.expanduser("~"), *besides)
    ours = {_device(each) for each in kept}
    there = [each for each in _partitions() if _is_of_a_disk(each)]
    # Another part of the stick that the system runs from is not a drive to take away.
    disks = {
        disk
        for each in there
        if _device(each.mountpoint) in ours
        for disk in _linux_disks.disks(each.device)
    }
    found: dict[int, Drive] = {}
    for each in filter(_is_removable, there):
        device = _device(each.mountpoint)
        if device is None or device in {*ours, *found}:
            continue
        if disks.isdisjoint(_linux_disks.disks(each.device)):
            found[device] = _drive(each)
    return tuple(found.values())


def _partitions() -> list[sdiskpart]:
    import psutil  # noqa: PLC0415 - a slow import that only saving needs

    try:
        return psutil.disk_partitions(all=sys.platform != "win32")
    except (OSError, RuntimeError, psutil.Error):
        return []


def _device(path: str) -> int | None:
    """The number of the file system at `path`; None where that is not told."""
    try:
        return os.stat(path).st_dev
    except OSError:
        return None


def _is_of_a_disk(each: sdiskpart) -> bool:
    """Whether it is one of this computer's: to ask a share can take minutes."""
    if sys.platform == "win32":
        return "remote" not in each.opts.split(",")
    return each.device.startswith("/dev/")


def _is_removable(each: sdiskpart) -> bool:
    if sys.platform == "win32":
        words = each.opts.split(",")
        if "fixed" in words:
            return _windows_disks.by_usb_or_card(each.mountpoint)
        return "removable" in words
    if sys.platform == "darwin":
        return _mac_disks.protocol(each.device) in _MAC_BUSES
    return _linux_disks.removable(each.device)


def _drive(each: sdiskpart) -> Drive:
    return Drive(
        Untrusted(_label(each)),
        each.mountpoint,
        _free(each.mountpoint),
        "ro" not in each.opts.split(",") and os.access(each.mountpoint, os.W_OK),
    )


def _label(each: sdiskpart) -> str:
    """What a person knows the drive by. Never the whole mount point: it often holds the
    name of the account.
    """
    if sys.platform == "win32":
        named = _windows_disks.label(each.mountpoint)
        letter = each.mountpoint.rstrip("\\")
        return f"{named} ({letter})" if named else letter
    return os.path.basename(each.mountpoint.rstrip("/"))


def _free(mount: str) -> int:
    import psutil  # noqa: PLC0415 - see above

    try:
        return psutil.disk_usage(mount).free
    except OSError:
        return 0
