"""The ways to a plan from the overview and from a finding, and looking only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hygiene.contract import Home, Planned, Span, Trace, Untrusted
from hygiene.engine.spans import of_sitting
from tests.engine.clearings import Planner
from tests.plain.made_up import ASKS, NOW, READY, TYPE, Made, everything, paragraphs
from tests.tui import visits


@dataclass
class Visited(Planner):
    """Knows two sites and one day, and which spans were planned."""

    spans: list[Span] = field(default_factory=list)
    breaks: bool = False

    def plan_span(self, home: Home, span: Span) -> Iterator[Planned]:
        """The same for every span."""
        self.spans.append(span)
        return super().plan_span(home, span)

    def sites_of(self, home: Home, span: Span) -> Iterable[Trace]:
        """Two."""
        del home, span
        self._break()
        return [_trace("a.org"), _trace("b.org")]

    def days_of(self, home: Home, store: str) -> Iterable[Trace]:
        """One."""
        del home, store
        self._break()
        return [_trace("2026-11-22", NOW)]

    def _break(self) -> None:
        if self.breaks:
            raise ValueError("/home/ana/secret")


def _trace(name: str, at: datetime | None = None) -> Trace:
    label = Untrusted(name)
    return Trace(key=name, label=label, kind="site", count=3, first=at, last=at)


@pytest.fixture
def visited(made: Made) -> Visited:
    """What plans the made-up home."""
    planner = Visited([*everything()])
    made.plan_with(planner)
    return planner


@pytest.mark.rule("SR-23")
def test_a_sitting_is_picked_from_the_list_and_single_sites_are_left_out(
    made: Made, said: Callable[[], str], visited: Visited
) -> None:
    """Names stand behind a warning; what is left out is planned anew."""
    made.check("3", *("t", "1", "w", "1", "2", "b", "n", "14"))
    told = said()
    assert "14 pages of one sitting" in told
    before, after = told.split("What comes next shows names.")
    assert "b.org" not in before
    assert "2. Goes: b.org, 3 times." in after
    assert "2. Stays: b.org, 3 times." in after
    newest = visits.sittings()[0]
    first = of_sitting(newest)
    assert visited.spans[0] == first
    assert visited.spans[-1].left_out == frozenset({"b.org"})
    assert made.cleared != []


@pytest.mark.rule("SR-15")
def test_no_name_is_shown_without_the_warning(
    made: Made, said: Callable[[], str], visited: Visited
) -> None:
    """`b` at the warning goes back to the plan."""
    made.check("3", *("t", "1", "w", "b"))
    assert "b.org" not in said()
    assert len(visited.spans) == 1


@pytest.mark.rule("SR-18", "SR-38")
def test_a_list_that_cannot_be_made_says_so_and_the_walk_goes_on(
    made: Made, said: Callable[[], str], visited: Visited
) -> None:
    """The days of a history lead back to the finding, the sites of a sitting to its
    plan, which can still be cleared.
    """
    visited.breaks = True
    why = made.session.facts.app.say("why.crashed")
    made.check("3", *("1", "1", "3", "b"))
    told = said()
    assert f"{why}\nb Back. x Leave now.\n" in told
    assert "secret" not in told
    assert paragraphs(told)[-1].startswith("1. One site\n")
    made.check("3", *("t", "1", "w", "1", "b", "n", "14"))
    assert f"{why}\nb Back. x Leave now.\n" in said()
    assert made.cleared != []


@pytest.mark.rule("SR-24", "SR-55")
def test_a_finding_offers_narrow_first_and_leaving_it_on_the_same_level(
    made: Made,
    said: Callable[[], str],
    visited: Visited,
) -> None:
    """One site, one sitting, a day, all, leave; each leads where it says."""
    made.check("3", *("1", "1", "5"))
    told = said()
    order = [
        told.index(each)
        for each in (
            *("1. One site\n", "2. One sitting, the last one first\n"),
            *("3. A day I pick\n", "4. All of this profile\n"),
            "5. Leave it as it is\n",
        )
    ]
    assert order == sorted(order)
    assert visited.spans == []
    made.check("3", *("1", "1", "3", "1"))
    told = said()
    assert "1. 22 Nov 2026, 3 pages" in told
    assert "14 pages of one day" in told
    store = ".config/chromium/Default/History"
    [day] = visited.spans
    assert day.start is not None
    assert day.end is not None
    assert day.start <= NOW <= day.end
    assert day.end - day.start == timedelta(days=1, microseconds=-1)
    assert day.store == store
    made.check("3", *("1", "1", "4"))
    assert "A history that is suddenly empty may be noticed." in said()
    assert visited.spans[-1] == Span(store=store)
    made.check("3", *("1", "1", "1"))
    assert ASKS in said()
    made.check("3", *("1", "1", "2"))
    assert "Sittings" in said()


@pytest.mark.rule("SR-31")
def test_after_clearing_the_overview_looks_again(
    made: Made, said: Callable[[], str]
) -> None:
    """And no longer says that nothing has been changed."""
    made.check("3", *("f", "example.org", "n", "14", "b"))
    told = said()
    assert told.count("Looking. Each line is told as it is found.") == 2
    assert told.count("Nothing has been changed.") == 1
    assert "This run has cleared something that you chose." in paragraphs(told)[-1]


# --- looking only


@pytest.mark.rule("SR-02")
def test_looking_only_offers_no_clearing(
    tmp_path: Path, said: Callable[[], str]
) -> None:
    """From the start, and from the overview on; sittings are told and not picked."""
    made = Made(tmp_path, look_only=True)
    made.check("3", *("f", "c", "1", "1", "b", "b", "t", "1", "b"))
    told = said()
    assert "f Forget a site." not in told
    assert "One site\n" not in told
    assert ASKS not in told
    assert "The plan" not in told
    made.forget(*READY, "14", "s")
    told = said()
    assert "Look only is on" in told
    assert TYPE not in told
    assert "s Save a copy first." not in told
    made = Made(tmp_path)
    made.check("3", *("l", "f"))
    told = said()
    assert told.count("f Forget a site.") == 1
    assert ASKS not in told
    assert made.cleared == []
