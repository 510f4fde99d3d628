"""Clearing in plain lines: what is typed, what is told, and what goes."""

from __future__ import annotations

import random
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hygiene import terminal
from hygiene.contract import Kept, Refusal, Tick
from hygiene.contract.phrases import Phrases
from hygiene.plain import walk
from hygiene.wiring import NotCarriedOut
from tests.engine.clearings import CHROMIUM, FIREFOX
from tests.plain.made_up import (
    ASKS,
    NOTHING,
    READY,
    SITE,
    TYPE,
    Made,
    Typing,
    everything,
    paragraphs,
    part,
)

CHANGED = "Something changed while you read."


# --- the whole way


@pytest.mark.rule("SR-22", "SR-26", "SR-27", "SR-31")
def test_the_number_clears_what_the_plan_says(
    made: Made, said: Callable[[], str]
) -> None:
    """Gate, site, plan, question, number, result; what is not ticked stays."""
    made.forget(*READY, "14")
    told = said()
    for line in (
        "14 pages of example.org (all of it), from 3 Nov 2026",
        "This cannot be undone.",
        "Someone may notice that this site is missing.",
        "You can stop here. Nothing has changed yet.",
        TYPE,
        "Clearing now.",
        "Done: 14 pages, 3 searches,",
        "Counted again: this program finds no more of it",
    ):
        assert told.count(line) == 1, line
    kept = {Kept.COOKIES, Kept.SIGN_INS, Kept.NEVER_SAVED}
    assert made.cleared == [
        each.store for each in everything() if each.kept not in kept
    ]


def test_numbers_may_be_typed_with_or_without_separators(tmp_path: Path) -> None:
    """As they are told, and as they are."""
    for typed in ("1,204", "1204", "1.204"):
        made = Made(tmp_path)
        made.planner.planned = [part(Kept.PAGES, {"pages": 1204})]
        made.forget(*READY, typed)
        assert len(made.cleared) == 1


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("before", [(), ("3",), SITE, READY], ids=len)
def test_mashing_keys_clears_nothing(made: Made, before: tuple[str, ...]) -> None:
    """Enter, Space and y, in any order, from any page."""
    mashed = random.Random(len(before)).choices(["", " ", "y", "Y", "yes", "\t"], k=300)
    made.forget(*before, *mashed)
    assert made.cleared == []


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("before", [(), ("3",), SITE, READY], ids=len)
def test_enter_alone_leads_nowhere(
    made: Made, said: Callable[[], str], before: tuple[str, ...]
) -> None:
    """Not on, not back, and no page is told again."""
    made.forget(*before)
    told = said()
    made.session._asked_once.proof = False
    made.forget(*before, "", " ", "")
    assert said() == told


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize(
    "typed",
    ["13", "15", "0", "1 4", "14 ", "-14", "+14", "١٤", "14,,", "9" * 400, "x14"],
)
def test_only_the_number_counts(made: Made, typed: str) -> None:
    """Blanks around it and separators are forgiven, nothing else is."""
    made.forget(*READY, typed)
    right = typed.strip().replace(",", "") == "14"
    assert bool(made.cleared) is right


@pytest.mark.rule("SR-26")
def test_a_wrong_number_says_so_and_the_right_one_still_counts(
    made: Made, said: Callable[[], str]
) -> None:
    """Nothing was changed, and the number is asked for again."""
    made.forget(*READY, "41", "yes")
    assert made.cleared == []
    told = said()
    assert told.count("Nothing was changed.") == 1
    assert told.count("That is not one of the choices here.") == 1
    assert told.count(TYPE) == 2
    made.forget(*SITE, "41", "14")
    assert made.cleared != []


@pytest.mark.rule("SR-28")
def test_a_number_before_the_question_is_answered_does_nothing(
    made: Made, said: Callable[[], str]
) -> None:
    """It is not asked for yet."""
    made.forget(*SITE, "14", "14")
    assert made.cleared == []
    assert TYPE not in said()


# --- the question, and leaving it


