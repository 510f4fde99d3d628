"""What a session promises its front ends, whatever a check does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Group, Why
from hygiene.plain.console import Ended
from hygiene.plain.forgetting import Forgetting
from hygiene.plain.page import Page
from tests.plain.made_up import Typing
from tests.tui import visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hygiene.contract import Home, Sitting


@dataclass
class Failing(visits.SaidCheck):
    """A check whose sittings cannot be had."""

    def sittings(self, home: Home) -> Iterable[Sitting]:
        """Fail in the middle, with a text from the home."""
        del home
        yield from visits.sittings(1)
        raise ValueError("/home/ana/secret")


FAILING = Failing("a", Group.PAGES, ())


def test_sittings_of_all_checks_come_newest_first() -> None:
    """Whichever check lists them."""
    older, *newer = reversed(visits.sittings(3))
    one = visits.SaidCheck("a", Group.PAGES, (), sat=[older])
    other = visits.SaidCheck("b", Group.PAGES, (), sat=newer)
    assert visits.session([one, other]).sittings() == visits.sittings(3)


@pytest.mark.rule("SR-18")
def test_sittings_that_cannot_be_had_are_told_as_such() -> None:
    """A fault of one check is a reason, and nothing of it is shown."""
    with pytest.raises(CannotLook) as refusal:
        visits.session([FAILING]).sittings()
    assert refusal.value.why is Why.CRASHED


def test_plain_lines_go_on_without_them(capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is said, and the page can be left."""
    held = visits.session([FAILING])
    Forgetting(Page(held, Typing(["b"]))).sittings()
    said = capsys.readouterr().out
    assert "this check stopped with a fault of its own" in said
    assert "secret" not in said
    with pytest.raises(Ended):
        Forgetting(Page(held, Typing([]))).sittings()
