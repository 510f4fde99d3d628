"""Write made-up LevelDB folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.host import leveldb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["write_entries"]


def write_entries(folder: Path, entries: Mapping[bytes, bytes]) -> Path:
    """Make a LevelDB folder with these keys and values, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in leveldb.fresh(sorted(entries.items())):
        (folder / name).write_bytes(content)
    return folder
