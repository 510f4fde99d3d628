"""Which stretch of time a sitting and a day are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hygiene.contract import Sitting, Trace, Untrusted
from hygiene.engine.spans import of_day, of_sitting

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.rule("SR-23")
def test_a_sitting_lasts_until_another_one_could_begin() -> None:
    """The half hour after its last visit holds what was saved or typed on that page."""
    sitting = Sitting(
        start=NOON,
        end=NOON + timedelta(minutes=9),
        sites=1,
        pages=1,
        visits=2,
        programs=("Chromium",),
    )
    span = of_sitting(sitting)
    assert (span.start, span.end) == (NOON, NOON + timedelta(minutes=39))
    assert span.store is None


@pytest.mark.rule("SR-23")
def test_a_day_is_whole() -> None:
    """From midnight to midnight where the person is, whenever its visits were."""
    day = Trace(key="2026-11-20", label=Untrusted("2026-11-20"), kind="day", first=NOON)
    span = of_day(day, "History")
    assert span.start is not None
    assert span.end is not None
    assert span.start == datetime(2026, 11, 20).astimezone()
    after = span.end + timedelta(microseconds=1)
    assert after == datetime(2026, 11, 21).astimezone()
    assert span.store == "History"
