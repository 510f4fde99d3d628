"""Makes a plan beside the screens, and looks while it is read whether a browser is open."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import InUse, PlanCame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from hygiene.engine.decision import Decision
    from hygiene.engine.planning import Subject
    from hygiene.wiring import Session

__all__ = ["Watching", "make"]

_LOOKS_AGAIN_SECONDS = 1.0


def make(widget: Widget, session: Session, subject: Subject) -> None:
    """Make a plan on a thread of its own, and tell `widget`."""

    def messages() -> Iterator[PlanCame]:
        with one_at_a_time:
            plan = session.plan(subject)
            in_use = tuple(session.in_use(plan))
        yield PlanCame(plan, in_use)

    tell(widget, messages)


class Watching:
    """Tells `widget` about once a second which profiles are open."""

    def __init__(self, widget: Widget, session: Session) -> None:
        self._widget = widget
        self._session = session
        self._ends = threading.Event()

    def begin(self, decision: Decision) -> None:
        """Watch the profiles of this decision's plan, as it is each time."""
        self.end()
        if not any(each.place.locks for each in decision.plan.offered):
            return
        self._ends = ends = threading.Event()

        def messages() -> Iterator[InUse]:
            while not ends.wait(_LOOKS_AGAIN_SECONDS):
                with one_at_a_time:
                    places = tuple(self._session.in_use(decision.plan))
                if ends.is_set():
                    return
                yield InUse(places)

        tell(self._widget, messages)

    def end(self) -> None:
        """Watch no more."""
        self._ends.set()
