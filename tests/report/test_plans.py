"""The sentences of a plan, and of what became of it, that both front ends show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from hygiene.contract import (
    Clearing,
    Kept,
    NotReached,
    Picked,
    Refusal,
    Site,
    Span,
    Stays,
    Tick,
    Untrusted,
    Why,
)
from hygiene.engine.applying import NotDone, Result, UnitDone
from hygiene.engine.planning import Plan, Refused, Subject
from hygiene.report.cleared import Cleared, failure
from hygiene.report.facts import Facts
from hygiene.report.plan_details import BASE_SET, PlanDetails
from hygiene.report.plan_subject import subject_kind
from hygiene.report.plans import PROOF, Part, Plans
from hygiene.report.ticks import Tickable, Ticks
from tests.engine.clearings import CHROMIUM, FIREFOX
from tests.plain.made_up import everything, part
from tests.words.language import words

FACTS = Facts(())
TICKS = Ticks(FACTS)
PLANS, DETAILS, CLEARED = Plans(FACTS), PlanDetails(FACTS), Cleared(FACTS)
SITE = Site("example.org", below=True)
NOON = datetime(2026, 11, 22, 12, 0).astimezone()
STORE = "chromium/Default/History"
SPANS: dict[str, Subject] = {
    "sitting": Span(start=NOON, end=NOON),
    "day": Span(start=NOON, end=NOON, store=STORE),
    "all": Span(store=STORE),
    "picked": Picked(check="saved-passwords", store=STORE),
}
CLEARABLE = [
    each for each in Kept if each not in {Kept.BOOKMARKS, Kept.SYNC, Kept.BACKUPS}
]


def plan(*offered: Clearing, subject: Subject = SITE, **fields: Any) -> Plan:
    """A plan for these."""
    return Plan(subject, offered or (*everything(),), **fields)


def rows(shown: Plan) -> list[Tickable]:
    """Everything that can be ticked in a plan."""
    return [row for group in TICKS.groups(shown) for row in group.rows]


def told(parts: list[Part]) -> str:
    """All lines of a page."""
    return "\n".join(line for each in parts for line in each.lines)


def names(parts: list[Part]) -> list[str]:
    """What a page is about, in order."""
    return [each.name for each in parts]


# --- the first line


def test_the_first_line_counts_and_says_of_what_when_and_where() -> None:
    """The number to type is the one on this line."""
    one = plan()
    [line] = PLANS.first(one)
    assert line == (
        "14 pages of example.org (all of it), from 3 Nov 2026 to 22 Nov 2026, in"
        " Chromium and Firefox."
    )
    assert one.count == 14
    assert PLANS.number(one) == ("To clear, type 14.",)


def test_where_no_page_goes_the_other_traces_are_counted() -> None:
    """All of them, and what they are; no moment is made up."""
    one = plan(part(Kept.ICONS, {"records": 3}), part(Kept.SEARCHES, {"searches": 2}))
    assert PLANS.first(one) == (
        "5 other traces of example.org (all of it), in Chromium.",
    )
    assert PLANS.goes(one) == ("Among them: 2 searches.",)
    assert PLANS.number(one) == ("To clear, type 5.",)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (NOON, "on 22 Nov 2026, 12:00"),
        (NOON + timedelta(minutes=35), "on 22 Nov 2026, 12:00 to 12:35"),
        (NOON + timedelta(days=1), "from 22 Nov 2026 to 23 Nov 2026"),
    ],
)
def test_times_are_as_exact_as_they_need_to_be(end: datetime, said: str) -> None:
    """A moment, a part of a day, days."""
    one = plan(part(Kept.PAGES, {"pages": 2}, first=NOON, last=end))
    assert f", {said}, in Chromium." in PLANS.first(one)[0]


@pytest.mark.rule("SR-23")
def test_every_unit_of_consent_has_its_own_first_line() -> None:
    """One site, one host, one sitting, one day, one history, what was picked."""
    subjects = {"site": SITE, "host": Site("a.example.org"), **SPANS}
    lines = {
        name: PLANS.first(plan(subject=subject))[0]
        for name, subject in subjects.items()
    }
    assert len(set(lines.values())) == 6
    assert "a.example.org (only this name)" in lines["host"]
    assert "one sitting" in lines["sitting"]
    assert "whole history" in lines["all"]
    assert [subject_kind(plan(subject=each)) for each in SPANS.values()] == [*SPANS]


@pytest.mark.rule("SR-07", "SR-29")
def test_no_plan_says_why_there_is_nothing_to_type() -> None:
    """Nothing there, nothing ticked, and all of it refused are three answers."""
    cookies = part(Kept.COOKIES, {"records": 2}, tick=Tick.OFF)
    nothing = Plan(SITE)
    unticked = Plan(SITE, (cookies,))
    refused = Plan(SITE, refused=(Refused(CHROMIUM, Refusal.DAMAGED),))
    lines = [PLANS.first(each) for each in (nothing, unticked, refused)]
    assert len(set(lines)) == 3
    left_out = Span(start=NOON, end=NOON, left_out=frozenset({"a.example"}))
    assert PLANS.first(Plan(left_out)) == lines[1]
    assert "cookies (2)" in told(PLANS.page(unticked))
    assert lines[0][-1] == "Something could still be there."
    assert "not-reached" in names(PLANS.page(nothing))
    assert "It is damaged" in told(PLANS.page(refused))


# --- what goes and what stays


@pytest.mark.rule("SR-22")
@pytest.mark.parametrize("kept", Kept)
def test_every_kind_has_its_words(kept: Kept) -> None:
    """On the page, in the lists, among the ticks and where it stays."""
    one = plan(
        part(kept, {"records": 1_204}, tick=Tick.ON, more=True),
        part(kept, {"records": 7}, FIREFOX, tick=Tick.OFF),
        stays=(Stays(kept=kept, place=CHROMIUM, store="s", count=3),),
    )
    whole = told([*PLANS.page(one), *DETAILS.lists(one)])
    assert f"kept.{kept}" not in whole
    assert "(1,204)" in PLANS.goes(one)[-1]
    assert "(3)" in PLANS.stays(one)[0]
    assert "(7)" in PLANS.stays(one)[1]


def test_what_goes_is_counted_by_what_people_know() -> None:
    """Named kinds by name, the rest as other traces; a count of another kind with the
    same name is no form word.
    """
    tabs = part(Kept.OPEN_TABS, {"tabs": 1, "entries": 4})
    assert PLANS.goes(plan(part(Kept.PAGES, {"pages": 1}), tabs)) == (
        "With it: 5 other traces.",
    )
    assert PLANS.goes(plan())[0] == (
        "With it: 3 searches, 2 address bar suggestions, 1 word typed in forms,"
        " 1 download and 55 other traces."
    )


def test_pages_that_bring_more_rows_say_so() -> None:
    """Addresses without a visit are no pages, and are counted."""
    one = plan(part(Kept.PAGES, {"pages": 2, "visits": 3, "records": 4}))
    assert PLANS.goes(one) == ("With it: 4 other traces.",)
    assert "2 pages, 3 visits, 4 other traces" in told(DETAILS.lists(one))


@pytest.mark.rule("SR-30")
def test_what_can_only_go_whole_is_named_and_can_be_left_out() -> None:
    """In a line of its own, until it is left out."""
    one = plan()
    assert "cache (30)" in PLANS.goes(one)[1]
    [cache] = [each for each in rows(one) if "cache" in each.text]
    assert cache.on
    without = one.with_tick(*cache.keys)
    assert "cache" not in told([Part("goes", PLANS.goes(without))])
    assert "cache (30)" in PLANS.stays(without)[-1]


@pytest.mark.rule("SR-23", "SR-24")
def test_sign_ins_cookies_and_never_save_wait_for_their_own_tick() -> None:
    """Off at first, each with a notice of its own, which the page then shows."""
    one = plan()
    off = {key: each for each in rows(one) for key in each.keys if not each.on}
    kinds = (Kept.COOKIES, Kept.SIGN_INS, Kept.NEVER_SAVED)
    assert [*off] == [f"chromium/Default:{each}" for each in kinds]
    assert len({each.notice for each in off.values()}) == 3
    assert "ana@mail.example" in off["chromium/Default:sign-ins"].text
    for key, choice in off.items():
        assert choice.notice not in told(PLANS.page(one))
        assert choice.notice in PLANS.noticed(one.with_tick(key))
    assert "signed out" in off["chromium/Default:cookies"].notice


def test_whole_profiles_can_be_left_out_where_there_are_several() -> None:
    """One alone is the plan itself."""

    def profiles(shown: Plan) -> list[tuple[tuple[str, ...], bool]]:
        groups = [each for each in TICKS.groups(shown) if each.profiles]
        return [(row.keys, row.on) for group in groups for row in group.rows]

    one = plan()
    both = [("chromium/Default",), ("firefox/abc",)]
    assert profiles(one) == [(both[0], True), (both[1], True)]
    without = one.with_place("firefox/abc")
    assert profiles(without) == [(both[0], True), (both[1], False)]
    assert profiles(plan(part(Kept.PAGES, {"pages": 1}))) == []


@pytest.mark.rule("SR-23")
def test_copies_of_one_sign_in_are_ticked_together() -> None:
    """It stands in a list, and in the backup of the list: one row, both keys."""
    name = Untrusted("mail.example")
    copies = [
        part(Kept.SIGN_INS, {"logins": 1}, label=name, tick=Tick.OFF, nth=nth)
        for nth in ("", "-backup")
    ]
    [row] = rows(plan(part(Kept.PAGES, {"pages": 1}), *copies))
    assert row.keys == tuple(each.key for each in copies)


# --- the sentences that must stand there


@pytest.mark.rule("SR-27", "SR-52")
@pytest.mark.parametrize("subject", [SITE, *SPANS.values()])
@pytest.mark.parametrize("kept", CLEARABLE)
def test_the_four_sentences_stand_on_every_plan(kept: Kept, subject: Subject) -> None:
    """What goes with its count, no way back, what someone may notice, the way out; and
    that others may use this account.
    """
    one = plan(part(kept, {"records": 9}), subject=subject)
    page = PLANS.page(one)
    assert PLANS.first(one)[0].startswith("9 other traces of ")
    assert PLANS.number(one) == ("To clear, type 9.",)
    assert "This cannot be undone." in told(page)
    assert next(each.name for each in page if "notice" in told([each])) == "noticed"
    assert names(page)[-1] == "stop"
    assert page[-1].lines == ("You can stop here. Nothing has changed yet.",)
    assert "Others may use this account" in told(page)


@pytest.mark.rule("SR-25")
def test_the_base_set_stands_on_every_plan() -> None:
    """All six in short, and each in a sentence of its own behind the key."""
    for each in (plan(), Plan(SITE), plan(subject=SPANS["all"])):
        short = told([p for p in PLANS.page(each) if p.name == "not-reached"])
        for idea in (
            *("search sites", "accounts", "routers", "internet providers"),
            *("other devices", "backups", "screen pictures", "monitoring"),
            "inside files may stay",
        ):
            assert idea in short
        [whole] = [p for p in DETAILS.lists(each) if p.name == "not-reached"]
        assert len(set(whole.lines)) == len(BASE_SET) == 6


@pytest.mark.rule("SR-18", "SR-25")
def test_what_could_not_be_looked_into_is_counted_and_named_behind_the_key() -> None:
    """Every reason has its words; the path stands only in the list."""
    missed = tuple(
        NotReached(store=f"secret/{why}", why=why, program="Edge") for why in Why
    )
    one = plan(not_reached=missed)
    assert f"{len(Why)} places could not be looked into." in told(PLANS.page(one))
    assert "secret" not in told(PLANS.page(one))
    [part_] = [each for each in DETAILS.lists(one) if each.name == "missed"]
    assert len(set(part_.lines)) == len(Why)
    assert all(line.startswith("Edge: ") for line in part_.lines)
    assert "why." not in told([part_])
    nameless = plan(not_reached=(NotReached(store="", why=Why.CRASHED),))
    assert "stopped with a fault" in told(DETAILS.lists(nameless))


@pytest.mark.rule("SR-24")
@pytest.mark.parametrize("kept", CLEARABLE)
def test_every_clearable_kind_says_what_someone_may_notice(kept: Kept) -> None:
    """In the list of a site, and on the page itself of a day, of all, and of one kind."""
    own = FACTS.app.say(f"notice.{kept}")
    assert not own.startswith("notice.")
    counts = {"records": 1}
    one = part(kept, counts)
    assert own in told(DETAILS.lists(plan(one)))
    for name in ("day", "all", "picked"):
        lines = PLANS.noticed(plan(one, subject=SPANS[name]))
        assert (own in lines) is (kept is not Kept.PAGES)


@pytest.mark.rule("SR-24")
def test_a_history_that_is_suddenly_empty_may_be_noticed() -> None:
    """The wide choice says so, the narrow ones say the narrow thing."""
    lines = {
        name: PLANS.noticed(plan(subject=subject))[0]
        for name, subject in {"site": SITE, **SPANS}.items()
    }
    assert len(set(lines.values())) == 5
    assert lines["all"] == "A history that is suddenly empty may be noticed."


@pytest.mark.rule("SR-25", "SR-29")
def test_a_profile_that_syncs_offers_the_browsers_own_delete_first() -> None:
    """Right after the first line: what may come back, their way, then ours."""
    syncing = replace(CHROMIUM, syncs=True)
    one = plan(part(Kept.PAGES, {"pages": 1}, syncing))
    page = PLANS.page(one)
    assert names(page)[:2] == ["first", "sync"]
    what, first, second = page[1].lines
    assert "may come back or stay on other devices" in what
    assert first.startswith("First choice: the browser's own delete. Open History")
    assert second.startswith("Second choice:")
    assert "sync" not in names(PLANS.page(plan()))


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_is_a_plain_sentence_with_the_other_way(why: Refusal) -> None:
    """Which profile, why, and how to do it in the browser's own menu."""
    one = plan(refused=(Refused(FIREFOX, why),))
    said, menu = PLANS.refused(one)
    assert said.startswith("Firefox, abc: ")
    assert "refusal." not in said
    assert "Open History in its menu" in menu
    days = plan(subject=SPANS["day"], refused=(Refused(FIREFOX, why),))
    assert PLANS.refused(days)[1] != menu


