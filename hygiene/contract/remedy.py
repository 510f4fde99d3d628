"""What could be done about a finding: plans made of a closed set of steps, and consent.

Everything here is data. A remedy only describes; the engine decides; one module of the
host carries steps out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable

from hygiene.contract.check import Sitting
from hygiene.contract.home import Home, RegistryValue, SqlValue
from hygiene.contract.outcome import Trace, Why

__all__ = [
    "Consent",
    "CopyOut",
    "DeleteRows",
    "ForgetsSites",
    "ForgetsSittings",
    "NotReached",
    "Plan",
    "RebuildLevelDb",
    "Remedy",
    "RemoveTree",
    "ReplaceFile",
    "SetRegistryValue",
    "Step",
    "UpdateRows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRows:
    """Delete the rows of `table` whose `key` column holds one of `keys`."""

    store: str
    table: str
    key: str
    keys: tuple[SqlValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRows:
    """Set columns of the rows of `table` whose `key` column holds one of `keys`."""

    store: str
    table: str
    key: str
    keys: tuple[SqlValue, ...]
    values: Mapping[str, SqlValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTree:
    """Remove one known file or folder inside a profile."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceFile:
    """Replace a file whose bytes have the SHA-256 `before` (hex) by `after`."""

    path: str
    before: str
    after: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildLevelDb:
    """Rebuild a LevelDB folder with the keys in `keep` only."""

    path: str
    keep: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRegistryValue:
    """Set one value below HKEY_CURRENT_USER; None removes it."""

    key: str
    name: str
    value: RegistryValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOut:
    """Copy a file to the place the person chose."""

    path: str


Step: TypeAlias = (
    DeleteRows
    | UpdateRows
    | RemoveTree
    | ReplaceFile
    | RebuildLevelDb
    | SetRegistryValue
    | CopyOut
)


@dataclass(frozen=True, slots=True)
class NotReached:
    """A place that keeps the same thing and that the plan does not change."""

    source: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be done, all of it, before anything is (SR-22).

    `count` is the number on the plan's first line, which the person types to agree.
    `words` is the topic of its sentences in the catalogue of the check that made it.
    """

    words: str
    count: int
    steps: tuple[Step, ...]
    first: datetime | None = None
    last: datetime | None = None
    not_reached: tuple[NotReached, ...] = ()
    sync_travels: bool = False
    can_be_undone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Consent:
    """Agreement to one plan, once. It counts only while its issuer holds it: an equal
    one that was built, copied or unpickled elsewhere is not the same object.
    """

    plan_digest: str


class Remedy(Protocol):
    """One thing that could be done about a finding."""

    @property
    def choice(self) -> str:
        """The stable word of the public interface: `clear-day`."""

    def plan(self, home: Home, chosen: Sequence[Trace]) -> Plan:
        """Say what would be done about `chosen`. Touches nothing."""


@runtime_checkable
class ForgetsSites(Protocol):
    """A check that can plan to forget one site."""

    def plan_site(self, home: Home, site: str) -> Iterable[Plan]:
        """One plan for each place that keeps the site."""


@runtime_checkable
class ForgetsSittings(Protocol):
    """A check that can plan to forget one sitting."""

    def plan_sitting(self, home: Home, sitting: Sitting) -> Iterable[Plan]:
        """One plan for each place that keeps something of the sitting."""
