"""What background threads tell the screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from hygiene.contract import Sitting, Why
from hygiene.engine.events import CheckProgressed, Event
from hygiene.tui.widgets.traces import TraceRow

__all__ = ["EventSeen", "RowsCame", "RowsEnded", "SittingsCame"]


@dataclass
class EventSeen(Message):
    """Something happened in a run. `run` tells runs apart."""

    event: Event
    run: int

    def can_replace(self, message: Message) -> bool:
        """How far a check is says all that an earlier one said."""
        return (
            isinstance(message, EventSeen)
            and isinstance(self.event, CheckProgressed)
            and isinstance(message.event, CheckProgressed)
            and message.event.check == self.event.check
        )


@dataclass
class RowsCame(Message):
    """More of what stands behind a finding. `reading` tells readings apart."""

    rows: list[TraceRow]
    reading: int


@dataclass
class RowsEnded(Message):
    """There is no more; `why` when the rest could not be read."""

    why: Why | None
    reading: int


@dataclass
class SittingsCame(Message):
    """The sittings of the home, newest first; None when they could not be read."""

    sittings: list[Sitting] | None
