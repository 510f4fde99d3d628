"""How something new gets its name: the last step, and only where the name is free.

Until then it has a name of its own kind, by which a later run knows what one that was
ended by force left. No hard link is needed, so that it works on FAT.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import suppress

from hygiene.host import leftovers

__all__ = [
    "bring_names_to_disk",
    "passing_name",
    "remove_remains",
    "rename_to_free_name",
]

# Linux, fcntl.h and linux/fs.h; macOS SDK, sys/stdio.h.
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCL = 4
_NOT_KNOWN_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def passing_name(name: str) -> str:
    """What it is called while this process is at work on it."""
    return leftovers.name_of(name, os.getpid())


def remove_remains(folder: str, name: str) -> None:
    """Remove what earlier runs for the same name left in `folder` when they were ended
    by force. Raises `OSError` where the folder cannot be listed.
    """
    for path in list(leftovers.of_ended_runs(folder, name)):
        if os.path.isdir(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                os.unlink(path)


def bring_names_to_disk(folder: str) -> None:
    """Bring the folder's list of names to the disk, where that is a thing to do."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def rename_to_free_name(before: str, after: str) -> None:
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
