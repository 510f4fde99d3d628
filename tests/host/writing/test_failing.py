"""The disk fails or fills up at any point of the work."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import apsw
import pytest

from hygiene.contract import CannotClear, Refusal
from tests.host.systems import LINUX
from tests.host.writing.carrying import carry_out
from tests.host.writing.cases import Case
from tests.host.writing.interfering import VFS_NAME, Point, Points, watched
from tests.host.writing.scenarios import SCENARIOS, Scenario

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = LINUX

Interfere: TypeAlias = Callable[[int, Point], None]

_NEEDS_ROOM = frozenset({"write", "file write", "file open"})


def _fails_once(number: int, point: Point) -> None:
    if point.number == number:
        _answer(point, errno.EIO, apsw.IOError)


def _is_full_from(number: int, point: Point) -> None:
    if point.number >= number and point.kind in _NEEDS_ROOM:
        _answer(point, errno.ENOSPC, apsw.FullError)


def _answer(point: Point, number: int, error: type[apsw.Error]) -> None:
    if point.kind.startswith(("os.", "file ")):
        raise OSError(number, os.strerror(number))
    raise error


CASES = {
    f"{name}, the disk {what}": (SCENARIOS[name], interfere, why)
    for what, interfere, why in (
        ("fails once", _fails_once, Refusal.FAILING),
        ("is full", _is_full_from, Refusal.FULL),
    )
    for name in ("rows, rollback journal", "rows, write-ahead log", "files", "LevelDB")
} | {
    "folders, the disk fails once": (
        SCENARIOS["folders"],
        _fails_once,
        Refusal.FAILING,
    )
}


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_error_at_any_point_leaves_before_or_after(
    ground: Path, case: tuple[Scenario, Interfere, Refusal]
) -> None:
    """Every store is whole, the reason is the right one, and a later run finishes."""
    scenario, interfere, reason = case
    made = Case.of(ground, scenario)
    number, passed = 1, 1
    why: set[Refusal] = set()
    while number <= passed:
        home = made.copy("failed")
        points = Points(partial(interfere, number))
        try:
            with watched(points):
                carry_out(home, *made.steps, vfs=VFS_NAME)
        except CannotClear as error:
            why.add(error.why)
        passed = points.kinds.total()
        made.finish(home)
        number += 1
    assert why == {reason}