@pytest.mark.rule("SR-29")
def test_an_open_browser_is_the_first_thing_said() -> None:
    """By name, with how to close one that stays open unseen; then all the rest."""
    one = plan()
    page = PLANS.page(one, in_use=(FIREFOX, FIREFOX))
    assert page[0].name == "open"
    assert page[0].lines[0] == "Close Firefox; this page goes on by itself."
    assert "stay open unseen" in page[0].lines[1]
    assert page[1:] == PLANS.page(one)


@pytest.mark.rule("SR-29")
def test_a_program_not_yet_tried_here_is_marked() -> None:
    """By name; nothing is said of the others."""
    new = replace(FIREFOX, tried=False)
    pages = (part(Kept.PAGES, {"pages": 1}), part(Kept.PAGES, {"pages": 1}, new))
    assert PLANS.untried(plan(*pages)) == ("Not yet tried on this system: Firefox.",)
    assert PLANS.untried(plan()) == ()


@pytest.mark.rule("SR-28")
def test_the_proof_question_stands_with_the_lawyer_sentence() -> None:
    """Three answers; nothing else is asked."""
    question, lawyer = PLANS.proof()
    assert question.endswith("?")
    assert "lawyer or advocate" in lawyer
    assert [PLANS.answer(each) for each in PROOF] == ["Yes", "Not sure", "No"]
    assert "copy first" in PLANS.copy_first()


