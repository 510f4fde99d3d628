"""What goes out of a GNOME Web profile with one site or one stretch of time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Kept, ReplaceFile, Site, Span, Tick, Why
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene_checks.browser.forgetting.epiphany import EPIPHANY
from tests.checks.answers import store
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    missed,
    planned,
    planned_twice,
    stays,
    steps_on,
    stores,
    without,
)

FOLDER = ".local/share/epiphany"
CACHE = ".cache/epiphany"
SITE = Site("help.example", below=True)
AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OWN = ("https://help.example/", "https://www.help.example:8443/a?b&c")
LOOK_ALIKES = (
    "https://nothelp.example/",
    "https://help.example.org/",
    "https://o.test/?q=help.example",
)


def _profile(home: Path) -> EpiphanyProfile:
    return EpiphanyProfile(home / FOLDER, home / CACHE)


def _everything(home: Path) -> Path:
    profile = _profile(home)
    for number, url in enumerate((*OWN, *LOOK_ALIKES)):
        profile.visit(url, AT + number * MINUTE)
    return (
        profile.visit("https://o.test/next", AT, coming_from=1)
        .icon("https://help.example/i.png", OWN[0])
        .icon("https://cdn.test/own.png", OWN[1])
        .icon("https://cdn.test/shared.png", f"{OWN[0]}3", "https://o.test/next")
        .icon("https://nothelp.example/i.png", LOOK_ALIKES[0])
        .observed("help.example")
        .observed("tracker.test", under="help.example")
        .observed("tracker.test", under="o.test")
        .observed("nothelp.example")
        .strict("help.example")
        .strict("www.help.example")
        .strict("nothelp.example")
        .cookie("help.example")
        .cookie(".help.example")
        .cookie("nothelp.example")
        .window(OWN[0], "https://o.test/next", LOOK_ALIKES[2], tab2=OWN[1])
        .window(OWN[1])
        .window(LOOK_ALIKES[0])
        .site_data(
            "localstorage/https_help.example_0.localstorage",
            "localstorage/https_help.example_0.localstorage-wal",
            "localstorage/https_nothelp.example_0.localstorage",
            "databases/indexeddb/v1/https_www.help.example_8443/1/IndexedDB.sqlite3",
            "databases/indexeddb/v1/https_www.help.example_8443/https_help.example_0/x",
            "databases/indexeddb/v1/https_o.test_0/https_help.example_0/1/x.sqlite3",
            "databases/indexeddb/v1/https_o.test_0/1/x.sqlite3",
        )
        .hashed_data("a/a", "help.example", "help.example")
        .hashed_data("a/b", "help.example", "tracker.test")
        .hashed_data("b/b", "o.test", "tracker.test")
        .hashed_data("c/c", "nothelp.example", "nothelp.example")
        .write()
    )


def _left(home: Path, name: str, subject: Site | Span = SITE) -> dict[str, list[Any]]:
    [path] = [each for each in home.rglob(name) if each.is_file()]
    return without(path, steps_on(planned(EPIPHANY, home, subject), name))


@pytest.mark.rule("SR-30")
def test_pages_visits_and_hosts_go(tmp_path: Path) -> None:
    """The site's own; look-alikes, and what came from its pages, stay."""
    _everything(tmp_path)
    left = _left(tmp_path, "ephy-history.db")
    assert {row[2] for row in left["urls"]} == {*LOOK_ALIKES, "https://o.test/next"}
    assert {row[1] for row in left["hosts"]} == {
        *("https://nothelp.example", "https://help.example.org", "https://o.test")
    }
    assert {row[1] for row in left["visits"]} == {row[0] for row in left["urls"]}
    assert {row[4] for row in left["visits"]} == {None}
    [part] = clearings(planned(EPIPHANY, tmp_path, SITE), Kept.PAGES)
    assert part.counts == {"pages": 2, "visits": 2}
    assert (part.first, part.last) == (AT, AT + MINUTE)


def test_icons_go_with_their_pages(tmp_path: Path) -> None:
    """By their own address, or once no other page shows them."""
    _everything(tmp_path)
    left = _left(tmp_path, "WebpageIcons.db")
    assert {row[1] for row in left["IconInfo"]} == {
        *("https://cdn.test/shared.png", "https://nothelp.example/i.png")
    }
    assert {row[0] for row in left["IconData"]} == {row[0] for row in left["IconInfo"]}
    assert {row[0] for row in left["PageURL"]} == {
        *(LOOK_ALIKES[0], "https://o.test/next")
    }


