"""One finding: its five answers, its counts, and on request what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from hygiene import guides
from hygiene.report.offers import LEAVE, offers
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.reader import Reader
from hygiene.tui.widgets.behind import Behind
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.level_mark import marked_word

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.contract import Finding
    from hygiene.engine.results import CheckResult
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["FindingPage"]


class FindingPage(Page):
    """Answers on the left, counts on the right; above each other where it is narrow.

    `s` shows what stands behind the counts: beside the answers, or in their place
    where it is narrow. It is hidden again whenever this page is left (SR-15). What could
    be done stands below, narrow first, and leaving it as it is on the same level.
    """

    AUTO_FOCUS = "#answers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "show", show=False),
        Binding("r", "read_more", show=False),
        Binding("c", "copies", show=False),
        Binding("f", "forget", show=False),
    ]

    def __init__(self, visit: Visit, result: CheckResult, finding: Finding) -> None:
        super().__init__(visit)
        self._check = result.check
        self._finding = finding
        self._facts = visit.looking_at.facts
        look_only = visit.looking_at.look_only
        self._choices = offers(finding, look_only=look_only)
        self._guide = (
            guides.find(finding.guide, visit.language) if finding.guide else None
        )

    @property
    def _shown(self) -> bool:
        return self.has_class("-shown")

    def content(self) -> ComposeResult:
        """Title line, then the two sides."""
        facts, finding = self._facts, self._finding
        with Horizontal(classes="heading"):
            yield Text(facts.topic(self._check, finding), classes="title")
            if finding.setting is None:
                word = facts.level(finding.level)
                yield Static(marked_word(finding.level, word), id="level")
        with Horizontal(id="sides"):
            with VerticalScroll(id="answers"):
                yield from self._answers()
            with Vertical(id="counts"):
                yield from self._counts()
                if finding.has_traces:
                    yield Text(self.say("screens.finding.hidden"), id="hidden")
                    yield Behind(facts, finding.traces)
        if self._choices:
            yield Text(self.say("clearing.title"), id="could")
            yield Doors(
                (Door(each, self.say(f"clearing.{each}")) for each in self._choices),
                id="choices",
                classes="low",
            )

    def _answers(self) -> ComposeResult:
        title = "" if self._guide is None else self._guide.title
        for answer in self._facts.answers(self._check, self._finding, title):
            yield Text(answer.question, classes="section")
            yield Text(answer.text)

    def _counts(self) -> ComposeResult:
        facts, finding = self._facts, self._finding
        yield Text(facts.heading(finding), classes="place")
        if finding.setting is not None:
            yield Text(facts.setting(self._check, finding))
        for count in (counts := facts.counts(finding)):
            yield Text(count, classes="count")
        if counts:
            yield Text(" · ".join(counts), id="in-one-line")
        if span := facts.span(finding):
            yield Text(span, classes="aside")

    def hints(self) -> list[Hint]:
        """The keys of what is seen."""
        names = ["back"]
        if self._shown:
            names += ["hide", "search", "sort"]
        elif self._finding.has_traces:
            names.append("show")
        if self._copies:
            names.append("copies")
        if "forget-site" in self._choices:
            names.append("forget")
        if self._guide is not None and not self._shown:
            names.append("read-more")
        return [self.hint(each) for each in (*names, "guides", "help")]

    def rare_hints(self) -> list[Hint]:
        """Keys of the list that one may never need."""
        names = ("inside", "mark", "run") if self._shown else ()
        return [self.hint(each) for each in names]

    def action_show(self) -> None:
        """Show what stands behind the counts, or hide it."""
        if not self._finding.has_traces:
            return
        self.toggle_class("-shown")
        if self._shown:
            self.query_one(Behind).show()
        else:
            self._hide()
        self.query_one(Hints).show(self.hints())

    action_hide = action_show

    def action_search(self) -> None:
        """Search the list."""
        self.query_one(Behind).action_search()

    def action_read_more(self) -> None:
        """The guide of this finding."""
        if self._guide is not None:
            self.app.push_screen(Reader(self.visit, self._guide))

    # --- what could be done

    async def on_door_pressed(self, event: Door.Pressed) -> None:
        """Go on with one of the choices."""
        name = event.door.name or ""
        if name == LEAVE:
            self.app.pop_screen()
        elif name == "forget-site":
            self.action_forget()
        elif name == "clear-sitting":
            self._open_sittings()
        elif name == "clear-day":
            self._open_days()
        elif name == "clear-lines":
            self._open_lines()
        else:
            self._open_all()

    @property
    def _copies(self) -> tuple[str, ...]:
        """The stores behind it, of which copies can be saved."""
        if self.visit.looking_at.look_only or self._finding.setting is not None:
            return ()
        return self._finding.sources

    def action_copies(self) -> None:
        """Save copies of what stands behind this finding."""
        if self._copies:
            from hygiene.tui.screens.copies import Copies  # noqa: PLC0415 - on demand

            self.app.push_screen(Copies(self.visit, self._copies))

    def action_forget(self) -> None:
        """Forget one site: the one with the cursor while names are shown, else one that
        is typed.
        """
        if "forget-site" not in self._choices:
            return
        from hygiene.tui.screens.name_site import NameSite  # noqa: PLC0415 - on demand

        named = self.query_one(Behind).site if self._shown else ""
        self.app.push_screen(NameSite(self.visit, named))

    def _open_sittings(self) -> None:
        from hygiene.tui.screens.sittings import Sittings  # noqa: PLC0415 - on demand

        self.app.push_screen(Sittings(self.visit))

    def _open_days(self) -> None:
        from hygiene.tui.screens.days import Days  # noqa: PLC0415 - on demand

        heading = self._facts.heading(self._finding)
        self.app.push_screen(Days(self.visit, self._finding.sources[0], heading))

    def _open_lines(self) -> None:
        from hygiene.contract import Picked  # noqa: PLC0415 - on demand
        from hygiene.tui.screens.plan import PlanPage  # noqa: PLC0415 - on demand

        picked = Picked(check=self._check, store=self._finding.sources[0])
        self.app.push_screen(PlanPage(self.visit, picked))

    def _open_all(self) -> None:
        from hygiene.contract import Span  # noqa: PLC0415 - on demand
        from hygiene.tui.screens.plan import PlanPage  # noqa: PLC0415 - on demand

        span = Span(store=self._finding.sources[0])
        self.app.push_screen(PlanPage(self.visit, span))

    async def action_back(self) -> None:
        """Out of the search, out of a row, then one page back."""
        if not (self._shown and self.query_one(Behind).back()):
            self.app.pop_screen()

    def on_screen_suspend(self) -> None:
        """Another page came on top: hide what was shown. The cover hides it anyway."""
        if self._shown and not isinstance(self.app.screen, Cover):
            self.remove_class("-shown")
            self._hide()
            self.query_one(Hints).show(self.hints())

    def _hide(self) -> None:
        self.query_one(Behind).hide()
        self.query_one("#answers").focus()