@pytest.mark.rule("SR-26")
def test_what_changed_since_is_said() -> None:
    """Each kind whose number differs; where none does, that too."""
    before = plan(part(Kept.PAGES, {"pages": 14, "visits": 2}))
    after = plan(
        part(Kept.PAGES, {"pages": 15, "visits": 2}), part(Kept.ICONS, {"records": 1})
    )
    assert PLANS.changed(before, after)[1:] == (
        "Before: 14 pages, 2 visits. Now: 15 pages, 2 visits.",
        "Before: site icons. Now: site icons (1).",
    )
    assert PLANS.changed(before, before)[1].startswith("The numbers are the same.")
    assert names(PLANS.page(after, before=before))[0] == "changed"


@pytest.mark.rule("SR-28")
def test_a_page_of_every_kind_stays_short() -> None:
    """What is always shown is at most 140 words, the question and the number aside."""
    assert len(words(told(PLANS.page(plan())))) <= 140


def test_text_from_the_machine_is_cleaned() -> None:
    """Names of profiles and accounts, hosts and paths."""
    bad = "a\x1b[2J\u202e"
    place = replace(CHROMIUM, profile=Untrusted(bad), folder=bad)
    one = plan(
        part(Kept.SIGN_INS, {"logins": 1}, place, label=Untrusted(bad), tick=Tick.OFF),
        part(Kept.PAGES, {"pages": 1}, place),
        subject=Site(bad),
        not_reached=(NotReached(store=bad, why=Why.DENIED, program=bad),),
        stays=(Stays(kept=Kept.BOOKMARKS, place=place, store=bad),),
        refused=(Refused(place, Refusal.FULL),),
    )
    shown = told([*PLANS.page(one, in_use=(place,)), *DETAILS.lists(one)])
    shown += str([each.text for each in rows(one)])
    assert "\x1b" not in shown
    assert "\u202e" not in shown


