"""Times as browsers and Windows store them, as UTC moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum

__all__ = ["Clock", "earlier", "later", "moment"]

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_WEBKIT = datetime(1601, 1, 1, tzinfo=UTC)
_LAST_YEAR = 2100


class Clock(Enum):
    """What a stored number counts, and from when. Seen in Chromium 156 and Firefox 153."""

    SECONDS = (_UNIX, 1_000_000)
    """Chromium `Web Data`, Falkon."""
    MILLISECONDS = (_UNIX, 1_000)
    """Firefox `logins.json` and `logins.db`."""
    MICROSECONDS = (_UNIX, 1)
    """Firefox `formhistory.sqlite`."""
    WEBKIT = (_WEBKIT, 1)
    """Microseconds since 1601: Chromium `Login Data`."""


def moment(value: object, clock: Clock) -> datetime | None:
    """The UTC moment a stored number stands for. None for anything else, for 0 (never)
    and for a time outside 1970-2100.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not value:
        return None
    start, microseconds = clock.value
    try:
        found: datetime = start + timedelta(microseconds=value * microseconds)
    except (OverflowError, ValueError):
        return None
    return found if found >= _UNIX and found.year < _LAST_YEAR else None


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments that may be unknown."""
    return min((each for each in (one, other) if each is not None), default=None)


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two moments that may be unknown."""
    return max((each for each in (one, other) if each is not None), default=None)
