"""How much room there is on a disk."""

from __future__ import annotations

import shutil

__all__ = ["ROOM", "free_bytes"]

ROOM = 16 << 20
"""Bytes that are left to others."""


def free_bytes(real: str) -> int:
    """Bytes that this person may still write where `real` lies. Raises `OSError`."""
    return shutil.disk_usage(real).free
