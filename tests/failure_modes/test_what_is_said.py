"""Failure modes of what a person is told, or is not."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest

from hygiene.contract import Kept, Platform, Site
from hygiene.engine.decision import Proof, Wanted
from hygiene.plain import walk
from hygiene.plain.console import Ended
from hygiene.practice.chromium import ChromiumProfile
from hygiene.report.cleared import Cleared
from hygiene.report.plans import Plans
from hygiene.wiring import Options, open_session
from tests.failure_modes import homes
from tests.failure_modes.homes import CHROMIUM, FIREFOX, NOON, OTHER, SITE, WHOLE
from tests.forgetting import everything, forget, planned
from tests.host.systems import LINUX
from tests.hostile.texts import bad_characters
from tests.plain.made_up import Typing
from tests.words.language import banned

LANGUAGES = ("en", "es")
PROMISES = re.compile(
    r"unrecover|irrecuperable|shred|wipe|erase|secure|forever|para siempre|military",
    re.IGNORECASE,
)


def _typed(root: Path, *lines: str) -> None:
    """Type these lines from the first page of `hygiene forget` on."""
    with open_session(Options(home=root, platform=Platform.LINUX)) as session:
        walked = walk._Walk(session, Typing([*lines]))
        with contextlib.suppress(Ended):
            walked.gate(forget=True)


@pytest.mark.rule("SR-25")
@pytest.mark.parametrize("language", LANGUAGES)
def test_16_what_syncs_is_said_and_asked_for(tmp_path: Path, language: str) -> None:
    """In a profile with an account the page may come back: the plan says so, and no
    number counts before that was agreed to.
    """
    chrome = ChromiumProfile(tmp_path / CHROMIUM).visit(f"https://{SITE}/", NOON)
    chrome.setting("account_info", [{"email": "me@mail.example"}]).write()
    homes.firefox(tmp_path)
    options = Options(home=tmp_path, platform=Platform.LINUX, language=language)
    with open_session(options) as session:
        plan = session.plan(WHOLE)
        assert [place.syncs for place in plan.places] == [True, False]
        plans = Plans(session.facts)
        warning = plans.sync(plan)
        assert warning
        told = [line for part in plans.page(plan) for line in part.lines]
        assert plans.not_reached(plan)[0] in told
        decision = session.decide(plan)
        decision.answer_proof(Proof.NO)
        wanted = [decision.wanted]
        assert decision.type_number(str(plan.count)) is None
        decision.leave_out(plan.places[0].folder)
        assert plans.sync(decision.plan) == ()
        assert [*wanted, decision.wanted] == [Wanted.SYNC, Wanted.NUMBER]


@pytest.mark.rule("SR-06")
@pytest.mark.parametrize("language", LANGUAGES)
def test_19_nothing_is_promised_of_the_disk(tmp_path: Path, language: str) -> None:
    """No plan and no result says that what is gone can never be had again."""
    root = homes.home(tmp_path / "home")
    done = forget(root, WHOLE, everything)
    options = Options(home=root, platform=Platform.LINUX, language=language)
    with open_session(options) as session:
        facts = session.facts
        parts = [*Plans(facts).page(done.plan), *Cleared(facts).result(done.result)]
    lines = [line for part in parts for line in part.lines]
    assert len(lines) > 10
    assert [line for line in lines if PROMISES.search(line)] == []
    assert language != "en" or [line for line in lines if banned(line)] == []


@pytest.mark.rule("SR-31")
def test_29_the_end_tells_all_that_was_changed(tmp_path: Path) -> None:
    """Nobody has to guess what went: each kind and each program is named once more,
    counted, and no later look finds a note of it.
    """
    root = homes.home(tmp_path / "home")
    done = forget(root, WHOLE, everything)
    with open_session(Options(home=root, platform=Platform.LINUX)) as session:
        lines = Cleared(session.facts).done(done.result)
        said = " ".join(lines)
    assert done.result.done == done.plan.chosen
    assert str(done.plan.pages) in said
    kinds = {each.kept for each in done.plan.chosen}
    assert {Kept.PAGES, Kept.SEARCHES, Kept.COOKIES, Kept.SIGN_INS} <= kinds
    assert planned(root, WHOLE).offered == ()


@pytest.mark.rule("SR-48", "SR-26")
def test_30_all_of_it_can_be_read_aloud(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plan, number and result come as lines of plain text: no colour, no drawing, no
    place on a screen; and the same gate stands before them.
    """
    root = homes.home(tmp_path / "home")
    plan = planned(root, WHOLE)
    _typed(root, "3", SITE, "n", str(plan.count + 1), "", "y")
    assert planned(root, WHOLE) == plan
    capsys.readouterr()
    _typed(root, "3", SITE, "n", str(plan.count))
    said = capsys.readouterr().out
    assert not bad_characters(said, lines=True)
    assert "\x1b" not in said
    whole = " ".join(said.split())
    with open_session(Options(home=root, platform=Platform.LINUX)) as session:
        parts = Plans(session.facts).page(plan)
    lines = [line for part in parts for line in part.lines]
    assert [line for line in lines if line not in whole] == []
    assert planned(root, WHOLE).count == 0


HOSTILE = (
    "\x1b[2J",
    "\u202egnp.exe",
    "'; DROP TABLE urls; --",
    "%s{0}\x00\r\n",
    "\ud800",
)


@LINUX
@pytest.mark.rule("SR-15")
def test_31_hostile_names_are_only_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles and addresses with signs that steer a terminal or end a question, and a
    profile whose folder is called like a part of an address.
    """
    folder = f"{Path(CHROMIUM).parent}/Profile ?mode=rw&a=%20#'\u202e"
    chrome = ChromiumProfile(tmp_path / folder)
    texts = [each.encode("utf-8", "replace").decode() for each in HOSTILE]
    for text in texts:
        chrome.visit(f"https://{SITE}/{text}", NOON, title=text)
        chrome.visit(f"https://{OTHER}/{text}", NOON, title=text)
        chrome.login(f"https://{SITE}/", text, NOON)
    chrome.write()
    homes.firefox(tmp_path, FIREFOX)
    plan = planned(tmp_path, WHOLE)
    assert folder in {place.folder for place in plan.places}
    _typed(tmp_path, "3", SITE, "n", str(plan.count))
    assert not bad_characters(capsys.readouterr().out, lines=True)
    urls = homes.rows(tmp_path / folder / "History", "SELECT url FROM urls ORDER BY id")
    assert urls == [(f"https://{OTHER}/{text}",) for text in texts]
    assert planned(tmp_path, Site(SITE)).count == 0
