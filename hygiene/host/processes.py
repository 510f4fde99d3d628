"""Which programs run for this person now."""

from __future__ import annotations

import getpass
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psutil

__all__ = ["Processes"]

_FRESH_SECONDS = 2.0
_SHORT_NAME = 15
"""Linux keeps this many characters of a name (proc(5), comm)."""


class Processes:
    """The names of this person's processes, asked for again when they are old."""

    def __init__(self) -> None:
        self._asked = float("-inf")
        self._names: frozenset[str] | None = None

    def names(self) -> frozenset[str] | None:
        """Names in lower case, as the system tells them; None when it tells none."""
        if time.monotonic() - self._asked > _FRESH_SECONDS:
            try:
                self._names = frozenset(name.casefold() for name in _own_names())
            except OSError:
                # A system without a process table to read: no /proc, for instance.
                self._names = None
            self._asked = time.monotonic()
        return self._names

    def any_of(self, programs: frozenset[str]) -> bool | None:
        """Whether one of these programs runs, by the name of its process; None when
        that is not known.
        """
        names = self.names()
        wanted = {name.casefold() for name in programs}
        wanted |= {name[:_SHORT_NAME] for name in wanted if len(name) > _SHORT_NAME}
        return None if names is None else not wanted.isdisjoint(names)


def _own_names() -> Iterator[str]:
    """Names of this person's processes. Raises `OSError`."""
    import psutil  # noqa: PLC0415 - a slow import that most homes never need

    for process in psutil.process_iter():
        try:
            if _is_own(process):
                yield process.name()
        except (psutil.Error, OSError):
            # Gone meanwhile, or not ours to ask about.
            continue


if sys.platform == "win32":

    def _is_own(process: psutil.Process) -> bool:
        user = process.username().rpartition("\\")[2]
        return user.casefold() == getpass.getuser().casefold()

else:

    def _is_own(process: psutil.Process) -> bool:
        return process.uids().real == os.getuid()
