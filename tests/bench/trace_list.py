"""Time the list of traces at 100,000 rows: fill, narrow key by key, sort, scroll.

Prints milliseconds, best of five, of work on the app's thread. No test, no gate.
"""

from __future__ import annotations

import asyncio
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


def best(work: Callable[[], object]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return min(took)


def narrowed(rows: TraceList) -> float:
    """The slowest of five keys that spell `te-07`, each from the one before."""
    took = []
    for end in range(1, 6):
        rows.narrow("te-07"[: end - 1])
        start = time.perf_counter()
        rows.narrow("te-07"[:end])
        took.append((time.perf_counter() - start) * 1000)
    rows.narrow("")
    return max(took)


def sorted_by(rows: TraceList, order: Order) -> float:
    """Milliseconds, from another order."""
    took = []
    for _ in range(TIMES):
        rows.sort(Order.LAST if order is not Order.LAST else Order.NUMBER)
        start = time.perf_counter()
        rows.sort(order)
        took.append((time.perf_counter() - start) * 1000)
    return min(took)


async def main() -> None:
    """Print the times."""
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        rows = app.query_one(TraceList)
        start = time.perf_counter()
        made = [TraceRow(each) for each in sites(ROWS)()]
        print(
            f"make {ROWS:,} rows (on a thread): {(time.perf_counter() - start) * 1000:.0f}"
        )
        start = time.perf_counter()
        for at in range(0, ROWS, BATCH):
            rows.add(made[at : at + BATCH])
            await pilot.pause()
        while rows.total < ROWS:
            await pilot.pause(0.05)
        print(f"fill in batches of {BATCH}: {(time.perf_counter() - start) * 1000:.0f}")
        print(f"narrow, slowest key: {narrowed(rows):.1f}")
        for order in (Order.NAME, Order.LAST, Order.NUMBER):
            print(f"sort by {order.name.lower()}: {sorted_by(rows, order):.1f}")
        print(
            f"to the end and back: {best(lambda: (rows.action_last(), rows.action_first())):.2f}"
        )


if __name__ == "__main__":
    asyncio.run(main())
