"""What became of one check: its outcomes, sorted by kind, and its status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hygiene.contract import Finding, Level, NotChecked, NothingFound, Outcome
from hygiene.engine.registry import Origin

__all__ = ["CheckResult", "Status"]


class Status(StrEnum):
    """The answer of a whole check."""

    FOUND = "found"
    NOTHING_FOUND = "nothing-found"
    COULD_NOT_CHECK = "could-not-check"
    PARTLY_CHECKED = "partly-checked"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything one check answered, in the order it answered."""

    check: str
    origins: tuple[Origin, ...]
    outcomes: tuple[Outcome, ...] = ()
    seconds: float = 0.0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Traces and settings alike."""
        return tuple(each for each in self.outcomes if isinstance(each, Finding))

    @property
    def traces(self) -> tuple[Finding, ...]:
        """Findings that are traces."""
        return tuple(each for each in self.findings if each.setting is None)

    @property
    def settings(self) -> tuple[Finding, ...]:
        """Findings that are settings."""
        return tuple(each for each in self.findings if each.setting is not None)

    @property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What could not be looked at."""
        return tuple(each for each in self.outcomes if isinstance(each, NotChecked))

    @property
    def status(self) -> Status:
        """One of the four words of the public interface. A setting alone is nothing found."""
        looked = any(isinstance(each, Finding | NothingFound) for each in self.outcomes)
        if self.not_checked:
            return Status.PARTLY_CHECKED if looked else Status.COULD_NOT_CHECK
        if not looked:
            return Status.COULD_NOT_CHECK
        return Status.FOUND if self.traces else Status.NOTHING_FOUND

    @property
    def level(self) -> Level | None:
        """The highest level among the traces."""
        return max((each.level for each in self.traces), default=None)

    def finding_id(self, finding: Finding) -> str:
        """The finding's stable id; a second one with the same parts ends in `-2`."""
        plain = _plain_id(self.check, finding)
        before = 0
        for each in self.findings:
            if each is finding:
                break
            before += _plain_id(self.check, each) == plain
        return plain if before == 0 else f"{plain}-{before + 1}"


def _plain_id(check: str, finding: Finding) -> str:
    parts = [check, finding.program_id]
    if finding.profile is not None:
        parts.append(str(finding.profile))
    if finding.part:
        parts.append(finding.part)
    if finding.setting is not None:
        parts += ["setting", finding.setting.name]
    return ":".join(parts)
