"""Times as chat programs write them, as UTC moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hygiene.contract import SqlValue
from hygiene.contract.moments import Clock, moment, within

__all__ = [
    "Span",
    "apple_moment",
    "iso_moment",
    "named_moment",
    "no_moment",
    "unix_moment",
]

_NANOSECONDS_FROM = 10**11
_NAMED = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[.T](\d\d)[.:]?(\d\d)[.:]?(\d\d)(?:([+-])(\d\d):?(\d\d))?"
)


class Span:
    """The earliest and the latest of the moments it was shown; None before the first."""

    __slots__ = ("first", "last")

    def __init__(self) -> None:
        self.first: datetime | None = None
        self.last: datetime | None = None

    def add(self, found: datetime | None) -> None:
        """Widen the span to this moment, if there is one."""
        if found is None:
            return
        if self.first is None or found < self.first:
            self.first = found
        if self.last is None or found > self.last:
            self.last = found


def no_moment(_value: SqlValue) -> None:
    """A store whose times are not known well enough to be told."""


def unix_moment(value: SqlValue) -> datetime | None:
    """Seconds since 1970: Gajim 1.7.3 (`logs.time`) and 2 (`message.timestamp`),
    Skype (`Messages.timestamp`). 0 stands for no time.
    """
    return moment(value, Clock.SECONDS)


def apple_moment(value: SqlValue) -> datetime | None:
    """Time since 2001: seconds, or nanoseconds in `chat.db` since macOS 10.13."""
    if isinstance(value, int | float) and abs(value) > _NANOSECONDS_FROM:
        value /= 10**9
    return moment(value, Clock.COCOA)


def iso_moment(value: SqlValue) -> datetime | None:
    """A date and time as ISO 8601 text, without zone taken as UTC: Psi 1.5
    (`events.date`).
    """
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
        zoned = read if read.tzinfo else read.replace(tzinfo=UTC)
        return within(zoned.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def named_moment(name: str) -> datetime | None:
    """The time in the name of a log: `2026-11-23.034311+0000UTC.html` of Pidgin 2.14,
    `2026-11-23.034311+0000.json` of Thunderbird 153,
    `ann (2009-05-20T11.30.00-0400).chatlog` of Adium 1.5. None if there is none.
    """
    found = _NAMED.search(name)
    if found is None:
        return None
    sign, hours, minutes = found.groups()[-3:]
    year, month, day, hour, minute, second = (int(each) for each in found.groups()[:6])
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return within(local + ahead if sign == "-" else local - ahead)
    except (ValueError, OverflowError):
        return None
