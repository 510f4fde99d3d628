"""Lays widgets below each other, and takes from the first what the others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.layouts.vertical import VerticalLayout

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.layout import ArrangeResult
    from textual.widget import Widget

__all__ = ["Fit"]

_LEAST = 3
"""Lines that the first one keeps."""


class Fit(VerticalLayout):
    """All as high as they are; where that is too much, the first is lower and scrolls,
    so that the others stay in view. Written against Textual 8.2.
    """

    name = "fit"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Below each other first, then all but the first moved up by what is too much."""
        first, *others = super().arrange(parent, children, size, greedy)
        if not others:
            return [first, *others]
        last = others[-1]
        over = last.region.bottom + last.margin.bottom - size.height
        less = max(0, min(over, first.region.height - _LEAST))
        x, y, width, height = first.region
        return [
            first._replace(region=Region(x, y, width, height - less)),
            *(
                each._replace(region=each.region.translate((0, -less)))
                for each in others
            ),
        ]
