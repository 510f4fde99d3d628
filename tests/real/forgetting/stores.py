"""Where the real profiles keep what the tests ask for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.real.forgetting.chromium import FOLDER
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.making import Family

__all__ = ["CHROMIUM", "HISTORY", "query"]

CHROMIUM = f"{FOLDER}/Default"
"""Chromium's one profile, from the home."""
HISTORY = {
    Family.CHROMIUM: (f"{CHROMIUM}/History", "urls"),
    Family.FIREFOX: (f"{PROFILE}/places.sqlite", "moz_places"),
}
"""The store and the table of addresses."""


def query(store: Path, sql: str) -> list[Any]:
    """The first column of what a store answers, newest rows included."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as opened:
        return [row[0] for row in opened.execute(sql)]
