"""What a session promises its front ends, whatever a check does."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Group, Platform, Site, Why
from hygiene.engine.decision import Proof
from hygiene.plain.console import Ended
from hygiene.plain.forgetting import Forgetting
from hygiene.plain.page import Page
from hygiene.practice.home import build
from hygiene.wiring import LookOnly, Options, Session
from tests.footprint import age, footprint
from tests.plain.made_up import Typing
from tests.tui import visits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


@pytest.mark.rule("SR-02")
def test_a_session_that_only_looks_changes_nothing(tmp_path: Path) -> None:
    """Even with a consent that counts."""
    build(tmp_path, Platform.LINUX, datetime.now(UTC))
    age(tmp_path)
    before = footprint(tmp_path)
    asked = Options(home=tmp_path, platform=Platform.LINUX, look_only=True)
    with ExitStack() as stack:
        session = Session(asked, stack)
        plan = session.plan(Site("news.example"))
        decision = session.decide(plan)
        decision.answer_proof(Proof.NO)
        consent = decision.type_number(str(plan.count))
        assert consent is not None
        with pytest.raises(LookOnly):
            next(iter(session.carry_out(plan, consent)))
    assert footprint(tmp_path) == before
