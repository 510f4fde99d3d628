"""Lays widgets beside each other, and goes on in a new row where the width ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.layouts.horizontal import HorizontalLayout

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.layout import ArrangeResult, WidgetPlacement
    from textual.widget import Widget

__all__ = ["Flow"]


class Flow(HorizontalLayout):
    """One row where all fit, else as many as are needed. Written against Textual 8.2."""

    name = "flow"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """In one row first, then each that is past the end moved to the next."""
        placed: list[WidgetPlacement] = []
        left = top = below = 0
        for each in super().arrange(parent, children, size, greedy):
            region = each.region.translate((-left, top))
            if placed and region.right > size.width:
                left, top = each.region.x - each.margin.left, below
                region = each.region.translate((-left, top))
            below = max(below, region.bottom + each.margin.bottom)
            placed.append(each._replace(region=region))
        return placed
