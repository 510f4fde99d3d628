"""What could be cleared from a finding: narrow first, wide last (SR-24)."""

from __future__ import annotations

from hygiene.contract import Finding

__all__ = ["LEAVE", "offers"]

LEAVE = "leave"
"""Leave it as it is: a choice like the others (SR-55)."""

_NARROW_FIRST = (
    *("clear-lines", "forget-site", "clear-sitting", "clear-day", "clear-all"),
)


def offers(finding: Finding, *, look_only: bool) -> list[str]:
    """The choices of a finding in the words of the public interface; none where nothing
    can be cleared. Each has its sentence: `clearing.CHOICE`.
    """
    found = [each for each in _NARROW_FIRST if each in finding.choices]
    return [*found, LEAVE] if found and not look_only else []
