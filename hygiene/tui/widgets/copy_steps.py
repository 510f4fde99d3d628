"""What stands on the page of copies, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Input

from hygiene.contract import Untrusted
from hygiene.tui.widgets.door import Door, Doors
from hygiene.tui.widgets.row_list import Row, RowList
from hygiene.tui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from textual.widget import Widget

    from hygiene.engine.evidence import PickedDrive
    from hygiene.host.copying.report import CopyReport

    class Say(Protocol):
        """Says a sentence by its key."""

        def __call__(self, key: str, **values: object) -> str:
            """With its places filled in."""


__all__ = [
    "HERE",
    "Step",
    "again",
    "ended",
    "folder",
    "nothing",
    "passphrase",
    "places",
    "ready",
    "saving",
    "size",
]

HERE = "here"
"""The key of the row for a folder on this computer; drives have their numbers."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is said, and what is asked below it."""

    said: Sequence[Widget] = ()
    asked: Sequence[Widget] = ()


def places(say: Say, drives: Sequence[PickedDrive] | None) -> Step:
    """The drives, then a folder on this computer; None while drives are looked for."""
    widgets: list[Widget] = [Text(say("evidence.intro"))]
    if drives is None:
        return Step([*widgets, Text(say("status.looking"), classes="aside")])
    if not drives:
        widgets.append(Text(say("evidence.no-drive")))
    rows = [Row(_drive(say, each), str(at)) for at, each in enumerate(drives)]
    rows.append(Row(say("evidence.here"), HERE))
    return Step([*widgets, RowList(rows, id="places")])


def folder(say: Say) -> Step:
    """Which folder on this computer."""
    return Step(asked=_line(say("screens.copies.folder"), "folder"))


def passphrase(say: Say, warnings: Iterable[str]) -> Step:
    """What to know before, and the passphrase."""
    asked = _line(say("evidence.passphrase"), "passphrase", hidden=True)
    return Step([Text(say(each)) for each in warnings], asked)


def again(say: Say) -> Step:
    """The passphrase once more."""
    return Step(asked=_line(say("evidence.passphrase-again"), "again", hidden=True))


def ready(say: Say, drive: PickedDrive | None, warnings: Iterable[str]) -> Step:
    """The last question before anything is saved, and where to. Without a drive it is a
    folder, whose warnings stood before the passphrase.
    """
    if drive is None:
        said = [say("evidence.here")]
    else:
        said = [*(say(each) for each in warnings), _drive(say, drive)]
    names = ("not-now", "save")
    doors = Doors(Door(each, say(f"screens.copies.{each}")) for each in names)
    return Step([Text(each) for each in said], [doors])


def saving(say: Say) -> Step:
    """While copies are saved."""
    return Step([Text(say("evidence.saving")), Text(id="progress")])


def nothing(say: Say) -> Step:
    """There is nothing to save."""
    return Step([Text(say("evidence.nothing"))], [_back(say)])


def ended(say: Say, report: CopyReport, *, clearing: bool) -> Step:
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
    return Step(widgets, [_back(say)])


def _drive(say: Say, drive: PickedDrive) -> str:
    return say("evidence.drive-line", label=drive.label, free=size(drive.free))


def _line(question: str, id: str, *, hidden: bool = False) -> list[Widget]:
    field = Input(password=hidden, compact=True, select_on_focus=False, id=id)
    return [Text(question), field]


def _back(say: Say) -> Doors:
    return Doors([Door("back", say("screens.result.back"))])


def size(number: int) -> str:
    """Bytes as people read them: `14.6 GB`."""
    for unit, one in (("TB", 10**12), ("GB", 10**9)):
        if number >= one:
            return f"{number / one:.1f} {unit}"
    return f"{number / 10**6:,.0f} MB"
