"""One sitting: its sites, each of which can be left out (SR-23)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from hygiene.contract import CannotLook
from hygiene.engine.spans import of_sitting
from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import TracesCame
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.site_ticks import SiteTicks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Sitting
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["SittingPage"]


class SittingPage(Page):
    """All sites are ticked; those that are unticked stay. Then comes the plan."""

    AUTO_FOCUS = "#sites"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,L", "leave_it", show=False),
    ]

    def __init__(self, visit: Visit, sitting: Sitting) -> None:
        super().__init__(visit)
        self._sitting = sitting
        self._whole = of_sitting(sitting)

    def content(self) -> ComposeResult:
        """When it was, its sites, and both ways on."""
        with Vertical(classes="text wide"):
            facts = self.visit.looking_at.facts
            yield Text(facts.sitting(self._sitting), classes="title")
            yield Text(self.say("screens.forget.untick"), classes="aside")
            yield SiteTicks(
                (self.say("screens.forget.sites"), self.say("screens.forget.pages")),
                id="sites",
            )
            yield Text(self.say("status.looking"), id="state", classes="aside")
            yield Doors(
                [
                    Door("go-on", self.say("screens.forget.go-on")),
                    Door("leave-it", self.say("clearing.leave")),
                ],
                classes="low",
            )

    def hints(self) -> list[Hint]:
        """The keys."""
        names = ("back", "tick", "go-on", "leave-it", "guides", "help")
        return [self.hint(each) for each in names]

    def on_mount(self) -> None:
        """Read the sites."""
        session, span = self.visit.looking_at, self._whole

        def messages() -> Iterator[TracesCame]:
            try:
                with one_at_a_time:
                    sites = list(session.sites_of(span))
            except CannotLook:
                yield TracesCame(None)
            else:
                yield TracesCame(sites)

        tell(self, messages)

    def on_traces_came(self, message: TracesCame) -> None:
        """Show them."""
        if message.traces is None:
            self.query_one("#state", Text).update(self.say("why.crashed"))
            return
        self.query_one(SiteTicks).show(message.traces)

    def on_line_list_moved(self) -> None:
        """How many are ticked."""
        sites = self.query_one(SiteTicks)
        said = self.say(
            "screens.forget.ticked",
            some=f"{sites.ticked:,}",
            all=f"{sites.row_count():,}",
        )
        self.query_one("#state", Text).update(said)

    # --- ways on

    def on_line_list_opened(self) -> None:
        """Enter goes on."""
        self.action_go_on()

    def on_door_pressed(self, event: Door.Pressed) -> None:
        """On, or leave it."""
        if event.door.name == "go-on":
            self.action_go_on()
        else:
            self.action_leave_it()

    def action_tick(self) -> None:
        """Leave the site with the cursor out, or take it in again."""
        self.query_one(SiteTicks).action_tick()

    def action_go_on(self) -> None:
        """The plan of what is ticked."""
        left_out = self.query_one(SiteTicks).left_out
        span = replace(self._whole, left_out=left_out)
        self.app.push_screen(PlanPage(self.visit, span))

    def action_leave_it(self) -> None:
        """A full answer."""
        self.go_home()
