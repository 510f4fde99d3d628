"""What goes out of a Firefox history with one site, and what stays."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hygiene.contract import DeleteRows, Kept, Site, Tick, UpdateRows, Why
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.answers import kept_exclusive
from tests.checks.browser.forgetting.carried_out import (
    carry_out,
    clearings,
    kept_rows,
    missed,
    planned,
    planned_twice,
    stays,
    steps_on,
    without,
)
from tests.checks.browser.forgetting.fox import (
    AT,
    EXACT,
    FOLDER,
    LOOK_ALIKES,
    OWN,
    WHOLE,
    everything,
    fox,
)

PLACES = f"{FOLDER}/places.sqlite"


def _left(home: Path, site: Site = WHOLE) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the history once the plan is carried out."""
    plan = planned(FIREFOX, home, site)
    return without(home / PLACES, steps_on(plan, "places.sqlite"))


def _urls(left: dict[str, list[tuple[object, ...]]]) -> set[object]:
    return {row[1] for row in left["moz_places"]}


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("version", [86, 9])
def test_pages_of_the_site_go_and_look_alikes_stay(
    tmp_path: Path, version: int
) -> None:
    """Whatever the age of the store, the parsed host alone decides."""
    everything(tmp_path, version=version)
    urls = _urls(_left(tmp_path))
    assert not urls & set(OWN)
    assert set(LOOK_ALIKES) <= urls
    assert {"https://help.example/kept", "https://help.example/unseen"} <= urls


@pytest.mark.parametrize(
    ("url", "goes"),
    [(url, "//www." not in url and "//deep." not in url) for url in OWN],
)
def test_one_host_leaves_the_hosts_below_it(
    tmp_path: Path, url: str, goes: bool
) -> None:
    """With the one host as the choice, `www.` and others stay."""
    fox(tmp_path).visit(url, AT).write()
    assert (url not in _urls(_left(tmp_path, EXACT))) is goes


@pytest.mark.parametrize(
    ("site", "goes", "stays_there"),
    [
        ("192.0.2.1", "http://192.0.2.1:8080/x", "http://192.0.2.11/x"),
        ("2001:db8::1", "http://[2001:db8::1]:8080/x", "http://[2001:db8::11]/x"),
        ("xn--nxasmq6b.test", "https://xn--nxasmq6b.test/", "https://nxasmq6b.test/"),
        ("localhost", "http://localhost:3000/", "http://localhost.test/"),
        ("a_b.test", "https://a_b.test/", "https://axb.test/"),
        ("a%b.test", "https://a%b.test/", "https://aXXb.test/"),
    ],
)
def test_sites_of_every_form(
    tmp_path: Path, site: str, goes: str, stays_there: str
) -> None:
    """Addresses of computers, other letters, ports and wildcards of SQL."""
    fox(tmp_path).visit(goes, AT).visit(stays_there, AT).write()
    assert _urls(_left(tmp_path, Site(site, below=True))) == {stays_there}


def test_all_that_hangs_on_pages_goes_with_them(tmp_path: Path) -> None:
    """No table names the site, or a row that is gone, but for what bookmarks need."""
    everything(tmp_path)
    left = _left(tmp_path)
    pages = {row[0]: row[1] for row in left["moz_places"]}
    own = {
        key
        for key, url in pages.items()
        if str(url).startswith("https://help.example/")
    }
    assert len(own) == 2
    for table in (
        *("moz_inputhistory", "moz_annos", "moz_places_metadata", "moz_places_extra"),
        *("moz_historyvisits", "moz_newtab_shortcuts_interaction"),
    ):
        place = 2 if table == "moz_historyvisits" else 1
        place = 0 if table in {"moz_inputhistory", "moz_places_extra"} else place
        linked = {row[place] for row in left[table]}
        assert linked <= pages.keys() - own, table
        assert left[table] or table == "moz_newtab_shortcuts_interaction"
    assert left["moz_historyvisits_extra"] == []
    assert left["moz_newtab_story_click"] == []
    assert {row[1] for row in left["moz_keywords"]} == {"kw", "ow"}
    origins = {row[0] for row in left["moz_origins"]}
    assert {row[15] for row in left["moz_places"]} == origins


