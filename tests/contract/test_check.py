"""What every check owes: an answer."""

from __future__ import annotations

import pytest

from hygiene.contract import NotChecked, NothingFound, Progress, Why, or_nothing_found

MISSED = NotChecked("a", Why.DENIED)


@pytest.mark.parametrize(
    ("given", "answers"),
    [
        ([], [NothingFound()]),
        ([Progress(0)], [Progress(0), NothingFound()]),
        ([Progress(0), MISSED], [Progress(0), MISSED]),
        ([NothingFound(("b",)), MISSED], [NothingFound(("b",)), MISSED]),
    ],
)
def test_no_outcome_at_all_becomes_nothing_found(
    given: list[NotChecked | NothingFound | Progress],
    answers: list[NotChecked | NothingFound | Progress],
) -> None:
    """Progress is no outcome; what could not be checked is one."""
    assert list(or_nothing_found(given)) == answers


def test_answers_come_one_by_one() -> None:
    """Nothing waits for the end of the look."""
    answers = or_nothing_found(iter(lambda: MISSED, None))
    assert [next(answers), next(answers)] == [MISSED, MISSED]
