"""Work on many files, by several readers where the disk is what takes the time.

A disk that has to move answers four readers about twice as fast as one; where
everything is in memory already, four only get into each other's way. So the work is
done in place until a piece of it mostly waits, then by readers for a while. The readers
are daemons: when the person leaves, nobody waits for a read that hangs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from time import monotonic, thread_time
from typing import Generic, NoReturn, TypeVar

__all__ = ["in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")

READERS = 4
_AHEAD = 2 * READERS
_A_WHILE = 64
"""Items done by readers before it is tried without them again."""
_LONG_WAIT = 0.005
"""Seconds of waiting that make a piece of work slow."""


def in_order(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """As `map(work, items)`. `work` must be fit to run in several threads at once."""
    coming = iter(items)
    while True:
        for item in coming:
            began, working = monotonic(), thread_time()
            result = work(item)
            worked = thread_time() - working
            waited = monotonic() - began - worked
            yield result
            if waited > max(_LONG_WAIT, worked):
                break
        else:
            return
        yield from _together(work, islice(coming, _A_WHILE))


class _Job(Generic[Item, Result]):
    """One item and, once it is done, its result or what went wrong."""

    __slots__ = ("_done", "_item")

    def __init__(self, item: Item) -> None:
        self._item = item
        self._done: SimpleQueue[Callable[[], Result]] = SimpleQueue()

    def do(self, work: Callable[[Item], Result]) -> None:
        """Never raises; `result` does."""
        try:
            result = work(self._item)
        except BaseException as error:  # noqa: BLE001 - raised again by `result`
            self._done.put(_raising(error))
        else:
            self._done.put(lambda: result)

    def result(self) -> Result:
        """Waits for the result."""
        return self._done.get()()


def _raising(error: BaseException) -> Callable[[], NoReturn]:
    def again() -> NoReturn:
        raise error

    return again


def _together(
    work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    todo: SimpleQueue[_Job[Item, Result] | None] = SimpleQueue()
    for _ in range(READERS):
        Thread(target=_reader, args=(work, todo), daemon=True).start()
    waiting: deque[_Job[Item, Result]] = deque()
    try:
        for item in items:
            job: _Job[Item, Result] = _Job(item)
            waiting.append(job)
            todo.put(job)
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for _ in range(READERS):
            todo.put(None)


def _reader(
    work: Callable[[Item], Result], todo: SimpleQueue[_Job[Item, Result] | None]
) -> None:
    while (job := todo.get()) is not None:
        job.do(work)
