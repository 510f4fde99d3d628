"""What errors of the system and of SQLite mean to a plan."""

from __future__ import annotations

import errno

import apsw

from hygiene.contract import CannotLook, Refusal, Why

__all__ = ["FAILURES", "Refused", "meaning"]

FAILURES = (apsw.Error, OSError, CannotLook, MemoryError, UnicodeError)
"""What can go wrong with a store, whoever is at work on it."""


class Refused(Exception):
    """A store cannot be changed; the writer knows which one it was."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


_SHARING_VIOLATIONS = (32, 33)
_OF_SYSTEM: dict[int | None, Refusal] = {
    errno.ENOSPC: Refusal.FULL,
    errno.EDQUOT: Refusal.FULL,
    errno.EFBIG: Refusal.FULL,
    errno.EACCES: Refusal.READ_ONLY,
    errno.EPERM: Refusal.READ_ONLY,
    errno.EROFS: Refusal.READ_ONLY,
    errno.EBUSY: Refusal.OPEN,
    errno.EAGAIN: Refusal.OPEN,
    errno.ETXTBSY: Refusal.OPEN,
    errno.ENAMETOOLONG: Refusal.NOT_SUPPORTED,
    errno.ELOOP: Refusal.LEADS_ELSEWHERE,
    errno.ENOENT: Refusal.CHANGED,
    errno.ENOTDIR: Refusal.CHANGED,
    errno.EISDIR: Refusal.CHANGED,
    errno.EEXIST: Refusal.CHANGED,
    errno.ENOTEMPTY: Refusal.CHANGED,
}
_OF_LOOKING = {
    Why.DENIED: Refusal.READ_ONLY,
    Why.LOCKED: Refusal.OPEN,
    Why.DAMAGED: Refusal.DAMAGED,
    Why.UNKNOWN_FORMAT: Refusal.UNKNOWN_FORMAT,
    Why.NOT_ASKED: Refusal.LEADS_ELSEWHERE,
}
_OF_SQLITE: dict[type[BaseException], Refusal] = {
    apsw.BusyError: Refusal.OPEN,
    apsw.LockedError: Refusal.OPEN,
    apsw.FullError: Refusal.FULL,
    apsw.ReadOnlyError: Refusal.READ_ONLY,
    apsw.CantOpenError: Refusal.READ_ONLY,
    apsw.PermissionsError: Refusal.READ_ONLY,
    apsw.CorruptError: Refusal.DAMAGED,
    apsw.NotADBError: Refusal.DAMAGED,
    apsw.FormatError: Refusal.DAMAGED,
    apsw.SQLError: Refusal.UNKNOWN_FORMAT,
    apsw.ConstraintError: Refusal.UNKNOWN_FORMAT,
    apsw.MismatchError: Refusal.UNKNOWN_FORMAT,
    apsw.SchemaChangeError: Refusal.CHANGED,
    apsw.NoMemError: Refusal.NOT_SUPPORTED,
    apsw.TooBigError: Refusal.NOT_SUPPORTED,
}


def meaning(error: BaseException) -> Refusal:
    """Why the store cannot be changed, when this went wrong."""
    if isinstance(error, CannotLook):
        return _OF_LOOKING.get(error.why, Refusal.NOT_SUPPORTED)
    if isinstance(error, OSError):
        if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
            return Refusal.OPEN
        return _OF_SYSTEM.get(error.errno, Refusal.FAILING)
    if isinstance(error, apsw.Error):
        if getattr(error, "extendedresult", None) == apsw.SQLITE_READONLY_DBMOVED:
            return Refusal.CHANGED
        return _OF_SQLITE.get(type(error), Refusal.FAILING)
    return Refusal.NOT_SUPPORTED
