"""On real profiles too, what changes is what was shown: to the row and to the file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.differ import changes
from tests.previews import previewed
from tests.real.forgetting.making import Ended, Family, Homes
from tests.real.forgetting.stores import HISTORY
from tests.real.forgetting.ways import Cleared, Way

pytestmark = pytest.mark.real


@pytest.mark.rule("SR-22", "SR-23", "SR-24")
@pytest.mark.parametrize(
    ("way", "at_least"), [(Way.SITE, 300), (Way.TICKED, 300), (Way.SITTING, 50)]
)
def test_what_changes_is_what_was_shown(
    homes: Homes,
    cleared: Cleared,
    *,
    family: Family,
    ended: Ended,
    way: Way,
    at_least: int,
) -> None:
    """Rows of every table, entries of LevelDB, documents, files: equal to the steps."""
    before = homes[family, ended]
    done = cleared(family, ended, way)
    found = changes(before, done.home)
    assert found == previewed(before, done.plan.units)
    assert len(found) > at_least


@pytest.mark.rule("SR-22")
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_one_row_more_is_seen(
    homes: Homes, cleared: Cleared, *, family: Family, ended: Ended, tmp_path: Path
) -> None:
    """A row that a planted trigger added is in no preview."""
    done = cleared(family, ended, Way.SITE)
    name, table = HISTORY[family]
    old, new = (tmp_path / side / Path(name).name for side in ("old", "new"))
    for made, source in ((old, homes[family, ended]), (new, done.home)):
        made.parent.mkdir()
        shutil.copy2(source / name, made)
    shown = changes(old.parent, new.parent)
    with closing(sqlite3.connect(new)) as store, store:
        store.execute("CREATE TABLE seen(x)")
        store.execute(
            f"CREATE TRIGGER planted AFTER DELETE ON {table} BEGIN"
            " INSERT INTO seen VALUES (old.id); END"
        )
        last = f"(SELECT max(id) FROM {table})"
        store.execute(f"DELETE FROM {table} WHERE id = {last}")
    more = changes(old.parent, new.parent) - shown
    assert {(each.what, each.table) for each in more} == {
        ("gone", table),
        ("new", "seen"),
        ("new", "sqlite_master"),
    }