def test_icons_of_bookmarks_stay(tmp_path: Path) -> None:
    """An address that stands among the bookmarks keeps its picture."""
    _everything(tmp_path)
    marks = b"GVariant\0" + OWN[0].encode() + b"\0"
    (tmp_path / FOLDER / "bookmarks.gvdb").write_bytes(marks)
    plan = planned(EPIPHANY, tmp_path, SITE)
    left = _left(tmp_path, "WebpageIcons.db")
    assert {row[1] for row in left["IconInfo"]} == {
        "https://help.example/i.png",
        "https://cdn.test/shared.png",
        "https://nothelp.example/i.png",
    }
    told = stays(plan)
    assert ("bookmarks.gvdb", Kept.BOOKMARKS) in told
    assert told["WebpageIcons.db", Kept.ICONS] == 1


def test_domains_that_were_observed(tmp_path: Path) -> None:
    """The domain and every link to it, not the other domains."""
    _everything(tmp_path)
    left = _left(tmp_path, "observations.db")
    domains = {row[0]: row[1] for row in left["ObservedDomains"]}
    assert set(domains.values()) == {"tracker.test", "o.test", "nothelp.example"}
    links = left["SubframeUnderTopFrameDomains"]
    assert [(domains[row[0]], domains[row[2]]) for row in links] == [
        ("tracker.test", "o.test")
    ]


def test_other_stores_by_host(tmp_path: Path) -> None:
    """Hosts for TLS only go; cookies only when ticked."""
    _everything(tmp_path)
    left = _left(tmp_path, "hsts-storage.sqlite")
    assert [row[1] for row in left["soup_hsts_policies"]] == ["nothelp.example"]
    [part] = clearings(planned(EPIPHANY, tmp_path, SITE), Kept.COOKIES)
    assert (part.tick, part.counts) == (Tick.OFF, {"records": 2})


def test_site_data_by_name_and_by_hash(tmp_path: Path) -> None:
    """Also what the site has inside another, and others inside it."""
    _everything(tmp_path)
    paths = {
        each.store.removeprefix(f"{FOLDER}/")
        for each in clearings(planned(EPIPHANY, tmp_path, SITE), Kept.SITE_DATA)
    }
    assert paths == {
        "localstorage/https_help.example_0.localstorage",
        "localstorage/https_help.example_0.localstorage-wal",
        "databases/indexeddb/v1/https_www.help.example_8443",
        "databases/indexeddb/v1/https_o.test_0/https_help.example_0",
        "storage/a/a",
        "storage/a/b",
    }


def test_tabs_go_and_every_other_byte_stays(tmp_path: Path) -> None:
    """A window with nothing else goes; a way back that names the site goes alone."""
    _everything(tmp_path)
    path = tmp_path / FOLDER / "session_state.xml"
    lines = path.read_bytes().splitlines(keepends=True)
    [step] = steps_on(planned(EPIPHANY, tmp_path, SITE), "session_state.xml")
    assert isinstance(step, ReplaceFile)
    after = step.after.splitlines(keepends=True)
    assert after[2] == lines[2].replace(b'active-tab="2"', b'active-tab="1"')
    assert after[3].strip() == b""
    assert after[4] == lines[4].partition(b" history=")[0] + b"/>\n"
    assert after[5:7] == lines[5:7]
    assert after[7].strip() == b""
    assert after[8:] == lines[10:]
    [part] = clearings(planned(EPIPHANY, tmp_path, SITE), Kept.OPEN_TABS)
    assert part.counts == {"items": 2, "records": 1}
    path.write_bytes(step.after)
    assert steps_on(planned(EPIPHANY, tmp_path, SITE), "session_state.xml") == []


