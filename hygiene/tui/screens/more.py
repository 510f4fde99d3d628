"""Limits, what a safer device is, what leaving does not do (SR-03, 04, 40, 57)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene import guides
from hygiene.engine.registry import Loaded
from hygiene.tui.screens.page import Text, TextPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from hygiene.tui.widgets.hints import Hint

__all__ = ["More"]

_SECTIONS = {
    "limits": (
        "limit.sees",
        "limit.monitoring",
        "limit.signs",
        "limit.account",
        "limit.forensic",
    ),
    "safer": ("safer-device.definition",),
    "leaving": ("exit.does", "exit.does-not"),
    "notes": ("disclaimer.general", "disclaimer.review"),
}


class More(TextPage):
    """Everything one should know before, that did not fit on the gate."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "safer", show=False),
        Binding("h", "how", show=False),
        Binding("w", "left", show=False),
    ]

    def title_text(self) -> str:
        """The title."""
        return self.say("more.title")

    def paragraphs(self) -> ComposeResult:
        """Sections of sentences, then the checks and where they come from."""
        for section, keys in _SECTIONS.items():
            yield Text(self.say(f"screens.more.{section}"), classes="section")
            for key in keys:
                yield Text(self.say(key))
        session = self.visit.looking_at
        yield Text(self.say("screens.more.checks"), classes="section")
        for each in session.checks:
            title = session.facts.title(each.id)
            if isinstance(each, Loaded) and (reads := session.facts.reads(each.id)):
                title = f"{title}: {reads}"
            yield Text(title)
            origins = ", ".join(str(origin) for origin in each.origins)
            yield Text(self.say("screens.more.from", origin=origins), classes="aside")

    def hints(self) -> list[Hint]:
        """What belongs here: what the program leaves behind, and two guides."""
        names = ("back", "left", "safer", "how", "guides", "help")
        return [self.hint(each) for each in names]

    def action_left(self) -> None:
        """What this program leaves behind."""
        from hygiene.tui.screens.left_behind import LeftBehind  # noqa: PLC0415

        self.app.push_screen(LeftBehind(self.visit))

    def action_safer(self) -> None:
        """The guide about safer devices."""
        self._read("safer-device")

    def action_how(self) -> None:
        """The guide about this program."""
        self._read("how-this-works")

    def _read(self, slug: str) -> None:
        from hygiene.tui.screens.reader import Reader  # noqa: PLC0415 - a page too

        guide = guides.find(slug, self.visit.language)
        if guide is not None:
            self.app.push_screen(Reader(self.visit, guide))
