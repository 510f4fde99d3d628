"""Read what stands behind a finding, on request, without waiting for ever."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from hygiene.contract import CannotLook, Trace, Why
from hygiene.engine.runner import PATIENCE

__all__ = ["batches"]

BATCH: Final = 500


def batches(
    read: Callable[[], Iterable[Trace]], *, patience: float = PATIENCE
) -> Iterator[list[Trace]]:
    """Yield the traces in lists as they come.

    Raises `CannotLook`: what the reader says, `CRASHED` for anything else it raises,
    `TIMED_OUT` after `patience` seconds of silence.
    """
    said: queue.SimpleQueue[list[Trace] | Why | None] = queue.SimpleQueue()
    threading.Thread(
        target=_read, args=(read, said), name="reveal", daemon=True
    ).start()
    while True:
        try:
            what = said.get(timeout=patience)
        except queue.Empty:
            raise CannotLook(Why.TIMED_OUT) from None
        if what is None:
            return
        if isinstance(what, Why):
            raise CannotLook(what)
        if what:
            yield what


def _read(
    read: Callable[[], Iterable[Trace]],
    said: queue.SimpleQueue[list[Trace] | Why | None],
) -> None:
    batch: list[Trace] = []
    end: Why | None = None
    try:
        for trace in read():
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
