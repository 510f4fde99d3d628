"""What goes out of a Firefox profile with a stretch of time, and what stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.contract import DeleteRows, Kept, Span, Tick, UpdateRows
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    digest_of,
    document,
    edited,
    planned,
    stays,
    steps_on,
    stores,
    without,
)
from tests.checks.browser.forgetting.fox import AT, FOLDER, everything, fox

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
BEFORE, START, END, AFTER = AT - MINUTE, AT, AT + 10 * MINUTE, AT + 11 * MINUTE
SITTING = Span(start=START, end=END)
PLACES = f"{FOLDER}/places.sqlite"


def _left(home: Path, span: Span = SITTING) -> dict[str, list[Any]]:
    plan = planned(FIREFOX, home, span)
    return without(home / PLACES, steps_on(plan, "places.sqlite"))


def _urls(left: dict[str, list[Any]]) -> set[str]:
    return {row[1] for row in left["moz_places"]}


@pytest.mark.rule("SR-23")
def test_bounds_are_exact(tmp_path: Path) -> None:
    """The first and last moment belong to the time, the ones beside them do not."""
    times = {
        "https://a.test/": START - TICK,
        "https://b.test/": START,
        "https://c.test/": END,
        "https://d.test/": END + TICK,
    }
    profile = fox(tmp_path)
    for url, at in times.items():
        profile.visit(url, at)
    profile.write()
    assert _urls(_left(tmp_path)) == {"https://a.test/", "https://d.test/"}
    [part] = clearings(planned(FIREFOX, tmp_path, SITTING), Kept.PAGES)
    assert part.counts == {"pages": 2, "visits": 2}
    assert (part.first, part.last) == (START, END)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (None, None, set()),
        (None, BEFORE, {"https://b.test/"}),
        (START, None, {"https://a.test/"}),
    ],
)
def test_a_bound_may_be_missing(
    tmp_path: Path, start: datetime | None, end: datetime | None, left: set[str]
) -> None:
    """All of one profile's history, or all before or after a moment."""
    fox(tmp_path).visit("https://a.test/", BEFORE).visit(
        "https://b.test/", START
    ).write()
    assert _urls(_left(tmp_path, Span(start=start, end=end))) == left


def test_all_of_a_history_has_no_row_left_but_bookmarks(tmp_path: Path) -> None:
    """Rows without a visit, of words that were typed, go with the rest."""
    (
        fox(tmp_path)
        .visit("https://a.test/", START)
        .typed("b", "https://b.test/")
        .bookmark("https://c.test/", START)
        .write()
    )
    assert _urls(_left(tmp_path, Span())) == {"https://c.test/"}
    assert _urls(_left(tmp_path, Span(start=BEFORE))) == {
        *("https://b.test/", "https://c.test/")
    }
    [part] = clearings(planned(FIREFOX, tmp_path, Span()), Kept.PAGES)
    assert part.counts == {"pages": 1, "visits": 1, "records": 1}


@pytest.mark.rule("SR-23")
def test_a_page_with_other_visits_tells_only_of_these(tmp_path: Path) -> None:
    """Its counts and its last visit are those of the visits that stay."""
    (
        fox(tmp_path)
        .visit("https://a.test/", BEFORE, typed=True)
        .visit("https://a.test/", BEFORE - MINUTE)
        .visit("https://a.test/", START)
        .visit("https://a.test/", END)
        .typed("a", "https://a.test/")
        .write()
    )
    left = _left(tmp_path)
    [page] = left["moz_places"]
    microseconds = round(BEFORE.timestamp() * 1_000_000)
    assert (page[4], page[6], page[7], page[8]) == (2, 1, -1, microseconds)
    assert len(left["moz_historyvisits"]) == 2
    assert len(left["moz_inputhistory"]) == 1
    [part] = clearings(planned(FIREFOX, tmp_path, SITTING), Kept.PAGES)
    assert part.counts == {"visits": 2}


@pytest.mark.rule("SR-23")
def test_a_host_that_was_left_out_stays(tmp_path: Path) -> None:
    """The exact host, with its visits and all that hangs on them."""
    (
        fox(tmp_path)
        .visit("https://a.test:8080/", START)
        .visit("https://www.a.test/", START)
        .looked_at("https://a.test:8080/", START)
        .looked_at("https://www.a.test/", START)
        .write()
    )
    span = Span(start=START, end=END, left_out=frozenset({"a.test"}))
    left = _left(tmp_path, span)
    assert _urls(left) == {"https://a.test:8080/"}
    assert len(left["moz_places_metadata"]) == 1


