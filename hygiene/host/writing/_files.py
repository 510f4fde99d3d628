"""Replaces one file by another: written beside it, brought to the disk, renamed."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from hygiene.contract import Refusal
from hygiene.host import leftovers
from hygiene.host._source import Signature
from hygiene.host.writing._attributes import copy_attributes
from hygiene.host.writing._failures import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.host.spots import Spot

__all__ = ["bring_to_disk", "empty_file", "new_file", "read_whole", "replace_file"]

_OWNER_ONLY = 0o600
_BINARY: int = getattr(os, "O_BINARY", 0)
_CLOSED: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_OLD = os.O_RDONLY | _BINARY | _CLOSED
_THERE = os.O_RDWR | _BINARY | _CLOSED
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY | _CLOSED


def replace_file(spot: Spot, before: str, changed: Callable[[bytes], bytes]) -> None:
    """Put what `changed` makes of the bytes at `spot` in their place. Raises `OSError`,
    and `Refused` if their SHA-256 is not `before`, or somebody writes meanwhile.
    """
    signature = Signature.of(os.lstat(spot.real))
    old = read_whole(spot.real)
    if hashlib.sha256(old).hexdigest() != before:
        raise Refused(Refusal.CHANGED)
    new = changed(old)
    beside = leftovers.beside(spot.real)
    try:
        new_file(beside, new, like=spot.real)
        _refuse_if_changed(spot.real, signature)
        os.replace(beside, spot.real)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    bring_to_disk(os.path.dirname(spot.real))


def _refuse_if_changed(real: str, signature: Signature) -> None:
    if Signature.of(os.lstat(real)) != signature:
        raise Refused(Refusal.CHANGED)


def read_whole(real: str) -> bytes:
    """The bytes of a file, no link followed. Raises `OSError`."""
    with os.fdopen(os.open(real, _OLD), "rb") as file:
        return file.read()


def new_file(real: str, data: bytes, *, like: str) -> None:
    """A new file of these bytes on the disk, with the owner, mode, attributes and times
    of the file `like`. Raises `OSError`.
    """
    descriptor = os.open(real, _NEW, _OWNER_ONLY)
    with os.fdopen(descriptor, "w+b") as file:
        file.write(data)
        file.flush()
        copy_attributes(like, real)
        os.fsync(descriptor)
        file.seek(0)
        if file.read() != data:
            raise OSError(errno.EIO, "not what was written")


def empty_file(real: str) -> None:
    """Leave no bytes in a file that is there, also on the disk. Raises `OSError`."""
    descriptor = os.open(real, _THERE)
    try:
        os.ftruncate(descriptor, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def bring_to_disk(folder: str) -> None:
    """Bring the folder's list of names to the disk, where that is a thing to do."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | _CLOSED)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Not every file system has that.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)
