"""Plans for stores that somebody prepared: each row that is named can go, nothing that
is no store of ours goes, and what cannot be told is said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import EditJson, Kept, ReplaceFile, Site, Span, Why
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting._bytes import addresses_in
from hygiene_checks.browser.forgetting._planning import Forgetting
from hygiene_checks.browser.forgetting.chromium import CHROMIUM as CHROMIUMS
from hygiene_checks.browser.forgetting.epiphany import EPIPHANY
from hygiene_checks.browser.forgetting.falkon import FALKON
from hygiene_checks.browser.forgetting.firefox import FIREFOX as FIREFOXES
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    missed,
    planned,
    steps_on,
    stores,
)
from tests.failure_modes import homes
from tests.failure_modes.homes import (
    CHROMIUM,
    FIREFOX,
    NOON,
    OTHER,
    SITE,
    WHOLE,
    rows,
    run,
)
from tests.forgetting import everything, forget
from tests.host.systems import POSIX

pytestmark = POSIX

HISTORY, PLACES = f"{CHROMIUM}/History", f"{FIREFOX}/places.sqlite"
ALL_CHROMIUM, ALL_FIREFOX = Span(store=HISTORY), Span(store=PLACES)
WEB = ".local/share/epiphany"
LONG = 1 << 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return homes.home(tmp_path / "home")


def _web(root: Path) -> Path:
    """A profile of GNOME Web with the site in it, and no other profile."""
    profile = EpiphanyProfile(root / WEB, root / ".cache/epiphany")
    profile.visit(f"https://{SITE}/", NOON).visit(f"https://{OTHER}/", NOON)
    profile.write()
    return root / WEB


@pytest.mark.rule("SR-36", "SR-37")
def test_a_long_word_in_the_settings_is_read_once(root: Path) -> None:
    """A search that began anew at each of its letters would hold the program for a
    quarter of an hour; what names the site goes from beside it.
    """
    path = root / CHROMIUM / "Preferences"
    [before] = steps_on(planned(CHROMIUMS, root, WHOLE), "Preferences")
    path.write_text(f'{path.read_text()[:-1]},"s":"{"a" * LONG}"}}')
    [step] = steps_on(planned(CHROMIUMS, root, WHOLE), "Preferences")
    assert isinstance(before, EditJson)
    assert isinstance(step, EditJson)
    assert step.remove == before.remove


@pytest.mark.rule("SR-36", "SR-37")
@pytest.mark.parametrize("space", [" " * LONG, "\n\t" * LONG])
def test_much_space_in_a_tag_is_read_once(tmp_path: Path, space: str) -> None:
    """The way back goes with the space before it, and nothing else of the tag."""
    (_web(tmp_path) / "session_state.xml").write_text(
        f"<session><window><embed url='https://{OTHER}/'{space}history='?'{space}"
        "/></window></session>"
    )
    [step] = steps_on(planned(EPIPHANY, tmp_path, WHOLE), "session_state.xml")
    assert isinstance(step, ReplaceFile)
    assert b"history" not in step.after
    assert step.after.endswith(f"{space}/></window></session>".encode())


def test_what_looks_like_an_attribute_inside_a_text(tmp_path: Path) -> None:
    """Only the attribute itself is cut, and only the number itself is set."""
    inner = ' history="a" active-tab="1" '
    window = f"<session><window title='{inner}' active-tab='1'>"
    tab = f"<embed title='{inner}' url='https://{OTHER}/'"
    (_web(tmp_path) / "session_state.xml").write_text(
        f"{window}<embed url='https://{SITE}/'/>{tab} history='?'/></window></session>"
    )
    [step] = steps_on(planned(EPIPHANY, tmp_path, WHOLE), "session_state.xml")
    assert isinstance(step, ReplaceFile)
    window = window.replace("active-tab='1'", "active-tab='0'")
    assert step.after.decode() == f"{window}{tab}/></window></session>"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"aa://b c://d ee://", ["aa://b"]),
        (b"1://ab://c", ["ab://c"]),
        (b"a" * 40 + b"://b", ["a" * 31 + "://b"]),
        (b"http://one/http://two\0http://three", ["http://one/http://two"]),
        (b"x" * LONG, []),
    ],
)
def test_addresses_between_other_bytes(raw: bytes, found: list[str]) -> None:
    """From the letter that a scheme can begin with to the first byte of no address."""
    assert list(addresses_in(raw))[: len(found)] == found
    assert found or not list(addresses_in(raw))


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize(
    ("store", "sql"),
    [
        (PLACES, "DELETE FROM moz_origins"),
        (PLACES, "DELETE FROM moz_places_metadata_search_queries"),
        (PLACES, "UPDATE moz_places SET origin_id = NULL"),
        (HISTORY, "DELETE FROM urls WHERE id % 2 = 1"),
        (HISTORY, "DELETE FROM urls"),
    ],
)
@pytest.mark.parametrize(
    "subject", [WHOLE, ALL_FIREFOX, ALL_CHROMIUM], ids=["site", "firefox", "chromium"]
)
def test_rows_that_are_named_and_not_there(
    root: Path, store: str, sql: str, subject: Site | Span
) -> None:
    """What other tables point to may be gone: the rest goes all the same."""
    run(root / store, sql)
    assert forget(root, subject, everything).result.not_done == ()
    like = f"'https://{SITE}/%'"
    if subject in (WHOLE, ALL_FIREFOX):
        query = f"SELECT count(*) FROM moz_places WHERE url LIKE {like}"
        assert rows(root / PLACES, query) == [(0,)]
    if subject in (WHOLE, ALL_CHROMIUM):
        query = f"SELECT count(*) FROM urls WHERE url LIKE {like}"
        assert rows(root / HISTORY, query) == [(0,)]


@pytest.mark.rule("SR-18", "SR-30")
@pytest.mark.parametrize(
    "link",
    ["x'ff'", "'x'", "'0) OR (1'", "'0) UNION SELECT id,1,5,1,9 FROM visits --'"],
)
def test_what_a_store_says_is_never_part_of_a_question_to_it(
    root: Path, link: str
) -> None:
    """A visit with a link that is no number: the history says so, all else is planned."""
    run(root / HISTORY, f"UPDATE visits SET visited_link_id = {link}")
    run(root / HISTORY, "INSERT INTO visited_links VALUES (99, 99, 'x', 'x', 1)")
    plan = planned(CHROMIUMS, root, WHOLE)
    assert missed(plan) == {"History": Why.UNKNOWN_FORMAT}
    assert "Favicons" in stores(plan)


@pytest.mark.rule("SR-30")
def test_a_search_whose_page_is_gone(root: Path) -> None:
    """The words of the search go, and no page has to."""
    run(
        root / HISTORY,
        "INSERT INTO keyword_search_terms(keyword_id, url_id, term, normalized_term)"
        f" VALUES (1, 9999, '{SITE}', '{SITE}')",
    )
    assert forget(root, WHOLE).result.not_done == ()
    query = "SELECT count(*) FROM keyword_search_terms WHERE url_id = 9999"
    assert rows(root / HISTORY, query) == [(0,)]


@pytest.mark.rule("SR-30")
def test_a_page_setting_without_a_name(root: Path) -> None:
    """The setting of the site goes; the name that it had is gone already."""
    store = root / FIREFOX / "content-prefs.sqlite"
    store.unlink(missing_ok=True)
    FirefoxStores(root / FIREFOX).page_setting(SITE, "zoom").write()
    run(store, "DELETE FROM settings")
    assert rows(store, "SELECT count(*) FROM prefs") == [(1,)]
    assert forget(root, WHOLE).result.not_done == ()
    assert rows(store, "SELECT count(*) FROM prefs") == [(0,)]


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("subject", [WHOLE, Span()], ids=["site", "all"])
def test_a_page_whose_host_is_gone(tmp_path: Path, subject: Site | Span) -> None:
    """GNOME Web's pages go without the rows of their hosts."""
    store = _web(tmp_path) / "ephy-history.db"
    run(store, "DELETE FROM hosts")
    assert forget(tmp_path, subject).result.not_done == ()
    query = f"SELECT count(*) FROM urls WHERE url LIKE '%{SITE}%'"
    assert rows(store, query) == [(0,)]


