"""Whose account this is, and whose home a folder is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["own_home", "owner_problem", "running_as_admin"]

if sys.platform == "win32":
    import ctypes

    def running_as_admin() -> bool:
        """Whether this program runs with the rights of an administrator."""
        return bool(ctypes.windll.shell32.IsUserAnAdmin())

    def _owned_by_us(folder: Path) -> bool:
        # A folder that its owner alone may list tells the same, and needs no
        # security descriptor to be read. `os.access` knows no permissions here.
        with os.scandir(folder):
            return True

    def _homes_of_others() -> frozenset[Path]:
        profiles = own_home().resolve().parent
        try:
            found = {each.resolve() for each in profiles.iterdir() if each.is_dir()}
        except OSError:
            return frozenset()
        return frozenset(found - {own_home().resolve()})

else:
    import pwd

    def running_as_admin() -> bool:
        """Whether this program runs with the rights of an administrator."""
        return os.geteuid() == 0

    def _owned_by_us(folder: Path) -> bool:
        return folder.stat().st_uid == os.geteuid()

    def _homes_of_others() -> frozenset[Path]:
        accounts = [each for each in pwd.getpwall() if each.pw_dir]
        ours = {each.pw_dir for each in accounts if each.pw_uid == os.geteuid()}
        others = {each.pw_dir for each in accounts} - ours
        # `Path.resolve` raises where links lead in a circle.
        return frozenset(Path(os.path.realpath(each)) for each in others)


def own_home() -> Path:
    """The running person's own home; a path that leads to nothing where the system
    knows none.
    """
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull, "home")


def owner_problem(folder: Path) -> bool:
    """Whether `folder` may not be looked at as a home (SR-14): the running person does
    not own it, or it is the home of another account on this computer.
    """
    try:
        folder = folder.resolve(strict=True)
        if not folder.is_dir() or not _owned_by_us(folder):
            return True
    except (OSError, RuntimeError):
        return True
    return folder in _homes_of_others()