def test_links_from_what_stays_are_cut(tmp_path: Path) -> None:
    """Visits and pages that stay do not point to what is gone."""
    everything(tmp_path)
    left = _left(tmp_path)
    visits = {row[0] for row in left["moz_historyvisits"]}
    assert all(row[1] in {0, *visits} for row in left["moz_historyvisits"])
    assert len([row for row in left["moz_historyvisits"] if row[1] == 0]) == len(visits)
    assert {row[2] for row in left["moz_places_metadata"]} == {None}


def test_words_of_searches_stay_while_another_page_needs_them(tmp_path: Path) -> None:
    """Words that only the site was found by go, and so do words that are its name."""
    everything(tmp_path)
    left = _left(tmp_path)
    words = {row[0]: row[1] for row in left["moz_places_metadata_search_queries"]}
    assert set(words.values()) == {"in both"}
    linked = {row[-1] for row in left["moz_places_metadata"]}
    assert linked == {None, *words}


def test_columns_of_other_pages_that_name_the_site_are_emptied(tmp_path: Path) -> None:
    """A picture's address and a description go, a look-alike's stay, the pages too."""
    everything(tmp_path)
    told = {row[1]: row[12:15] for row in _left(tmp_path)["moz_places"]}
    assert told["https://other.test/next"] == (None, None, "Other")
    assert told["https://other.test/mine"] == (
        "nothelp.example",
        "https://other.test/p.png?of=help.example",
        "Mine",
    )


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("version", [86, 9])
def test_bookmarks_keywords_and_tags_stay_byte_for_byte(
    tmp_path: Path, version: int
) -> None:
    """No step touches their tables, nor the row or hash of a bookmarked address."""
    folder = everything(tmp_path, version=version)
    with closing(sqlite3.connect(folder / "places.sqlite")) as store, store:
        page = "(SELECT id FROM moz_places WHERE url = 'https://help.example/kept')"
        store.execute(
            f"INSERT INTO moz_bookmarks(type, fk, parent) SELECT 1, {page}, 9"
        )
    before = kept_rows(folder / "places.sqlite", "SELECT * FROM moz_bookmarks")
    plan = planned(FIREFOX, tmp_path, WHOLE)
    left = without(folder / "places.sqlite", steps_on(plan, "places.sqlite"))
    assert left["moz_bookmarks"] == before
    kept = {row[2] for row in before}
    assert kept <= {row[0] for row in left["moz_places"]}
    for step in steps_on(plan, "places.sqlite"):
        assert isinstance(step, DeleteRows | UpdateRows)
        assert not step.table.startswith("moz_bookmarks")
        assert not isinstance(step, UpdateRows) or not {
            "url_hash",
            "url",
            "guid",
            "foreign_count",
        } & set(step.columns)
    assert stays(plan)["places.sqlite", Kept.BOOKMARKS] == 2


def test_a_bookmarked_page_tells_no_visit_any_more(tmp_path: Path) -> None:
    """Its row is as that of a page that was bookmarked and never opened."""
    folder = everything(tmp_path)
    columns = "visit_count, last_visit_date, typed, frecency, recalc_frecency"
    query = f"SELECT {columns}, description FROM moz_places WHERE url = ?"
    carry_out(tmp_path, planned(FIREFOX, tmp_path, WHOLE))
    with closing(sqlite3.connect(folder / "places.sqlite")) as store:
        kept = store.execute(query, ("https://help.example/kept",)).fetchone()
        other = store.execute(query, ("https://other.test/next",)).fetchone()
    assert kept == (0, None, 0, -1, 1, None)
    assert other[0] == 1
    assert other[1] is not None


def test_the_name_of_a_picture_that_was_deleted_goes(tmp_path: Path) -> None:
    """It is the MD5 of the page's address."""
    profile = fox(tmp_path).visit(OWN[0], AT).visit(LOOK_ALIKES[0], AT)
    marks = [
        hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
        for url in (OWN[0], LOOK_ALIKES[0])
    ]
    for mark in marks:
        profile.row("moz_previews_tombstones", hash=mark)
    profile.write()
    assert _left(tmp_path)["moz_previews_tombstones"] == [(marks[1],)]


