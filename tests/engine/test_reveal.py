"""What stands behind a finding comes in batches, and never hangs the reader."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

import pytest

from hygiene.contract import CannotLook, Trace, Untrusted, Why
from hygiene.engine.reveal import BATCH, batches


def _traces(number: int) -> Iterator[Trace]:
    for at in range(number):
        yield Trace(key=str(at), label=Untrusted(str(at)), kind="site")


@pytest.mark.parametrize("number", [0, 1, BATCH, BATCH * 2 + 7])
def test_every_trace_comes_once_and_in_order(number: int) -> None:
    """Batches are only a way to travel."""
    came = [each.key for batch in batches(lambda: _traces(number)) for each in batch]
    assert came == [str(at) for at in range(number)]


@pytest.mark.parametrize(
    ("error", "why"),
    [(CannotLook(Why.LOCKED), Why.LOCKED), (ValueError("name"), Why.CRASHED)],
)
def test_what_came_before_a_fault_is_not_lost(error: Exception, why: Why) -> None:
    """Then the reason is said."""

    def read() -> Iterable[Trace]:
        yield from _traces(3)
        raise error

    came = batches(read)
    assert len(next(came)) == 3
    with pytest.raises(CannotLook) as raised:
        next(came)
    assert raised.value.why is why


def test_a_reader_that_hangs_is_given_up() -> None:
    """Silence ends in a reason."""
    release = threading.Event()

    def read() -> Iterable[Trace]:
        release.wait(20)
        yield from _traces(1)

    with pytest.raises(CannotLook) as raised:
        list(batches(read, patience=0.1))
    release.set()
    assert raised.value.why is Why.TIMED_OUT


def test_reading_stops_when_nobody_listens() -> None:
    """A list that was hidden again is read no further."""
    stopped = threading.Event()

    def read() -> Iterable[Trace]:
        try:
            while True:
                yield from _traces(1)
        finally:
            stopped.set()

    came = batches(read)
    assert len(next(came)) == BATCH
    came.close()
    assert stopped.wait(5)
