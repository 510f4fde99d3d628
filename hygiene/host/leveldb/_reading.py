"""Reads the live keys and values of a LevelDB folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract.home import Home

__all__ = ["entries"]


def entries(home: Home, path: str) -> Iterator[tuple[bytes, bytes]]:
    """Every live key with its value, in bytewise order of the keys."""
    raise NotImplementedError
