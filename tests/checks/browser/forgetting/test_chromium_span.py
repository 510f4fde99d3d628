"""Forgetting a stretch of time in Chromium: a sitting, a day, or all of one profile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import (
    Clearing,
    Kept,
    Platform,
    Span,
    Stays,
    Tick,
    Trace,
    UpdateRows,
)
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.chromium_traces import ChromiumTraces
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from hygiene_checks.browser.history import HistoryCheck
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    kept_rows,
    planned,
    planned_twice,
    stays,
    steps_on,
    stores,
    without,
)
from tests.checks.browser.forgetting.chrome import FOLDER, NOON, OTHER, SITE, profile_in

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BOTH = "both.example"
SPAN = Span(start=NOON, end=NOON + 20 * MINUTE)


def two_sittings(root: Path) -> ChromiumProfile:
    """One an hour before the time that is cleared and one in it; one site in both."""
    profile = profile_in(root)
    profile.visit(f"https://{OTHER}/", NOON - HOUR)
    profile.visit(f"https://{BOTH}/", NOON - HOUR + MINUTE, typed=True)
    profile.visit(f"https://{SITE}/", NOON, typed=True)
    profile.visit(f"https://{BOTH}/", NOON + MINUTE, typed=True)
    profile.visit(
        f"https://{BOTH}/new", NOON + 2 * MINUTE, came_from=f"https://{SITE}/"
    )
    return profile.visit(f"https://{SITE}/end", NOON + 20 * MINUTE, hidden=True)


def after(root: Path, span: Span = SPAN) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of `History` once the plan is done."""
    steps = steps_on(planned(CHROMIUM, root, span), "History")
    return without(root / FOLDER / "History", steps)


