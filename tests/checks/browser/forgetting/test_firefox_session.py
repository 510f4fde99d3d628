"""What goes out of a Firefox session document with one site, and what stays."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import EditJson, Kept, RemoveTree, Tick
from hygiene.practice.firefox import write_jsonlz4
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    document,
    edited,
    planned,
    steps_on,
    stores,
)
from tests.checks.browser.forgetting.fox import FOLDER, LOOK_ALIKES, OWN, WHOLE, fox

SITE = "https://help.example/"
OTHER = "https://other.test/"
BLANK = "about:newtab"


def _entry(url: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "title": f"at {url}", "ID": 1, **more}


def _tab(*urls: str, index: int | None = None, **more: Any) -> dict[str, Any]:
    entries = [_entry(url) for url in urls]
    return {"entries": entries, "index": index or len(urls), "image": None, **more}


def _window(*tabs: dict[str, Any], selected: int = 1, **more: Any) -> dict[str, Any]:
    return {"tabs": list(tabs), "selected": selected, **more}


def _closed(*urls: str, index: int | None = None, **more: Any) -> dict[str, Any]:
    tab = _tab(*urls, index=index)
    shown = urls[tab["index"] - 1]
    return {"state": tab, "title": f"at {shown}", "image": f"{shown}i.png", **more}


def _left(home: Path, *windows: dict[str, Any], **state: Any) -> Any:
    """The document once the plan is carried out."""
    before = {"windows": list(windows), **state}
    fox(home).session(before).write()
    steps = steps_on(planned(FIREFOX, home, WHOLE), "sessionstore.jsonlz4")
    after = edited(document(home / FOLDER / "sessionstore.jsonlz4"), *steps)
    del after["version"]
    return after


def _urls(window: dict[str, Any]) -> list[list[str]]:
    return [[each["url"] for each in tab["entries"]] for tab in window["tabs"]]


@pytest.mark.parametrize("url", OWN)
def test_a_tab_with_nothing_but_the_site_goes(tmp_path: Path, url: str) -> None:
    """Whole, with what the window says of it."""
    after = _left(tmp_path, _window(_tab(OTHER), _tab(url, url), selected=1))
    assert after == {"windows": [_window(_tab(OTHER), selected=1)]}


@pytest.mark.parametrize("url", LOOK_ALIKES)
def test_look_alikes_stay(tmp_path: Path, url: str) -> None:
    """No step at all for a document that has only them."""
    fox(tmp_path).session({"windows": [_window(_tab(url))]}).write()
    assert clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.OPEN_TABS) == []


@pytest.mark.parametrize(
    "url",
    [
        f"view-source:{SITE}",
        "about:reader?url=https%3A%2F%2Fhelp.example%2F",
        f"blob:{SITE}1234",
        "https://www.help.example:8443/",
    ],
)
def test_pages_of_the_site_in_another_dress_go(tmp_path: Path, url: str) -> None:
    """Addresses that hold one of the site."""
    after = _left(tmp_path, _window(_tab(OTHER), _tab(url)))
    assert _urls(after["windows"][0]) == [[OTHER]]


@pytest.mark.parametrize(
    ("urls", "index", "left", "moved"),
    [
        ((OTHER, SITE, BLANK), 3, [OTHER, BLANK], 2),
        ((OTHER, SITE, BLANK), 2, [OTHER, BLANK], 1),
        ((OTHER, SITE, BLANK), 1, [OTHER, BLANK], 1),
        ((SITE, OTHER), 1, [OTHER], 1),
        ((SITE, SITE, OTHER, SITE), 4, [OTHER], 1),
    ],
)
def test_one_page_goes_out_of_a_tabs_history(
    tmp_path: Path, urls: tuple[str, ...], index: int, left: list[str], moved: int
) -> None:
    """The tab shows the page before it, else the one after it."""
    after = _left(tmp_path, _window(_tab(*urls, index=index)))
    assert _urls(after["windows"][0]) == [left]
    assert after["windows"][0]["tabs"][0]["index"] == moved


@pytest.mark.parametrize(
    ("selected", "moved"), [(1, 1), (2, 1), (3, 2), (4, 2), (9, 2)]
)
def test_the_selected_tab_is_found_again(
    tmp_path: Path, selected: int, moved: int
) -> None:
    """Places count from 1, and a tab that goes hands on to the one before it."""
    tabs = (_tab(OTHER), _tab(SITE), _tab(f"{OTHER}2"), _tab(SITE))
    after = _left(tmp_path, _window(*tabs, selected=selected))
    assert after["windows"][0]["selected"] == moved


def test_a_window_of_its_own_goes(tmp_path: Path) -> None:
    """The window that is selected is found again."""
    after = _left(
        tmp_path,
        _window(_tab(SITE), _closedTabs=[_closed(SITE)]),
        _window(_tab(OTHER)),
        selectedWindow=2,
    )
    assert after == {"windows": [_window(_tab(OTHER))], "selectedWindow": 1}


def test_the_last_window_stays_with_an_empty_tab(tmp_path: Path) -> None:
    """Without a window nothing would come back, the closed tabs included."""
    after = _left(tmp_path, _window(_tab(SITE), _tab(SITE), selected=2))
    [window] = after["windows"]
    assert window["tabs"] == [{"entries": []}]
    assert window["selected"] == 1


def test_a_window_with_other_closed_tabs_stays(tmp_path: Path) -> None:
    """They belong to it."""
    closed = [_closed(OTHER), _closed(SITE)]
    after = _left(
        tmp_path, _window(_tab(SITE), _closedTabs=closed), _window(_tab(OTHER))
    )
    assert _urls(after["windows"][0]) == [[]]
    assert after["windows"][0]["_closedTabs"] == closed[:1]


def test_one_side_of_a_split_view_stays_empty(tmp_path: Path) -> None:
    """The other side needs it."""
    after = _left(
        tmp_path, _window(_tab(SITE, splitViewId=5), _tab(OTHER, splitViewId=5))
    )
    assert _urls(after["windows"][0]) == [[], [OTHER]]
    assert after["windows"][0]["tabs"][0]["splitViewId"] == 5


def test_closed_tabs_and_windows(tmp_path: Path) -> None:
    """A closed tab of which only an empty page would be left goes; its title and icon
    follow the page that it shows.
    """
    after = _left(
        tmp_path,
        _window(
            _tab(OTHER),
            _closedTabs=[_closed(BLANK, SITE), _closed(OTHER, SITE), _closed(OTHER)],
        ),
        _closedWindows=[
            _window(_tab(SITE), title="at the site"),
            _window(_tab(OTHER), _tab(SITE), selected=2, title=f"at {SITE}"),
        ],
    )
    closed = after["windows"][0]["_closedTabs"]
    assert [each["title"] for each in closed] == [f"at {OTHER}"] * 2
    assert "image" not in closed[0]
    assert closed[1] == _closed(OTHER)
    [window] = after["_closedWindows"]
    assert (window["title"], window["selected"]) == (f"at {OTHER}", 1)


def test_groups_of_tabs(tmp_path: Path) -> None:
    """Groups all of whose tabs go, go with their names."""
    after = _left(
        tmp_path,
        _window(
            _tab(OTHER, groupId="1"),
            _tab(SITE, groupId="1"),
            _tab(SITE, groupId="2"),
            groups=[{"id": "1", "name": "both"}, {"id": "2", "name": "own"}],
            closedGroups=[
                {"id": "3", "name": "own", "tabs": [_closed(SITE)]},
                {"id": "4", "name": "both", "tabs": [_closed(SITE), _closed(OTHER)]},
            ],
            lastClosedTabGroupId="3",
        ),
        savedGroups=[{"id": "5", "name": "own", "tabs": [_closed(SITE)]}],
    )
    window = after["windows"][0]
    assert [each["name"] for each in window["groups"]] == ["both"]
    assert [each["name"] for each in window["closedGroups"]] == ["both"]
    assert len(window["closedGroups"][0]["tabs"]) == 1
    assert window["lastClosedTabGroupId"] is None
    assert after["savedGroups"] == []


def test_the_session_before_that_is_kept_inside(tmp_path: Path) -> None:
    """`lastSessionState` is a document in the document; a page that offers to restore
    a session has one in its form.
    """
    inside = {"windows": [_window(_tab(SITE, OTHER))]}
    form = {"url": "about:sessionrestore", "id": {"sessionData": inside}}
    tab = _tab("about:sessionrestore", formdata=form)
    after = _left(tmp_path, _window(tab), lastSessionState=inside)
    assert _urls(after["lastSessionState"]["windows"][0]) == [[OTHER]]
    data = after["windows"][0]["tabs"][0]["formdata"]["id"]["sessionData"]
    assert _urls(data["windows"][0]) == [[OTHER]]


def _binary(*texts: str) -> str:
    """Texts behind their lengths, as in a policy or an older principal."""
    data = b"\x04\x1a\x12\x9f" + b"".join(
        len(each).to_bytes(4, "big") + each.encode() + b"\0\1" for each in texts
    )
    return b64encode(data).decode()


def _wide(text: str) -> str:
    raw = text.encode("utf-16-le")
    return b64encode(len(text).to_bytes(4, "big") + raw).decode()


NAMING = {
    "JSON": json.dumps({"1": {"0": f"{SITE}page"}}),
    "JSON, nobody's": json.dumps({"0": {"0": f"moz-nullprincipal:{{1}}?{SITE}"}}),
    "JSON, inside": json.dumps(
        {"1": {"0": OTHER, "2": "^partitionKey=%28https%2Chelp.example%29"}}
    ),
    "binary": _binary(f"{SITE}page"),
    "binary, second": _binary(OTHER, SITE),
    "binary, JSON inside": _binary(OTHER, json.dumps({"1": {"0": SITE}})),
    "binary, attributes": _binary(OTHER, "^partitionKey=%28https%2Chelp.example%29"),
    "two bytes a letter": _wide(f"default-src {SITE}"),
    "plain": f"{SITE}page",
}
NOT_NAMING = {
    "JSON": json.dumps({"1": {"0": f"{OTHER}?u={SITE}"}}),
    "JSON, like": json.dumps({"1": {"0": "https://nothelp.example/"}}),
    "binary": _binary(f"{OTHER}?u={SITE}", "https://nothelp.example/"),
    "binary, attributes": _binary("^partitionKey=%28https%2Cnothelp.example%29"),
    "two bytes a letter": _wide("default-src https://nothelp.example/"),
    "no base64": "$$$ help.example",
    "broken JSON": '{"1": "https://help.example/',
    "deep JSON": "[" * 5000 + "]" * 5000,
    "system": '{"3":{}}',
}


@pytest.mark.parametrize("text", NAMING.values(), ids=NAMING)
def test_members_of_pages_that_stay_go_if_they_name_the_site(
    tmp_path: Path, text: str
) -> None:
    """Principals and policies hide addresses in JSON and in base64."""
    for name in ("triggeringPrincipal_base64", "referrerInfo", "policyContainer"):
        entry = _entry(OTHER, **{name: text, "kept": 1})
        tab = {"entries": [entry], "index": 1}
        after = _left(tmp_path, _window(tab))
        assert after["windows"][0]["tabs"][0]["entries"] == [_entry(OTHER, kept=1)]


@pytest.mark.parametrize("text", NOT_NAMING.values(), ids=NOT_NAMING)
def test_members_that_name_others_stay(tmp_path: Path, text: str) -> None:
    """What stands in the query of another address is not the site."""
    tab = {"entries": [_entry(OTHER, triggeringPrincipal_base64=text)], "index": 1}
    assert _left(tmp_path, _window(tab)) == {"windows": [_window(tab)]}


def test_what_a_tab_keeps_beside_its_pages(tmp_path: Path) -> None:
    """Storage of the site, frames, what was typed; all the rest of the tab stays."""
    frames = [_entry(f"{OTHER}in"), _entry(f"{SITE}in")]
    tab = {
        "entries": [_entry(OTHER, children=frames)],
        "index": 1,
        "storage": {
            "https://help.example": {"a": "b"},
            "https://other.test": {"c": "d"},
        },
        "formdata": {
            "url": OTHER,
            "id": {"town": "help.example", "name": "nothelp.example"},
            "xpath": {"/a": "about help.example"},
            "children": [{"url": f"{SITE}in", "id": {}}, {"url": f"{OTHER}in"}],
        },
        "userTypedValue": "help.example/next",
        "scroll": {"scroll": "0,5"},
        "extData": {"tree": json.dumps({"opener": SITE}), "kept": "1"},
        "iconLoadingPrincipal": NAMING["JSON"],
    }
    [left] = _left(tmp_path, _window(tab))["windows"][0]["tabs"]
    assert left == {
        "entries": [_entry(OTHER, children=frames[:1])],
        "index": 1,
        "storage": {"https://other.test": {"c": "d"}},
        "formdata": {
            "url": OTHER,
            "id": {"name": "nothelp.example"},
            "xpath": {"/a": "about help.example"},
            "children": [None, {"url": f"{OTHER}in"}],
        },
        "scroll": {"scroll": "0,5"},
        "extData": {"kept": "1"},
    }


def test_what_belongs_to_the_page_that_was_shown_goes_with_it(tmp_path: Path) -> None:
    """Its icon, its place on the page, and what was typed into it."""
    tab = _tab(OTHER, SITE, scroll={"scroll": "0,5"}, formdata={"id": {"a": "b"}})
    tab["image"] = "data:image/png;base64,AAAA"
    [left] = _left(tmp_path, _window(tab))["windows"][0]["tabs"]
    assert left == {"entries": [_entry(OTHER)], "index": 1}


@pytest.mark.rule("SR-23")
def test_cookies_of_the_session_go_only_when_ticked(tmp_path: Path) -> None:
    """They are by a tick of their own, on the same document."""
    cookies = [
        {"host": "help.example", "value": "s", "originAttributes": {}},
        {"host": ".help.example", "value": "s"},
        {"host": "nothelp.example", "value": "s"},
        {
            "host": "tracker.test",
            "value": "s",
            "originAttributes": {"partitionKey": "(https,help.example)"},
        },
    ]
    fox(tmp_path).session(
        {"windows": [_window(_tab(OTHER, SITE))], "cookies": cookies}
    ).write()
    plan = planned(FIREFOX, tmp_path, WHOLE)
    [part] = clearings(plan, Kept.COOKIES)
    assert part.tick is Tick.OFF
    before = document(tmp_path / FOLDER / "sessionstore.jsonlz4")
    assert edited(before, *part.steps)["cookies"] == [cookies[2]]
    [tabs] = clearings(plan, Kept.OPEN_TABS)
    assert edited(before, *tabs.steps)["cookies"] == cookies
    steps = [*tabs.steps, *part.steps]
    assert isinstance(steps[0], EditJson)
    assert isinstance(steps[1], EditJson)
    assert steps[0].before == steps[1].before


def test_counts_of_a_document(tmp_path: Path) -> None:
    """Tabs that go whole, and what goes out of tabs that stay."""
    tab = _tab(OTHER, SITE, userTypedValue="help.example")
    fox(tmp_path).session({"windows": [_window(_tab(SITE), tab)]}).write()
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.OPEN_TABS)
    assert part.counts == {"items": 1, "records": 2}


def test_every_document_of_the_session_is_edited(tmp_path: Path) -> None:
    """Those of the running session, of the one before, and of each update."""
    folder = tmp_path / FOLDER
    names = [
        "sessionstore.jsonlz4",
        *(
            f"sessionstore-backups/{name}"
            for name in (
                "recovery.jsonlz4",
                "recovery.baklz4",
                "previous.jsonlz4",
                "upgrade.jsonlz4-20250101000000",
                "upgrade.jsonlz4-20260101000000",
            )
        ),
    ]
    fox(tmp_path).write()
    for name in names:
        write_jsonlz4(folder / name, {"windows": [_window(_tab(OTHER), _tab(SITE))]})
    (folder / "sessionstore.js").write_text(
        json.dumps({"windows": [_window(_tab(SITE))]})
    )
    assert stores(planned(FIREFOX, tmp_path, WHOLE), Tick.ALWAYS) == {
        name.rpartition("/")[2] for name in (*names, "sessionstore.js")
    }


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize(
    "content", [b"mozLz40\0\xff\0\0\0broken", b"[1, 2]", b"{", b"null"]
)
def test_a_document_that_cannot_be_read_goes_whole_or_not_at_all(
    tmp_path: Path, content: bytes
) -> None:
    """The person may leave it out: more than the site would go."""
    fox(tmp_path).write()
    path = tmp_path / FOLDER / "sessionstore.jsonlz4"
    path.write_bytes(content)
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.OPEN_TABS)
    assert (part.tick, part.more) == (Tick.ON, True)
    assert part.steps == (RemoveTree(store=f"{FOLDER}/sessionstore.jsonlz4"),)


@pytest.mark.parametrize(
    "state",
    [
        {"windows": 5, "_closedWindows": {}, "savedGroups": [None], "cookies": [1]},
        {"windows": [None, {"tabs": [None, {"entries": [None, 1], "index": "x"}]}]},
        {"windows": [{"tabs": [{"entries": [{"url": 5}]}], "selected": -7}]},
        {"windows": [{"tabs": {"0": {"entries": []}}, "_closedTabs": [[], "x"]}]},
    ],
)
def test_a_document_of_odd_shapes_gives_no_step(tmp_path: Path, state: Any) -> None:
    """What is no tab is left as it is, and nothing fails."""
    fox(tmp_path).session(state).write()
    assert clearings(planned(FIREFOX, tmp_path, WHOLE)) == []
