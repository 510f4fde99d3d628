"""One check: its findings and settings, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll

from hygiene.engine.results import Status
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.page import Page, Text
from hygiene.tui.widgets.level_mark import LEVEL_MARKS, tone_of
from hygiene.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.contract import Finding
    from hygiene.engine.results import CheckResult
    from hygiene.report.facts import Facts
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.hints import Hint

__all__ = ["CheckPage", "Summary", "place_row", "places"]


def places(result: CheckResult) -> list[Finding]:
    """What can be opened: traces first, then settings."""
    return [*result.traces, *result.settings]


def place_row(facts: Facts, result: CheckResult, finding: Finding) -> Row:
    """One finding as a row; a setting shows its state in place of a level. What kind of
    thing it is is said only where the page's title does not say it.
    """
    key = result.finding_id(finding)
    title = facts.heading(finding)
    if finding.setting is not None:
        return Row(title, key, text=facts.setting(result.check, finding))
    word = f"{LEVEL_MARKS[finding.level]} {facts.level(finding.level)}"
    topic = facts.topic(result.check, finding)
    said = [] if topic == facts.title(result.check) else [topic]
    said += facts.counts(finding)
    return Row(title, key, word, tone_of(finding.level), ", ".join(said))


class CheckPage(Page):
    """A list of places; the empty answer and what could not be looked at in words."""

    AUTO_FOCUS = "#places"

    def __init__(self, visit: Visit, result: CheckResult) -> None:
        super().__init__(visit)
        self._result = result
        self._facts = visit.looking_at.facts

    def content(self) -> ComposeResult:
        """Title, sentences, places."""
        result, facts = self._result, self._facts
        yield Text(facts.title(result.check), classes="title outside")
        with VerticalScroll(classes="text wide", can_focus=not places(result)):
            if not result.traces and result.status is not Status.COULD_NOT_CHECK:
                yield Text(facts.empty(result.check))
            if places(result):
                yield RowList(self._rows(), id="places")
            if result.not_checked:
                yield Text(self.say("not-checked.title"), classes="section")
                for missed in result.not_checked:
                    yield Text(facts.not_checked(missed))

    def _rows(self) -> list[Row]:
        result, facts = self._result, self._facts
        rows = [place_row(facts, result, each) for each in result.traces]
        if result.settings:
            rows.append(Row(self.say("screens.check.settings")))
        return rows + [place_row(facts, result, each) for each in result.settings]

    def hints(self) -> list[Hint]:
        """The keys."""
        names = ("back", "enter", "guides", "help")
        return [
            self.hint(each) for each in names if each != "enter" or places(self._result)
        ]

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        for each in self.query(RowList):
            each.action_open()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open a place."""
        for each in places(self._result):
            if self._result.finding_id(each) == event.key:
                self.app.push_screen(FindingPage(self.visit, self._result, each))


class Summary(Vertical):
    """One check in short, beside the overview where there is room."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self._visit = visit
        self._shown: object = None

    def show(self, check: str, result: CheckResult | None) -> None:
        """Show a check; without a result what it reads."""
        now = (check, result)
        if now == self._shown or not check:
            return
        self._shown = now
        self.remove_children()
        self.mount_all(self._texts(check, result))

    def _texts(self, check: str, result: CheckResult | None) -> list[Text]:
        facts = self._visit.looking_at.facts
        texts = [Text(facts.title(check), classes="section")]
        if reads := facts.reads(check):
            texts.append(Text(reads, classes="aside"))
        if result is None:
            return texts
        if not result.traces and result.status is not Status.COULD_NOT_CHECK:
            texts.append(Text(facts.empty(check)))
        for each in result.traces:
            texts.append(Text(facts.heading(each), classes="place"))
            texts += [Text(count, classes="count") for count in facts.counts(each)]
        for each in result.settings:
            said = f"{facts.heading(each)}: {facts.setting(check, each)}"
            texts.append(Text(said, classes="place"))
        texts += [
            Text(facts.not_checked(each), classes="aside")
            for each in result.not_checked
        ]
        return texts
