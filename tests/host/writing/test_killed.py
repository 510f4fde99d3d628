"""The process is killed, for real, right before and in the middle of everything that it
changes on the disk.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hygiene.host.writing import _sqlite_store
from tests.host.systems import LINUX
from tests.host.writing.carrying import carry_out
from tests.host.writing.cases import Case
from tests.host.writing.killing import killed_at
from tests.host.writing.scenarios import SCENARIOS, Scenario
from tests.host.writing.states import states

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = LINUX


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("torn", [False, True], ids=["before each", "in each write"])
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_kill_at_any_point_leaves_before_or_after(
    ground: Path, capsys: pytest.CaptureFixture[str], scenario: Scenario, torn: bool
) -> None:
    """Every store is whole once its program opened it, no later store was begun, and a
    second run ends where the first one would have ended.
    """
    case = Case.of(ground, scenario)
    number = 1
    while killed_at(number, home := case.copy("killed"), case.steps, torn=torn):
        case.finish(home)
        number += 1
    case.check_done(home)
    if not torn:
        assert number > len(case.before)
    with capsys.disabled():
        sys.stdout.write(f" {number - 1} points ")


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("kind", ["rollback journal", "write-ahead log"])
def test_a_kill_leaves_the_rows_of_a_huge_store_before_or_after(
    ground: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """It is changed where it lies and written anew after that: rows go at one moment,
    old bytes at another.
    """
    monkeypatch.setattr(_sqlite_store, "_LARGEST", -1)
    case = Case.of(ground, SCENARIOS[f"rows, {kind}"])
    number, seen = 1, set()
    while killed_at(number, home := case.copy("killed"), case.steps):
        is_done = states(home, case.before) == case.after
        seen.add(is_done)
        if not is_done:
            assert states(home, case.before) == case.before
            carry_out(home, *case.steps)
            case.check_done(home)
        number += 1
    case.check_done(home)
    assert seen == {False, True}
