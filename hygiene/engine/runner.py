"""Run checks side by side and tell what they answer as it comes.

Every check has a daemon thread of its own, so that one that hangs can be left behind:
it neither holds up the others nor the end of the program.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from hygiene.contract import (
    CannotLook,
    Finding,
    Home,
    NotChecked,
    NothingFound,
    Outcome,
    Progress,
    Why,
)
from hygiene.engine.events import (
    CheckEnded,
    CheckProgressed,
    CheckStarted,
    Event,
    OutcomeSeen,
    RunEnded,
    RunStarted,
)
from hygiene.engine.ports import Clock, OpenHome
from hygiene.engine.registry import Broken, Loaded
from hygiene.engine.results import CheckResult

__all__ = ["PATIENCE", "SIDE_BY_SIDE", "GivenUp", "run"]

PATIENCE: Final = 20.0
"""Seconds without an answer, progress or any activity in the home until a check is given up."""

SIDE_BY_SIDE: Final = 3
"""Checks that look at the same time."""


class GivenUp(BaseException):
    """Raised inside the thread of a check that nobody waits for any more.

    Not an `Exception`, so that a check that catches those still ends.
    """


@dataclass(slots=True)
class _Run:
    """One check under way. `active` is when it was last seen alive, `over` whether its
    thread has ended.
    """

    loaded: Loaded
    started: float
    active: float
    outcomes: list[Outcome] = field(default_factory=list)
    given_up: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class _Ended:
    """The last thing a check's thread says."""


_Said: TypeAlias = "tuple[_Run, Outcome | Progress | _Ended]"


def run(
    checks: Sequence[Loaded | Broken],
    open_home: OpenHome,
    clock: Clock,
    *,
    patience: float = PATIENCE,
) -> Generator[Event, None, None]:
    """Run every check and yield events until all have ended. Checks that are under way
    when nobody listens any more are given up.

    `open_home` is called once for each check with the function that tells of activity.
    """
    began = clock.now()
    yield RunStarted(tuple(each.id for each in checks))
    waiting = [each for each in checks if isinstance(each, Loaded)]
    for each in checks:
        if isinstance(each, Broken):
            yield CheckEnded(_refused(each))
    said: queue.SimpleQueue[_Said] = queue.SimpleQueue()
    under_way: list[_Run] = []
    try:
        while waiting or under_way:
            while waiting and len(under_way) < SIDE_BY_SIDE:
                started = _start(waiting.pop(0), open_home, clock, said)
                under_way.append(started)
                yield CheckStarted(started.loaded.id)
            yield from _listen(said, under_way, clock, patience)
    finally:
        for left in under_way:
            left.given_up = True
    yield RunEnded(clock.now() - began)


def _refused(broken: Broken) -> CheckResult:
    packages = ", ".join(str(each) for each in broken.origins)
    return CheckResult(broken.id, broken.origins, (NotChecked(packages, Why.CRASHED),))


def _start(
    loaded: Loaded,
    open_home: OpenHome,
    clock: Clock,
    said: queue.SimpleQueue[_Said],
) -> _Run:
    now = clock.now()
    this = _Run(loaded, now, now)

    def tick() -> None:
        # Once its thread is over, a person may still ask what stands behind a finding.
        if this.given_up and not this.over:
            raise GivenUp
        this.active = clock.now()

    threading.Thread(
        target=_work,
        args=(this, lambda: open_home(tick), said),
        name=loaded.id,
        daemon=True,
    ).start()
    return this


def _work(
    this: _Run,
    home: Callable[[], Home],
    said: queue.SimpleQueue[_Said],
) -> None:
    try:
        for each in this.loaded.check.run(home()):
            if this.given_up:
                return
            if not isinstance(each, Finding | NothingFound | NotChecked | Progress):
                raise TypeError  # noqa: TRY301  the same answer as any other crash
            said.put((this, each))
    except GivenUp:
        return
    except CannotLook as error:
        said.put((this, NotChecked("", error.why)))
    except BaseException:  # noqa: BLE001  a stranger's code may raise anything
        said.put((this, NotChecked("", Why.CRASHED)))
    finally:
        this.over = True
        said.put((this, _Ended()))


def _listen(
    said: queue.SimpleQueue[_Said],
    under_way: list[_Run],
    clock: Clock,
    patience: float,
) -> Iterator[Event]:
    """Yield what the next message says, or give up checks that stay silent."""
    soonest = min(each.active for each in under_way) + patience - clock.now()
    try:
        this, what = said.get(timeout=max(soonest, 0.001))
    except queue.Empty:
        for each in [*under_way]:
            if clock.now() - each.active >= patience:
                each.given_up = True
                yield from _end(each, under_way, clock, Why.TIMED_OUT)
        return
    if this.given_up:
        return
    this.active = clock.now()
    match what:
        case _Ended():
            yield from _end(this, under_way, clock)
        case Progress():
            yield CheckProgressed(this.loaded.id, what)
        case _:
            this.outcomes.append(what)
            yield OutcomeSeen(this.loaded.id, what)


def _end(
    this: _Run,
    under_way: list[_Run],
    clock: Clock,
    why: Why = Why.CRASHED,
) -> Iterator[Event]:
    """End a check. One that was given up, or that answered nothing, could not check."""
    under_way.remove(this)
    loaded = this.loaded
    if this.given_up or not this.outcomes:
        silent = NotChecked("", why)
        this.outcomes.append(silent)
        yield OutcomeSeen(loaded.id, silent)
    yield CheckEnded(
        CheckResult(
            loaded.id,
            loaded.origins,
            tuple(this.outcomes),
            clock.now() - this.started,
        )
    )
