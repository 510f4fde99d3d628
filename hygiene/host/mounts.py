"""Which folders below a home are other drives, that nobody picked."""

from __future__ import annotations

import os
from functools import cached_property

__all__ = ["Mounts"]


class Mounts:
    """The drives, shares and other file systems that begin below `root`.

    A folder on another device that begins no mount belongs to the home: a
    subvolume of btrfs, for instance.
    """

    def __init__(self, root: str, *, live: bool) -> None:
        self._root = root
        self._live = live
        self._devices = {os.stat(root).st_dev}

    @cached_property
    def _points(self) -> frozenset[str] | None:
        """Where something is mounted on this computer; None when that is not told."""
        import psutil  # noqa: PLC0415 - a slow import that most homes never need

        try:
            partitions = psutil.disk_partitions(all=True)
        except (OSError, RuntimeError, psutil.Error):
            return None
        return frozenset(each.mountpoint for each in partitions)

    def begins_at(self, path: str, device: int) -> bool:
        """Whether a drive that nobody picked begins at the folder with this absolute
        path and device number.
        """
        other = device not in self._devices
        if os.name == "nt":
            # A mount is a link there, and asking for all drives would wake them.
            return other
        if not other and not self._live:
            return False
        if self._points is None:
            return other
        if path in self._points:
            return True
        self._devices.add(device)
        return False
