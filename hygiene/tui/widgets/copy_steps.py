"""What stands on the page of copies, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from hygiene.contract import Untrusted
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.row_list import Row, RowList
from hygiene.tui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from textual.widget import Widget

    from hygiene.host.copying.report import CopyReport
    from hygiene.host.drives import Drive

    class Say(Protocol):
        """Says a sentence by its key."""

        def __call__(self, key: str, **values: object) -> str:
            """With its places filled in."""


__all__ = ["HERE", "asked", "ended", "nothing", "places", "ready", "saving", "size"]

HERE = "here"
"""The key of the row for a folder on this computer; drives have their numbers."""


def places(say: Say, drives: Sequence[Drive] | None) -> list[Widget]:
    """The drives, then a folder on this computer; None while drives are looked for."""
    widgets: list[Widget] = [Text(say("evidence.intro"))]
    if drives is None:
        return [*widgets, Text(say("status.looking"), classes="aside")]
    if not drives:
        widgets.append(Text(say("evidence.no-drive")))
    rows = [
        Row(say("evidence.drive-line", label=each.label, free=size(each.free)), str(at))
        for at, each in enumerate(drives)
    ]
    rows.append(Row(say("evidence.here"), HERE))
    return [*widgets, RowList(rows, id="places")]


def asked(say: Say, key: str, id: str, *, hidden: bool) -> list[Widget]:
    """A question and the line for its answer."""
    field = Input(password=hidden, compact=True, select_on_focus=False, id=id)
    return [Text(say(key)), field]


def ready(say: Say) -> list[Widget]:
    """The last question before anything is saved."""
    names = ("not-now", "save")
    return [Doors(Door(each, say(f"screens.copies.{each}")) for each in names)]


def saving(say: Say) -> list[Widget]:
    """While copies are saved."""
    return [Text(say("evidence.saving")), Text(id="progress")]


def nothing(say: Say) -> list[Widget]:
    """There is nothing to save."""
    return [Text(say("evidence.nothing")), _back(say)]


def ended(say: Say, report: CopyReport, *, clearing: bool) -> list[Widget]:
    """What was saved and what was not; `clearing` waits for it."""
    if report.complete:
        said = [say("evidence.done", name=Untrusted(report.name))]
        said += [say("evidence.done-list"), say("evidence.done-eject")]
    else:
        said = [say("evidence.not-whole")]
        said += [say("evidence.not-whole-clear")] if clearing else []
    widgets: list[Widget] = [Text(each) for each in said]
    for failed in report.failed:
        line = f"{Untrusted(failed.path)}: {say(failed.key)}"
        widgets.append(Text(line, classes="path"))
    return [*widgets, _back(say)]


def _back(say: Callable[[str], str]) -> Doors:
    return Doors([Door("back", say("screens.result.back"))])


def size(number: int) -> str:
    """Bytes as people read them: `14.6 GB`."""
    for unit, one in (("TB", 10**12), ("GB", 10**9)):
        if number >= one:
            return f"{number / one:.1f} {unit}"
    return f"{number / 10**6:,.0f} MB"
