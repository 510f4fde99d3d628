"""Read what stands behind a finding, on request, without waiting for ever."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable
from typing import Final

from hygiene.contract import CannotLook, Trace, Why
from hygiene.engine.runner import PATIENCE

__all__ = ["batches"]

BATCH: Final = 500


def batches(
    read: Callable[[], Iterable[Trace]], *, patience: float = PATIENCE
) -> Generator[list[Trace], None, None]:
    """Yield the traces in lists as they come. Reading stops when nobody listens any
    more.

    Raises `CannotLook`: what the reader says, `CRASHED` for anything else it raises,
    `TIMED_OUT` after `patience` seconds of silence.
    """
    said: queue.SimpleQueue[list[Trace] | Why | None] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(
        target=_read, args=(read, said, left), name="reveal", daemon=True
    ).start()
    try:
        while (what := said.get(timeout=patience)) is not None:
            if isinstance(what, Why):
                raise CannotLook(what)
            if what:
                yield what
    except queue.Empty:
        raise CannotLook(Why.TIMED_OUT) from None
    finally:
        left.set()


def _read(
    read: Callable[[], Iterable[Trace]],
    said: queue.SimpleQueue[list[Trace] | Why | None],
    left: threading.Event,
) -> None:
    batch: list[Trace] = []
    end: Why | None = None
    try:
        for trace in read():
            if left.is_set():
                return
            batch.append(trace)
            if len(batch) == BATCH:
                said.put(batch)
                batch = []
    except CannotLook as error:
        end = error.why
    except BaseException:  # noqa: BLE001  a stranger's code may raise anything
        end = Why.CRASHED
    said.put(batch)
    said.put(end)
