"""What Linux says of a disk, in /sys (Documentation/ABI/stable/sysfs-block)."""

from __future__ import annotations

import os
import re
from contextlib import suppress

__all__ = ["disks", "removable"]

_BLOCK = "/sys/class/block"
_USB = re.compile(r"usb\d+")
_CARD = re.compile(r"mmc\d+")
_DEEPEST = 8
"""Layers between a file system and its disks: encryption, volumes."""
_LONGEST_WORD = 64


def removable(device: str) -> bool:
    """Whether every disk below `/dev/sdb1` or `/dev/mapper/...` can be taken out: by
    its own word, by USB, or because it is a card. Memory that is soldered in (eMMC)
    hangs on the same bus as cards; its type is another.
    """
    below = disks(device)
    return bool(below) and all(map(_can_be_taken_out, below))


def disks(device: str) -> frozenset[str]:
    """The whole disks that a block device lies on, as folders of /sys; none where the
    system does not tell.
    """
    name = os.path.basename(os.path.realpath(device))
    return frozenset(_below(os.path.join(_BLOCK, name), _DEEPEST))


def _below(folder: str, deepest: int) -> set[str]:
    real = os.path.realpath(folder)
    if not deepest or not os.path.isdir(real):
        return set()
    if os.path.exists(os.path.join(real, "partition")):
        return _below(os.path.dirname(real), deepest - 1)
    under = _names(os.path.join(real, "slaves"))
    if not under:
        return {real}
    found = [_below(os.path.join(real, "slaves", each), deepest - 1) for each in under]
    # A layer that does not tell where it lies makes the whole unsure.
    return set().union(*found) if all(found) else set()


def _can_be_taken_out(disk: str) -> bool:
    if _text(disk, "removable") == "1":
        return True
    steps = disk.split(os.sep)
    if any(map(_USB.fullmatch, steps)):
        return True
    return any(map(_CARD.fullmatch, steps)) and _text(disk, "device/type") == "SD"


def _names(folder: str) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)
    return []


def _text(folder: str, name: str) -> str:
    with suppress(OSError):
        descriptor = os.open(os.path.join(folder, name), os.O_RDONLY)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(_LONGEST_WORD).decode("ascii", "replace").strip()
    return ""
