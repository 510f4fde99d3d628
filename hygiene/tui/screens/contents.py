"""The guides by group, and a search over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from hygiene import guides
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.reader import Reader
from hygiene.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.tui.widgets.hints import Hint

__all__ = ["Contents"]


class Contents(Page):
    """Everyday words find a guide; Enter opens it."""

    AUTO_FOCUS = "#guides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
    ]

    def content(self) -> ComposeResult:
        """Title, search line, rows."""
        yield Text(self.say("guides.title"), classes="title outside")
        yield Input(
            placeholder=self.say("screens.guides.search"), compact=True, id="search"
        )
        with VerticalScroll(classes="text wide", can_focus=False):
            yield RowList(self._all(), id="guides")
            yield Text(self.say("guides.no-hit"), id="no-hit")
            yield Text(self.say("disclaimer.general"), classes="aside")

    def _all(self) -> list[Row]:
        rows: list[Row] = []
        for group in guides.contents(self.visit.language):
            rows.append(Row(group.title))
            rows += [Row(each.title, each.slug) for each in group.guides]
        return rows

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "enter", "search", "help")]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search with every key."""
        hits = guides.search(event.value, self.visit.language)
        searched = bool(event.value.strip())
        rows = [Row(hit.guide.title, hit.guide.slug, text=hit.line) for hit in hits]
        self.query_one("#guides", RowList).show(rows if searched else self._all())
        self.set_class(searched and not hits, "-no-hit")

    def on_input_submitted(self) -> None:
        """To the rows."""
        self.query_one("#guides").focus()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Read it."""
        if (guide := guides.find(event.key, self.visit.language)) is not None:
            self.app.push_screen(Reader(self.visit, guide))

    def action_search(self) -> None:
        """Type into the search line."""
        self.query_one(Input).focus()

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        self.query_one("#guides", RowList).action_open()

    def action_guides(self) -> None:
        """Here already."""

    async def action_back(self) -> None:
        """Out of the search, then one page back; the first page of a run ends it."""
        search = self.query_one(Input)
        if search.has_focus or search.value:
            search.value = ""
            self.query_one("#guides").focus()
        elif self.visit.session is None:
            self.app.exit(False)
        else:
            self.app.pop_screen()
