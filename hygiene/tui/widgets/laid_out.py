"""A widget that breaks its own lines."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size

__all__ = ["LaidOut"]


class LaidOut(Widget):
    """As high as its lines. Subclasses lay lines out for a width and call `lay_anew`
    when there are others.
    """

    _laid: tuple[int, list[Content]] = (-1, [])

    @abstractmethod
    def lay(self, width: int) -> list[Content]:
        """The lines, none wider than `width`."""

    def lay_anew(self) -> None:
        """What is shown has changed."""
        self._laid = (-1, [])
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One cell a line."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._laid[0] != width:
            self._laid = (width, self.lay(width) if width > 0 else [])
        return self._laid[1]
