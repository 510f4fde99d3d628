"""One check: what it found and which settings there are, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
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

__all__ = ["CheckPage", "Summary"]

_NO_MARK = " "


def _row(facts: Facts, result: CheckResult, finding: Finding) -> Row:
    """What kind of thing it is, its level, its counts; of a setting its state."""
    title, key = facts.topic(result.check, finding), result.finding_id(finding)
    if finding.setting is not None:
        word = f"{_NO_MARK} {facts.word(finding)}"
        return Row(title, key, word, "$muted", facts.setting(result.check, finding))
    word = f"{LEVEL_MARKS[finding.level]} {facts.word(finding)}"
    counts = ", ".join(facts.counts(finding))
    return Row(title, key, word, tone_of(finding.level), counts)


class CheckPage(Page):
    """Findings below their places; the empty answer and what could not be looked at in
    words.
    """

    AUTO_FOCUS = "#places"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "left", show=False)]

    def __init__(self, visit: Visit, result: CheckResult) -> None:
        super().__init__(visit)
        self._result = result
        self._facts = visit.looking_at.facts

    def content(self) -> ComposeResult:
        """Title, sentences, places."""
        result, facts = self._result, self._facts
        yield Text(facts.title(result.check), classes="title outside")
        with VerticalScroll(classes="text wide", can_focus=not result.findings):
            if not result.traces and result.status is not Status.COULD_NOT_CHECK:
                yield Text(facts.empty(result.check))
            if result.findings:
                yield RowList(self._rows(), id="places")
            if result.not_checked:
                yield Text(self.say("not-checked.title"), classes="section")
                for missed in result.not_checked:
                    yield Text(facts.not_checked(missed))

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        for place, findings in self._facts.places(self._result):
            rows.append(Row(place))
            rows += [_row(self._facts, self._result, each) for each in findings]
        return rows

    def hints(self) -> list[Hint]:
        """The keys."""
        names = ["back", "enter", "left", "guides", "help"]
        if not self._result.findings:
            names.remove("enter")
        if not self._is_of_program:
            names.remove("left")
        return [self.hint(each) for each in names]

    @property
    def _is_of_program(self) -> bool:
        return self._facts.is_of_program(self._result.check)

    def action_left(self) -> None:
        """What this program leaves behind, from the check that looks for it (SR-44)."""
        if not self._is_of_program:
            return
        from hygiene.tui.screens.left_behind import LeftBehind  # noqa: PLC0415

        self.app.push_screen(LeftBehind(self.visit))

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        for each in self.query(RowList):
            each.action_open()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open a finding."""
        for each in self._result.findings:
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
        for place, findings in facts.places(result):
            texts.append(Text(place, classes="place"))
            texts += [text for each in findings for text in self._of(check, each)]
        texts += [
            Text(facts.not_checked(each), classes="aside")
            for each in result.not_checked
        ]
        return texts

    def _of(self, check: str, finding: Finding) -> list[Text]:
        facts = self._visit.looking_at.facts
        topic, counts = facts.topic(check, finding), facts.counts(finding)
        if finding.setting is not None:
            state = facts.setting(check, finding)
            return [Text(f"{topic}: {state}", classes="count aside")]
        if topic != facts.title(check):
            counts = [": ".join(each for each in (topic, ", ".join(counts)) if each)]
        return [Text(each, classes="count") for each in counts]
