"""What is asked before copies are saved, and of which stores: the one way to it behind
both front ends. Nothing here reads or writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from hygiene.contract import Finding, SetRegistryValue, Untrusted
from hygiene.engine.planning import Plan

__all__ = [
    "LEAST_LETTERS",
    "PickedDrive",
    "Saving",
    "Wanted",
    "stores_behind",
    "stores_of",
]

LEAST_LETTERS = 12
"""Characters of a passphrase, at least (SR-33)."""

_NO_CHARACTER = "\ufffd"
"""What a typed byte becomes that does not decode: another terminal would send others."""


class PickedDrive(Protocol):
    """A removable drive that is there now; `free` in bytes."""

    @property
    def label(self) -> Untrusted:
        """What the person knows it by."""

    @property
    def mount(self) -> str:
        """Where it is."""

    @property
    def free(self) -> int:
        """Room on it."""

    @property
    def writable(self) -> bool:
        """Whether anything can be saved there."""


class Wanted(Enum):
    """What a saving waits for, in this order."""

    STORES = "stores"
    """Nothing stands behind it, so there is nothing to save."""
    PLACE = "place"
    """A drive, or a folder on this computer."""
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a question
    AGAIN = "again"
    """The same passphrase once more."""
    NOTHING = "nothing"
    """Everything is there: it can be saved."""


_WATCHED = ("evidence.warn-watched",)
_ON_A_DRIVE = ("evidence.warn-drive-found", "evidence.warn-drive-record")
_HERE = ("evidence.warn-file-found", "evidence.warn-lost")
_ALWAYS = ("evidence.warn-whole", "evidence.warn-give")


@dataclass(slots=True)
class Saving:
    """One try to save copies of `stores`, on its way to a place (SR-33). Kept in memory
    only, and dropped with the screen.
    """

    stores: tuple[str, ...]
    drive: PickedDrive | None = None
    folder: str = ""
    _passphrase: str = field(default="", repr=False)
    _agreed: bool = False

    @property
    def wanted(self) -> Wanted:
        """What comes next."""
        if not self.stores:
            return Wanted.STORES
        if self.drive is not None:
            return Wanted.NOTHING
        if not self.folder:
            return Wanted.PLACE
        if not self._passphrase:
            return Wanted.PASSPHRASE
        return Wanted.NOTHING if self._agreed else Wanted.AGAIN

    @property
    def warnings(self) -> tuple[str, ...]:
        """Keys of the sentences that stand before saving, in order: those of the place
        that was picked, or of both while none is.
        """
        if self.folder:
            return (*_WATCHED, *_HERE, *_ALWAYS)
        if self.drive is not None:
            return (*_ON_A_DRIVE, *_ALWAYS)
        return (*_WATCHED, *_ON_A_DRIVE, *_HERE, *_ALWAYS)

    @property
    def passphrase(self) -> str:
        """What was typed twice; "" until then."""
        return self._passphrase if self._agreed else ""

    def pick(self, drive: PickedDrive) -> bool:
        """Save to this drive. False where nothing can be written to it."""
        if not drive.writable:
            return False
        self.back()
        self.drive = drive
        return True

    def type_folder(self, typed: str) -> bool:
        """Save into this folder of the computer, as one encrypted file. False unless it
        was typed in full.
        """
        typed = typed.strip()
        if not os.path.isabs(typed):
            return False
        self.back()
        self.folder = typed
        return True

    def type_passphrase(self, typed: str) -> bool:
        """The passphrase, for the first time. False where it is too short, or cannot be
        typed again elsewhere.
        """
        odd = not typed.isprintable() or _NO_CHARACTER in typed
        if len(typed) < LEAST_LETTERS or odd:
            return False
        self._passphrase, self._agreed = typed, False
        return True

    def type_again(self, typed: str) -> bool:
        """The same once more. False where it differs; then the first one is asked for
        anew.
        """
        self._agreed = bool(typed) and typed == self._passphrase
        if not self._agreed:
            self._passphrase = ""
        return self._agreed

    def back(self) -> None:
        """Forget the place and the passphrase."""
        self.drive, self.folder = None, ""
        self._passphrase, self._agreed = "", False


def stores_of(plan: Plan) -> tuple[str, ...]:
    """The stores that a plan would change as things are ticked now, each once. Values
    of the registry are no files, and cannot be saved this way.
    """
    return _each_once(
        clearing.store
        for clearing in plan.chosen
        if not all(isinstance(step, SetRegistryValue) for step in clearing.steps)
    )


def stores_behind(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The stores that findings were read from, each once."""
    return _each_once(source for each in findings for source in each.sources)


def _each_once(stores: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order; what lies in a folder that is saved whole comes with it."""
    whole = dict.fromkeys(stores)
    return tuple(each for each in whole if whole.keys().isdisjoint(_above(each)))


def _above(path: str) -> list[str]:
    above = []
    while "/" in path:
        path = path.rpartition("/")[0]
        above.append(path)
    return above
