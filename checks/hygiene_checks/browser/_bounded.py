"""How many things of one kind are taken out of one store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from hygiene.contract import CannotLook, Why

__all__ = ["MOST", "bounded"]

Item = TypeVar("Item")

MOST = 250_000
"""More sites, sittings, sign-ins or words than any person has; each takes memory."""


def bounded(items: Iterable[Item]) -> Iterator[Item]:
    """The items. Raises `CannotLook(TOO_LARGE)` where there are more than `MOST`."""
    for number, item in enumerate(items):
        if number == MOST:
            raise CannotLook(Why.TOO_LARGE)
        yield item
