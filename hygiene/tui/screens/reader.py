"""One guide, with find in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from hygiene import guides
from hygiene.guides.terms import Term, first_uses, glossary_title
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.guide_text import GuideText
from hygiene.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.guides import Guide
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Reader"]


class Reader(Page):
    """Arrow keys scroll; `/` finds, `n` goes to the next place; guides to read next
    stand at the end.
    """

    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", show=False),
        Binding("n", "next(1)", show=False),
        Binding("N", "next(-1)", show=False),
    ]

    def __init__(self, visit: Visit, guide: Guide) -> None:
        super().__init__(visit)
        self._guide = guide

    def content(self) -> ComposeResult:
        """Title, notes about the page, text, its terms explained, where to read more; the
        find line below.
        """
        guide = self._guide
        with VerticalScroll(id="page", classes="text"):
            yield Text(guide.title, classes="title")
            for note in guides.notes(guide, self.visit.language):
                yield Text(self.say(note), classes="aside")
            yield GuideText(guide)
            if uses := first_uses(guide):
                yield Text(glossary_title(guide.language), classes="section")
                yield from (Text(_entry(use.term), classes="term") for use in uses)
            if more := self._more():
                yield Text(self.say("question.more"), classes="section")
                yield RowList(more, id="more")
        yield Input(
            placeholder=self.say("screens.guides.find"), compact=True, id="search"
        )
        yield Text(id="found", classes="aside")

    def _more(self) -> list[Row]:
        found = (guides.find(slug, self.visit.language) for slug in self._guide.more)
        return [Row(each.title, each.slug) for each in found if each is not None]

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "find", "next", "guides", "help")]

    def action_find(self) -> None:
        """Type what to find."""
        self.add_class("-finding")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find with every key."""
        number = self.query_one(GuideText).find(event.value)
        said = self.words.count("screens.guides.found", number) if event.value else ""
        self.query_one("#found", Text).update(said)
        self.action_next(0)

    def on_input_submitted(self) -> None:
        """To the page, at the place that was found."""
        self.query_one("#page").focus()

    def action_next(self, step: int = 1) -> None:
        """To the next place, or the one before."""
        text = self.query_one(GuideText)
        line = text.go(step)
        if line is not None:
            page = self.query_one("#page", VerticalScroll)
            page.scroll_to(y=text.virtual_region.y + line - 3, animate=False)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Another guide, in the place of this one."""
        if (guide := guides.find(event.key, self.visit.language)) is not None:
            self.app.switch_screen(Reader(self.visit, guide))

    def action_guides(self) -> None:
        """The contents: one page back where one came from there."""
        from hygiene.tui.screens.contents import Contents  # noqa: PLC0415 - opens readers

        before = self.app.screen_stack[-2]
        if isinstance(before, Contents):
            self.app.pop_screen()
        else:
            self.app.switch_screen(Contents(self.visit))

    async def action_back(self) -> None:
        """Out of the find line, then one page back."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self.query_one(Input).value = ""
            self.query_one("#page").focus()
        else:
            self.app.pop_screen()


def _entry(term: Term) -> str:
    return f"{term.name}: {term.text}"
