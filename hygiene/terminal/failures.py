"""An unexpected failure ends in one neutral line: no traceback, no core file (SR-38)."""

from __future__ import annotations

import contextlib
import os
import sys

from hygiene.terminal.environment import forget_environment
from hygiene.terminal.streams import mend_streams
from hygiene.terminal.terminal import end_quietly, leave_now

# `typing` would be half of what the first text waits for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from types import TracebackType
    from typing import NoReturn

__all__ = ["fail", "prepare"]

_FAILED = 1


def prepare() -> None:
    """The first thing a run does: from here on no library is told to write by the
    environment, the standard streams are there, an exception nobody caught shows one
    line, and no core file is left.
    """
    forget_environment()
    mend_streams()
    sys.excepthook = _from_main
    sys.unraisablehook = _from_nowhere
    import threading  # noqa: PLC0415 - not before it is needed

    threading.excepthook = _from_thread
    _forbid_core_files()


def fail() -> NoReturn:
    """Give the terminal back, say the line, end with status 1. From any thread."""
    end_quietly()
    with contextlib.suppress(Exception):
        from hygiene.contract.phrases import Phrases  # noqa: PLC0415 - only now needed
        from hygiene.terminal.wrapping import fitted  # noqa: PLC0415 - only now needed

        line = fitted(Phrases("hygiene").say("failed.any"), sys.stderr)
        os.write(2, (line + "\n").encode())
    os._exit(_FAILED)


def _from_main(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    del error, trace
    if issubclass(kind, KeyboardInterrupt):
        leave_now()
    fail()


def _from_thread(args: threading.ExceptHookArgs) -> None:
    if not issubclass(args.exc_type, SystemExit):
        fail()


def _from_nowhere(unraisable: sys.UnraisableHookArgs) -> None:
    """A failure in a finaliser harms nobody and must not be printed."""
    del unraisable


def _forbid_core_files() -> None:
    """No memory image and no C traceback when the process dies."""
    import faulthandler  # noqa: PLC0415

    faulthandler.disable()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
