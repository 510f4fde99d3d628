"""What the engine asks of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from hygiene.contract import Home

__all__ = ["Clock", "OpenHome"]

OpenHome: TypeAlias = Callable[[Callable[[], None]], Home]
"""Gives a home that calls the function on every activity; the function may raise."""


class Clock(Protocol):
    """A clock that only goes forward."""

    def now(self) -> float:
        """Seconds since some fixed moment."""