@pytest.mark.rule("SR-28")
@pytest.mark.parametrize(("answer", "first"), [("y", True), ("u", True), ("n", False)])
def test_yes_and_not_sure_put_a_copy_first_and_close_no_road(
    made: Made, said: Callable[[], str], answer: str, first: bool
) -> None:
    """The sentence stands before the number; the number clears all the same."""
    made.forget(*SITE, answer, "14")
    told = said()
    assert ("You could save a copy first." in told) is first
    assert made.cleared != []


@pytest.mark.rule("SR-28")
def test_the_question_is_asked_once_in_a_run(
    made: Made, said: Callable[[], str]
) -> None:
    """With the lawyer sentence; a second plan goes straight to the number, and with a
    sign-in ticked it is asked again.
    """
    made.forget(*SITE, "n", "l", *SITE, "l", *SITE, "t", "4", "b")
    told = said()
    assert told.count("Could any of this show what someone did to you") == 2
    assert told.count("lawyer or advocate") == 2
    assert told.index(TYPE) < told.rindex("Could any of this")


@pytest.mark.rule("SR-55", "SR-26")
@pytest.mark.parametrize("way", ["l", "b", "x"])
@pytest.mark.parametrize("at", [SITE, READY], ids=len)
def test_leaving_it_changes_nothing_and_takes_the_consent_back(
    made: Made, at: tuple[str, ...], way: str
) -> None:
    """From the question and from the number."""
    made.forget(*at, way)
    assert made.cleared == []
    assert made.session._consents._live == []


@pytest.mark.rule("SR-55")
def test_leave_it_goes_out_and_no_goes_one_page_back(
    made: Made, said: Callable[[], str]
) -> None:
    """Out is the gate that led here; back asks for the site again."""
    made.forget(*SITE, "l")
    assert paragraphs(said())[-1].startswith("Before you start")
    made.forget(*SITE, "b")
    assert ASKS in paragraphs(said())[-1]


@pytest.mark.rule("SR-28")
def test_copy_and_leave_stand_on_every_step_of_a_plan(
    made: Made, said: Callable[[], str]
) -> None:
    """And No is always the first of the line."""
    made.forget(*SITE, "u", "41")
    lines = [each for each in said().splitlines() if each.startswith("b No, go back.")]
    assert len(lines) == 3
    for line in lines:
        assert "s Save a copy first." in line
        assert "l Leave it as it is." in line


# --- the site


@pytest.mark.rule("SR-63")
def test_only_a_name_leads_on(made: Made, said: Callable[[], str]) -> None:
    """Enter does nothing, words are no site, and nothing typed is repeated."""
    made.forget("3", "", "  ", "two words", "..", "b")
    told = said()
    assert told.count("That is not the name of a site.") == 2
    assert "two words" not in told
    assert "The plan" not in told


def test_a_host_below_a_domain_asks_which_is_meant(
    made: Made, said: Callable[[], str]
) -> None:
    """Narrow first; the answer is the plan's, and back asks for the name again."""
    made.forget("3", "docs.example.org", "1")
    told = said()
    assert told.index("1. docs.example.org (only") < told.index("2. example.org (all")
    assert "14 pages of docs.example.org (only this name)" in told
    made.forget("3", "docs.example.org", "2")
    assert "14 pages of example.org (all of it)" in said()
    made.forget("3", "docs.example.org", "b", "b")
    told = said()
    assert told.count(ASKS) == 2
    assert "The plan" not in told


def test_a_domain_is_meant_whole_and_can_be_taken_alone(
    made: Made, said: Callable[[], str]
) -> None:
    """One key on the plan, and the same key back; what is chosen stays chosen."""
    made.forget(*READY, "t", "3", "b", "o", "o")
    told = said()
    assert "o Take example.org (only this name) instead." in told
    assert "14 pages of example.org (only this name)" in told
    last = paragraphs(told)[-1]
    assert "14 pages of example.org (all of it)" in last
    assert "signed out" in last
    assert CHANGED not in told


# --- ticks


