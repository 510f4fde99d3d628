"""Work on many files with several readers, and answers in the order of the questions.

A disk that has to move answers several readers about twice as fast as one. The readers
are daemons: when the person leaves, nobody waits for a read that hangs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

__all__ = ["in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")

READERS = 4
_AHEAD = 4 * READERS


class _Job(Generic[Item, Result]):
    """One item and, once it is done, its result or what went wrong."""

    __slots__ = ("_done", "_item")

    def __init__(self, item: Item) -> None:
        self._item = item
        self._done: SimpleQueue[tuple[Result | None, BaseException | None]]
        self._done = SimpleQueue()

    def do(self, work: Callable[[Item], Result]) -> None:
        """Never raises; `result` does."""
        try:
            self._done.put((work(self._item), None))
        except BaseException as error:  # noqa: BLE001 - raised again by `result`
            self._done.put((None, error))

    def result(self) -> Result:
        """Waits for the result."""
        result, error = self._done.get()
        if error is not None:
            raise error
        return result  # type: ignore[return-value]


def in_order(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`map(work, items)`, done by several threads a few items ahead."""
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
