"""Which stretch of time a person means: a sitting, a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hygiene.contract import Span

if TYPE_CHECKING:
    from hygiene.contract import Sitting, Trace

__all__ = ["of_day", "of_sitting"]

_QUIET = timedelta(minutes=30)
"""For so long after a sitting there is no visit: see `Sitting`."""
_LAST_MOMENT = timedelta(microseconds=1)


def of_sitting(sitting: Sitting) -> Span:
    """From its first visit on, to the end of the half hour after its last, in which no
    other sitting begins: what was downloaded or typed on the last page is part of it.
    """
    return Span(start=sitting.start, end=sitting.end + _QUIET)


def of_day(day: Trace, store: str) -> Span:
    """The whole of that day in this computer's time zone, from midnight to midnight."""
    midnight = datetime.fromisoformat(day.key)
    next_midnight = midnight + timedelta(days=1)
    return Span(
        start=midnight.astimezone(),
        end=next_midnight.astimezone() - _LAST_MOMENT,
        store=store,
    )
