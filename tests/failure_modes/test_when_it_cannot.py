"""Failure modes of stores that are open, half-made, damaged, or left in the middle."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from hygiene.engine.applying import Result, StillOpen
from hygiene.report.plans import Plans
from tests.differ import changes, tables
from tests.failure_modes import homes
from tests.failure_modes.dying import forget_and_die
from tests.failure_modes.homes import CHROMIUM, FIREFOX, OTHER, WHOLE
from tests.failure_modes.open_stores import held
from tests.forgetting import agree, forget, planned, session
from tests.host.systems import POSIX
from tests.host.writing.states import is_idle_journal

pytestmark = POSIX


def _copy(root: Path, name: str = "before") -> Path:
    to = root.with_name(name)
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(root, to, symlinks=True)


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    "store",
    [f"{CHROMIUM}/History", f"{FIREFOX}/places.sqlite"],
    ids=["chromium", "fox"],
)
def test_10_an_open_browser_is_waited_for(tmp_path: Path, store: str) -> None:
    """Opened after the plan was shown, it stops all of it, in words that name it; once
    it is closed the same plan can be carried out.
    """
    root = homes.home(tmp_path / "home")
    with ExitStack() as stack:
        run = session(root, stack)
        plan = run.plan(WHOLE)
        assert run.in_use(plan) == ()
        before = _copy(root)
        with held(root / store):
            told = agree(run, plan)
            [place] = run.in_use(plan)
        assert told == StillOpen((place,))
        assert store.startswith(place.folder)
        said = " ".join(Plans(run.facts).open([place]))
        assert place.program in said
        assert changes(before, root) == set()
        assert isinstance(agree(run, plan), Result)
    assert homes.left_of(root / store) == []


@pytest.mark.rule("SR-29")
def test_10_the_lock_of_a_browser_that_was_killed_is_no_refusal(tmp_path: Path) -> None:
    """Its files and links for locking are still there, and nobody holds them."""
    root = homes.home(tmp_path / "home")
    (root / CHROMIUM).with_name("SingletonLock").symlink_to("host-4000000")
    (root / FIREFOX / "lock").symlink_to("127.0.1.1:+4000000")
    (root / FIREFOX / ".parentlock").touch()
    done = forget(root, WHOLE)
    assert len(done.plan.places) == 2
    assert done.result.not_done == ()
    assert planned(root, WHOLE).count == 0


def _no_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("CREATE TABLE moz_meta(key TEXT, value)")


def _torn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = bytes(len(data) - 100)
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _own_order(path: Path) -> None:
    table = "moz_places" if path.name == "places.sqlite" else "urls"
    with closing(sqlite3.connect(path)) as store, store:
        store.create_collation("theirs", lambda one, two: (one > two) - (one < two))
        store.execute(f"CREATE INDEX own ON {table}(title COLLATE theirs)")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"not a database\n" * 999),
    "no tables": _no_tables,
    "torn": _torn,
    "cut": _cut,
    "an order of its own": _own_order,
}


@pytest.mark.rule("SR-29", "SR-18")
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize(
    "store",
    [f"{CHROMIUM}/History", f"{FIREFOX}/places.sqlite"],
    ids=["chromium", "fox"],
)
def test_11_a_history_that_cannot_be_read_stops_nothing_else(
    tmp_path: Path, store: str, damage: Callable[[Path], object]
) -> None:
    """The store is named as not looked at and keeps its bytes; the other browser is
    cleared all the same.
    """
    root = homes.home(tmp_path / "home")
    damage(root / store)
    data = (root / store).read_bytes()
    done = forget(root, WHOLE)
    assert (root / store).read_bytes() == data
    assert done.plan.pages
    [folder] = {CHROMIUM, FIREFOX} - {store.rpartition("/")[0]}
    pages = {each.place.folder for each in done.result.done if "pages" in each.counts}
    assert pages == {folder}
    named = {each.store for each in done.plan.not_reached}
    named |= {each.place.folder for each in done.plan.refused}
    assert named & {store, store.rpartition("/")[0]} or not data


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("number", [1, 9, 40, 111, 256, 400, 777, 1100])
def test_12_a_kill_in_the_middle_leaves_whole_stores(
    tmp_path: Path, number: int
) -> None:
    """Each table is as before or as after; the same said again ends as if nothing had
    happened.
    """
    root = homes.home(tmp_path / "home")
    before = _copy(root)
    done = _copy(root, "done")
    forget(done, WHOLE)
    assert forget_and_die(root, WHOLE, number)
    for path in before.rglob("*"):
        now = root / path.relative_to(before)
        if path.is_file() and path.read_bytes().startswith(b"SQLite format 3\0"):
            ended = done / path.relative_to(before)
            found = tables(now)
            assert found in (tables(path), tables(ended)), path
    if planned(root, WHOLE).count:
        forget(root, WHOLE)
    more = {each for each in changes(done, root) if each.what != "touched"}
    assert {each for each in more if not is_idle_journal(root / each.store)} == set()
    assert homes.left_of(root, OTHER)