@pytest.mark.rule("SR-23", "SR-24")
def test_parts_are_ticked_by_number_with_their_notice(
    made: Made, said: Callable[[], str]
) -> None:
    """Cookies go when they are ticked, the cache stays when it is left out."""
    made.forget(*READY, "t", "3", "2", "b", "14")
    told = said()
    assert "3. Stays: cookies (5), Chromium, Default. Everyone is signed out" in told
    assert "3. Goes: cookies (5)" in told
    assert (
        "2. Stays: cache (30), Chromium, Default, whole, other sites in it too" in told
    )
    assert "chromium/Default/cookies" in made.cleared
    assert "chromium/Default/cache" not in made.cleared


def test_a_whole_profile_can_be_left_out(made: Made, said: Callable[[], str]) -> None:
    """The number to type changes with it."""
    made.forget(*READY, "t", "7", "b", "14", "10")
    told = said()
    assert "7. Goes: all of Firefox, abc.\n" in told
    assert "7. Stays: all of Firefox, abc.\n" in told
    assert "10 pages of example.org (all of it)" in told
    assert "firefox/abc/pages" not in made.cleared
    assert "chromium/Default/pages" in made.cleared


def test_nothing_is_asked_for_where_nothing_would_go(
    made: Made, said: Callable[[], str]
) -> None:
    """As things are ticked, or at all."""
    made.planner.planned = [part(Kept.COOKIES, {"records": 2}, tick=Tick.OFF)]
    made.forget(*SITE, "0", "2", "t", "1", "b", "n", "2")
    told = said()
    assert "Nothing would go as it is chosen now." in told
    assert "2 other traces of example.org" in told
    assert len(made.cleared) == 1
    made.planner.planned = []
    made.forget(*SITE, "0")
    told = said()
    assert "Nothing of example.org (all of it) was found." in told
    assert "Something could still be there." in told
    assert "s Save a copy first." not in told


@pytest.mark.rule("SR-22", "SR-25", "SR-30")
def test_the_whole_lists_stand_behind_a_key(
    made: Made, said: Callable[[], str]
) -> None:
    """Each store with its path, which the plan itself does not show."""
    made.forget(*READY, "m", "b", "14")
    told = said()
    before, after = told.split("What would go\n")
    assert "chromium/Default/icons" not in before
    assert "Chromium, Default: site icons (4). chromium/Default/icons" in after
    assert "The search company and your accounts keep a record" in after
    assert made.cleared != []


# --- an open browser, and data that changes


@pytest.mark.rule("SR-29")
def test_the_page_waits_for_a_browser_and_goes_on_by_itself(
    made: Made, said: Callable[[], str]
) -> None:
    """What was chosen stays; the number counts only once it is closed."""
    made.open_places.append(FIREFOX)
    made.forget(
        *READY,
        *("t", "3", "b", "14", NOTHING, NOTHING),
        made.open_places.clear,
        *(NOTHING, "14"),
    )
    told = said()
    close = "Close Firefox; this page goes on by itself."
    first = next(each for each in paragraphs(told) if each.startswith("The plan"))
    assert first.splitlines()[1] == close
    before, after = told.rsplit("The plan\n", 1)
    assert close in before
    assert TYPE not in before
    assert close not in after
    assert TYPE in after
    assert "signed out" in after
    assert "chromium/Default/cookies" in made.cleared


@pytest.mark.rule("SR-29", "SR-26")
def test_a_browser_that_was_started_meanwhile_stops_it(
    made: Made, said: Callable[[], str]
) -> None:
    """Seen while nothing is typed, or else by the engine after the number."""
    made.forget(*READY, lambda: made.open_places.append(CHROMIUM), NOTHING, "14")
    assert made.cleared == []
    assert said().count("Close Chromium") == 2
    made.open_places.clear()
    made.forget(*SITE, lambda: made.open_places.append(CHROMIUM), "14", "l")
    assert made.cleared == []
    assert made.session._consents._live == []
    assert said().count("Close Chromium") == 1


