"""What only Windows knows: opening beside a writer, and links of its own kind."""

from __future__ import annotations

import os
import stat
import sys

__all__ = ["is_link", "long_form"]

if sys.platform == "win32":
    import _winapi
    import msvcrt

    # Windows SDK, winnt.h and winbase.h.
    _GENERIC_READ = 0x80000000
    _SHARE_READ_WRITE_DELETE = 0x1 | 0x2 | 0x4
    _OPEN_EXISTING = 3
    _OPEN_REPARSE_POINT = 0x00200000
    _OPEN_NO_RECALL = 0x00100000
    _BACKUP_SEMANTICS = 0x02000000
    _IN_USE = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION

    def open_sharing_all(path: str) -> int:
        """Open for reading so that others may go on writing, renaming and deleting.

        No link is followed and no placeholder fetched. `os.open` would stop the
        program that owns the file from renaming it.
        """
        handle = _winapi.CreateFile(
            path,
            _GENERIC_READ,
            _SHARE_READ_WRITE_DELETE,
            0,
            _OPEN_EXISTING,
            _OPEN_REPARSE_POINT | _OPEN_NO_RECALL | _BACKUP_SEMANTICS,
            0,
        )
        return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)

    def is_kept_from_others(path: str) -> bool:
        """Whether a process has the file open in a way that bars others from it. Opens
        it for a moment and reads nothing. Raises `OSError`.
        """
        try:
            handle = _winapi.CreateFile(
                path, _GENERIC_READ, 0, 0, _OPEN_EXISTING, _OPEN_NO_RECALL, 0
            )
        except OSError as error:
            if error.winerror in _IN_USE:
                return True
            raise
        _winapi.CloseHandle(handle)
        return False


_MOUNT_POINT: int = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def is_link(status: os.stat_result) -> bool:
    """Whether the status is that of a symbolic link, or of a Windows junction."""
    return (
        stat.S_ISLNK(status.st_mode)
        or getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT
    )


def long_form(path: str) -> str:
    """The absolute path in the form in which Windows lets paths be longer than 260
    characters and takes no name as anything but itself. Elsewhere as it is.
    """
    if os.name != "nt" or path.startswith("\\\\"):
        return path
    return f"\\\\?\\{path}"
