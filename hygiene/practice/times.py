"""Moments as browsers store them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["cocoa", "unix_microseconds", "webkit"]

_MICROSECOND = timedelta(microseconds=1)


def webkit(at: datetime) -> int:
    """Microseconds since 1601: Chromium."""
    return (at - datetime(1601, 1, 1, tzinfo=UTC)) // _MICROSECOND


def unix_microseconds(at: datetime) -> int:
    """Microseconds since 1970: Firefox, GNOME Web."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND


def cocoa(at: datetime) -> float:
    """Seconds since 2001: Safari."""
    return (at - datetime(2001, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)
