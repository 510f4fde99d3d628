"""What happens during a run, told to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from hygiene.contract import Outcome, Progress
from hygiene.engine.results import CheckResult

__all__ = [
    "CheckEnded",
    "CheckProgressed",
    "CheckStarted",
    "Event",
    "OutcomeSeen",
    "RunEnded",
    "RunStarted",
]


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins; `checks` are the ids in page order."""

    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """One check begins to look."""

    check: str


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """One check gave one answer."""

    check: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CheckProgressed:
    """One check says how far it is. A later one replaces an earlier one."""

    check: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class CheckEnded:
    """One check is done, or was given up."""

    result: CheckResult


@dataclass(frozen=True, slots=True)
class RunEnded:
    """All checks are done. `seconds` is the whole run."""

    seconds: float


Event: TypeAlias = (
    RunStarted | CheckStarted | OutcomeSeen | CheckProgressed | CheckEnded | RunEnded
)
