"""Pages in Firefox's session files that its history never had, and a stretch of time."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Kept, Site, Span
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    document,
    planned,
    stays,
)
from tests.checks.browser.forgetting.fox import AT, FOLDER, fox

MINUTE = timedelta(minutes=1)
BEFORE, START, END, AFTER = AT - MINUTE, AT, AT + 10 * MINUTE, AT + 11 * MINUTE
SITTING = Span(start=START, end=END)
SESSION = f"{FOLDER}/sessionstore.jsonlz4"
NEW, OLD = "https://new.test/", "https://old.test/"
ANSWER, FORM, NEXT = f"{OLD}answer", f"{OLD}form", f"{OLD}next"


def _stored(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _tab(*urls: str, shown: datetime | None = None, **more: Any) -> dict[str, Any]:
    tab = {"entries": [{"url": url, "title": "t"} for url in urls], "index": len(urls)}
    if shown is not None:
        tab["lastAccessed"] = _stored(shown)
    return {**tab, **more}


def _home(home: Path, *tabs: dict[str, Any], **window: Any) -> Path:
    """A history with a form and the next page of that time, and a session with tabs."""
    (
        fox(home)
        .visit(OLD, BEFORE)
        .visit(FORM, START)
        .visit(NEXT, END)
        .visit(NEW, START)
        .session({"windows": [{"tabs": list(tabs), **window}]})
        .write()
    )
    return home


def _tabs_left(home: Path, subject: Span | Site = SITTING) -> list[list[str]]:
    """The addresses in each open tab once the plan is carried out."""
    carry_out(home, planned(FIREFOX, home, subject))
    [window] = document(home / SESSION)["windows"]
    return [[each["url"] for each in tab["entries"]] for tab in window["tabs"]]


def _told(home: Path) -> int:
    """How many pages in the session may have been of that time."""
    told = stays(planned(FIREFOX, home, SITTING))
    return told.get(("sessionstore.jsonlz4", Kept.OPEN_TABS), 0)


@pytest.mark.rule("SR-23")
def test_all_of_a_history_takes_every_page_of_the_web(tmp_path: Path) -> None:
    """Also of hosts that the history never had; the browser's own pages stay."""
    tabs = (
        _tab("https://never.test/a", "about:preferences"),
        _tab("moz-extension://a1b2/page.html"),
        _tab(ANSWER, "view-source:https://never.test/", "about:home"),
    )
    home = _home(tmp_path, *tabs, _closedTabs=[{"state": _tab("http://never.test/")}])
    assert _tabs_left(home, Span()) == [
        ["about:preferences"],
        ["moz-extension://a1b2/page.html"],
        ["about:home"],
    ]
    [window] = document(home / SESSION)["windows"]
    assert window["_closedTabs"] == []
    assert clearings(planned(FIREFOX, home, Span())) == []


def test_a_tab_of_very_many_pages_is_read_once(tmp_path: Path) -> None:
    """Each page is told by the first and the last that count, not by all others."""
    pages = [f"{OLD}{number}" for number in range(30_000)]
    home = _home(tmp_path, _tab(OLD, FORM, *pages, NEXT, OLD))
    assert _tabs_left(home) == [[OLD, OLD]]


def test_all_but_hosts_that_were_left_out(tmp_path: Path) -> None:
    """Their pages stay, those that the history never had too."""
    home = _home(tmp_path, _tab(ANSWER, "https://never.test/", OLD))
    span = Span(left_out=frozenset({"old.test"}))
    assert _tabs_left(home, span) == [[ANSWER, OLD]]


def test_all_of_an_empty_history_takes_tabs(tmp_path: Path) -> None:
    """A history that was emptied before leaves pages in the session."""
    fox(tmp_path).session({"windows": [{"tabs": [_tab(ANSWER)]}]}).write()
    assert _tabs_left(tmp_path, Span()) == [[]]


def test_a_page_of_a_host_that_is_gone_goes(tmp_path: Path) -> None:
    """Also in the reading view, where its address is written in another way."""
    reader = "about:reader?url=https%3A%2F%2Fnew.test%2Fread"
    home = _home(tmp_path, _tab(f"{NEW}answer", reader, OLD))
    assert _tabs_left(home) == [[OLD]]


