"""Has steps carried out by another process, which is killed in the middle."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from tests.host.writing.carrying import carry_out
from tests.host.writing.interfering import VFS_NAME, Point, Points, watched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hygiene.contract import Step

__all__ = ["killed_at"]

_DONE, _FAILED = 0, 1
_WRITES = frozenset({"write", "file write"})


def killed_at(
    number: int, home: Path, steps: Sequence[Step], *, torn: bool = False
) -> bool:
    """Whether the process that carried the steps out was killed right before it changed
    the disk for that time, or with `torn` in the middle of that write. False when it
    came to its end before.
    """
    child = os.fork()
    if not child:
        os._exit(_carried_out_until(number, home, steps, torn=torn))
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == _DONE
        return False
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True


def _carried_out_until(
    number: int, home: Path, steps: Sequence[Step], *, torn: bool
) -> int:
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
            carry_out(home, *steps, vfs=VFS_NAME)
    except BaseException:  # noqa: BLE001 - this process has nobody to tell
        return _FAILED
    return _DONE
