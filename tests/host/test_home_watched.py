"""A watched home: every activity is seen, and may be ended."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import Home, Platform
from hygiene.host.home import DiskHome
from hygiene.practice.hive import write_hive
from hygiene.practice.store import write_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTIVITIES: dict[str, Callable[[Home], object]] = {
    "find": lambda home: list(home.find("p/*")),
    "entry": lambda home: home.entry("p"),
    "walk": lambda home: list(home.walk("p")),
    "open": lambda home: home.open("p/list"),
    "read": lambda home: home.read("p/list", limit=9),
    "json": lambda home: home.json("p/list"),
    "json items": lambda home: list(home.json_items("p/list", "item")),
    "plist": lambda home: home.plist("p/plist"),
    "registry": lambda home: home.registry("Software"),
    "query": lambda home: home.query("p/store", lambda db: list(db.rows("SELECT 1"))),
}


class Enough(Exception):
    """The watcher wants no more."""


@pytest.fixture
def home(tmp_path: Path) -> DiskHome:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/list").write_bytes(b"[1, 2]")
    (tmp_path / "p/plist").write_bytes(plistlib.dumps([1]))
    write_store(tmp_path / "p/store", "CREATE TABLE t(x)")
    write_hive(tmp_path / "NTUSER.DAT", {"Software": {"x": 1}})
    return DiskHome(tmp_path, Platform.WINDOWS)


@pytest.mark.parametrize("act", ACTIVITIES.values(), ids=ACTIVITIES)
def test_each_activity_is_seen_and_may_be_ended(
    home: DiskHome, act: Callable[[Home], object]
) -> None:
    """The watcher is called, and what it raises comes through as it is."""
    ticks = []
    answer = act(home.watched(lambda: ticks.append(1)))
    assert ticks
    assert answer

    def end() -> None:
        raise Enough

    with pytest.raises(Enough):
        act(home.watched(end))


def test_reading_goes_on_being_seen(home: DiskHome) -> None:
    """Each read of an open file counts."""
    ticks = []
    with home.watched(lambda: ticks.append(1)).open("p/list") as file:
        before = len(ticks)
        file.read_at(0, 1)
        file.read_at(1, 1)
        assert len(ticks) == before + 2


def test_the_home_itself_is_not_watched(home: DiskHome) -> None:
    """A view has its own watcher; the home and other views keep theirs."""
    ticks = []
    view = home.watched(lambda: ticks.append(1))
    home.entry("p")
    home.watched(lambda: None).entry("p")
    assert ticks == []
    assert (view.platform, view.live) == (home.platform, home.live)
