"""Goes along a path name by name: links followed, never out of the home."""

# Names that do not decode and folders thousands deep are texts here, not `Path`s.
from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Protocol

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.spots import Spot
from hygiene.host.windows import is_link

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Ground", "NothingThere", "Way", "steps_of"]

_MOST_LINKS = 40


class NothingThere(Exception):
    """The path leads to nothing."""


class Ground(Protocol):
    """What a way asks of the tree it goes through."""

    @property
    def roots(self) -> Sequence[str]:
        """Absolute paths of the home: the real one, and the one that was given."""

    def closed(self, real: str, status: os.stat_result) -> Why | None:
        """Why the folder may not be gone into, if so."""

    def child(self, folder: str, name: str) -> tuple[str, os.stat_result]:
        """How `name` is really spelled in `folder`, and its status. Raises `OSError`
        and `NothingThere`.
        """


def steps_of(place: str, roots: Sequence[str]) -> list[str]:
    """The names on the way from the home. `NOT_ASKED` for a path that leads elsewhere."""
    if os.path.isabs(place):
        whole = os.path.normcase(place) + os.sep
        for root in roots:
            if whole.startswith(os.path.normcase(root) + os.sep):
                place = place[len(root) :]
                break
        else:
            raise CannotLook(Why.NOT_ASKED)
    if os.sep != "/":
        place = place.replace(os.sep, "/")
        if ":" in place:
            # A drive, or a second stream of a file.
            raise CannotLook(Why.NOT_ASKED)
    return [name for name in place.split("/") if name not in {"", "."}]


class Way:
    """The way along one path, from a folder of the home on."""

    def __init__(self, ground: Ground, start: Spot, path: str) -> None:
        self._ground = ground
        self._root = ground.roots[0]
        self._names = steps_of(path, ground.roots)
        self._waiting = self._names[::-1]
        whole = os.path.isabs(path)
        self._spelled = [start.path] if start.path and not whole else []
        self._real = self._root if whole else start.real
        self._status = os.lstat(self._real)
        self._from_links = 0
        self._links = 0

    def end(self) -> Spot:
        """What stands at the end. Raises `NothingThere`, `CannotLook`, `OSError`, and
        `ValueError` for a name that no file can have.
        """
        while self._waiting:
            name = self._waiting.pop()
            asked = not self._from_links
            self._from_links = max(0, self._from_links - 1)
            if name == "..":
                self._up()
            else:
                self._down(name, asked=asked)
        if ".." in self._names:
            shown = self._real[len(self._root) + 1 :].replace(os.sep, "/")
        else:
            shown = "/".join(self._spelled)
        return Spot(shown, self._real, self._status)

    def _go_to(self, real: str) -> None:
        self._real, self._status = real, os.lstat(real)

    def _up(self) -> None:
        if self._real != self._root:
            self._go_to(self._real.rpartition(os.sep)[0])
            return
        # Out of the home, and perhaps in again by its own name.
        around = os.path.join(self._root, "..", *reversed(self._waiting))
        again = steps_of(os.path.normpath(around), self._ground.roots)
        fewer = len(self._waiting) - len(again)
        self._from_links = max(0, self._from_links - fewer)
        self._waiting = again[::-1]

    def _down(self, name: str, *, asked: bool) -> None:
        if not stat.S_ISDIR(self._status.st_mode):
            raise NothingThere
        if why := self._ground.closed(self._real, self._status):
            raise CannotLook(why)
        name, status = self._ground.child(self._real, name)
        if asked:
            self._spelled.append(name)
        real = f"{self._real}{os.sep}{name}"
        if is_link(status):
            self._through(real)
        else:
            self._real, self._status = real, status

    def _through(self, link: str) -> None:
        self._links += 1
        if self._links > _MOST_LINKS:
            raise NothingThere
        target = os.readlink(link)
        further = steps_of(target, self._ground.roots)
        if os.path.isabs(target):
            self._go_to(self._root)
        self._waiting.extend(reversed(further))
        self._from_links += len(further)
