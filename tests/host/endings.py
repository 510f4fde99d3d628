"""How reading bytes that may be anything is allowed to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Why

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ends_well"]

_ABOUT_BYTES = {Why.DAMAGED, Why.UNKNOWN_FORMAT, Why.TOO_LARGE}


def ends_well(ask: Callable[[], object]) -> bool:
    """Whether `ask` gives a value, or says what is wrong with the bytes."""
    try:
        ask()
    except CannotLook as refused:
        return refused.why in _ABOUT_BYTES
    return True
