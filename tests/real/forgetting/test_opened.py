"""A cleared profile is a profile like any other: its browser opens it, shows all that
was kept, and finds nothing to mend.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from hygiene.contract import Span
from hygiene.engine.planning import Subject
from tests.forgetting import everything, forget, session
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.hosts import (
    EARLIER,
    GREEN,
    LOOK_ALIKES,
    NAMING,
    SIGNED_IN,
    SITE,
    WHOLE_SITE,
)
from tests.real.forgetting.making import Family, Making
from tests.real.forgetting.opened import KEPT, Seen, look
from tests.real.forgetting.stores import CHROMIUM

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
    home: Path, making: Making, family: Family
) -> None:
    """Look-alikes and other sites in the history, all bookmarks, the other sign-in,
    fifty values of twenty origins; the site itself is not in the history.
    """
    forget(home, WHOLE_SITE, everything)
    seen = _look(family, making, home)
    assert {f"http://{host}/" for host in LOOK_ALIKES} <= seen.history
    assert {NAMING, f"https://{GREEN}/zoomed"} <= seen.history
    assert not any(f"/{SITE}/" in page or f".{SITE}/" in page for page in seen.history)
    assert _kept_titles(seen) == BOOKMARKS
    assert seen.sign_ins == {(f"https://{SIGNED_IN}", "keeper")}
    assert seen.stored == KEPT


@pytest.mark.rule("SR-23", "SR-30")
def test_the_browser_opens_what_a_sitting_was_forgotten_in(
    home: Path, making: Making, family: Family
) -> None:
    """The earlier sitting is there, bookmarks, both sign-ins, and the fifty values."""
    with ExitStack() as stack:
        last, _ = session(home, stack).sittings()
    subject: Subject = Span(start=last.start, end=last.end)
    forget(home, subject)
    seen = _look(family, making, home)
    assert f"http://{EARLIER.host}/typed" in seen.history
    assert _kept_titles(seen) == BOOKMARKS
    assert seen.sign_ins == {
        (f"https://{SIGNED_IN}", "keeper"),
        (f"https://{SITE}", "reader"),
    }
    assert seen.stored == KEPT


def test_the_inputs_had_a_packed_table_and_twenty_origins(home: Path) -> None:
    """The fifty values lay in LevelDB tables with packed blocks, or in Firefox's own
    stores, one for each origin.
    """
    tables = list((home / CHROMIUM / "Local Storage/leveldb").glob("*.ldb"))
    own = list((home / PROFILE / "storage/default").glob("https+++keeper*/ls"))
    assert tables or len(own) == 20
    assert len(KEPT) == 50
    assert len({host for host, _ in KEPT}) == 20
