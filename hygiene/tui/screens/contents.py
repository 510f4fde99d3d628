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

_WORRY = "worry:"
"""What the keys of rows begin with that are no guides."""


class Contents(Page):
    """Worries first, then all by group. Everyday words find a guide; Enter opens it."""

    AUTO_FOCUS = "#guides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
    ]

    _worry = ""

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
        worries = guides.start(self.visit.language)
        rows = [Row(self.say("guides.start"))] if worries else []
        rows += [Row(each.sentence, _WORRY + each.id) for each in worries]
        for group in guides.contents(self.visit.language):
            rows.append(Row(group.title))
            rows += [Row(each.title, each.slug) for each in group.guides]
        return rows

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "enter", "search", "help")]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search with every key."""
        self._worry = ""
        hits = guides.search(event.value, self.visit.language)
        searched = bool(event.value.strip())
        rows = [Row(hit.guide.title, hit.guide.slug, text=hit.line) for hit in hits]
        best = rows[0].key if searched and rows else ""
        self.query_one("#guides", RowList).show(rows if searched else self._all(), best)
        self.set_class(searched and not hits, "-no-hit")

    def on_input_submitted(self) -> None:
        """To the rows."""
        self.query_one("#guides").focus()

    def _of_worry(self, id: str) -> list[Row]:
        worry = next(
            each for each in guides.start(self.visit.language) if each.id == id
        )
        return [
            Row(worry.sentence),
            *(Row(each.title, each.slug) for each in worry.guides),
        ]

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Read it; a worry shows the guides for it first."""
        if event.key.startswith(_WORRY):
            self._worry = event.key
            event.list.show(self._of_worry(event.key.removeprefix(_WORRY)))
        elif (guide := guides.find(event.key, self.visit.language)) is not None:
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
        """Out of the search or a worry, then one page back; the first page of a run
        ends it.
        """
        search = self.query_one(Input)
        if search.has_focus or search.value:
            search.value = ""
            self.query_one("#guides").focus()
        elif self._worry:
            self._leave_worry()
        elif self.visit.session is None:
            self.app.exit(False)
        else:
            self.app.pop_screen()

    def _leave_worry(self) -> None:
        """All rows again, with the cursor on the worry."""
        self.query_one("#guides", RowList).show(self._all(), at=self._worry)
        self._worry = ""