# --- in Spanish


@pytest.mark.rule("SR-12")
def test_consent_is_told_in_both_languages_until_the_translation_is_reviewed() -> None:
    """The count, no way back, what may be noticed, the way out, the question and the
    number; in English once.
    """
    spanish = Plans(Facts((), "es"))
    one = plan()
    lines = [*told(spanish.page(one)).splitlines(), *spanish.proof()]
    lines += spanish.number(one)
    english = {
        each.removeprefix("In English: ")
        for each in lines
        if each.startswith("In English: ")
    }
    assert english == {
        *PLANS.first(one),
        *PLANS.noticed(one),
        PLANS.proof()[0],
        "This cannot be undone.",
        "You can stop here. Nothing has changed yet.",
        "To clear, type 14.",
    }
    assert "In English" not in told(PLANS.page(one))


# --- what became of it


def result(done: int = 15, why: Refusal | None = None, **fields: Any) -> Result:
    """The first `done` parts went, the rest did not."""
    offered = everything()
    one = Plan(SITE, tuple(offered)).with_tick(offered[13].key)
    chosen = one.chosen
    rest = chosen[done:]
    not_done = tuple(
        NotDone(each, sum(each.counts.values()), why if at == 0 else None)
        for at, each in enumerate(rest)
    )
    left = Plan(SITE, tuple(each for each in offered if each not in chosen[:done]))
    return Result(one, chosen[:done], not_done, replace(left, **fields))


