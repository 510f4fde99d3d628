"""One script drives screens and plain lines through a plan, its consent and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hygiene.contract import (
    Consent,
    Kept,
    NotReached,
    Place,
    Planned,
    Refusal,
    Stays,
    Tick,
    Why,
)
from hygiene.engine.applying import ApplyEvent, Result
from hygiene.engine.planning import Plan
from hygiene.report.cleared import Cleared
from hygiene.report.plans import Part, Plans
from hygiene.report.ticks import Ticks
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.clearing import ClearingPage
from hygiene.tui.screens.gate import Gate
from hygiene.tui.screens.name_site import NameSite
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.plan_sheet import PlanSheet
from hygiene.tui.widgets.tick_list import TickList
from tests.engine.clearings import CHROMIUM, FIREFOX, Planner
from tests.plain.made_up import Made, everything, part
from tests.tui import seeing, visits
from tests.tui.seeing import until

SITE = "example.org"


BORDER = "\u258c"
"""Stands before each line of what is put forward."""


def words(app: HygieneApp) -> str:
    """All words of the screen, one blank between them."""
    return " ".join(seeing.words(app).replace(BORDER, " ").split())


@dataclass(frozen=True)
class Script:
    """What is there, what is ticked (by its key), and what fails."""

    planned: tuple[Planned, ...]
    ticked: tuple[str, ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()
    fails_at: str = ""
    syncs: bool = False


def _syncing(place: Place) -> Place:
    return replace(place, syncs=True)


SCRIPTS = {
    "everything": Script((*everything(),)),
    "ticked": Script(
        (*everything(),),
        ticked=("chromium/Default:cookies", "chromium/Default:cache"),
    ),
    "sign-in": Script((*everything(),), ticked=("chromium/Default:sign-ins",)),
    "other traces": Script((part(Kept.ICONS, {"records": 5}),)),
    "not all": Script((*everything(),), fails_at="chromium/Default/pages"),
    "one profile refused": Script(
        (*everything(),), refused=(("firefox/abc/pages", Refusal.UNKNOWN_FORMAT),)
    ),
    "stays and missed": Script(
        (
            *everything(),
            Stays(kept=Kept.BOOKMARKS, place=CHROMIUM, store="Bookmarks", count=2),
            NotReached(store="x/y", why=Why.DAMAGED, program="Falkon"),
        )
    ),
    "syncs": Script(
        (
            part(Kept.PAGES, {"pages": 3}, _syncing(CHROMIUM)),
            part(Kept.PAGES, {"pages": 2}, replace(FIREFOX, tried=False)),
        ),
        syncs=True,
    ),
}


@dataclass
class Ran:
    """What one front end told before and after, the plan it asked for and the result."""

    plan: str = ""
    result: str = ""
    agreed: list[Plan] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


def _home(script: Script, root: Path) -> tuple[Made, Ran]:
    made = Made(root)
    made.plan_with(Planner([*script.planned]))
    made.writer.refused = dict(script.refused)
    made.writer.fails_at = script.fails_at
    ran, carry_out = Ran(), made.session.carry_out

    def noted(plan: Plan, consent: Consent) -> Iterator[ApplyEvent]:
        ran.agreed.append(plan)
        for event in carry_out(plan, consent):
            ran.results += [event] if isinstance(event, Result) else []
            yield event

    vars(made.session)["carry_out"] = noted
    return made, ran


def _ticks(made: Made, script: Script) -> list[int]:
    """At which places among the choices of the plan they stand."""
    plan = made.session.plan(made.subject(SITE))
    groups = Ticks(made.session.facts).groups(plan)
    groups.sort(key=lambda each: each.profiles)
    rows = [row.keys for group in groups for row in group.rows]
    return [
        next(place for place, keys in enumerate(rows) if each in keys)
        for each in script.ticked
    ]


def _in_lines(script: Script, root: Path, said: Callable[[], str]) -> Ran:
    made, ran = _home(script, root)
    ticked = [str(each + 1) for each in _ticks(made, script)]
    if ticked:
        ticked = ["t", *ticked, "b"]
    typed = ["3", SITE, *ticked, "n", *(["c"] if script.syncs else [])]
    made.forget(*typed, str(_number(made, script)))
    told = said()
    before, _, after = told.partition("Clearing now.")
    ran.plan, ran.result = (" ".join(each.split()) for each in (before, after))
    return ran


def _number(made: Made, script: Script) -> int:
    plan = made.session.plan(made.subject(SITE))
    for key in script.ticked:
        plan = plan.with_tick(key)
    return plan.count


async def _on_screens(script: Script, root: Path) -> Ran:
    made, ran = _home(script, root)
    number = _number(made, script)
    seen = visits.visit(made.session)
    app = HygieneApp(seen, [Gate(seen, forget=True)])
    async with app.run_test(size=(110, 120)) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, NameSite))
        await pilot.press(*SITE, "enter")
        if isinstance(app.screen, NameSite):
            await pilot.press("enter")
        await until(pilot, lambda: "You can stop here." in words(app))
        assert isinstance(app.screen, PlanPage)
        await _tick(pilot, script.ticked)
        asked = words(app)
        await pilot.press("n")
        if script.syncs:
            app.screen.query_one("#agree").focus()
            await pilot.press("enter")
        await until(pilot, lambda: f"To clear, type {number}." in words(app))
        ran.plan = f"{asked} {words(app)}"
        await pilot.press(*str(number), "enter")
        await until(pilot, lambda: isinstance(app.screen, ClearingPage))
        await until(pilot, lambda: "What became of it" in words(app))
        ran.result = words(app)
    return ran


async def _tick(pilot: Pilot[bool], ticked: Sequence[str]) -> None:
    """Tick these parts."""
    page = pilot.app.screen
    assert isinstance(page, PlanPage)
    rows = page.query_one(TickList)
    for part_key in ticked:
        keys = list(page.query_one(PlanSheet).rows)
        [at] = [
            n
            for n, key in enumerate(keys)
            if part_key in page.query_one(PlanSheet).rows[key].keys
        ]
        rows.focus()
        await pilot.press("home", *["down"] * at, "space")
        await pilot.pause()
    page.query_one("#no").focus()


@pytest.mark.rule("SR-48", "SR-22", "SR-27", "SR-31")
@pytest.mark.parametrize("name", SCRIPTS)
async def test_both_tell_and_do_the_same(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every line of the plan and of the result on both; equal plans, equal results."""
    script = SCRIPTS[name]
    lines = _in_lines(script, tmp_path, lambda: capsys.readouterr().out)
    screens = await _on_screens(script, tmp_path)
    [agreed], [result] = lines.agreed, lines.results
    assert [each.digest for each in screens.agreed] == [agreed.digest]
    assert screens.results == [result]
    facts = Made(tmp_path).session.facts
    plans = Plans(facts)
    told = [*_said(plans.page(agreed)), *plans.proof(), *plans.number(agreed)]
    assert [each for each in told if each not in lines.plan] == []
    # On the screens the ticks stand in place of the lines that sum them up.
    told = [*_said(plans.page(agreed, ticks=True)), *plans.proof()]
    told += [row.text for each in Ticks(facts).groups(agreed) for row in each.rows]
    assert [each for each in told if each not in screens.plan] == []
    told = _said(Cleared(facts).result(result))
    assert [each for each in told if each not in lines.result] == []
    assert [each for each in told if each not in screens.result] == []


def _said(parts: list[Part]) -> list[str]:
    return [line for each in parts for line in each.lines]


def test_the_scripts_differ_in_what_they_show() -> None:
    """Every tick there is, and a failure, stand in one of them."""
    kinds = {each.tick for each in everything()}
    assert kinds == set(Tick)
    assert any(each.fails_at for each in SCRIPTS.values())
