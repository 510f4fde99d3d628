"""The process is killed, for real, right before and in the middle of everything that it
changes on the disk.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.host.systems import LINUX
from tests.host.writing.carrying import carry_out
from tests.host.writing.cases import Case
from tests.host.writing.interfering import VFS_NAME, Point, Points, watched
from tests.host.writing.scenarios import SCENARIOS, Scenario

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = LINUX

_DONE = 0
_WRITES = frozenset({"write", "file write"})


def _killed_at(number: int, case: Case, home: Path, *, torn: bool) -> bool:
    """Carry the steps out in another process, which is killed at that point. Whether it
    was: False when it came to its end.
    """
    child = os.fork()
    if not child:
        os._exit(_carried_out_until(number, case, home, torn=torn))
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == _DONE
        return False
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True


def _carried_out_until(number: int, case: Case, home: Path, *, torn: bool) -> int:
    passed = 0

    def kill(point: Point) -> None:
        nonlocal passed
        passed += point.kind in _WRITES if torn else 1
        if passed == number:
            if torn:
                point.half()
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with watched(Points(kill)):
            carry_out(home, *case.steps, vfs=VFS_NAME)
    except BaseException:  # noqa: BLE001 - this process has nobody to tell
        return 1
    return _DONE


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("torn", [False, True], ids=["before each", "in each write"])
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_kill_at_any_point_leaves_before_or_after(
    ground: Path,
    capsys: pytest.CaptureFixture[str],
    scenario: Scenario,
    torn: bool,
) -> None:
    """Every store is whole once its program opened it, no later store was begun, and a
    second run ends where the first one would have ended.
    """
    case = Case.of(ground, scenario)
    number = 1
    while _killed_at(number, case, home := case.copy("killed"), torn=torn):
        case.finish(home)
        number += 1
    case.check_done(home)
    if not torn or number > 1:
        assert number > len(case.before)
    with capsys.disabled():
        sys.stdout.write(f" {number - 1} points ")
