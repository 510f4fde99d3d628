"""The rows of a trace list: kept in order, narrowed by a text, marked."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hygiene.contract import Trace

__all__ = ["Order", "TraceRow", "TraceRows"]


class Order(Enum):
    """What the rows are sorted by."""

    NAME = "folded"
    NUMBER = "fewest"
    LAST = "oldest"


class TraceRow:
    """One trace with what is shown and compared of it. `label` is cleaned text: the
    trace's own, unless another is given.
    """

    __slots__ = ("fewest", "folded", "label", "marked", "oldest", "trace")

    def __init__(self, trace: Trace, label: str = "") -> None:
        self.trace = trace
        self.label = label or str(trace.label)
        self.folded = self.label.casefold()
        # Negative, so that the most and the latest come first in rising order.
        self.fewest = -trace.count
        self.oldest = 0.0 if trace.last is None else -trace.last.timestamp()
        self.marked = False


class TraceRows:
    """All rows in one order, and the ones in view.

    Sorting is stable, so rows with equal numbers keep the order they had before.
    """

    def __init__(self) -> None:
        self._all: list[TraceRow] = []
        self.order = Order.NUMBER
        self.wanted = ""
        self.view: list[TraceRow] = self._all

    def __len__(self) -> int:
        return len(self._all)

    def add(self, rows: Iterable[TraceRow]) -> None:
        """Put more rows in their places."""
        self._all.extend(rows)
        self.sort(self.order)

    def sort(self, order: Order) -> None:
        """Put all rows in another order."""
        self.order = order
        self._all.sort(key=attrgetter(order.value))
        self._narrow(self._all)

    def narrow(self, text: str) -> None:
        """Keep in view the rows whose label holds `text`, whatever its case."""
        wanted = text.casefold()
        among = self.view if wanted.startswith(self.wanted) else self._all
        self.wanted = wanted
        self._narrow(among)

    def clear(self) -> None:
        """Forget everything."""
        self._all = []
        self.narrow("")

    def place_of(self, row: TraceRow) -> int | None:
        """Where a row stands in the view."""
        return next((at for at, each in enumerate(self.view) if each is row), None)

    def marked(self) -> list[TraceRow]:
        """The marked rows, in view or not."""
        return [each for each in self._all if each.marked]

    def _narrow(self, among: list[TraceRow]) -> None:
        wanted = self.wanted
        self.view = (
            [each for each in among if wanted in each.folded] if wanted else self._all
        )
