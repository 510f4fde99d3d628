"""The ways in which a home is cleared here: each once, for all tests to look at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from hygiene.contract import Span
from tests.forgetting import Forgotten, everything, forget, session
from tests.real.forgetting.hosts import WHOLE_SITE
from tests.real.forgetting.making import BACK, Ended, Family

__all__ = ["Cleared", "Way", "clear", "last_sitting"]


class Way(StrEnum):
    """What is forgotten, and what is ticked."""

    SITE = "site"
    TICKED = "site, cookies and sign-ins ticked"
    SITTING = "last sitting"


Cleared: TypeAlias = Callable[[Family, Ended, Way], Forgotten]
"""Gives a home that was cleared. It is there for all tests: they only look."""


def clear(home: Path, way: Way) -> Forgotten:
    """Forget in this home."""
    match way:
        case Way.SITE:
            return forget(home, WHOLE_SITE)
        case Way.TICKED:
            return forget(home, WHOLE_SITE, everything)
        case Way.SITTING:
            return forget(home, last_sitting(home))


def last_sitting(home: Path) -> Span:
    """The newest of the two sittings that the product tells."""
    with ExitStack() as stack:
        last, earlier = session(home, stack).sittings()
    assert (last.start - earlier.end).total_seconds() > BACK / 2
    return Span(start=last.start, end=last.end)
