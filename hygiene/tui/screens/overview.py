"""What this computer keeps: one row a check, filled as the checks end."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from hygiene.engine.events import (
    CheckEnded,
    CheckProgressed,
    CheckStarted,
    RunEnded,
    RunStarted,
)
from hygiene.tui.background import tell
from hygiene.tui.messages import EventSeen
from hygiene.tui.screens.check import CheckPage, Summary
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.not_checked import NotCheckedPage
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.screens.sittings import Sittings
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.level_mark import LEVEL_MARKS, STATUS_MARKS, tone_of
from hygiene.tui.widgets.row_list import Row, RowList
from hygiene.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from hygiene.engine.results import CheckResult
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Overview"]

_LOOKING = "…"
_runs = count(1)


class Overview(Page):
    """The rows keep their order from the first moment on, whoever ends first."""

    AUTO_FOCUS = "#checks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", show=False),
        Binding("n", "not_checked", show=False),
        Binding("t", "sittings", show=False),
        Binding("l", "look_only", show=False),
        Binding("c", "copies", show=False),
        Binding("f", "forget", show=False),
    ]

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.session = visit.looking_at
        self._run = 0
        self._said: dict[str, str] = {}
        self._clears = visit.clears

    def content(self) -> ComposeResult:
        """Heading, rows, and beside them (where there is room) what one row holds."""
        with Horizontal(classes="heading"):
            yield Text(self.say("overview.title"), classes="title")
            yield Text(id="looked")
        with Horizontal(id="columns"):
            with VerticalScroll(can_focus=False, id="list"):
                yield RowList(id="checks")
            with VerticalScroll(can_focus=False, id="aside"):
                yield Summary(self.visit)
        yield Text(self.say("overview.unchanged"), id="unchanged", classes="aside")

    def hints(self) -> list[Hint]:
        """The keys."""
        names = ["enter", "guides", "copies", "forget", "sittings", "not-checked"]
        if self.session.look_only:
            names.remove("copies")
        return [self.hint(each) for each in (*names, "again", "look-only", "help")]

    def on_mount(self) -> None:
        """Look."""
        self.action_again()

    def action_again(self) -> None:
        """Look again, from the start."""
        self._run = next(_runs)
        self.visit.results.clear()
        self._said = {each.id: "waiting" for each in self.session.checks}
        self._show()
        this_run = self._run

        def messages() -> Iterator[EventSeen]:
            for event in self.session.run():
                if self._run != this_run:
                    return
                yield EventSeen(event, this_run)

        tell(self, messages)

    def on_event_seen(self, message: EventSeen) -> None:
        """A check began, moved on, or ended."""
        if message.run != self._run:
            return
        match message.event:
            case CheckStarted(check):
                self._said[check] = ""
            case CheckProgressed(check, progress):
                self._said[check] = self._progress(progress.done, progress.total)
            case CheckEnded(result):
                self.visit.results[result.check] = result
            case RunStarted() | RunEnded():
                pass
            case _:
                return
        self._show()

    def _progress(self, done: int, total: int | None) -> str:
        if total is None:
            return f"{done:,}"
        return self.say("screens.progress", done=f"{done:,}", all=f"{total:,}")

    # --- rows

    def _show(self) -> None:
        checks = self.session.checks
        self.query_one("#checks", RowList).show([self._row(each.id) for each in checks])
        looked = self.say(
            "screens.looked", done=len(self.visit.results), all=len(checks)
        )
        self.query_one("#looked", Text).update(looked)
        missed = sum(len(each.not_checked) for each in self.visit.results.values())
        cleared = "overview.cleared" if self.visit.clears else "overview.unchanged"
        said = [self.say(cleared)]
        if missed:
            said.append(self.words.count("overview.not-looked", missed))
        self.query_one("#unchanged", Text).update(" ".join(said))
        self._show_summary()

    def _row(self, check: str) -> Row:
        result = self.visit.results.get(check)
        if result is not None:
            return self._ended(result)
        title = self.session.facts.title(check)
        said = self._said[check]
        if said == "waiting":
            return Row(title, check, f"  {self.say('status.waiting')}", "$muted")
        word = f"{_LOOKING} {self.say('status.looking')}"
        return Row(title, check, word, "$muted", said)

    def _ended(self, result: CheckResult) -> Row:
        row = self.session.facts.row(result)
        mark = STATUS_MARKS[row.status] if row.level is None else LEVEL_MARKS[row.level]
        return Row(
            row.title, result.check, f"{mark} {row.word}", tone_of(row.level), row.text
        )

    def _show_summary(self) -> None:
        check = self.query_one("#checks", RowList).key
        self.query_one(Summary).show(check, self.visit.results.get(check))

    def on_row_list_moved(self) -> None:
        """What the row holds, beside it."""
        self._show_summary()

    # --- doors

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open a check; straight to its finding where there is only one."""
        result = self.visit.results.get(event.key)
        if result is None:
            return
        findings = result.findings
        if len(findings) == 1 and not result.not_checked:
            page: Page = FindingPage(self.visit, result, findings[0])
        else:
            page = CheckPage(self.visit, result)
        self.app.push_screen(page)

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        self.query_one("#checks", RowList).action_open()

    def action_sittings(self) -> None:
        """The sittings of this home."""
        self.app.push_screen(Sittings(self.visit))

    def action_copies(self) -> None:
        """Save copies of what was found."""
        if self.session.look_only:
            return
        from hygiene.engine.evidence import stores_behind  # noqa: PLC0415 - on demand
        from hygiene.tui.screens.copies import Copies  # noqa: PLC0415 - on demand

        found = [each for result in self._results() for each in result.findings]
        self.app.push_screen(Copies(self.visit, stores_behind(found)))

    def _results(self) -> list[CheckResult]:
        results = self.visit.results
        return [results[each.id] for each in self.session.checks if each.id in results]

    def action_forget(self) -> None:
        """Forget one site."""
        from hygiene.tui.screens.name_site import NameSite  # noqa: PLC0415 - on demand

        self.app.push_screen(NameSite(self.visit))

    def action_not_checked(self) -> None:
        """What was not looked at, and why."""
        self.app.push_screen(NotCheckedPage(self.visit))

    def action_look_only(self) -> None:
        """The person's own choice (SR-02)."""
        self.session.look_only = not self.session.look_only
        self.query_one(TopBar).say(self.visit.note)
        self.query_one(Hints).show(self.hints())

    @property
    def is_start(self) -> bool:
        """Clearing begins here."""
        return True

    def begin_anew(self) -> None:
        """What was cleared is not there any more: look again."""
        if self.visit.clears != self._clears:
            self._clears = self.visit.clears
            self.action_again()

    def on_screen_resume(self) -> None:
        """The list has the focus again."""
        self.query_one("#checks").focus()
