"""Times as programs store them, as UTC moments that a trace can have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum

__all__ = ["Clock", "moment", "within"]

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_WEBKIT = datetime(1601, 1, 1, tzinfo=UTC)
_COCOA = datetime(2001, 1, 1, tzinfo=UTC)
_LAST_YEAR = 2100


class Clock(Enum):
    """What a stored number counts, and from when. Seen in Chromium 156 and Firefox 153."""

    SECONDS = (_UNIX, 1_000_000)
    """Chromium `Web Data`, Falkon, most chat programs."""
    MILLISECONDS = (_UNIX, 1_000)
    """Firefox `logins.json` and `logins.db`."""
    MICROSECONDS = (_UNIX, 1)
    """Firefox `formhistory.sqlite`."""
    WEBKIT = (_WEBKIT, 1)
    """Microseconds since 1601: Chromium `Login Data`."""
    COCOA = (_COCOA, 1_000_000)
    """Seconds since 2001: programs of macOS."""


def moment(value: object, clock: Clock) -> datetime | None:
    """The UTC moment a stored number stands for. None for anything else, for 0 (never)
    and for a time that is not `within`.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not value:
        return None
    start, microseconds = clock.value
    try:
        return within(start + timedelta(microseconds=value * microseconds))
    except (OverflowError, ValueError):
        return None


def within(found: datetime | None) -> datetime | None:
    """The moment, which must have a time zone; None for one outside 1970-2100."""
    if found is None or found < _UNIX or found.year >= _LAST_YEAR:
        return None
    return found
