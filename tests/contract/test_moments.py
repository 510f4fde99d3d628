"""Times as programs store them."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract.moments import Clock, moment, within

MOMENT = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stored", "clock"),
    [
        (1_795_407_000, Clock.SECONDS),
        (1_795_407_000.0, Clock.SECONDS),
        (1_795_407_000_000, Clock.MILLISECONDS),
        (1_795_407_000_000_000, Clock.MICROSECONDS),
        (13_439_880_600_000_000, Clock.WEBKIT),
        (817_099_800, Clock.COCOA),
    ],
)
def test_each_clock_tells_the_same_moment(stored: float, clock: Clock) -> None:
    """Units and starts differ, the moment does not."""
    assert moment(stored, clock) == MOMENT


@pytest.mark.parametrize(
    "stored",
    [
        0,
        -1,
        2**62,
        1e300,
        math.nan,
        math.inf,
        True,
        "1795407000",
        b"1",
        None,
        4102444800,
    ],
    ids=repr,
)
def test_what_stands_for_no_moment(stored: object) -> None:
    """Never, no number, and years in which nobody used a computer or will."""
    assert moment(stored, Clock.SECONDS) is None


@given(st.integers() | st.floats(), st.sampled_from(Clock))
def test_any_number_has_an_answer(stored: float, clock: Clock) -> None:
    """A moment with a time zone inside the bounds, or none."""
    found = moment(stored, clock)
    assert found == within(found)
    assert found is None or 1970 <= found.year < 2100
