"""Which checks there are: found by entry point, loaded, or broken, each with its origin.

Built-in checks come in by the same door as anyone else's. Two packages that claim one
id are both refused, because choosing one silently would let a stranger stand in for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from hygiene.contract import Check, CheckInfo, Group, HygieneError

__all__ = ["Broken", "Found", "Loaded", "NoChecksError", "Origin", "find", "load"]

ENTRY_POINTS = "hygiene.checks"


class NoChecksError(HygieneError):
    """No check was found at all: an installation that cannot look must not look calm."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """The installed package a check came with."""

    package: str
    version: str

    def __str__(self) -> str:
        return f"{self.package} {self.version}"


@dataclass(frozen=True, slots=True)
class Found:
    """A check that is announced, not yet imported."""

    id: str
    origin: Origin
    entry_point: metadata.EntryPoint


@dataclass(frozen=True, slots=True)
class Loaded:
    """A check that can run."""

    id: str
    origins: tuple[Origin, ...]
    check: Check

    @property
    def info(self) -> CheckInfo:
        """What the check says of itself."""
        return self.check.info


@dataclass(frozen=True, slots=True)
class Broken:
    """An id that cannot run: its package does not load, or several packages claim it."""

    id: str
    origins: tuple[Origin, ...]


@cache  # the package's description is read through for it, once for all its checks
def _origin(dist: metadata.Distribution | None) -> Origin:
    return Origin("?", "?") if dist is None else Origin(dist.name, dist.version)


def find(entry_points: Iterable[metadata.EntryPoint] | None = None) -> list[Found]:
    """Return every announced check, sorted by id and origin, none imported."""
    points = (
        metadata.entry_points(group=ENTRY_POINTS)
        if entry_points is None
        else entry_points
    )
    found = [Found(each.name, _origin(each.dist), each) for each in points]
    return sorted(found, key=lambda each: (each.id, each.origin))


def load(found: Iterable[Found]) -> list[Loaded | Broken]:
    """Import the checks and put them in the order of every page.

    Raises `NoChecksError` when there are none.
    """
    claims: dict[str, list[Found]] = {}
    for each in found:
        claims.setdefault(each.id, []).append(each)
    if not claims:
        raise NoChecksError
    return sorted((_load(each) for each in claims.values()), key=_order)


def _load(claims: list[Found]) -> Loaded | Broken:
    first = claims[0]
    origins = tuple(each.origin for each in claims)
    if len(claims) > 1:
        return Broken(first.id, origins)
    try:
        check: Check = first.entry_point.load()()
        info = check.info
    except Exception:  # noqa: BLE001  a stranger's code may raise anything
        return Broken(first.id, origins)
    if not isinstance(info, CheckInfo) or info.id != first.id:
        return Broken(first.id, origins)
    return Loaded(first.id, origins, check)


def _order(each: Loaded | Broken) -> tuple[int, str]:
    group = each.info.group if isinstance(each, Loaded) else max(Group)
    return int(group), each.id
