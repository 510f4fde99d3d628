"""What background threads tell the screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from hygiene.contract import Place, Sitting, Trace, Why
from hygiene.engine.events import CheckProgressed, Event
from hygiene.tui.widgets.traces import TraceRow

if TYPE_CHECKING:
    from hygiene.engine.applying import ApplyEvent
    from hygiene.engine.planning import Plan
    from hygiene.host.copying.report import CopyReport
    from hygiene.host.drives import Drive

__all__ = [
    "Applied",
    "CopiesEnded",
    "CopyProgress",
    "DrivesCame",
    "EventSeen",
    "InUse",
    "PlanCame",
    "RowsCame",
    "RowsEnded",
    "SittingsCame",
    "TracesCame",
]


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


@dataclass
class TracesCame(Message):
    """The sites of a sitting, or the days of a history; None when they could not be
    read.
    """

    traces: list[Trace] | None


@dataclass
class PlanCame(Message):
    """What would go, and which of its profiles are open now."""

    plan: Plan
    in_use: tuple[Place, ...]


@dataclass
class InUse(Message):
    """Which profiles of the plan are open now."""

    places: tuple[Place, ...]


@dataclass
class Applied(Message):
    """How far a clearing is, or how it ended."""

    event: ApplyEvent


@dataclass
class DrivesCame(Message):
    """The removable drives that are there now."""

    drives: tuple[Drive, ...]


@dataclass
class CopyProgress(Message):
    """How many bytes are copied."""

    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """A later one says all that an earlier one did."""
        return isinstance(message, CopyProgress)


@dataclass
class CopiesEnded(Message):
    """What became of the copies; where nothing was saved, `key` is the sentence that says
    why.
    """

    report: CopyReport | None
    key: str = ""
