"""The files and folders of one home, and nothing outside it."""

# Names that do not decode and folders thousands deep are texts here, not `Path`s.
from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from hygiene.contract.home import Platform
from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._open_folder import OpenFolder
from hygiene.host._way import NothingThere, Way, steps_of
from hygiene.host.macos import asks_before
from hygiene.host.mounts import Mounts
from hygiene.host.opening import cannot_look
from hygiene.host.placeholders import is_placeholder
from hygiene.host.spots import Spot
from hygiene.host.windows import is_link, long_form

if TYPE_CHECKING:
    from pathlib import Path

    from hygiene.host.listing import Listing

__all__ = ["Tree", "joined"]

_LONGEST_NAME = 255
_REMEMBERED = 1024
"""Folders of which the names are kept while a check runs."""


def joined(folder: str, name: str) -> str:
    """The path of `name` in `folder`, both relative to the home ("" is the home)."""
    return f"{folder}/{name}" if folder else name


class Tree:
    """The home at `root`. Paths called `real` are absolute and have no link in them."""

    def __init__(
        self, root: Path, platform: Platform, *, live: bool, agreed: bool
    ) -> None:
        real = os.path.realpath(root)
        self.roots = (long_form(real), real, os.path.abspath(root))
        self.home = Spot("", self.roots[0])
        self.folds_case = platform is Platform.WINDOWS
        self._guarded = platform is Platform.MACOS and live and not agreed
        self._mounts = Mounts(self.roots[0], live=live)
        self._walked: WeakValueDictionary[str, OpenFolder] = WeakValueDictionary()
        self._spellings: dict[str, tuple[int, dict[str, str]]] = {}

    def locate(self, path: str, start: Spot | None = None) -> Spot | None:
        """What stands at `path`, links inside the home followed; None if nothing.
        `path` begins at the folder `start`, or at the home.
        """
        start = start or self.home
        try:
            spot = Way(self, start, path).end()
        except (NothingThere, ValueError):
            return None
        except CannotLook as error:
            return Spot(joined(start.path, path), why=error.why)
        except OSError as error:
            return Spot(joined(start.path, path), why=cannot_look(error).why)
        return replace(spot, why=self._why(spot))

    def list(self, real: str) -> Listing:
        """The names in a folder. Raises `CannotLook`."""
        return self._found(real)[0]

    def _found(self, real: str) -> tuple[Listing, OpenFolder]:
        try:
            status = os.lstat(real)
            if is_link(status):
                raise CannotLook(Why.NOT_ASKED)
            if why := self.closed(real, status):
                raise CannotLook(why)
            folder = OpenFolder(real)
            return folder.listing(), folder
        except OSError as error:
            raise cannot_look(error) from None

    def inside(self, absolute: str) -> str | None:
        """An absolute path as one relative to the home; None if it leads elsewhere."""
        try:
            return "/".join(steps_of(os.path.normpath(absolute), self.roots))
        except CannotLook:
            return None

    def below(self, real: str, name: str) -> str:
        """Where `name` lies in the folder at `real`."""
        return f"{real}{os.sep}{name}"

    def closed(self, real: str, status: os.stat_result) -> Why | None:
        """Why the folder may not be gone into, whatever the permissions say."""
        root = self.roots[0]
        if real == root:
            return None
        if self._guarded:
            path = real[len(root) + 1 :].replace(os.sep, "/")
            if asks_before(path):
                return Why.DENIED
        if is_placeholder(status):
            return Why.ONLINE_ONLY
        if self._mounts.begins_at(real, status.st_dev):
            return Why.NOT_ASKED
        return None

    def child(self, folder: str, name: str) -> tuple[str, os.stat_result]:
        """How `name` is really spelled in `folder`, and its status. Raises `OSError`
        and `NothingThere`.
        """
        try:
            return name, os.lstat(self.below(folder, name))
        except FileNotFoundError:
            actual = self._spelling(folder, name) if self.folds_case else None
        except OSError:
            if len(os.fsencode(name)) <= _LONGEST_NAME:
                raise
            actual = None
        if actual is None:
            raise NothingThere
        return actual, os.lstat(self.below(folder, actual))

    def _spelling(self, folder: str, name: str) -> str | None:
        """How a name of a Windows home is spelled, in upper and lower case."""
        changed = os.lstat(folder).st_mtime_ns
        known = self._spellings.get(folder)
        if known is None or known[0] != changed:
            names = {each.lower(): each for each in sorted(self.list(folder))}
            if len(self._spellings) >= _REMEMBERED:
                self._spellings.clear()
            known = self._spellings[folder] = (changed, names)
        return known[1].get(name.lower())

    def _why(self, spot: Spot) -> Why | None:
        """Why what stands there may not be looked into."""
        if spot.status is None:
            return spot.why
        if stat.S_ISDIR(spot.status.st_mode):
            if why := self.closed(spot.real, spot.status):
                return why
        elif not stat.S_ISREG(spot.status.st_mode):
            return Why.NOT_SUPPORTED
        elif is_placeholder(spot.status):
            return Why.ONLINE_ONLY
        return None if os.access(spot.real, os.R_OK) else Why.DENIED

    def go_into(self, path: str, real: str) -> tuple[Listing, OpenFolder]:
        """The names in the folder at `path`, and the folder itself: as long as the
        caller keeps it, `open_walked` knows it. Raises `CannotLook`.
        """
        listing, folder = self._found(real)
        known = self._walked.get(path)
        if known is not None and known.identity == folder.identity:
            # Another walk is here as well, and may go on longer.
            folder = known
        self._walked[path] = folder
        return listing, folder

    def open_walked(self, path: str) -> int | None:
        """Open a file of a folder that somebody is going through, as it was found. None
        where the file has to be looked for from the root. Raises `OSError` and
        `ValueError`.
        """
        folder, _, name = path.rpartition("/")
        walked = self._walked.get(folder)
        return None if walked is None else walked.open_file(name)