def test_a_row_without_a_visit_goes_too(tmp_path: Path) -> None:
    """Typed words or a removed bookmark leave rows that the history does not show."""
    fox(tmp_path).typed("h", "https://help.example/unseen").write()
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.PAGES)
    assert part.counts == {"records": 1}
    assert _urls(_left(tmp_path)) == set()


def _changed(home: Path, script: str) -> None:
    with closing(sqlite3.connect(home / PLACES)) as store, store:
        store.executescript(script)


def test_a_row_that_something_else_needs_stays(tmp_path: Path) -> None:
    """`foreign_count` may count what no table that we know has."""
    fox(tmp_path).visit(OWN[0], AT).visit(OWN[1], AT).keyword("kw", OWN[1]).write()
    _changed(
        tmp_path, f"UPDATE moz_places SET foreign_count = 1 WHERE url = '{OWN[0]}'"
    )
    left = _left(tmp_path)
    assert _urls(left) == {OWN[0]}
    assert left["moz_keywords"] == []


def test_visits_forget_which_page_set_them_off(tmp_path: Path) -> None:
    """The page is known by its row, which is gone or tells of no visit any more."""
    fox(tmp_path).visit(OWN[0], AT).visit("https://other.test/", AT).write()
    _changed(tmp_path, "UPDATE moz_historyvisits SET triggeringPlaceId = 1")
    assert [row[-1] for row in _left(tmp_path)["moz_historyvisits"]] == [None]


def test_icons_and_hosts_of_old_schemas(tmp_path: Path) -> None:
    """Icons stood in the history up to Firefox 54, hosts without `www.` up to 62."""
    profile = fox(tmp_path, version=9)
    pages = (OWN[0], OWN[3], "https://other.test/", "https://o.test/")
    for url in pages:
        profile.visit(url, AT)
    profile.write()
    _changed(
        tmp_path,
        """
        CREATE TABLE moz_favicons(id INTEGER PRIMARY KEY, url TEXT, data BLOB);
        INSERT INTO moz_favicons(url) VALUES('own'), ('shared'), ('other');
        UPDATE moz_places SET favicon_id = 1 WHERE id = 1;
        UPDATE moz_places SET favicon_id = 2 WHERE id IN (2, 3);
        UPDATE moz_places SET favicon_id = 3 WHERE id = 4;
        CREATE TABLE moz_hosts(id INTEGER PRIMARY KEY, host TEXT, frecency INTEGER);
        INSERT INTO moz_hosts(host) VALUES('help.example'), ('other.test');
        """,
    )
    left = _left(tmp_path)
    assert [row[1] for row in left["moz_favicons"]] == ["shared", "other"]
    assert [row[1] for row in left["moz_hosts"]] == ["other.test"]
    assert [row[1] for row in _left(tmp_path, EXACT)["moz_hosts"]] == [
        *("help.example", "other.test")
    ]


def test_an_origin_that_no_page_was_left_of_goes(tmp_path: Path) -> None:
    """Old visits expire before the list of origins does."""
    folder = tmp_path / FOLDER
    fox(tmp_path).visit("https://other.test/", AT).write()
    with closing(sqlite3.connect(folder / "places.sqlite")) as store, store:
        for host in ("help.example", "www.help.example:8080", "nothelp.example"):
            store.execute(
                "INSERT INTO moz_origins(prefix, host, frecency)"
                f" VALUES('https://', '{host}', 1)"
            )
    hosts = {row[2] for row in _left(tmp_path)["moz_origins"]}
    assert hosts == {"other.test", "nothelp.example"}


def test_counts_are_those_of_the_rows(tmp_path: Path) -> None:
    """The first number is that of pages with visits; times are those of the visits."""
    everything(tmp_path)
    parts = {
        (each.kept, each.key.rpartition(":")[2]): each
        for each in clearings(planned(FIREFOX, tmp_path, WHOLE))
        if each.store == PLACES
    }
    pages = parts[Kept.PAGES, "pages"]
    assert pages.counts == {"pages": len(OWN) + 2, "visits": len(OWN) + 2}
    assert pages.first == AT
    assert parts[Kept.SUGGESTIONS, "typed"].counts == {"suggestions": 2}
    assert parts[Kept.DOWNLOADS, "downloads"].counts == {"downloads": 1}
    assert parts[Kept.PAGES, "looked-at"].counts == {"records": 2}
    assert parts[Kept.SEARCHES, "searches"].counts == {"searches": 1}
    assert parts[Kept.SEARCHES, "typed"].counts == {"searches": 1}
    assert {each.tick for each in parts.values()} == {Tick.ALWAYS}


