"""Writes a new file where the person says: the second of the two modules that write.

Whole or not at all, however the program ends: the bytes go to a file beside the wanted
one, reach the disk, are read back, and only then get the name, which must still be free.
No hard link is needed, so that it works on FAT.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass

from hygiene.contract.outcome import HygieneError
from hygiene.host.elsewhere import Elsewhere, elsewhere

__all__ = ["AlreadyThereError", "CannotSaveError", "ElsewhereError", "Target", "save"]

_OWNER_ONLY = 0o600
_NEW = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_ENDING = ".part"
_DIGITS = 12

# Linux, fcntl.h and linux/fs.h; macOS SDK, sys/stdio.h.
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCL = 4
_NOT_KNOWN_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


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

    @property
    def beginning(self) -> str:
        """How the names of the files begin that a killed run for this one can leave."""
        digest = hashlib.sha256(os.fsencode(self.name)).hexdigest()
        return f".{digest[:_DIGITS]}-"


def save(target: Target, data: bytes) -> None:
    """Write `data` as the new file of `target`, readable by its owner only.

    Raises `AlreadyThereError` when something took the name, `CannotSaveError` when it
    cannot be written; then nothing of it is left.
    """
    try:
        _remove_remains(target)
        _save(target, data)
    except FileExistsError as error:
        raise AlreadyThereError("there") from error
    except OSError as error:
        raise CannotSaveError("not written") from error


def _save(target: Target, data: bytes) -> None:
    beside = os.path.join(target.folder, f"{target.beginning}{os.getpid()}{_ENDING}")
    descriptor = os.open(beside, _NEW, _OWNER_ONLY)
    try:
        _write_whole(descriptor, data)
        _rename_to_free_name(beside, target.path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _keep_name(target.folder)


def _write_whole(descriptor: int, data: bytes) -> None:
    """Write to the disk, read back, and close."""
    with os.fdopen(descriptor, "w+b") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
        file.seek(0)
        if file.read() != data:
            raise OSError(errno.EIO, "not what was written")


def _keep_name(folder: str) -> None:
    """Bring the folder's list of names to the disk, where that is a thing to do."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_remains(target: Target) -> None:
    """Remove what earlier runs for the same name left when they were ended by force."""
    with os.scandir(target.folder) as entries:
        remains = [each.path for each in entries if _is_remains(each, target.beginning)]
    for path in remains:
        with suppress(OSError):
            os.unlink(path)


def _is_remains(entry: os.DirEntry[str], beginning: str) -> bool:
    if not (entry.name.startswith(beginning) and entry.name.endswith(_ENDING)):
        return False
    process = entry.name.removeprefix(beginning).removesuffix(_ENDING)
    if not process.isdecimal() or _runs(int(process)):
        return False
    found = entry.stat(follow_symlinks=False)
    ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return ours and stat.S_ISREG(found.st_mode)


def _runs(process: int) -> bool:
    import psutil  # noqa: PLC0415 - a slow import, and there is rarely anything to ask

    return process != os.getpid() and psutil.pid_exists(process)


def _rename_to_free_name(before: str, after: str) -> None:
    """Rename; raise `FileExistsError` when something has the name `after`."""
    if sys.platform == "win32":
        os.rename(before, after)  # refuses by itself
        return
    try:
        _rename_exclusively(os.fsencode(before), os.fsencode(after))
    except OSError as error:
        if error.errno not in _NOT_KNOWN_HERE:
            raise
        # This file system cannot do both in one step: a moment is left in which
        # another program could take the name.
        if os.path.lexists(after):
            raise FileExistsError from error
        os.rename(before, after)


def _rename_exclusively(before: bytes, after: bytes) -> None:
    """One step of the system. Raises `OSError`, `ENOSYS` where it has none such."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        call, arguments = "renamex_np", (before, after, _RENAME_EXCL)
    else:
        places = (_AT_FDCWD, before, _AT_FDCWD, after)
        call, arguments = "renameat2", (*places, _RENAME_NOREPLACE)
    function = getattr(library, call, None)
    if function is None:
        raise OSError(errno.ENOSYS, call)
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
