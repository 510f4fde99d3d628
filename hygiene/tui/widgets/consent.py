"""What is asked before anything goes, always with the same way back below it (SR-26)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from hygiene.tui.widgets.door import Door, Doors

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["Ask", "Consent", "Labels", "Step"]

_MOST_DIGITS = 19


class Ask(Enum):
    """What kind of answer is wanted; its value is the class that shows it."""

    NOTHING = "-nothing"
    PROOF = "-proof"
    SYNC = "-sync"
    NUMBER = "-number"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words on the doors; `enter` says what Enter does once a number is typed."""

    go_back: str
    copy: str
    leave_it: str
    agree: str
    enter: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked now, and a sentence beside it. `copy_first` puts the door to copies
    on top.
    """

    ask: Ask = Ask.NOTHING
    asked: str = ""
    beside: str = ""
    copy_first: bool = False


class Consent(Vertical):
    """The question, its answer, and the row of doors that never moves."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._step = Step()
        self._told = ""

    def compose(self) -> ComposeResult:
        """From top to bottom; `show` says what of it is seen."""
        labels = self._labels
        yield Door("copy", labels.copy, id="copy-first")
        with Horizontal(id="asking"):
            yield Static(id="asked", markup=False)
            yield Input(
                restrict=r"[0-9., ]*",
                max_length=_MOST_DIGITS,
                compact=True,
                select_on_focus=False,
                id="number",
            )
        yield Static(id="beside", markup=False)
        yield Doors(
            (Door(name, label) for name, label in labels.answers.items()), id="proof"
        )
        yield Door("agree", labels.agree, id="agree")
        yield Static(id="told", markup=False)
        yield Doors(
            [
                Door("go-back", labels.go_back, id="no"),
                Door("copy", labels.copy, id="copy"),
                Door("leave-it", labels.leave_it),
            ],
            id="ways-out",
        )

    @property
    def ask(self) -> Ask:
        """What is asked for now."""
        return self._step.ask

    def show(self, step: Step, told: str, *, copies: bool) -> None:
        """Ask this; `told` stands below, `copies` says whether there is a door to them.
        What was typed stays only while the same is asked.
        """
        if step.ask is not self.ask and self._holds_focus:
            self.rest()
        if (step.ask, step.asked) != (self.ask, self._step.asked):
            self.number.value = ""
        self._step, self._told = step, told
        for each in Ask:
            self.set_class(each is step.ask, each.value)
        self.set_class(step.copy_first and copies, "-copy-first")
        self.set_class(not copies, "-no-copies")
        self.query_one("#asked", Static).update(step.asked)
        self.query_one("#beside", Static).update(step.beside)
        self._tell()

    @property
    def number(self) -> Input:
        """Where the number is typed."""
        return self.query_one("#number", Input)

    @property
    def _holds_focus(self) -> bool:
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors

    def rest(self) -> None:
        """The focus rests on No."""
        self.query_one("#no").focus()

    def say(self, told: str) -> None:
        """Answer to what was typed; nothing else changes."""
        self.query_one("#told", Static).update(told)
        with self.number.prevent(Input.Changed):
            self.number.value = ""

    def on_input_changed(self) -> None:
        """A number stands there, or none any more."""
        self._tell()

    def _tell(self) -> None:
        """What was told; before it what Enter does, where a number stands."""
        enter = [self._labels.enter] if self.number.value else []
        self.query_one("#told", Static).update(" ".join([*enter, self._told]))

    def type_digit(self, digit: str) -> None:
        """A digit that was typed elsewhere on the page."""
        self.number.focus()
        self.number.insert(digit, len(self.number.value))
