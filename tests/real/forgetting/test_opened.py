"""A cleared profile is a profile like any other: its browser opens it, shows all that
was kept, and finds nothing to mend.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.leveldb_entries import table_entries
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.hosts import (
    EARLIER,
    GREEN,
    LOOK_ALIKES,
    NAMING,
    SIGNED_IN,
    SITE,
)
from tests.real.forgetting.making import Ended, Family, Homes, Making, copy_home
from tests.real.forgetting.opened import KEPT, Seen, look
from tests.real.forgetting.stores import CHROMIUM
from tests.real.forgetting.ways import Cleared, Way

pytestmark = pytest.mark.real

BOOKMARKS = {
    "Lantern": f"https://{SIGNED_IN}/rich",
    "Green field": f"https://{GREEN}/rich",
    "Harbor": f"https://{SITE}/rich",
}
SANE = "sane The favicons.sqlite database is sane The database is coherent"


def _look(family: Family, making: Making, home: Path) -> Seen:
    """Open and close it; then nothing in it may bear a mark of repair."""
    seen = look(family, making, home)
    assert list(_marks(home)) == []
    for store in _stores(home):
        assert _integrity(store) == "ok", store
    if family is Family.FIREFOX:
        assert seen.check.endswith(SANE)
    return seen


def _marks(home: Path) -> Iterator[str]:
    """Names of files, and lines of logs, that a browser leaves where it mended."""
    for path in home.rglob("*"):
        name = path.name.lower()
        if "corrupt" in name or name == "lost" or name.endswith(".bak-bad"):
            yield str(path)
        if name in {"log", "log.old"}:
            text = path.read_text("utf-8", "replace")
            for line in text.splitlines():
                if "orruption" in line or "epair" in line or "rror" in line:
                    yield f"{path}: {line}"


def _stores(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(16) == b"SQLite format 3\0":
                    yield path


def _integrity(store: Path) -> str:
    with closing(sqlite3.connect(store)) as opened:
        return str(opened.execute("PRAGMA integrity_check").fetchone()[0])


def _kept_titles(seen: Seen) -> dict[str, str]:
    return {title: seen.bookmarks.get(title, "") for title in BOOKMARKS}


@pytest.mark.rule("SR-24", "SR-30")
def test_the_browser_opens_what_a_site_was_forgotten_in(
    cleared: Cleared, making: Making, *, family: Family, ended: Ended, tmp_path: Path
) -> None:
    """Look-alikes and other sites in the history, all bookmarks, the other sign-in,
    fifty values of twenty origins; the site itself is not in the history.
    """
    home = copy_home(cleared(family, ended, Way.TICKED).home, tmp_path / "home")
    seen = _look(family, making, home)
    assert {urlsplit(page).hostname for page in seen.history} >= set(LOOK_ALIKES)
    assert {NAMING, f"https://{GREEN}/zoomed"} <= seen.history
    assert not any(f"/{SITE}/" in page or f".{SITE}/" in page for page in seen.history)
    assert _kept_titles(seen) == BOOKMARKS
    assert seen.sign_ins == {(f"https://{SIGNED_IN}", "keeper")}
    assert seen.stored == KEPT


@pytest.mark.rule("SR-23", "SR-30")
def test_the_browser_opens_what_a_sitting_was_forgotten_in(
    cleared: Cleared, making: Making, *, family: Family, ended: Ended, tmp_path: Path
) -> None:
    """The earlier sitting is there, bookmarks, both sign-ins, and the fifty values."""
    home = copy_home(cleared(family, ended, Way.SITTING).home, tmp_path / "home")
    seen = _look(family, making, home)
    assert f"http://{EARLIER.host}/typed" in seen.history
    assert _kept_titles(seen) == BOOKMARKS
    assert seen.sign_ins == {
        (f"https://{SIGNED_IN}", "keeper"),
        (f"https://{SITE}", "reader"),
    }
    assert seen.stored == KEPT


def test_the_inputs_had_a_packed_table_and_twenty_origins(
    homes: Homes, ended: Ended
) -> None:
    """The fifty values lay in a LevelDB table with packed blocks, and in Firefox's own
    stores, one for each origin.
    """
    chromium = homes[Family.CHROMIUM, ended] / CHROMIUM / "Local Storage/leveldb"
    assert any(_is_packed(table) for table in chromium.glob("*.ldb"))
    firefox = homes[Family.FIREFOX, ended] / PROFILE / "storage/default"
    assert len(list(firefox.glob("https+++keeper*/ls/data.sqlite"))) == 20
    assert len(KEPT) == 50
    assert len({host for host, _ in KEPT}) == 20


def _is_packed(table: Path) -> bool:
    """Whether its values are longer than the file that has them."""
    data = table.read_bytes()
    return sum(len(value) for _, value in table_entries(data)) > len(data)
