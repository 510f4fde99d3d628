"""One script of answers drives screens and plain lines through every finding."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hygiene import guides
from hygiene.contract import Finding, Platform
from hygiene.engine.events import CheckEnded
from hygiene.engine.results import CheckResult
from hygiene.practice.home import CANARIES, build
from hygiene.tui.screens.check import CheckPage
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.overview import Overview
from hygiene.wiring import Options, Session, open_session
from tests.plain.conversation import Conversation
from tests.tui.seeing import until, words
from tests.tui.visits import app

Pages = dict[tuple[int, int], str]
"""What was said about the n-th finding of the n-th check, words one blank apart."""


@pytest.fixture(params=list(Platform))
def home(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Platform]:
    """A home with every kind of trace."""
    root = tmp_path / "home"
    root.mkdir()
    build(root, request.param, datetime.now(UTC))
    return root, request.param


def _findings(session: Session, result: CheckResult) -> list[Finding]:
    places = session.facts.places(result)
    return [each for _, listed in places for each in listed]


def _results(session: Session) -> list[CheckResult]:
    ended = [each.result for each in session.run() if isinstance(each, CheckEnded)]
    order = [each.id for each in session.checks]
    return sorted(ended, key=lambda each: order.index(each.check))


async def _on_screens(session: Session, script: list[int]) -> Pages:
    pages: Pages = {}
    async with app(session).run_test(size=(90, 120)) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, Overview))
        await until(
            pilot, lambda: f"{len(script)} of {len(script)}" in words(pilot.app)
        )
        for check, number in enumerate(script):
            await pilot.press("home", *["down"] * check, "enter")
            if isinstance(pilot.app.screen, CheckPage):
                for finding in range(number):
                    await pilot.press("home", *["down"] * finding, "enter")
                    pages[check, finding] = await _page(pilot)
            else:
                pages[check, 0] = await _page(pilot)
            while not isinstance(pilot.app.screen, Overview):
                await pilot.press("escape")
    return pages


async def _page(pilot: Pilot[bool]) -> str:
    await until(pilot, lambda: isinstance(pilot.app.screen, FindingPage))
    said = words(pilot.app)
    await pilot.press("escape")
    return said


def _in_lines(home: tuple[Path, Platform], script: list[int]) -> Pages:
    pages: Pages = {}
    place = ("--home", str(home[0]), "--platform", str(home[1]))
    with Conversation(*place) as talk:
        talk.until("x leaves at once, on every page.")
        talk.answer("3", "a Look again. b Back. x Leave now.")
        for check, number in enumerate(script):
            talk.answer(str(check + 1), "Type a number to read about it.")
            for finding in range(number):
                said = talk.answer(str(finding + 1), "b Back. x Leave now.")
                pages[check, finding] = " ".join(said.split())
                talk.answer("b", "Type a number to read about it.")
            talk.answer("b", "a Look again. b Back. x Leave now.")
    return pages


@pytest.mark.rule("SR-48", "SR-10", "SR-15")
async def test_both_tell_the_same_facts(home: tuple[Path, Platform]) -> None:
    """Every count, date, setting and answer of every finding, on both; no secret."""
    with ExitStack() as stack:
        options = Options(home=home[0], platform=home[1])
        session = stack.enter_context(open_session(options))
        results = _results(session)
        script = [len(_findings(session, each)) for each in results]
        assert min(script) >= 1
        screens = await _on_screens(session, script)
        lines = _in_lines(home, script)
        assert screens.keys() == lines.keys()
        for (check, number), on_screen in screens.items():
            finding = _findings(session, results[check])[number]
            for fact in _facts(session, results[check].check, finding):
                assert fact in on_screen, (results[check].check, fact)
                assert fact in lines[check, number], (results[check].check, fact)
        told = " ".join([*screens.values(), *lines.values()])
        assert not [canary for canary in CANARIES if canary in told]


def _facts(session: Session, check: str, finding: Finding) -> list[str]:
    facts = session.facts
    guide = guides.find(finding.guide) if finding.guide else None
    title = guide.title if guide is not None else ""
    said = [
        facts.topic(check, finding),
        facts.heading(finding),
        facts.setting(check, finding),
        facts.span(finding),
        *facts.counts(finding),
    ]
    for answer in facts.answers(check, finding, title):
        said += [answer.question, answer.text]
    return [" ".join(each.split()) for each in said if each]