def test_satellites_of_that_time_go(tmp_path: Path) -> None:
    """How long pages were looked at, typed words, downloads, searches, origins."""
    (
        fox(tmp_path)
        .visit("https://new.test/", START)
        .visit("https://old.test/", BEFORE)
        .visit("https://old.test/", START)
        .looked_at("https://new.test/", START, found_by="new words")
        .looked_at("https://old.test/", START, found_by="old words")
        .looked_at("https://old.test/", BEFORE, found_by="old words")
        .typed("n", "https://new.test/")
        .typed("o", "https://old.test/")
        .download("https://new.test/f", START)
        .download("https://old.test/", BEFORE)
        .row("moz_places_extra", url="https://new.test/", sync_json="{}")
        .keyword("kw", "https://new.test/")
        .write()
    )
    left = _left(tmp_path)
    assert _urls(left) == {"https://old.test/"}
    assert {row[1] for row in left["moz_inputhistory"]} == {"o"}
    assert len(left["moz_places_metadata"]) == 1
    words = [row[1] for row in left["moz_places_metadata_search_queries"]]
    assert words == ["old words"]
    assert {row[1] for row in left["moz_annos"]} == {left["moz_places"][0][0]}
    assert [row[2] for row in left["moz_origins"]] == ["old.test"]
    assert left["moz_places_extra"] == []
    assert left["moz_keywords"] == []


@pytest.mark.rule("SR-30")
def test_bookmarked_pages_stay_without_the_visits(tmp_path: Path) -> None:
    """Bookmark, keyword and icon stay; the visits of that time go."""
    (
        fox(tmp_path)
        .visit("https://a.test/kept", START)
        .bookmark("https://a.test/kept", BEFORE)
        .keyword("kw", "https://a.test/kept")
        .write()
    )
    FirefoxStores(tmp_path / FOLDER).icon(
        "https://a.test/i.png", "https://a.test/kept"
    ).icon("https://a.test/favicon.ico", root=True).write()
    plan = planned(FIREFOX, tmp_path, SITTING)
    left = _left(tmp_path)
    [page] = left["moz_places"]
    assert (page[4], page[8]) == (0, None)
    assert len(left["moz_bookmarks"]) == len(left["moz_keywords"]) == 1
    assert steps_on(plan, "favicons.sqlite") == []
    assert stays(plan)["places.sqlite", Kept.BOOKMARKS] == 1


def test_icons_of_pages_and_hosts_that_are_gone_go(tmp_path: Path) -> None:
    """A root icon goes with the last page of its host."""
    (
        fox(tmp_path)
        .visit("https://new.test/", START)
        .visit("https://both.test/new", START)
        .visit("https://both.test/old", BEFORE)
        .write()
    )
    stores_ = FirefoxStores(tmp_path / FOLDER)
    for host in ("new.test", "both.test"):
        stores_.icon(f"https://{host}/favicon.ico", root=True)
    stores_.icon("https://cdn.test/1.png", "https://new.test/", "https://both.test/new")
    stores_.icon(
        "https://cdn.test/2.png", "https://both.test/old", "https://both.test/new"
    )
    stores_.write()
    plan = planned(FIREFOX, tmp_path, SITTING)
    left = without(
        tmp_path / FOLDER / "favicons.sqlite", steps_on(plan, "favicons.sqlite")
    )
    assert {row[1] for row in left["moz_icons"]} == {
        "https://both.test/favicon.ico",
        "https://cdn.test/2.png",
    }
    assert [row[1] for row in left["moz_pages_w_icons"]] == ["https://both.test/old"]


def test_form_words_of_that_time_go(tmp_path: Path) -> None:
    """A word that was used before or after, too, stays and is told."""
    (
        fox(tmp_path)
        .form_word("searchbar-history", "inside", END, first=START)
        .form_word("q", "since before", START, first=BEFORE)
        .form_word("q", "until after", AFTER, first=END)
        .form_word("q", "around", AFTER, first=BEFORE)
        .form_word("q", "before", BEFORE)
        .write()
    )
    plan = planned(FIREFOX, tmp_path, SITTING)
    [part] = clearings(plan, Kept.FORM_WORDS)
    assert part.counts == {"entries": 1}
    left = without(tmp_path / FOLDER / "formhistory.sqlite", part.steps)
    assert {row[2] for row in left["moz_formhistory"]} == {
        *("since before", "until after", "around", "before")
    }
    assert stays(plan)["formhistory.sqlite", Kept.FORM_WORDS] == 2


