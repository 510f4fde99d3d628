"""Pages that say something and wait for an answer to it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll

from hygiene.tui.screens.page import Page
from hygiene.tui.widgets.fit import Fit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

__all__ = ["AnsweredPage"]


class Sheet(Container):
    """Text, and the answers below it."""

    def __init__(self, *children: Widget) -> None:
        super().__init__(*children)
        self._fit = Fit()

    @property
    def layout(self) -> Fit:
        """The answers in view, whatever the text needs."""
        return self._fit


class AnsweredPage(Page):
    """Text, and right below it doors or a line to type. They are in view at once: where
    a window is too low, the text scrolls above them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_text(-1)", show=False),
        Binding("pagedown", "scroll_text(1)", show=False),
    ]

    def content(self) -> ComposeResult:
        """Both."""
        yield Sheet(
            VerticalScroll(*self.text(), id="said", classes="text", can_focus=False),
            Vertical(*self.answers(), id="reply"),
        )

    @abstractmethod
    def text(self) -> Iterable[Widget]:
        """What is said."""

    @abstractmethod
    def answers(self) -> Iterable[Widget]:
        """What answers it."""

    async def say_anew(self) -> None:
        """Both again, as they are now."""
        for id, widgets in (("#said", self.text), ("#reply", self.answers)):
            part = self.query_one(id)
            await part.remove_children()
            await part.mount_all(widgets())

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text, wherever the focus is."""
        said = self.query_one("#said")
        said.scroll_relative(y=pages * max(1, said.size.height - 1), animate=False)
