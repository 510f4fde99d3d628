"""The sittings of the home, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from hygiene.contract import CannotLook
from hygiene.tui.background import tell
from hygiene.tui.messages import SittingsCame
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Sitting
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Sittings"]


class Sittings(Page):
    """Read anew each time; where a row is cut, it stands in full below the list. Enter
    opens one.
    """

    AUTO_FOCUS = "#sittings"

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._sittings: list[Sitting] = []

    def content(self) -> ComposeResult:
        """What a sitting is, and the list."""
        with Vertical(classes="text wide"):
            yield Text(self.say("sittings.title"), classes="title")
            yield Text(self.say("sittings.what"), classes="aside")
            yield Text(self.say("status.looking"), id="state", classes="aside")
            yield TextLines(id="sittings")
            yield Text(id="in-full", classes="aside")

    def on_mount(self) -> None:
        """Read them."""
        session = self.visit.looking_at

        def messages() -> Iterator[SittingsCame]:
            try:
                yield SittingsCame(list(session.sittings()))
            except CannotLook:
                yield SittingsCame(None)

        tell(self, messages)

    def on_sittings_came(self, message: SittingsCame) -> None:
        """Show them."""
        if message.sittings is None:
            said = self.say("why.crashed")
        elif message.sittings:
            said = self.words.count("count.sittings", len(message.sittings))
        else:
            said = self.say("screens.sittings.none")
        self.query_one("#state", Text).update(said)
        self._sittings = sittings = message.sittings or []
        facts = self.visit.looking_at.facts
        self.query_one(TextLines).show(
            len(sittings), lambda row: facts.sitting(sittings[row])
        )

    def on_line_list_moved(self) -> None:
        """The line with the cursor, in full."""
        line = self.query_one(TextLines).cut_line()
        self.query_one("#in-full", Text).update(line)

    def on_line_list_opened(self, event: TextLines.Opened) -> None:
        """The sites of that sitting."""
        from hygiene.tui.screens.sitting import SittingPage  # noqa: PLC0415 - on demand

        self.app.push_screen(SittingPage(self.visit, self._sittings[event.row]))

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        self.query_one(TextLines).action_open()

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "enter", "guides", "help")]
