"""What was not looked at, and why (SR-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.tui.screens.page import Text, TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.engine.results import CheckResult
    from hygiene.tui.widgets.hints import Hint

__all__ = ["NotCheckedPage"]


class NotCheckedPage(TextPage):
    """Check by check; the paths stand behind a key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "paths", show=False)]

    def title_text(self) -> str:
        """The title."""
        return self.say("not-checked.title")

    def paragraphs(self) -> ComposeResult:
        """Each place with its reason."""
        facts = self.visit.looking_at.facts
        if not self._results():
            yield Text(self.say("screens.not-checked.none"))
        for result in self._results():
            yield Text(facts.title(result.check), classes="section")
            for missed in result.not_checked:
                yield Text(facts.not_checked(missed), classes="reason")
                if missed.source:
                    yield Text(facts.source(missed.source), classes="path")

    def hints(self) -> list[Hint]:
        """The keys."""
        names = ("back", *(["paths"] if self._results() else []), "guides", "help")
        return [self.hint(each) for each in names]

    def _results(self) -> list[CheckResult]:
        results = self.visit.results
        order = [each.id for each in self.visit.looking_at.checks if each.id in results]
        return [results[each] for each in order if results[each].not_checked]

    def action_paths(self) -> None:
        """Show the paths, or hide them again."""
        self.toggle_class("-paths")
