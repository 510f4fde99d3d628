"""Computers with drives, made up: mount tables, and what the system says of each disk."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil

from hygiene.host import _linux_disks, drives

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Computer", "with_a_stick"]


@dataclass
class Computer:
    """A Linux computer whose /sys lies in the folder `sys`."""

    sys: Path
    mounts: list[tuple[str, str, str, str]] = field(default_factory=list)

    def disk(
        self, name: str, bus: str, *, removable: bool = False, kind: str = ""
    ) -> Computer:
        """A whole disk, on `pci0/usb1` for instance."""
        folder = self.sys / "devices" / bus / "block" / name
        (folder / "device").mkdir(parents=True)
        (folder / "slaves").mkdir()
        (folder / "removable").write_text(f"{int(removable)}\n")
        if kind:
            (folder / "device" / "type").write_text(f"{kind}\n")
        return self._class(name, folder)

    def part(self, disk: str, name: str) -> Computer:
        """A part of a disk."""
        folder = (self._block / disk).resolve() / name
        folder.mkdir()
        (folder / "partition").write_text("1\n")
        return self._class(name, folder)

    def layer(self, name: str, *below: str) -> Computer:
        """An encrypted or joined device over others."""
        folder = self.sys / "devices/virtual/block" / name
        (folder / "slaves").mkdir(parents=True)
        for each in below:
            (folder / "slaves" / each).symlink_to((self._block / each).resolve())
        return self._class(name, folder)

    def mount(
        self, device: str, where: Path | str, kind: str = "vfat", options: str = "rw"
    ) -> Computer:
        """Mount a device."""
        self.mounts.append((device, str(where), kind, options))
        return self

    def set_up(self, set_attribute: Callable[[object, str, object], None]) -> None:
        """Have the code see this computer and no other. Each mount is a device."""
        rows = [
            SimpleNamespace(device=device, mountpoint=where, fstype=kind, opts=options)
            for device, where, kind, options in self.mounts
        ]
        set_attribute(psutil, "disk_partitions", lambda **_: rows)
        set_attribute(_linux_disks, "_BLOCK", str(self._block))
        set_attribute(drives, "_device", self._device)

    def _device(self, path: str) -> int | None:
        """The number of the last mount around the path."""
        around = [
            (len(where), number)
            for number, (_, where, _, _) in enumerate(self.mounts)
            if path == where or path.startswith(where.rstrip(os.sep) + os.sep)
        ]
        return max(around)[1] if around else None

    @property
    def _block(self) -> Path:
        folder = self.sys / "class" / "block"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _class(self, name: str, folder: Path) -> Computer:
        (self._block / name).symlink_to(folder)
        return self


def with_a_stick(sys: Path, stick: Path) -> Computer:
    """A computer with one disk of its own and one stick, mounted at `stick`."""
    return (
        Computer(sys)
        .disk("sda", "pci0/ata1")
        .part("sda", "sda1")
        .disk("sdb", "pci0/usb2/2-1/host1", removable=True)
        .part("sdb", "sdb1")
        .mount("/dev/sda1", "/", "ext4")
        .mount("/dev/sdb1", stick)
    )
