"""Folders nested so deep that recursion would end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["deep_folders"]


@contextmanager
def deep_folders(start: Path, depth: int) -> Iterator[str]:
    """`depth` folders called `d`, each in the one before, with a file `end` in the
    last; yields the path of that file relative to `start`. They are taken away again,
    because what clears temporary folders is recursive.
    """
    here = start
    made = []
    for _ in range(depth):
        here /= "d"
        here.mkdir()
        made.append(here)
    (here / "end").write_bytes(b"here")
    yield "d/" * depth + "end"
    (here / "end").unlink()
    for folder in reversed(made):
        folder.rmdir()