def test_pages_that_are_gone_leave_the_session(tmp_path: Path) -> None:
    """Exactly they, and what names a host that no page is left of."""
    tabs = [
        {"entries": [{"url": "https://new.test/"}], "index": 1},
        {
            "entries": [
                {"url": "https://old.test/", "referrer": "https://new.test/from"},
                {"url": "https://old.test/new", "referrer": "https://old.test/from"},
            ],
            "index": 2,
            "storage": {"https://new.test": {"a": "b"}, "https://old.test": {"c": "d"}},
        },
    ]
    (
        fox(tmp_path)
        .visit("https://new.test/", START)
        .visit("https://old.test/new", START)
        .visit("https://old.test/", BEFORE)
        .session({"windows": [{"tabs": tabs}], "cookies": [{"host": "new.test"}]})
        .write()
    )
    plan = planned(FIREFOX, tmp_path, SITTING)
    steps = steps_on(plan, "sessionstore.jsonlz4")
    after = edited(document(tmp_path / FOLDER / "sessionstore.jsonlz4"), *steps)
    assert after["windows"][0]["tabs"] == [
        {
            "entries": [{"url": "https://old.test/"}],
            "index": 1,
            "storage": {"https://old.test": {"c": "d"}},
        }
    ]
    assert len(after["cookies"]) == 1


@pytest.mark.rule("SR-23")
def test_sign_ins_cookies_and_site_data_never_go(tmp_path: Path) -> None:
    """Nor what has no times: it is named."""
    folder = everything(tmp_path)
    (folder / "cache2/entries/1").write_bytes(b"x")
    plan = planned(FIREFOX, tmp_path, Span())
    assert stores(plan) == {
        *("places.sqlite", "favicons.sqlite", "formhistory.sqlite"),
        "sessionstore.jsonlz4",
    }
    assert stores(plan, Tick.ALWAYS) == stores(plan)
    told = {kept for name, kept in stays(plan) if name != "places.sqlite"}
    assert told == {
        *(Kept.COOKIES, Kept.SITE_DATA, Kept.SITE_SETTINGS, Kept.CACHE),
        *(Kept.SIGN_INS, Kept.CONNECTIONS),
    }


def test_nothing_was_done_then(tmp_path: Path) -> None:
    """No step, and nothing to be told."""
    everything(tmp_path)
    long_ago = Span(start=AT - timedelta(days=9), end=AT - timedelta(days=8))
    assert planned(FIREFOX, tmp_path, long_ago) == []


def test_an_old_history_can_be_planned_for(tmp_path: Path) -> None:
    """Schema 9 has neither the times nor the tables of today."""
    (
        fox(tmp_path, version=9)
        .visit("https://a.test/", BEFORE)
        .visit("https://b.test/", START)
        .write()
    )
    assert _urls(_left(tmp_path)) == {"https://a.test/"}


VISITS = st.lists(
    st.tuples(
        st.sampled_from(["a.test", "b.test", "c.test"]),
        st.integers(0, 3),
        st.integers(-30, 40),
    ),
    max_size=12,
)


@pytest.mark.rule("SR-23")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(visits=VISITS, marked=st.sets(st.integers(0, 3)), out=st.booleans())
def test_no_other_visit_is_ever_touched(
    tmp_path_factory: pytest.TempPathFactory,
    visits: list[tuple[str, int, int]],
    marked: set[int],
    out: bool,
) -> None:
    """Whatever was visited: visits that stay are those outside, or of a host left out;
    each kept page counts its own visits, and a second plan of what is left is empty.
    """
    home = tmp_path_factory.mktemp("any")
    profile = fox(home)
    for host, page, minute in visits:
        profile.visit(f"https://{host}/{page}", AT + minute * MINUTE)
    for page in sorted(marked):
        profile.bookmark(f"https://a.test/{page}", BEFORE)
    profile.write()
    left_out = frozenset({"b.test"}) if out else frozenset()
    span = Span(start=START, end=END, left_out=left_out)
    plan = planned(FIREFOX, home, span)
    assert digest_of(plan) == digest_of(planned(FIREFOX, home, span))
    left = without(home / PLACES, steps_on(plan, "places.sqlite"))
    stay = sorted(
        f"https://{host}/{page}"
        for host, page, minute in visits
        if not 0 <= minute <= 10 or host in left_out
    )
    pages = {row[0]: row for row in left["moz_places"]}
    assert sorted(pages[row[2]][1] for row in left["moz_historyvisits"]) == stay
    marks = {f"https://a.test/{page}" for page in marked}
    assert _urls(left) == {*stay, *marks}
    for row in pages.values():
        assert row[4] == stay.count(row[1])
    for step in steps_on(plan, "places.sqlite"):
        assert isinstance(step, DeleteRows | UpdateRows)
        assert "bookmarks" not in step.table