@pytest.mark.parametrize(
    ("document", "left"),
    [
        (
            b"<session><window><embed url='https://help.example/'></embed></window></session>",
            b"<session></session>",
        ),
        (
            (
                b"<session><window active-tab='0'><embed url='https://help.example/'/>"
                b"<embed url='https://o.test/?a=1&amp;b=>'/></window></session>"
            ),
            (
                b"<session><window active-tab='0'>"
                b"<embed url='https://o.test/?a=1&amp;b=>'/></window></session>"
            ),
        ),
        (
            (
                b"<session><window active-tab='9'><embed url='https://o.test/'/>"
                b"<embed title='/>' url='https://help.example/'/></window></session>"
            ),
            (
                b"<session><window active-tab='0'><embed url='https://o.test/'/>"
                b"</window></session>"
            ),
        ),
        (b"<session><!-- https://help.example/ --><window/></session>", None),
    ],
)
def test_documents_of_every_shape(
    tmp_path: Path, document: bytes, left: bytes | None
) -> None:
    """Empty and closed elements, `>` inside texts, odd numbers."""
    _profile(tmp_path).file("session_state.xml", data=document).write()
    steps = steps_on(planned(EPIPHANY, tmp_path, SITE), "session_state.xml")
    if left is None:
        assert steps == []
    else:
        [step] = steps
        assert isinstance(step, ReplaceFile)
        assert step.after == left


@pytest.mark.parametrize(
    "document",
    [b"<session><window>", b"no document", b"<!DOCTYPE s [<!ENTITY a 'b'>]><s>&a;</s>"],
)
def test_a_session_that_cannot_be_read_goes_whole_or_not_at_all(
    tmp_path: Path, document: bytes
) -> None:
    """The person may leave it out."""
    _profile(tmp_path).file("session_state.xml", data=document).write()
    [part] = clearings(planned(EPIPHANY, tmp_path, SITE), Kept.OPEN_TABS)
    assert (part.tick, part.more) == (Tick.ON, True)


def test_caches_go_whole_if_the_site_was_there(tmp_path: Path) -> None:
    """In the cache folder; a profile without the site keeps its own."""
    _everything(tmp_path)
    (tmp_path / CACHE / "WebKitCache/Version 16").mkdir(parents=True)
    (tmp_path / CACHE / "WebKitCache/Version 16/salt").write_bytes(b"x")
    [part] = clearings(planned(EPIPHANY, tmp_path, SITE), Kept.CACHE)
    assert (part.store, part.tick, part.more) == (f"{CACHE}/WebKitCache", Tick.ON, True)
    assert clearings(planned(EPIPHANY, tmp_path, Site("no.example"))) == []


@pytest.mark.rule("SR-22")
def test_planning_changes_nothing_and_a_second_run_finds_nothing(
    tmp_path: Path,
) -> None:
    """The same steps twice; once they are done there are none."""
    _everything(tmp_path)
    plan = planned_twice(EPIPHANY, tmp_path, SITE)
    done = carry_out(tmp_path, plan)
    assert done[-1] == f"{FOLDER}/ephy-history.db"
    assert clearings(planned(EPIPHANY, tmp_path, SITE)) == []
    left = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    for look_alike in (b"q=help.example", b"help.example.org"):
        left = left.replace(look_alike, b"")
    for word in (b"/help.example", b".help.example", b"\x0chelp.example"):
        assert word not in left


@pytest.mark.rule("SR-23")
def test_a_stretch_of_time(tmp_path: Path) -> None:
    """Exact bounds; pages with other visits are counted anew; left-out hosts stay."""
    (
        _profile(tmp_path)
        .visit("https://a.test/", AT - MINUTE)
        .visit("https://a.test/", AT)
        .visit("https://b.test/", AT, coming_from=2)
        .visit("https://c.test/", AT + MINUTE)
        .visit("https://d.test/", AT + 2 * MINUTE)
        .visit("https://out.test/", AT)
        .icon("https://b.test/i.png", "https://b.test/")
        .icon("https://a.test/i.png", "https://a.test/")
        .window("https://a.test/", "https://b.test/")
        .cookie("b.test")
        .write()
    )
    span = Span(start=AT, end=AT + MINUTE, left_out=frozenset({"out.test"}))
    left = _left(tmp_path, "ephy-history.db", span)
    assert [row[2] for row in left["urls"]] == [
        *("https://a.test/", "https://d.test/", "https://out.test/")
    ]
    micros = round((AT - MINUTE).timestamp() * 1_000_000)
    assert next((row[5], row[7]) for row in left["urls"]) == (1, micros)
    assert len(left["hosts"]) == 3
    plan = planned(EPIPHANY, tmp_path, span)
    [part] = clearings(plan, Kept.PAGES)
    assert part.counts == {"pages": 2, "visits": 3}
    icons = without(
        tmp_path / CACHE / "icondatabase/WebpageIcons.db",
        steps_on(plan, "WebpageIcons.db"),
    )
    assert [row[1] for row in icons["IconInfo"]] == ["https://a.test/i.png"]
    [step] = steps_on(plan, "session_state.xml")
    assert isinstance(step, ReplaceFile)
    assert b"b.test/'" not in step.after
    assert stores(plan, Tick.OFF) == set()
    assert ("cookies.sqlite", Kept.COOKIES) in stays(plan)