@pytest.mark.rule("SR-22")
@pytest.mark.parametrize(
    "name",
    [
        "sessionstore.jsonlz4",
        "sessionstore-backups/recovery.baklz4",
        "sessionstore-backups/upgrade.jsonlz4-1",
        "SiteSecurityServiceState.bin",
        "AlternateServices.bin",
    ],
)
def test_a_folder_in_the_place_of_a_file(root: Path, name: str) -> None:
    """It is none of the browser's: it stays, and is named."""
    folder = root / FIREFOX / name
    folder.unlink(missing_ok=True)
    folder.mkdir(parents=True)
    (folder / f"{SITE}.jpg").write_bytes(b"precious")
    plan = planned(FIREFOXES, root, WHOLE)
    assert missed(plan)[folder.name] is Why.UNKNOWN_FORMAT
    assert folder.name not in stores(plan)
    forget(root, WHOLE, everything)
    assert (folder / f"{SITE}.jpg").read_bytes() == b"precious"


@pytest.mark.rule("SR-22")
def test_a_folder_in_the_place_of_a_session_of_gnome_web(tmp_path: Path) -> None:
    """It stays, and is named."""
    folder = _web(tmp_path) / "session_state.xml"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"precious")
    plan = planned(EPIPHANY, tmp_path, WHOLE)
    assert folder.name in missed(plan)
    assert folder.name not in stores(plan)


