"""Asks for the one site that is to be forgotten (SR-63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Input

from hygiene.engine.sites import readings
from hygiene.report.plans import Plans
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.contract import Site
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["NameSite"]


class NameSite(Page):
    """A name is typed; where it can be meant in two ways, one of them is picked. The name
    stands on this page only.

    `named` is a site that was picked from a list. `start` says that clearing begins and
    ends here, because nothing was looked at before.
    """

    AUTO_FOCUS = "#site"

    def __init__(self, visit: Visit, named: str = "", *, start: bool = False) -> None:
        super().__init__(visit)
        self._named = named
        self._start = start
        self._text = ""
        self._meant: tuple[Site, ...] = ()

    @property
    def is_start(self) -> bool:
        """With `hygiene forget`."""
        return self._start

    def content(self) -> ComposeResult:
        """What this is, one line to type, and the ways it can be meant."""
        with VerticalScroll(classes="text", can_focus=False):
            yield Text(self.say("forget.title"), classes="title")
            yield Text(self.say("forget.ask"))
            yield Input(
                self._named,
                compact=True,
                select_on_focus=False,
                id="site",
            )
            yield Text(id="told", classes="aside")
            yield RowList(id="meant")

    def hints(self) -> list[Hint]:
        """The keys."""
        return [self.hint(each) for each in ("back", "go-on", "guides", "help")]

    def on_mount(self) -> None:
        """A site that was picked needs no typing."""
        if self._named:
            self.call_after_refresh(self._read, self._named)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name: what the last one meant is gone."""
        if event.value != self._text:
            self._show(())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read what was typed."""
        self._read(event.value)

    def _read(self, text: str) -> None:
        if not text.strip():
            return
        self._text = text
        sites = readings(text)
        if len(sites) == 1:
            self._open(sites[0])
            return
        self._show(sites)
        if not sites:
            self._say("forget.no-site")
            return
        self._say("forget.which")
        self.query_one("#meant").focus()

    def _show(self, sites: tuple[Site, ...]) -> None:
        self._meant = sites
        plans = Plans(self.visit.looking_at.facts)
        self.query_one("#meant", RowList).show(
            [Row(plans.reading(each), str(at)) for at, each in enumerate(sites)]
        )
        self.query_one("#told", Text).update("")

    def _say(self, key: str) -> None:
        self.query_one("#told", Text).update(self.say(key))

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """This one is meant."""
        self._open(self._meant[int(event.key)])

    def _open(self, site: Site) -> None:
        self.app.push_screen(PlanPage(self.visit, site))

    def action_go_on(self) -> None:
        """As Enter does."""
        if self._meant:
            self.query_one("#meant", RowList).action_open()
        else:
            self._read(self.query_one(Input).value)

    async def action_back(self) -> None:
        """From the readings to the name, then one page back."""
        if self._meant and not self.query_one(Input).has_focus:
            self._show(())
            self.query_one(Input).focus()
        else:
            self.app.pop_screen()

    def begin_anew(self) -> None:
        """The name has done its work."""
        self.query_one(Input).value = ""
        self._show(())
        self.query_one(Input).focus()