@pytest.mark.rule("SR-31")
def test_all_done_is_counted_again_and_promises_nothing() -> None:
    """What went, what stays, what is not reached; nothing is left to say why of."""
    ended = result()
    shown = CLEARED.result(ended)
    assert names(shown) == ["done", "left", "not-reached"]
    assert shown[0].lines[0].startswith("Done: 14 pages, 3 searches,")
    assert "finds no more of it" in shown[1].lines[0]
    assert "cookies (5)" in shown[1].lines[1]
    assert failure(ended) == ""


@pytest.mark.rule("SR-18", "SR-31")
def test_old_bytes_in_a_file_that_was_not_written_anew_are_told() -> None:
    """A count finds rows; it says nothing of what was deleted before."""
    ended = result()
    shown = CLEARED.result(replace(ended, in_place=ended.done[:1]))
    [told_of] = [each for each in shown if each.name == "in-place"]
    [line] = told_of.lines
    assert line == (
        "Not all files could be written anew: searches (3)."
        " Bits of what was deleted may still be in them."
    )


@pytest.mark.rule("SR-31", "SR-29")
@pytest.mark.parametrize("why", Refusal)
def test_what_was_not_done_says_why_and_is_counted_from_the_stores(
    why: Refusal,
) -> None:
    """Each part that is still there with its new number; the reason once."""
    ended = result(13, why)
    shown = CLEARED.result(ended)
    assert names(shown)[:3] == ["done", "not-done", "left"]
    assert "14 pages" not in shown[0].lines[0]
    assert "Not done: 4 pages, 5 visits, Firefox, abc." in shown[1].lines
    [reason] = [
        line for line in shown[1].lines if FACTS.app.say(f"refusal.{why}") in line
    ]
    assert reason.startswith("Not done: ")
    assert failure(ended) == f"refusal.{why}"
    assert "Counted again, still there: " in shown[2].lines[0]


@pytest.mark.rule("SR-31")
def test_the_new_count_decides_and_not_the_plan() -> None:
    """Four pages of fourteen are still there; what has no reason has a sentence too."""
    ended = result(14)
    assert ended.left.pages == 4
    assert "4 pages" in CLEARED.left(ended)[0]
    assert failure(ended) == "failed.clear"
    assert FACTS.app.has("failed.clear")


def test_nothing_done_says_nothing_done() -> None:
    """And no number."""
    assert CLEARED.done(result(0, Refusal.FULL)) == ("Done: nothing.",)


@pytest.mark.rule("SR-25", "SR-06")
def test_a_syncing_profile_is_never_told_to_be_done_for_good() -> None:
    """It may come back, and the word gone stands nowhere in these catalogues."""
    ended = result()
    offered = tuple(
        replace(each, place=replace(each.place, syncs=True))
        for each in ended.plan.offered
    )
    shown = CLEARED.result(replace(ended, plan=replace(ended.plan, offered=offered)))
    assert "sync" in names(shown)
    assert "It may come back" in told(shown)
    assert "gone" not in told(shown).lower().split()


@pytest.mark.rule("SR-18", "SR-31")
def test_places_that_could_not_be_counted_again_are_told() -> None:
    """A count over what could be read alone would be too good."""
    missed = (NotReached(store="x", why=Why.LOCKED),)
    ended = result(not_reached=missed, refused=(Refused(FIREFOX, Refusal.DAMAGED),))
    assert "1 place could not be looked into." in CLEARED.left(ended)
    said = told(CLEARED.result(ended))
    assert "Firefox, abc: It is damaged, so nothing is cleared there." in said


def test_progress_is_told_in_numbers() -> None:
    """Of stores."""
    assert CLEARED.progress(UnitDone(3, 1200)) == "Part 3 of 1,200 is done."
