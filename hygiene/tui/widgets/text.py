"""Sentences on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

if TYPE_CHECKING:
    from hygiene.report.plans import Part

__all__ = ["Text", "lines_of"]


class Text(Static):
    """Sentences. Never markup."""

    def __init__(
        self, text: str = "", *, classes: str = "", id: str | None = None
    ) -> None:
        super().__init__(text, markup=False, classes=classes, id=id)


def lines_of(part: Part, *, notice: bool = False) -> list[Text]:
    """The lines of a part of a plan or of a result, close together; a notice stands out
    from what is around it.
    """
    texts = [Text(line, classes=f"{part.name} next") for line in part.lines]
    for each in texts:
        each.set_class(notice, "notice")
    texts[0].remove_class("next")
    texts[-1].add_class("last")
    return texts