def addresses(rows: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    return {row[1].removeprefix("https://") for row in rows["urls"]}


@pytest.mark.rule("SR-23")
def test_visits_of_the_time_go_to_the_last_microsecond(tmp_path: Path) -> None:
    """Both ends belong to the time, hidden pages too; a microsecond beside it does not."""
    before, behind = NOON - timedelta(microseconds=1), SPAN.end
    assert behind is not None
    two_sittings(tmp_path).visit(f"https://{OTHER}/just", before).visit(
        f"https://{OTHER}/late", behind + timedelta(microseconds=1)
    ).write()
    rows = after(tmp_path)
    assert addresses(rows) == {
        f"{OTHER}/",
        f"{BOTH}/",
        f"{OTHER}/just",
        f"{OTHER}/late",
    }
    assert len(rows["visits"]) == 4


def test_a_page_with_other_visits_is_counted_anew(tmp_path: Path) -> None:
    """How often, how often typed, when last: of what stays, and only that changes."""
    two_sittings(tmp_path).write()
    before = {row[0]: row for row in without(tmp_path / FOLDER / "History", ())["urls"]}
    (page,) = [row for row in after(tmp_path)["urls"] if row[1] == f"https://{BOTH}/"]
    earlier = before[page[0]]
    first = [row for row in after(tmp_path)["visits"] if row[1] == page[0]]
    assert page == (*earlier[:3], 1, 1, first[0][2], earlier[6])
    assert earlier[3:5] == (2, 2)
    steps = steps_on(planned(CHROMIUM, tmp_path, SPAN), "History")
    counted = [
        each for each in steps if isinstance(each, UpdateRows) and each.table == "urls"
    ]
    assert [len(each.rows) for each in counted] == [1]


def test_a_reload_is_a_visit_that_was_not_counted(tmp_path: Path) -> None:
    """No count grows: what the browser did not count is not counted by us."""
    import sqlite3
    from contextlib import closing

    two_sittings(tmp_path).visit(f"https://{BOTH}/", NOON - 2 * HOUR).write()
    with closing(sqlite3.connect(tmp_path / FOLDER / "History")) as store, store:
        store.execute(
            "UPDATE visits SET transition = 0x30000008"
            " WHERE id = (SELECT max(id) FROM visits)"
        )
        store.execute(
            "UPDATE urls SET visit_count = 2 WHERE url = ?", (f"https://{BOTH}/",)
        )
    (page,) = [row for row in after(tmp_path)["urls"] if row[1] == f"https://{BOTH}/"]
    assert page[3] == 1


def test_hosts_that_were_left_out_keep_everything(tmp_path: Path) -> None:
    """Their visits, searches and downloads of that time stay as they are."""
    profile = two_sittings(tmp_path).search(
        "words", NOON, engine=f"https://{SITE}/find?q="
    )
    profile.download(f"https://{SITE}/file", NOON).download(
        f"https://{BOTH}/file", NOON + MINUTE
    ).write()
    rows = after(
        tmp_path, Span(start=SPAN.start, end=SPAN.end, left_out=frozenset({SITE}))
    )
    assert f"{SITE}/" in addresses(rows)
    assert f"{SITE}/find?q=words" in addresses(rows)
    assert f"{BOTH}/new" not in addresses(rows)
    assert len(rows["keyword_search_terms"]) == 1
    assert [row[0] for row in rows["downloads"]] == [1]


def test_searches_and_downloads_of_the_time(tmp_path: Path) -> None:
    """Those of that time go, those of another time stay; downloads by when they began."""
    profile = two_sittings(tmp_path).search("early", NOON - HOUR).search("now", NOON)
    profile.download(f"https://{SITE}/early", NOON - HOUR)
    profile.download(f"https://{OTHER}/now", NOON + MINUTE).write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    counts = {each.kept: dict(each.counts) for each in clearings(plan)}
    assert counts[Kept.SEARCHES] == {"searches": 1}
    assert counts[Kept.DOWNLOADS] == {"downloads": 1}
    rows = after(tmp_path)
    assert [row[2] for row in rows["keyword_search_terms"]] == ["early"]
    assert [row[0] for row in rows["downloads_url_chains"]] == [1]


def test_words_used_within_the_time_alone_go(tmp_path: Path) -> None:
    """Others that were used in it, too, stay and are named; the rest is not mentioned."""
    profile = two_sittings(tmp_path)
    at = NOON + MINUTE
    profile.form_word("f", "only then", at).form_word("f", "twice", at, first=NOON)
    profile.form_word("f", "before too", at, first=NOON - HOUR)
    profile.form_word("f", "after too", NOON + HOUR, first=at)
    profile.form_word("f", "around", NOON + HOUR, first=NOON - HOUR)
    profile.form_word("f", "before", NOON - HOUR).form_word("f", "after", NOON + HOUR)
    profile.write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    (words,) = clearings(plan, Kept.FORM_WORDS)
    assert dict(words.counts) == {"entries": 2}
    assert stays(plan)["Web Data", Kept.FORM_WORDS] == 3
    left = without(tmp_path / FOLDER / "Web Data", words.steps)["autofill"]
    assert "only then" not in {row[1] for row in left}
    assert len(left) == 5


@pytest.mark.rule("SR-23")
def test_cookies_sign_ins_and_storage_are_never_taken(tmp_path: Path) -> None:
    """They stay, and what sites of that time alone have there is named."""
    two_sittings(tmp_path).login(f"https://{SITE}/", "me", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, BOTH, OTHER), NOON).write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    kinds = {each.kept for each in clearings(plan)}
    assert not kinds & {
        Kept.COOKIES,
        Kept.SIGN_INS,
        Kept.NEVER_SAVED,
        Kept.SITE_DATA,
        Kept.CACHE,
    }
    assert all(each.tick is not Tick.OFF for each in clearings(plan))
    named = stays(plan)
    assert named["Cookies", Kept.COOKIES] == 2
    assert named["Login Data", Kept.SIGN_INS] == 1
    assert named["Local Storage", Kept.SITE_DATA] == 6
    assert ("Cache", Kept.CACHE) in named


def test_a_page_without_an_address_names_nothing(tmp_path: Path) -> None:
    """Not the cookies without a top site, nor the visits without a referrer."""
    two_sittings(tmp_path).visit("", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, BOTH, OTHER), NOON).write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    assert stays(plan)["Cookies", Kept.COOKIES] == 2
    changed = {
        each.columns
        for each in steps_on(plan, "History")
        if isinstance(each, UpdateRows) and each.table == "visits"
    }
    assert ("external_referrer_url",) not in changed


def test_satellites_of_sites_that_only_this_time_has(tmp_path: Path) -> None:
    """Icons, suggestions, most visited pages and notes of connections: those of a site
    that was visited at another time, too, stay.
    """
    profile = two_sittings(tmp_path).shortcut("f", f"https://{SITE}/", NOON)
    profile.shortcut("b", f"https://{BOTH}/", NOON).write()
    ChromiumTraces(
        tmp_path / FOLDER, (SITE, BOTH, OTHER), NOON, typed=(SITE, OTHER)
    ).write()
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, SPAN))
    for name, sql, left in (
        ("Favicons", "SELECT count(*) FROM favicons", 2),
        ("Favicons", "SELECT count(*) FROM icon_mapping", 4),
        ("Top Sites", "SELECT count(*) FROM top_sites", 2),
        ("Shortcuts", "SELECT count(*) FROM omni_box_shortcuts", 1),
        ("DIPS", "SELECT count(*) FROM bounces", 2),
        ("Cookies", "SELECT count(*) FROM cookies", 6),
        ("../segmentation_platform/ukm_db", "SELECT count(*) FROM urls", 2),
    ):
        assert kept_rows(tmp_path / FOLDER / name, sql) == [(left,)], name
    guesses = kept_rows(
        tmp_path / FOLDER / "Network Action Predictor",
        "SELECT url FROM network_action_predictor",
    )
    assert not [url for (url,) in guesses if SITE in url]
    assert [url for (url,) in guesses if OTHER in url]


