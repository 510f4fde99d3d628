"""The last lines of every page: which keys do what. A click does it too."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from hygiene.tui.widgets.laid_out import LaidOut

__all__ = ["Hint", "Hints"]

_BETWEEN = "   "


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as it is written, what it does, and the action behind it."""

    key: str
    label: str
    action: str = ""

    @property
    def width(self) -> int:
        """Cells on the line."""
        return cell_len(self.key) + 1 + cell_len(self.label)


class Hints(LaidOut):
    """Hints in as many lines as they need; none is ever broken in two."""

    def __init__(self, hints: list[Hint]) -> None:
        super().__init__()
        self._hints = hints

    def show(self, hints: list[Hint]) -> None:
        """Show other hints."""
        self._hints = hints
        self.lay_anew()

    def lay(self, width: int) -> list[Content]:
        """As many on a line as fit."""
        lines: list[list[Hint]] = [[]]
        used = 0
        for hint in self._hints:
            if lines[-1] and used + len(_BETWEEN) + hint.width > width:
                lines.append([])
                used = 0
            used += hint.width + (len(_BETWEEN) if lines[-1] else 0)
            lines[-1].append(hint)
        return [Content(_BETWEEN).join(map(_written, line)) for line in lines]


def _written(hint: Hint) -> Content:
    whole = Content.assemble((hint.key, "bold $accent"), " ", (hint.label, "$muted"))
    if not hint.action:
        return whole
    return whole.stylize(Style.from_meta({"@click": hint.action}))