@pytest.mark.rule("SR-26")
def test_data_that_changed_is_shown_again(made: Made, said: Callable[[], str]) -> None:
    """With what changed; the number typed for the old plan clears nothing."""

    def visit() -> None:
        made.planner.planned[-1] = part(Kept.PAGES, {"pages": 5}, FIREFOX, nth=2)
        made.writer.marks = dict.fromkeys(made.stores, 1)

    made.forget(*READY, visit, "14", "14")
    told = said()
    assert made.cleared == []
    assert CHANGED in told
    assert "Before: 14 pages, 25 visits. Now: 15 pages, 20 visits." in told
    assert "To clear, type 15." in told
    made.forget(*SITE, "15")
    assert made.cleared != []


# --- the result


@pytest.mark.rule("SR-31", "SR-29")
def test_what_could_not_be_done_is_told_with_its_reason(
    made: Made, said: Callable[[], str]
) -> None:
    """Counted again; the run ends with the reason, unless it is done after all."""
    made.writer.fails_at = "chromium/Default/pages"
    walked = made.forget(*READY, "14")
    told = said()
    assert "Not done: 10 pages, 20 visits, Chromium, Default. The disk" in told
    assert "Counted again, still there: 14 pages" in told
    assert [*walked.failed.values()] == [f"refusal.{Refusal.FULL}"]
    made.writer.fails_at = ""
    assert made.forget(*SITE, "14").failed == {}
    made.planner.planned = [*everything()]
    made.writer.fails_at = "chromium/Default/pages"

    def mend() -> None:
        made.writer.fails_at = ""

    assert made.forget(*SITE, "14", mend, "a", "14").failed == {}


@pytest.mark.rule("SR-31")
def test_look_again_plans_the_same_anew(made: Made, said: Callable[[], str]) -> None:
    """What is there now, from the stores."""
    made.forget(*READY, "14", "a")
    assert "Nothing would go as it is chosen now." in paragraphs(said())[-1]


def test_the_result_leads_to_another_site_and_out(
    made: Made, said: Callable[[], str]
) -> None:
    """`f` asks for the next name; `b` goes to where it began."""
    made.forget(*READY, "14", "f")
    assert ASKS in paragraphs(said())[-1]
    made.planner.planned = [*everything()]
    made.forget(*SITE, "14", "b")
    assert paragraphs(said())[-1].startswith("Before you start")


@pytest.mark.rule("SR-25")
def test_a_profile_that_syncs_wants_a_tick_of_its_own(
    made: Made, said: Callable[[], str]
) -> None:
    """No number counts before it."""
    syncing = part(Kept.PAGES, {"pages": 2}, replace(CHROMIUM, syncs=True))
    made.planner.planned = [syncing]
    made.forget(*READY, "2")
    assert made.cleared == []
    told = said()
    assert told.index("First choice: the browser's own delete.") < told.index(
        "Second choice"
    )
    assert "To clear" not in told
    made.forget(*SITE, "c", "2")
    assert len(made.cleared) == 1
    assert "It may come back" in said()


def test_a_run_ends_with_the_reason_for_what_could_not_be_done(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window is cleared first; a run in which all was done just ends."""
    made.writer.fails_at = "chromium/Default/pages"
    with pytest.raises(NotCarriedOut) as error:
        _run(made, monkeypatch, *READY, "14", "b", "b")
    assert error.value.key == "refusal.full"
    made.writer.fails_at = ""
    assert _run(made, monkeypatch, *SITE, "14", "b", "b") == 0
    phrases = Phrases("hygiene")
    assert all(phrases.has(f"refusal.{why}") for why in Refusal)


def _run(made: Made, monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    """One run of the program, without a terminal of its own."""
    ended: list[dict[str, bool]] = []
    monkeypatch.setattr(terminal, "listen", lambda *_: None)
    monkeypatch.setattr(terminal, "end_quietly", lambda **how: ended.append(how))
    monkeypatch.setattr(walk, "Lines", lambda: Typing([*typed]))
    options = Namespace(leave_key=17, keep_scrollback=False, idle=None)
    try:
        return walk.run_plain(made.session, options, interactive=True, forget=True)
    finally:
        assert ended == [{"clear": True, "keep_scrollback": False}]
