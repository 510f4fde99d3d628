"""One new file of known bytes, whole or not at all, however the program ends.

The bytes go to a file beside the wanted one, reach the disk, are read back, and only
then get the name, which must still be free.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass

from hygiene.contract.outcome import HygieneError
from hygiene.host.copying import _names
from hygiene.host.elsewhere import Elsewhere, elsewhere

__all__ = [
    "NEW",
    "OWNER_ONLY",
    "AlreadyThereError",
    "CannotSaveError",
    "ElsewhereError",
    "Target",
    "save",
]

OWNER_ONLY = 0o600
NEW: int = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""How a file is opened that must not be there yet."""


class CannotSaveError(HygieneError):
    """The file could not be written: no such folder, full, closed to writing."""


class AlreadyThereError(HygieneError):
    """Something has that name already; it was left as it is."""


class ElsewhereError(HygieneError):
    """The folder's files do not stay on this computer; `where` says who gets them."""

    def __init__(self, where: Elsewhere) -> None:
        super().__init__(where.value)
        self.where = where


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a new file: a folder that is there, and a free name in it."""

    folder: str
    name: str

    @classmethod
    def at(cls, path: str) -> Target:
        """The place that `path` names. Writes nothing.

        Raises `ElsewhereError`, `AlreadyThereError` and `CannotSaveError`.
        """
        folder, name = os.path.split(os.path.abspath(path))
        try:
            real = os.path.realpath(folder, strict=True)
            where = elsewhere(folder)
        except OSError as error:
            raise CannotSaveError("no such folder") from error
        if where is not None:
            raise ElsewhereError(where)
        if os.path.lexists(os.path.join(real, name)):
            raise AlreadyThereError("there")
        return cls(real, name)

    @property
    def path(self) -> str:
        """The whole path of the file."""
        return os.path.join(self.folder, self.name)


def save(target: Target, data: bytes) -> None:
    """Write `data` as the new file of `target`, readable by its owner only.

    Raises `AlreadyThereError` when something took the name, `CannotSaveError` when it
    cannot be written; then nothing of it is left.
    """
    try:
        _names.remove_remains(target.folder, target.name)
        _save(target, data)
    except FileExistsError as error:
        raise AlreadyThereError("there") from error
    except OSError as error:
        raise CannotSaveError("not written") from error


def _save(target: Target, data: bytes) -> None:
    beside = os.path.join(target.folder, _names.passing_name(target.name))
    descriptor = os.open(beside, NEW, OWNER_ONLY)
    try:
        _write_whole(descriptor, data)
        _names.rename_to_free_name(beside, target.path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _names.bring_names_to_disk(target.folder)


def _write_whole(descriptor: int, data: bytes) -> None:
    """Write to the disk, read back, and close."""
    with os.fdopen(descriptor, "w+b") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
        file.seek(0)
        if file.read() != data:
            raise OSError(errno.EIO, "not what was written")
