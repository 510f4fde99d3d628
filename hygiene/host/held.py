"""Which files the writer holds. Nothing else in this process may open one meanwhile:
when any descriptor of a file is closed, POSIX takes away every lock that the process
has on it, the writer's too.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HeldByWriter", "holding", "refuse_if_held"]

_held: dict[tuple[int, int], str] = {}


class HeldByWriter(CannotLook):
    """Somebody wanted to open a file that the writer of this process holds."""

    def __init__(self) -> None:
        super().__init__(Why.LOCKED)


@contextmanager
def holding(path: str) -> Iterator[None]:
    """Keep the file at `path` for the writer alone. Raises `OSError`."""
    status = os.stat(path, follow_symlinks=False)
    which = status.st_dev, status.st_ino
    if which in _held:
        raise HeldByWriter
    _held[which] = path
    try:
        yield
    finally:
        del _held[which]


def refuse_if_held(path: str, folder: int | None = None) -> None:
    """Raise `HeldByWriter` for a file that may not be opened now. `path` may begin at
    an open folder.
    """
    if not _held:
        return
    try:
        status = os.stat(path, dir_fd=folder, follow_symlinks=False)
    except OSError:
        # Whoever opens it learns the reason.
        return
    if (status.st_dev, status.st_ino) in _held:
        raise HeldByWriter
