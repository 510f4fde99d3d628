"""Property lists of macOS, XML or binary."""

from __future__ import annotations

from hygiene.contract.outcome import CannotLook, Why

__all__ = ["LARGEST_PLIST", "parsed"]

LARGEST_PLIST = 16 << 20
"""Bytes of a property list that is read."""


def parsed(data: bytes) -> object:
    """What the property list holds; it may hold itself. `DAMAGED` for other bytes."""
    import plistlib  # noqa: PLC0415 - brings expat along, which most homes never need

    try:
        return plistlib.loads(data)
    except Exception:  # noqa: BLE001 - any bytes may stand there
        raise CannotLook(Why.DAMAGED) from None