def test_letters_of_searches_of_the_time(tmp_path: Path) -> None:
    """What was offered while words were typed that were searched for only then goes; the
    beginning of words that were searched for before stays.
    """
    profile = (
        two_sittings(tmp_path).search("cats", NOON - HOUR).search("catalogue", NOON)
    )
    profile.write()
    ChromiumTraces(tmp_path / FOLDER, (SITE,), NOON, typed=("catalogue",)).write()
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, SPAN))
    texts = {
        row[0]
        for row in kept_rows(
            tmp_path / FOLDER / "Network Action Predictor",
            "SELECT user_text FROM network_action_predictor WHERE url LIKE '%?q=%'",
        )
    }
    assert texts == {"c", "ca", "cat"}


def test_tabs_can_be_left_out(tmp_path: Path) -> None:
    """Session files hold the tabs of that time and of others: they go whole or stay."""
    two_sittings(tmp_path).open_tabs(f"https://{SITE}/").write()
    (tabs,) = clearings(planned(CHROMIUM, tmp_path, SPAN), Kept.OPEN_TABS)
    assert (tabs.tick, tabs.more) == (Tick.ON, True)


def test_a_bookmark_keeps_its_icon(tmp_path: Path) -> None:
    """Also when all visits of its page go."""
    two_sittings(tmp_path).write()
    ChromiumTraces(
        tmp_path / FOLDER, (SITE, OTHER), NOON, bookmarks=(f"https://{SITE}/saved",)
    ).write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    assert stays(plan)["Bookmarks", Kept.BOOKMARKS] == 1
    left = without(tmp_path / FOLDER / "Favicons", steps_on(plan, "Favicons"))
    assert f"https://{SITE}/saved" in {row[1] for row in left["icon_mapping"]}
    assert len(left["favicon_bitmaps"]) == 2


@pytest.mark.rule("SR-23", "SR-24")
def test_a_host_that_was_left_out_needs_no_page_here(tmp_path: Path) -> None:
    """It was visited in another browser: what this one has of it stays."""
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    icons = tmp_path / FOLDER / "Favicons"
    query = f"SELECT page_url FROM icon_mapping WHERE page_url LIKE '%{OTHER}%'"
    before = kept_rows(icons, query)
    assert before
    span = Span(left_out=frozenset({OTHER, f"www.{OTHER}"}))
    carry_out(tmp_path, planned(CHROMIUM, tmp_path, span))
    assert kept_rows(icons, query) == before
    own = f"SELECT page_url FROM icon_mapping WHERE page_url LIKE '%{SITE}%'"
    assert kept_rows(icons, own) == []


@pytest.mark.rule("SR-24")
def test_all_of_one_profile(tmp_path: Path) -> None:
    """Everything of its history and what hangs on it; another profile is not touched."""
    second = ".config/chromium/Profile 1"
    for folder in (FOLDER, second):
        profile = profile_in(tmp_path, folder).visit(f"https://{SITE}/", NOON)
        profile.visit_at_raw("file:///x", 0).page_without_visits(f"https://{OTHER}/")
        profile.search("words", NOON).download(f"https://{SITE}/a", NOON)
        profile.shortcut("f", f"https://{OTHER}/", NOON).write()
        ChromiumTraces(tmp_path / folder, (SITE, OTHER), NOON).write()
    home = DiskHome(tmp_path, Platform.LINUX)
    span = Span(store=f"{FOLDER}/History")
    plan = list(HistoryCheck().plan_span(home, span))
    assert {each.place.folder for each in plan if isinstance(each, Clearing)} == {
        FOLDER
    }
    carry_out(tmp_path, plan)
    history = tmp_path / FOLDER / "History"
    for table in (
        *("urls", "visits", "keyword_search_terms", "downloads", "content_annotations"),
        *("downloads_url_chains", "context_annotations", "segments"),
    ):
        assert kept_rows(history, f"SELECT count(*) FROM {table}") == [(0,)], table
    for name, table in (
        ("Favicons", "favicons"),
        ("Favicons", "favicon_bitmaps"),
        ("Top Sites", "top_sites"),
        ("Shortcuts", "omni_box_shortcuts"),
    ):
        store = tmp_path / FOLDER / name
        assert kept_rows(store, f"SELECT count(*) FROM {table}") == [(0,)], name
    other = tmp_path / second / "History"
    assert kept_rows(other, "SELECT count(*) FROM visits") == [(3,)]


