"""Property lists of macOS, XML or binary."""

from __future__ import annotations

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._binary_plist import MAGIC, has_room

__all__ = ["LARGEST_PLIST", "parsed"]

LARGEST_PLIST = 8 << 20
"""Bytes of a property list that is read; what it holds takes many times as much."""


def parsed(data: bytes) -> object:
    """What the property list holds; it may hold itself. `DAMAGED` for other bytes."""
    import plistlib  # noqa: PLC0415 - brings expat along, which most homes never need

    if data.startswith(MAGIC) and not has_room(data):
        raise CannotLook(Why.DAMAGED)
    try:
        return plistlib.loads(data)
    except Exception:  # noqa: BLE001 - any bytes may stand there
        raise CannotLook(Why.DAMAGED) from None
