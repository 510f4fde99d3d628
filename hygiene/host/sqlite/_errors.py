"""What SQLite's errors mean to a check."""

from __future__ import annotations

import apsw

from hygiene.contract import CannotLook, HygieneError, Why
from hygiene.host.opening import cannot_look
from hygiene.host.sqlite._parts import Torn
from hygiene.host.sqlite._permissions import RefusedQuery

__all__ = ["FAILURES", "meaning"]

FAILURES = (apsw.Error, OSError, Torn, MemoryError, UnicodeDecodeError)
"""What SQLite and our file layer raise."""

_WHY: dict[type[BaseException], Why] = {
    # Also an encrypted store, and one written by a future version.
    apsw.NotADBError: Why.UNKNOWN_FORMAT,
    apsw.CantOpenError: Why.UNKNOWN_FORMAT,
    apsw.SchemaChangeError: Why.DAMAGED,
    apsw.InterruptError: Why.TIMED_OUT,
    apsw.TooBigError: Why.TOO_LARGE,
    apsw.NoMemError: Why.TOO_LARGE,
    MemoryError: Why.TOO_LARGE,
    Torn: Why.LOCKED,
}
_CHECK_IS_WRONG = (
    apsw.AuthError,
    apsw.BindingsError,
    apsw.ConnectionClosedError,
    apsw.CursorClosedError,
    apsw.IncompleteExecutionError,
    apsw.MisuseError,
    apsw.ReadOnlyError,
)


def meaning(error: BaseException) -> HygieneError:
    """The error of ours that stands for `error`. It takes no text along."""
    if isinstance(error, _CHECK_IS_WRONG) or (
        isinstance(error, apsw.SQLError) and "syntax error" in str(error)
    ):
        return RefusedQuery("not one SELECT that SQLite understands, of an open store")
    if isinstance(error, OSError):
        return cannot_look(error)
    if isinstance(error, apsw.SQLError):
        # A table, column, function or collation that this store does not have.
        return CannotLook(Why.UNKNOWN_FORMAT)
    return CannotLook(_WHY.get(type(error), Why.DAMAGED))