@pytest.mark.rule("SR-22")
def test_a_plan_of_a_time_changes_nothing_and_is_stable(tmp_path: Path) -> None:
    """Not a byte of the home is another, and the digest is the same."""
    two_sittings(tmp_path).form_word("f", "w", NOON).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, BOTH), NOON, typed=(SITE,)).write()
    plan = planned_twice(CHROMIUM, tmp_path, SPAN)
    assert clearings(plan)[-1].store == f"{FOLDER}/History"
    carry_out(tmp_path, plan)
    left = planned(CHROMIUM, tmp_path, SPAN)
    assert stores(left) == set()


def test_a_time_without_visits(tmp_path: Path) -> None:
    """Nothing of the history is named, no session file and no cache either."""
    two_sittings(tmp_path).open_tabs(f"https://{SITE}/").write()
    quiet = Span(start=NOON + HOUR, end=NOON + 2 * HOUR)
    assert planned(CHROMIUM, tmp_path, quiet) == []


def test_sites_of_a_time(tmp_path: Path) -> None:
    """Each once over all profiles, its pages too; without those left out."""
    two_sittings(tmp_path).write()
    profile_in(tmp_path, ".config/google-chrome/Default").visit(
        f"https://{BOTH}/", NOON
    ).visit("file:///x", NOON).write()
    home = DiskHome(tmp_path, Platform.LINUX)
    found = list(HistoryCheck().sites_of(home, SPAN))
    assert [(each.key, each.label.raw, each.count, each.kind) for each in found] == [
        (BOTH, BOTH, 2, "site"),
        (SITE, SITE, 2, "site"),
    ]
    assert found[0].first == NOON
    assert found[0].last == NOON + 2 * MINUTE
    span = Span(start=SPAN.start, end=SPAN.end, left_out=frozenset({BOTH}))
    assert [each.key for each in HistoryCheck().sites_of(home, span)] == [SITE]
    only = Span(
        start=SPAN.start, end=SPAN.end, store=".config/google-chrome/Default/History"
    )
    assert [(each.key, each.count) for each in HistoryCheck().sites_of(home, only)] == [
        (BOTH, 1)
    ]


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose day begins fourteen hours before the day in Greenwich. Windows
    keeps no time zone in its environment: there it is the computer's own.
    """
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.usefixtures("far_east")
def test_days_are_those_of_this_computer(tmp_path: Path) -> None:
    """The newest first, each with its pages and its first and last visit; a day that is
    cleared takes exactly its visits.
    """
    midnight = datetime(2026, 11, 21).astimezone()
    profile = profile_in(tmp_path)
    profile.visit(f"https://{SITE}/", midnight - timedelta(microseconds=1))
    profile.visit(f"https://{OTHER}/", midnight)
    profile.visit(f"https://{OTHER}/", midnight + HOUR)
    profile.visit(f"https://{BOTH}/", midnight + 23 * HOUR).write()
    home, store = DiskHome(tmp_path, Platform.LINUX), f"{FOLDER}/History"
    days = list(HistoryCheck().days_of(home, store))
    assert [(each.key, each.label.raw, each.count, each.kind) for each in days] == [
        ("2026-11-21", "2026-11-21", 2, "day"),
        ("2026-11-20", "2026-11-20", 1, "day"),
    ]
    assert (days[0].first, days[0].last) == (midnight, midnight + 23 * HOUR)
    assert addresses(after(tmp_path, _span(days[0]))) == {f"{SITE}/"}


def _span(day: Trace) -> Span:
    return Span(start=day.first, end=day.last, store=f"{FOLDER}/History")


def test_days_of_a_history_that_is_none(tmp_path: Path) -> None:
    """A path that no browser has, and a history that cannot be read, have no days."""
    home = DiskHome(tmp_path, Platform.LINUX)
    assert list(HistoryCheck().days_of(home, "elsewhere/History")) == []
    profile_in(tmp_path).write()
    (tmp_path / FOLDER / "History").write_bytes(b"no database")
    assert list(HistoryCheck().days_of(home, f"{FOLDER}/History")) == []
    assert list(HistoryCheck().sites_of(home, SPAN)) == []


def test_stays_are_named_once_for_each_store(tmp_path: Path) -> None:
    """However many origins a store has, the plan of a time names it once a kind."""
    two_sittings(tmp_path).write()
    ChromiumTraces(tmp_path / FOLDER, (SITE, OTHER), NOON).write()
    plan = planned(CHROMIUM, tmp_path, SPAN)
    named = [(each.store, each.kept) for each in plan if isinstance(each, Stays)]
    assert len(named) == len(set(named))
