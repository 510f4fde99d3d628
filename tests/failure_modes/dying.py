"""The whole product in a process of its own, killed right before it changes the disk."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.contract import Platform
from hygiene.host.home import DiskHome
from hygiene.host.writing import Writer
from tests.forgetting import agree, session
from tests.host.writing.interfering import VFS_NAME, Point, Points, watched

if TYPE_CHECKING:
    from hygiene.engine.planning import Subject

__all__ = ["forget_and_die"]

_DONE, _FAILED = 0, 1


def forget_and_die(root: Path, subject: Subject, number: int) -> bool:
    """Forget it, and be killed before the disk is changed for that time. False when all
    was done before.
    """
    child = os.fork()
    if not child:
        os._exit(_forget(root, subject, number))
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == _DONE
        return False
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True


def _forget(root: Path, subject: Subject, number: int) -> int:
    def kill(point: Point) -> None:
        if point.number == number:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with ExitStack() as stack:
            run = session(root, stack)
            home = DiskHome(root, Platform.LINUX)
            writer = Writer(home, run._consents.redeem, vfs=VFS_NAME)
            vars(run)["_writer"] = writer
            plan = run.plan(subject)
            stack.enter_context(watched(Points(kill)))
            agree(run, plan)
    except BaseException:  # noqa: BLE001 - this process has nobody to tell
        return _FAILED
    return _DONE
