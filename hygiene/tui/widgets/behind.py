"""What stands behind a finding: counts always, names only while they are asked for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from hygiene.contract import CannotLook, NotChecked
from hygiene.engine.reveal import batches
from hygiene.tui.background import tell
from hygiene.tui.messages import RowsCame, RowsEnded
from hygiene.tui.widgets.trace_list import TraceHeadings, TraceList
from hygiene.tui.widgets.traces import Order, TraceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.app import ComposeResult

    from hygiene.contract import Trace
    from hygiene.report.facts import Facts

__all__ = ["Behind"]

_readings = count(1)


class Behind(Vertical):
    """A search line, a list, and what there is of it. Reads anew each time it is shown
    and forgets when it is hidden. The inside of one row takes the place of the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("1", "sort('NAME')", show=False),
        Binding("2", "sort('LAST')", show=False),
        Binding("3", "sort('NUMBER')", show=False),
    ]

    def __init__(self, facts: Facts, read: Callable[[], Iterable[Trace]]) -> None:
        super().__init__()
        self._facts = facts
        self._words = facts.app
        self._read = read
        self._reading = 0
        self._state = ""
        self._inside = ""

    def compose(self) -> ComposeResult:
        """Search line, list, state."""
        say = self._words.say
        headings = TraceHeadings(
            say("screens.list.name"),
            say("screens.list.number"),
            say("screens.list.last"),
        )
        yield Input(
            placeholder=say("screens.list.search"),
            compact=True,
            select_on_focus=False,
            id="search",
        )
        yield TraceList(headings, self._facts.when, id="traces")
        yield Static(id="label", markup=False)
        yield Static(id="state", markup=False)

    @property
    def list(self) -> TraceList:
        """The list."""
        return self.query_one(TraceList)

    @property
    def site(self) -> str:
        """The site with the cursor, as it was found; "" where there is none."""
        rows = self.list
        trace = (
            rows.trace_at(rows.cursor) if rows.in_view and not self._inside else None
        )
        return trace.label.raw if trace is not None and trace.kind == "site" else ""

    def show(self) -> None:
        """Read and show."""
        self._inside = ""
        self._fill(self._read)
        self.list.focus()

    def hide(self) -> None:
        """Forget."""
        self._reading = 0
        self._inside = ""
        self.query_one(Input).value = ""
        self.query_one("#label", Static).update("")
        self.list.clear()

    def back(self) -> bool:
        """From the search line to the list, from a row's inside to the rows; whether
        there was anything to go back from.
        """
        if self.query_one(Input).has_focus or self.query_one(Input).value:
            self.query_one(Input).value = ""
            self.list.focus()
            return True
        if self._inside:
            self.show()
            return True
        return False

    def _fill(self, read: Callable[[], Iterable[Trace]]) -> None:
        self._reading = this = next(_readings)
        self.query_one(Input).value = ""
        self.list.clear()
        self._tell_state(self._words.say("status.looking"))

        def messages() -> Iterator[RowsCame | RowsEnded]:
            try:
                for batch in batches(read):
                    if self._reading != this:
                        return
                    rows = [TraceRow(each, self._facts.name(each)) for each in batch]
                    yield RowsCame(rows, this)
            except CannotLook as error:
                yield RowsEnded(error.why, this)
            else:
                yield RowsEnded(None, this)

        tell(self, messages)

    def on_rows_came(self, message: RowsCame) -> None:
        """More rows."""
        if message.reading == self._reading:
            self.list.add(message.rows)

    def on_rows_ended(self, message: RowsEnded) -> None:
        """No more rows, or none that could be read."""
        if message.reading != self._reading:
            return
        said = ""
        if message.why is not None:
            said = self._facts.not_checked(NotChecked("", message.why))
        self._tell_state(said)

    # --- keys

    def action_search(self) -> None:
        """Type into the search line."""
        self.query_one(Input).focus()

    def action_sort(self, order: str) -> None:
        """Sort."""
        self.list.sort(Order[order])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list with every key."""
        if self._reading:
            self.list.narrow(event.value)

    def on_input_submitted(self) -> None:
        """Back to the list, narrowed as it is."""
        self.list.focus()

    def on_line_list_opened(self, event: TraceList.Opened) -> None:
        """What is inside one row, where there is anything."""
        trace = self.list.trace_at(event.row)
        if trace.inside is None:
            self._tell_state(self._words.say("plain.nothing-inside"))
            return
        self._inside = str(trace.label)
        self._fill(trace.inside)

    def on_trace_list_changed(self) -> None:
        """Say how many there are."""
        self._tell_state(self._state)

    def on_line_list_moved(self) -> None:
        """The name with the cursor in full, where its row is too short for it."""
        label = self.query_one("#label", Static)
        text = self.list.cut_label()
        label.update(text)
        label.display = bool(text)

    def _tell_state(self, state: str) -> None:
        self._state = state
        rows, say = self.list, self._words.say
        parts = [self._inside] if self._inside else []
        if rows.in_view != rows.total:
            shown, total = f"{rows.in_view:,}", f"{rows.total:,}"
            parts.append(say("screens.list.narrowed", shown=shown, all=total))
        else:
            parts.append(self._words.count("screens.list.rows", rows.total))
        if marked := len(rows.marked):
            parts.append(self._words.count("screens.list.marked", marked))
        if state:
            parts.append(state)
        self.query_one("#state", Static).update(" · ".join(parts))
