"""Gives a new file what an old one has besides its bytes."""

from __future__ import annotations

import ctypes
import errno
import os
import sys

__all__ = ["copy_attributes"]

# macOS SDK, copyfile.h: COPYFILE_ACL, _STAT, _XATTR, _NOFOLLOW_SRC and _NOFOLLOW_DST.
_METADATA = 1 | 2 | 4
_NOFOLLOW = (1 << 18) | (1 << 19)
_OF_THE_SYSTEM = ("security.", "trusted.")
"""Attributes that only the system sets; it gives each new file its own."""


def copy_attributes(source: str, target: str) -> None:
    """Owner, mode, extended attributes, access lists and times of the file `source` for
    the file `target`. On Windows a new file has the access list of its folder, as the
    old one had. Raises `OSError`.
    """
    status = os.lstat(source)
    if sys.platform == "darwin":
        _copy_metadata(os.fsencode(source), os.fsencode(target))
    elif sys.platform != "win32":
        _copy_owner(status, target)
        if sys.platform == "linux":
            _copy_extended(source, target)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


if sys.platform == "darwin":

    def _copy_metadata(source: bytes, target: bytes) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        if library.copyfile(source, target, None, _METADATA | _NOFOLLOW):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

elif sys.platform != "win32":

    def _copy_owner(status: os.stat_result, target: str) -> None:
        now = os.lstat(target)
        if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
            os.chown(target, status.st_uid, status.st_gid, follow_symlinks=False)
        # After the owner, whose change would take bits away.
        os.chmod(target, status.st_mode & 0o7777)


if sys.platform == "linux":

    def _copy_extended(source: str, target: str) -> None:
        try:
            names = os.listxattr(source, follow_symlinks=False)
        except OSError as error:
            if error.errno in {errno.ENOTSUP, errno.EOPNOTSUPP}:
                return
            raise
        for name in names:
            value = os.getxattr(source, name, follow_symlinks=False)
            try:
                os.setxattr(target, name, value, follow_symlinks=False)
            except OSError:
                if not name.startswith(_OF_THE_SYSTEM):
                    raise
