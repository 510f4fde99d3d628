"""Files of a hostile home."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["CHROMIUM", "FIREFOX", "store", "written"]

CHROMIUM = ".config/chromium/Default"
FIREFOX = ".config/mozilla/firefox/a.default"


def written(path: Path, content: bytes | str) -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def store(path: Path, script: str) -> Path:
    """A SQLite store made by Python's own SQLite."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        database.executescript(script)
        database.commit()
    return path
