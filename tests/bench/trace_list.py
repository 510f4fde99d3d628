"""Time the list of traces at 100,000 rows: fill, narrow key by key, sort, move.

    python -P -m tests.bench.trace_list

Prints milliseconds of work on the app's thread. No test, no gate.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from hygiene.tui.widgets.trace_list import TraceList
from hygiene.tui.widgets.traces import Order, TraceRow
from tests.tui.lists import ListApp
from tests.tui.visits import sites

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 100_000
BATCH = 500
TIMES = 5
TYPED = "te-07"


def tell(what: str, seconds: float) -> None:
    """One line."""
    sys.stdout.write(f"{what}: {seconds * 1000:.1f} ms\n")


def took(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def slowest_key(rows: TraceList) -> float:
    """Of the keys that spell a part of a name, each narrowing what the one before left."""
    seconds = []
    for end in range(1, len(TYPED) + 1):
        rows.narrow(TYPED[: end - 1])
        seconds.append(took(lambda end=end: rows.narrow(TYPED[:end])))  # type: ignore[misc]
    rows.narrow("")
    return max(seconds)


def sort_from_another(rows: TraceList, order: Order) -> float:
    """Best of a few, each time from another order."""
    seconds = []
    for _ in range(TIMES):
        rows.sort(Order.LAST if order is not Order.LAST else Order.NUMBER)
        seconds.append(took(lambda: rows.sort(order)))
    return min(seconds)


async def main() -> None:
    """Print the times."""
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        rows = app.query_one(TraceList)
        made: list[TraceRow] = []
        tell("make rows", took(lambda: made.extend(map(TraceRow, sites(ROWS)()))))
        added = [
            took(lambda at=at: rows.add(made[at : at + BATCH]))  # type: ignore[misc]
            for at in range(0, ROWS, BATCH)
        ]
        tell("take all batches", sum(added))
        while rows.total < ROWS:
            await pilot.pause(0.05)
        tell("slowest key", slowest_key(rows))
        for order in (Order.NAME, Order.LAST, Order.NUMBER):
            tell(f"sort by {order.name.lower()}", sort_from_another(rows, order))
        tell("to the last row", took(rows.action_last))


if __name__ == "__main__":
    asyncio.run(main())
