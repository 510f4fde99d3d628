"""Checks run side by side; one that misbehaves is told, and the others go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Progress,
    Setting,
    Switch,
    Why,
)
from hygiene.contract.testing import FakeHome
from hygiene.engine import runner
from hygiene.engine.events import (
    CheckEnded,
    CheckProgressed,
    CheckStarted,
    Event,
    OutcomeSeen,
    RunEnded,
    RunStarted,
)
from hygiene.engine.registry import Broken, Loaded, Origin
from hygiene.engine.results import CheckResult, Status

HERE = (Origin("here", "1.0"),)
FOUND = Finding(topic="t", level=Level.NOTE, program="P", program_id="p")
SETTING = Finding(
    topic="t",
    level=Level.NOTE,
    program="P",
    program_id="p",
    setting=Setting("save", Switch.ON),
)


class _Clock:
    def now(self) -> float:
        import time

        return time.monotonic()


class _Check:
    """A check that does what a test says."""

    def __init__(self, id: str, run: Callable[[Home], Iterator[Any]]) -> None:
        self.info = CheckInfo(id=id, group=Group.PAGES, words="hygiene")
        self.run = run


def _loaded(id: str, run: Callable[[Home], Iterator[Any]]) -> Loaded:
    return Loaded(id, HERE, _Check(id, run))


def _events(*checks: Loaded | Broken, patience: float = 20.0) -> list[Event]:
    def open_home(tick: Callable[[], None]) -> Home:
        del tick
        return FakeHome()

    return list(runner.run(checks, open_home, _Clock(), patience=patience))


def _results(
    *checks: Loaded | Broken, patience: float = 20.0
) -> dict[str, CheckResult]:
    return {
        each.result.check: each.result
        for each in _events(*checks, patience=patience)
        if isinstance(each, CheckEnded)
    }


def _says(*outcomes: Any) -> Callable[[Home], Iterator[Any]]:
    return lambda _home: iter(outcomes)


def test_events_tell_the_whole_run_in_order() -> None:
    """Start, progress, answer, end."""
    events = _events(_loaded("a", _says(Progress(1, 2), FOUND)))
    assert events[:-2] == [
        RunStarted(("a",)),
        CheckStarted("a"),
        CheckProgressed("a", Progress(1, 2)),
        OutcomeSeen("a", FOUND),
    ]
    assert isinstance(events[-2], CheckEnded)
    assert isinstance(events[-1], RunEnded)


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ((FOUND,), Status.FOUND),
        ((FOUND, NothingFound()), Status.FOUND),
        ((NothingFound(),), Status.NOTHING_FOUND),
        ((NothingFound(), SETTING), Status.NOTHING_FOUND),
        ((SETTING,), Status.NOTHING_FOUND),
        ((NotChecked("x", Why.DENIED),), Status.COULD_NOT_CHECK),
        ((NotChecked("x", Why.DENIED), NothingFound()), Status.PARTLY_CHECKED),
        ((NotChecked("x", Why.DENIED), FOUND), Status.PARTLY_CHECKED),
        ((NotChecked("x", Why.DENIED), SETTING), Status.PARTLY_CHECKED),
    ],
)
@pytest.mark.rule("SR-18")
def test_the_answer_of_a_check(outcomes: tuple[Any, ...], status: Status) -> None:
    """Could not look is never nothing found; a setting alone is no trace."""
    assert _results(_loaded("a", _says(*outcomes)))["a"].status is status


def _raises(error: BaseException) -> Callable[[Home], Iterator[Any]]:
    def run(home: Home) -> Iterator[Any]:
        del home
        yield FOUND
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ValueError("secret"), Why.CRASHED),
        (SystemExit(3), Why.CRASHED),
        (KeyboardInterrupt(), Why.CRASHED),
        (RecursionError(), Why.CRASHED),
        (CannotLook(Why.LOCKED), Why.LOCKED),
    ],
)
@pytest.mark.rule("SR-18")
def test_a_check_that_breaks_keeps_what_it_found(
    error: BaseException, why: Why
) -> None:
    """Its fault is one answer among its answers, and the others run."""
    results = _results(
        _loaded("a", _raises(error)), _loaded("b", _says(NothingFound()))
    )
    assert results["a"].outcomes == (FOUND, NotChecked("", why))
    assert results["b"].status is Status.NOTHING_FOUND


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("outcomes", [(), (Progress(1),), ("not an outcome",), (None,)])
def test_a_check_without_an_answer_could_not_check(outcomes: tuple[Any, ...]) -> None:
    """Silence is not good news."""
    result = _results(_loaded("a", _says(*outcomes)))["a"]
    assert result.outcomes == (NotChecked("", Why.CRASHED),)
    assert result.status is Status.COULD_NOT_CHECK


@pytest.mark.rule("SR-18")
def test_a_check_that_hangs_is_given_up() -> None:
    """The run ends, the other answers stand, and late words are not heard."""
    release = threading.Event()

    def hang(home: Home) -> Iterator[Any]:
        del home
        yield NothingFound()
        release.wait(30)
        yield FOUND

    results = _results(_loaded("slow", hang), _loaded("b", _says(FOUND)), patience=0.2)
    release.set()
    assert results["slow"].outcomes == (NothingFound(), NotChecked("", Why.TIMED_OUT))
    assert results["b"].status is Status.FOUND


def test_activity_in_the_home_keeps_a_slow_check_alive() -> None:
    """Slow is not hung: every look at the home counts."""
    ticks: list[Callable[[], None]] = []

    def open_home(tick: Callable[[], None]) -> Home:
        ticks.append(tick)
        return FakeHome()

    def slow(home: Home) -> Iterator[Any]:
        del home
        pause = threading.Event()
        for _ in range(6):
            pause.wait(0.1)
            ticks[0]()
        yield FOUND

    events = list(
        runner.run([_loaded("slow", slow)], open_home, _Clock(), patience=0.3)
    )
    assert OutcomeSeen("slow", FOUND) in events


def test_a_given_up_check_is_stopped_at_its_next_look() -> None:
    """Nothing goes on reading behind a check that was left behind."""
    stopped = threading.Event()
    ticks: list[Callable[[], None]] = []

    def open_home(tick: Callable[[], None]) -> Home:
        ticks.append(tick)
        return FakeHome()

    def hang(home: Home) -> Iterator[Any]:
        del home
        threading.Event().wait(0.5)
        try:
            ticks[0]()
        except Exception:
            raise
        except BaseException:
            stopped.set()
            raise
        yield FOUND

    list(runner.run([_loaded("slow", hang)], open_home, _Clock(), patience=0.1))
    assert stopped.wait(5)


def _looks_until_stopped(
    ticks: list[Callable[[], None]], stopped: threading.Event
) -> Callable[[Home], Iterator[Any]]:
    def run(home: Home) -> Iterator[Any]:
        del home
        yield FOUND
        try:
            while True:
                threading.Event().wait(0.01)
                ticks[0]()
        finally:
            stopped.set()

    return run


def test_a_run_that_nobody_listens_to_is_stopped() -> None:
    """Looking again does not leave the first look going on behind it."""
    stopped = threading.Event()
    ticks: list[Callable[[], None]] = []

    def open_home(tick: Callable[[], None]) -> Home:
        ticks.append(tick)
        return FakeHome()

    events = runner.run(
        [_loaded("a", _looks_until_stopped(ticks, stopped))], open_home, _Clock()
    )
    while next(events) != OutcomeSeen("a", FOUND):
        pass
    assert not stopped.is_set()
    events.close()
    assert stopped.wait(5)


def test_what_a_given_up_check_found_can_still_be_read() -> None:
    """Its thread is over, and the home answers again."""
    ticks: list[Callable[[], None]] = []
    over = threading.Event()

    def open_home(tick: Callable[[], None]) -> Home:
        ticks.append(tick)
        return FakeHome()

    def hang(home: Home) -> Iterator[Any]:
        del home
        yield FOUND
        threading.Event().wait(0.3)
        try:
            ticks[0]()
        finally:
            over.set()

    list(runner.run([_loaded("a", hang)], open_home, _Clock(), patience=0.1))
    assert over.wait(5)
    for thread in threading.enumerate():
        if thread.name == "a":
            thread.join(5)
    ticks[0]()


def test_a_refused_check_is_shown_with_every_claimant() -> None:
    """Both packages are named where the check would stand."""
    broken = Broken("a", (Origin("one", "1"), Origin("two", "2")))
    result = _results(broken)["a"]
    assert result.outcomes == (NotChecked("one 1, two 2", Why.CRASHED),)


def test_findings_with_the_same_parts_get_ids_of_their_own() -> None:
    """A copied profile does not hide behind the first."""
    result = CheckResult("a", HERE, (FOUND, FOUND.__class__(**_parts(FOUND)), SETTING))
    ids = [result.finding_id(each) for each in result.findings]
    assert ids == ["a:p", "a:p-2", "a:p:setting:save"]


def _parts(finding: Finding) -> dict[str, Any]:
    return {
        name: getattr(finding, name)
        for name in ("topic", "level", "program", "program_id")
    }