def _redeclared(path: Path, table: str, kind: str) -> None:
    """Make the ids of a table of another kind; its other columns stay."""
    with closing(sqlite3.connect(path)) as store, store:
        told = store.execute(f"PRAGMA table_info({table})").fetchall()
        columns = ", ".join(name for _, name, *_ in told)
        typed = ", ".join(f"{n} {kind if n == 'id' else ''}" for _, n, *_ in told)
        store.executescript(
            f"CREATE TABLE other ({typed});"
            f"INSERT INTO other SELECT {columns} FROM {table};"
            f"DROP TABLE {table}; ALTER TABLE other RENAME TO {table}"
        )


def _falkon(root: Path) -> Path:
    folder = root / ".config/falkon/profiles/default"
    FalkonProfile(folder).visit(f"https://{SITE}/", NOON).write()
    return folder / "browsedata.db"


class _Store(NamedTuple):
    """A history: who plans for it, where it is made in a home, and its table of pages."""

    family: Forgetting
    written: Callable[[Path], Path]
    table: str


_CHROMIUM = _Store(CHROMIUMS, lambda root: root / HISTORY, "urls")
_FIREFOX = _Store(FIREFOXES, lambda root: root / PLACES, "moz_places")
_FALKON = _Store(FALKON, _falkon, "history")


@pytest.mark.rule("SR-22")
@pytest.mark.parametrize("kind", ["TEXT", "REAL"])
@pytest.mark.parametrize("subject", [WHOLE, Span(end=NOON + timedelta(days=9))])
@pytest.mark.parametrize("store", [_CHROMIUM, _FIREFOX, _FALKON])
def test_pages_with_ids_of_another_kind_are_not_passed_over(
    root: Path, store: _Store, subject: Site | Span, kind: str
) -> None:
    """No step finds them for sure: the history is not reached, and that is said."""
    family, path = store.family, store.written(root)
    assert clearings(planned(family, root, subject), Kept.PAGES)
    _redeclared(path, store.table, kind)
    plan = planned(family, root, subject)
    assert missed(plan)[path.name] is Why.UNKNOWN_FORMAT
    assert path.name not in stores(plan)


@pytest.mark.rule("SR-22")
def test_settings_that_are_a_list(root: Path) -> None:
    """No browser writes them so: they stay, and are named."""
    path = root / CHROMIUM / "Preferences"
    path.write_text(f'[{path.read_text()}, "https://{SITE}/"]')
    plan = planned(CHROMIUMS, root, WHOLE)
    assert missed(plan)["Preferences"] is Why.UNKNOWN_FORMAT
    assert "Preferences" not in stores(plan)