def test_pages_of_others_that_mention_the_site_are_told(tmp_path: Path) -> None:
    """Their address or title has the name in it; a longer name is no mention."""
    profile = fox(tmp_path)
    for url in LOOK_ALIKES:
        profile.visit(url, AT)
    profile.visit("https://o.test/1", AT, title="Welcome to help.example")
    profile.visit("https://o.test/2", AT, title="Welcome to nothelp.example").write()
    mentions = [
        url
        for url in LOOK_ALIKES
        if url.startswith(("https://other.test", "file:", "about:", "data:"))
    ]
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert stays(plan) == {("places.sqlite", Kept.PAGES): len(mentions) + 1}
    assert clearings(plan) == []


def test_tables_that_are_not_firefoxs_own_are_told(tmp_path: Path) -> None:
    """Zen keeps pinned tabs in the same store: nobody's plan takes them."""
    folder = tmp_path / FOLDER
    fox(tmp_path).visit("https://other.test/", AT).write()
    with closing(sqlite3.connect(folder / "places.sqlite")) as store, store:
        store.execute("CREATE TABLE zen_pins(id INTEGER PRIMARY KEY, title, url)")
        for host in ("help.example", "www.help.example", "nothelp.example"):
            store.execute("INSERT INTO zen_pins(url) VALUES(?)", (f"https://{host}/",))
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert stays(plan) == {("places.sqlite", Kept.OTHER): 2}
    assert clearings(plan) == []


@pytest.mark.rule("SR-22")
def test_planning_changes_nothing_and_says_the_same_twice(tmp_path: Path) -> None:
    """Not even an access time moves, and the digest stays."""
    everything(tmp_path)
    assert len(clearings(planned_twice(FIREFOX, tmp_path, WHOLE))) > 20


@pytest.mark.rule("SR-30")
def test_the_history_is_cleared_last(tmp_path: Path) -> None:
    """Names are learnt from it: after a stop the next plan finds the rest."""
    everything(tmp_path)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    order = [each.store for each in clearings(plan)]
    assert order.index(PLACES) == len(set(order)) - 1 + (
        len(order[: order.index(PLACES)]) - len(set(order[: order.index(PLACES)]))
    )
    assert set(order[order.index(PLACES) :]) == {PLACES}


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", None),
        (b"SQLite format 3\0" + bytes(5000), Why.UNKNOWN_FORMAT),
        (b"no database at all, but long enough to be one" * 99, Why.UNKNOWN_FORMAT),
    ],
)
def test_a_history_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes, why: Why | None
) -> None:
    """And so are the icons, as nobody knows which of them a bookmark shows."""
    folder = everything(tmp_path)
    (folder / "places.sqlite").write_bytes(content)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    if why is None:
        assert missed(plan) == {}
    else:
        assert missed(plan) == {"places.sqlite": why, "favicons.sqlite": why}
        assert steps_on(plan, "favicons.sqlite") == []
    assert steps_on(plan, "permissions.sqlite")


@pytest.mark.rule("SR-29")
def test_a_history_that_is_not_firefoxs_is_told(tmp_path: Path) -> None:
    """Half of the tables is not a history that we know."""
    fox(tmp_path).write()
    path = tmp_path / PLACES
    path.unlink()
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT)")
    assert missed(planned(FIREFOX, tmp_path, WHOLE)) == {
        "places.sqlite": Why.UNKNOWN_FORMAT
    }


def test_a_locked_history_can_be_planned_for(tmp_path: Path) -> None:
    """A running browser holds it: the plan is made, and waits for the end of it."""
    folder = everything(tmp_path)
    before = planned(FIREFOX, tmp_path, WHOLE)
    with kept_exclusive(folder / "places.sqlite"):
        assert planned(FIREFOX, tmp_path, WHOLE) == before
