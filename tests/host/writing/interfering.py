"""Counts everything that the writer asks of the disk, and interferes at one of these
points: ends the process there, or answers with an error.
"""

# SQLite's names.
# ruff: noqa: N802
from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["VFS_NAME", "Point", "Points", "watched"]

VFS_NAME = "interfering"

_CALLS = (
    *("rename", "replace", "unlink", "rmdir", "fsync", "utime", "chmod", "chown"),
    *("setxattr", "ftruncate"),
)
"""What the writer calls of the system that changes a disk, or brings it there."""


class Point(NamedTuple):
    """One moment right before something changes on the disk: its number from 1 on, what
    comes, and what does the first half of that.
    """

    number: int
    kind: str
    half: Callable[[], None]


class Points:
    """Calls `interfere` at each point. `kinds` says of which kind they were."""

    def __init__(self, interfere: Callable[[Point], None]) -> None:
        self.kinds: Counter[str] = Counter()
        self._interfere = interfere

    def pass_by(self, kind: str, half: Callable[[], None] = lambda: None) -> None:
        """One more point."""
        self.kinds[kind] += 1
        self._interfere(Point(self.kinds.total(), kind, half))


class _File(apsw.VFSFile):
    """An open file of SQLite's own layer, watched."""

    def __init__(self, name: Any, flags: list[int], points: Points) -> None:
        super().__init__("", name, flags)
        self._points = points

    def xWrite(self, data: bytes, offset: int) -> None:
        def half() -> None:
            super(_File, self).xWrite(data[: len(data) // 2], offset)

        self._points.pass_by("write", half)
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._points.pass_by("truncate")
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._points.pass_by("sync")
        super().xSync(flags)


class _Layer(apsw.VFS):
    """SQLite's own layer, watched."""

    def __init__(self, points: Points) -> None:
        super().__init__(VFS_NAME, "")
        self._points = points

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        self._points.pass_by("open")
        return _File(name, flags, self._points)

    def xDelete(self, name: str, sync: bool) -> None:
        self._points.pass_by("delete")
        super().xDelete(name, sync)


class _Written:
    """A file that Python writes, watched."""

    def __init__(self, file: Any, points: Points) -> None:
        self._file = file
        self._points = points

    def write(self, data: bytes) -> None:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._points.pass_by("file write", half)
        self._file.write(data)
        self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@contextmanager
def watched(points: Points) -> Iterator[None]:
    """Watch what Python asks of the system to change, and SQLite of its layer."""
    fdopen, opens = os.fdopen, os.open

    def watched_fdopen(descriptor: int, mode: str) -> Any:
        file = fdopen(descriptor, mode)
        return _Written(file, points) if "+" in mode else file

    def watched_open(path: Any, flags: int, *args: Any, **how: Any) -> int:
        if flags & os.O_CREAT:
            points.pass_by("file open")
        return opens(path, flags, *args, **how)

    layer = _Layer(points)
    with pytest.MonkeyPatch.context() as patch:
        for name in _CALLS:
            if hasattr(os, name):
                patch.setattr(os, name, _watched(name, getattr(os, name), points))
        patch.setattr(os, "fdopen", watched_fdopen)
        patch.setattr(os, "open", watched_open)
        yield
    layer.unregister()


def _watched(name: str, call: Callable[..., Any], points: Points) -> Callable[..., Any]:
    def watched_call(*args: Any, **how: Any) -> Any:
        points.pass_by(f"os.{name}")
        return call(*args, **how)

    return watched_call