@pytest.mark.parametrize(
    ("tab", "left", "told"),
    [
        (_tab(OLD, FORM, ANSWER, NEXT, OLD), [OLD, OLD], 0),
        (_tab(FORM, ANSWER, shown=END), None, 0),
        (_tab(FORM, ANSWER, shown=AFTER), [ANSWER], 1),
        (_tab(FORM, ANSWER), [ANSWER], 1),
        (_tab(ANSWER, NEXT, shown=END), [ANSWER], 1),
        (_tab(OLD, ANSWER, shown=START), [OLD, ANSWER], 1),
        (_tab(OLD, ANSWER, shown=BEFORE), [OLD, ANSWER], 0),
        (_tab(OLD, OLD, shown=START), [OLD, OLD], 0),
        (_tab("about:config", shown=START), ["about:config"], 0),
    ],
)
def test_what_a_tab_tells_of_an_answer(
    tmp_path: Path, tab: dict[str, Any], left: list[str] | None, told: int
) -> None:
    """Opened behind a page of that time, and before another one or before the tab was
    last shown in it: it goes. Perhaps then: it stays and is counted. Before: it stays.
    """
    home = _home(tmp_path, _tab(OLD), tab)
    assert _told(home) == told
    assert _tabs_left(home) == [[OLD], *([] if left is None else [left])]


def test_an_answer_that_stands_elsewhere_stays(tmp_path: Path) -> None:
    """An address that may be of another time, too, is not taken anywhere."""
    home = _home(tmp_path, _tab(FORM, ANSWER, NEXT), _tab(OLD, ANSWER, shown=BEFORE))
    assert _told(home) == 1
    assert _tabs_left(home) == [[ANSWER], [OLD, ANSWER]]


def test_closed_tabs_tell_when_they_were_closed(tmp_path: Path) -> None:
    """By their own moment, or by that of the closed window around them."""
    tab = _tab(FORM, ANSWER, OLD)
    closed = [
        {"state": _tab(FORM, f"{ANSWER}{n}", OLD), "closedAt": _stored(at)}
        for n, at in enumerate((END, AFTER))
    ]
    fox(tmp_path).visit(OLD, BEFORE).visit(FORM, START).session(
        {
            "windows": [{"tabs": [_tab(OLD)], "_closedTabs": closed}],
            "_closedWindows": [{"tabs": [tab], "closedAt": _stored(END)}],
        }
    ).write()
    assert _told(tmp_path) == 1
    carry_out(tmp_path, planned(FIREFOX, tmp_path, SITTING))
    after = document(tmp_path / SESSION)
    left = [
        [each["url"] for each in item["state"]["entries"]]
        for item in after["windows"][0]["_closedTabs"]
    ]
    assert left == [[OLD], [f"{ANSWER}1", OLD]]
    [window] = after["_closedWindows"]
    assert [each["url"] for each in window["tabs"][0]["entries"]] == [OLD]


def test_an_end_of_the_time_may_be_missing(tmp_path: Path) -> None:
    """Up to a moment, what is behind a page tells of it; from one on, what is before."""
    late = f"{OLD}late"
    home = _home(tmp_path, _tab(ANSWER, NEXT, late), _tab(FORM, f"{ANSWER}2"))
    profile = fox(home).visit(OLD, BEFORE).visit(FORM, START)
    profile.visit(NEXT, END).visit(late, AFTER).write()
    plan = planned(FIREFOX, home, Span(end=END))
    assert stays(plan)["sessionstore.jsonlz4", Kept.OPEN_TABS] == 1
    assert _tabs_left(home, Span(start=START, end=None)) == [[ANSWER]]


def test_a_document_of_any_shape_is_looked_through(tmp_path: Path) -> None:
    """Addresses that are none, moments that are none, and very deep lists."""
    deep: Any = {"entries": [{"url": ANSWER}]}
    for _ in range(60):
        deep = [deep]
    odd = {"entries": [{"url": {"a": []}}, 7, {"url": FORM}], "lastAccessed": "soon"}
    home = _home(tmp_path, _tab(OLD), odd, extData=deep)
    assert _told(home) == 0
    carry_out(home, planned(FIREFOX, home, SITTING))
