"""Which files the writer holds, and which ones this process has open for reading.

POSIX takes away every lock that a process has on a file, the writer's too, when it closes
any descriptor of it. So nobody here opens a file that is held, and the writer waits for
whoever has it open.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hygiene.contract.outcome import CannotLook, Why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["HeldByWriter", "close", "holding", "opened"]

PATIENCE: Final = 10.0
"""Seconds the writer waits for readers of the file in this process."""
_LOOK_AGAIN = 0.005

# One thread at a time runs Python code, so each single step on these is whole.
_held: set[tuple[int, int]] = set()
_opening: set[object] = set()
_open: dict[int, object] = {}


class HeldByWriter(CannotLook):
    """A file is wanted by a reader and by the writer of this process at once."""

    def __init__(self) -> None:
        super().__init__(Why.LOCKED)


def opened(path: str, folder: int | None, opening: Callable[[], int]) -> int:
    """The descriptor that `opening` gives, to be closed with `close`. `path` may begin at
    an open folder. Raises `HeldByWriter` for a file that may not be opened now, and what
    `opening` raises.
    """
    ours = object()
    _opening.add(ours)
    try:
        _refuse_if_held(path, folder)
        descriptor = opening()
        _open[descriptor] = ours
    finally:
        _opening.discard(ours)
    return descriptor


def close(descriptor: int) -> None:
    """Close a file that was opened for reading."""
    ours = _open.get(descriptor)
    os.close(descriptor)
    # Its number may already be that of a file which another thread just opened.
    if _open.get(descriptor) is ours:
        _open.pop(descriptor, None)


@contextmanager
def holding(path: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep the file at `path` for the writer alone, once nobody in this process has it
    open any more; `waiting` is called again and again until then. Raises `OSError`, and
    `HeldByWriter` for a reader that does not end.
    """
    status = os.stat(path, follow_symlinks=False)
    which = status.st_dev, status.st_ino
    if which in _held:
        raise HeldByWriter
    _held.add(which)
    try:
        _wait_for_readers(which, waiting)
        yield
    finally:
        _held.discard(which)


def _refuse_if_held(path: str, folder: int | None) -> None:
    if not _held:
        return
    try:
        status = os.stat(path, dir_fd=folder, follow_symlinks=False)
    except OSError:
        # Whoever opens it learns the reason.
        return
    if (status.st_dev, status.st_ino) in _held:
        raise HeldByWriter


def _wait_for_readers(which: tuple[int, int], waiting: Callable[[], None]) -> None:
    """Those who asked before the file was held may be about to open it."""
    end = time.monotonic() + PATIENCE
    before = _opening.copy()
    while before & _opening or any(_is(each, which) for each in tuple(_open)):
        if time.monotonic() >= end:
            raise HeldByWriter
        waiting()
        time.sleep(_LOOK_AGAIN)


def _is(descriptor: int, which: tuple[int, int]) -> bool:
    try:
        status = os.fstat(descriptor)
    except OSError:
        # Closed just now.
        return False
    return (status.st_dev, status.st_ino) == which
