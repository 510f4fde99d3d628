"""Disks that a test mounts, where it may."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

__all__ = ["MAY_MOUNT", "mount", "unmount"]

_CAP_SYS_ADMIN = 21


def _may_mount() -> bool:
    """Whether this process has the right to, as Linux tells it (capabilities(7))."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return False
    mask = next(line for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(mask.split()[1], 16) >> _CAP_SYS_ADMIN & 1)


MAY_MOUNT = pytest.mark.skipif(
    not _may_mount(), reason="a disk of its own needs the right to mount one"
)


def mount(*how: str) -> None:
    """Have the program of the system mount something."""
    subprocess.run(["mount", *how], check=True, capture_output=True)


def unmount(path: Path) -> None:
    """Take away what is mounted there."""
    subprocess.run(["umount", str(path)], check=True)
