"""A plan to read: what matters most, what can be ticked, the rest; and the whole lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical, VerticalScroll

from hygiene.tui.widgets.text import Text, lines_of
from hygiene.tui.widgets.tick_list import Ticked, TickList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from hygiene.report.plans import Part
    from hygiene.report.ticks import Group, Tickable

__all__ = ["PlanSheet"]

_PROFILE, _PART = "profile:", "part:"
"""What the keys of rows begin with that are a whole profile, or a part of the plan."""

_ABOVE_TICKS = (
    *("open", "changed", "first", "refused", "sync", "goes", "undone", "noticed"),
)
"""What is in view without scrolling: SR-27 in the first place. In this order, because
what someone may notice can be long.
"""
_NOTICES = ("open", "changed", "refused", "sync")


class PlanSheet(Horizontal):
    """The lists stand in place of the plan while they are shown, or beside it where there
    is room.
    """

    def __init__(self, while_making: str) -> None:
        super().__init__()
        self._while_making = while_making
        self.rows: dict[str, Tickable] = {}
        """What stands behind the keys of the rows that can be ticked."""

    def compose(self) -> ComposeResult:
        """Both sides."""
        with VerticalScroll(id="plan", classes="text"):
            yield Text(self._while_making, id="looking", classes="aside")
            yield Vertical(id="above")
            yield TickList(id="ticks")
            yield Vertical(id="below")
        yield VerticalScroll(id="details", classes="text")

    @staticmethod
    def is_profile(key: str) -> bool:
        """Whether the row with this key is a whole profile."""
        return key.startswith(_PROFILE)

    async def show(self, parts: Sequence[Part], groups: Sequence[Group]) -> None:
        """Show these instead of what stood there."""
        self.query_one("#looking").display = False
        above = [each for each in parts if each.name in _ABOVE_TICKS]
        above.sort(key=lambda part: _ABOVE_TICKS.index(part.name))
        below = [each for each in parts if each not in above]
        with self.app.batch_update():
            for id, shown in (("#above", above), ("#below", below)):
                side = self.query_one(id)
                await side.remove_children()
                for part in shown:
                    notice = part.name in _NOTICES
                    await side.mount_all(lines_of(part, notice=notice))
        self._show_ticks(groups)

    def _show_ticks(self, groups: Sequence[Group]) -> None:
        self.rows.clear()
        ticks: list[Ticked] = []
        for group in groups:
            ticks.append(Ticked(group.title))
            for each in group.rows:
                key = f"{_PROFILE if group.profiles else _PART}{each.keys[0]}"
                self.rows[key] = each
                ticks.append(Ticked(each.text, key, each.on, each.notice))
        shown = self.query_one(TickList)
        shown.tick(ticks)
        shown.display = bool(ticks)

    async def show_lists(self, lists: Sequence[tuple[str, Part]]) -> None:
        """Show the whole lists, each below its heading; none hides them."""
        self.set_class(bool(lists), "-more")
        details = self.query_one("#details")
        await details.remove_children()
        for heading, part in lists:
            await details.mount(Text(heading, classes="section"))
            await details.mount_all([Text(line) for line in part.lines])

    @property
    def shows_lists(self) -> bool:
        """Whether the whole lists are shown."""
        return self.has_class("-more")

    def scroll_pages(self, pages: int) -> None:
        """Scroll what is read, wherever the focus is."""
        shown = "#details" if self.shows_lists else "#plan"
        page = self.query_one(shown, VerticalScroll)
        page.scroll_relative(y=pages * (page.size.height - 1), animate=False)

    def to_the_top(self) -> None:
        """Show the first line."""
        self.query_one("#plan").scroll_home(animate=False)