@pytest.mark.rule("SR-24")
def test_all_of_a_history(tmp_path: Path) -> None:
    """Also pages and hosts without a visit, and tabs that no history had; hosts that
    were left out keep theirs.
    """
    folder = (
        _profile(tmp_path)
        .visit("https://a.test/", AT)
        .visit("https://seen.test/", AT)
        .visit("https://out.test/", AT)
        .window("https://never.test/", "about:overview")
        .window("ephy-reader:https://read.test/a")
        .icon("https://never.test/i.png", "https://never.test/")
        .icon("https://cdn.test/out.png", "https://out.test/never")
        .window("https://out.test/never")
        .write()
    )
    with closing(sqlite3.connect(folder / "ephy-history.db")) as history, history:
        history.execute(
            "DELETE FROM visits WHERE url = (SELECT id FROM urls"
            " WHERE url = 'https://seen.test/')"
        )
        history.executemany(
            "INSERT INTO hosts (url, title, visit_count, zoom_level)"
            " VALUES (?, '', 0, 1)",
            [("https://host.test",), ("http://out.test",)],
        )
    span = Span(left_out=frozenset({"out.test"}))
    left = _left(tmp_path, "ephy-history.db", span)
    assert [row[2] for row in left["urls"]] == ["https://out.test/"]
    assert {row[1] for row in left["hosts"]} == {"https://out.test", "http://out.test"}
    [step] = steps_on(planned(EPIPHANY, tmp_path, span), "session_state.xml")
    assert isinstance(step, ReplaceFile)
    assert b"never.test" not in step.after
    assert b"read.test" not in step.after
    assert b"about:overview" in step.after
    assert b"out.test/never" in step.after
    icons = _left(tmp_path, "WebpageIcons.db", span)
    assert [row[0] for row in icons["PageURL"]] == ["https://out.test/never"]
    assert [row[1] for row in icons["IconInfo"]] == ["https://cdn.test/out.png"]


def test_a_host_is_alone_once_no_row_has_its_name(tmp_path: Path) -> None:
    """With one page over TLS and one without, the icon of the host stays; a tab of a
    host that is gone goes, also where no history had its page.
    """
    (
        _profile(tmp_path)
        .visit("https://both.test/", AT)
        .visit("http://both.test/", AT - MINUTE)
        .visit("https://gone.test/", AT)
        .icon("https://both.test/i.png", "http://both.test/")
        .window("https://gone.test/never", "https://both.test/never")
        .write()
    )
    plan = planned(EPIPHANY, tmp_path, Span(start=AT, end=AT))
    assert steps_on(plan, "WebpageIcons.db") == []
    [step] = steps_on(plan, "session_state.xml")
    assert isinstance(step, ReplaceFile)
    assert b"gone.test/never" not in step.after
    assert b"both.test/never" in step.after


@pytest.mark.rule("SR-29")
def test_stores_of_another_kind_are_told(tmp_path: Path) -> None:
    """Nothing is guessed at."""
    folder = _everything(tmp_path)
    for path in (
        folder / "itp/observations.db",
        tmp_path / CACHE / "hsts-storage.sqlite",
        folder / "ephy-history.db",
    ):
        path.unlink()
        store(path, "CREATE TABLE other(id INTEGER PRIMARY KEY, url TEXT)")
    plan = planned(EPIPHANY, tmp_path, SITE)
    assert missed(plan) == dict.fromkeys(
        ("observations.db", "hsts-storage.sqlite", "ephy-history.db"),
        Why.UNKNOWN_FORMAT,
    )
