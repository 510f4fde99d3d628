"""A terminal emulator: what a person would see, and could scroll back to."""

from __future__ import annotations

from typing import Any

import pyte

_ALTERNATE = {47, 1047, 1049}
_SYNCHRONISED = 2026
_REPORTING = {1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2048}


class Emulator(pyte.HistoryScreen):
    """`pyte`'s screen with an alternate one, as xterm has it.

    The alternate screen keeps no history. While synchronised output is on, `shown` is
    what stood there when it began.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self.alternate = False
        self._below: tuple[dict[int, Any], tuple[int, int]] | None = None
        self._frozen: list[str] | None = None
        self.reporting: set[int] = set()
        super().__init__(columns, lines, history=1000)

    @property
    def shown(self) -> list[str]:
        """The rows as they stand on the glass."""
        return self._frozen if self._frozen is not None else list(self.display)

    @property
    def scrolled_off(self) -> list[str]:
        """Rows above the screen, oldest first."""
        return [
            "".join(row[column].data for column in range(self.columns))
            for row in self.history.top
        ]

    @property
    def everything(self) -> str:
        """All that can be read, scrolling back included."""
        below = []
        if self._below is not None:
            below = [
                "".join(cell.data for cell in row.values())
                for row in self._below[0].values()
            ]
        return "\n".join([*self.scrolled_off, *below, *self.shown])

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        """Private modes that pyte does not know."""
        super().set_mode(*modes, **kwargs)
        if not kwargs.get("private"):
            return
        self.reporting |= _REPORTING & set(modes)
        if _ALTERNATE & set(modes) and not self.alternate:
            self._below = (
                {y: dict(self.buffer[y]) for y in range(self.lines)},
                (self.cursor.x, self.cursor.y),
            )
            self.alternate = True
            self.erase_in_display(2)
        if _SYNCHRONISED in modes:
            self._frozen = list(self.display)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        """The same, ended."""
        super().reset_mode(*modes, **kwargs)
        if not kwargs.get("private"):
            return
        self.reporting -= set(modes)
        if _SYNCHRONISED in modes:
            self._frozen = None
        if _ALTERNATE & set(modes) and self._below is not None:
            rows, (self.cursor.x, self.cursor.y) = self._below
            for y, row in rows.items():
                self.buffer[y].clear()
                self.buffer[y].update(row)
            self._below = None
            self.alternate = False

    def index(self) -> None:
        """Lines leave the alternate screen for good."""
        kept = list(self.history.top)
        super().index()
        if self.alternate:
            self.history.top.clear()
            self.history.top.extend(kept)
