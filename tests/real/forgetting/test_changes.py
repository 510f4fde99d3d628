"""On real profiles too, what changes is what was shown: to the row and to the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from hygiene.contract import Clearing, Span
from tests.differ import changes
from tests.forgetting import everything, forget, nothing_more, session
from tests.previews import previewed
from tests.real.forgetting.hosts import WHOLE_SITE
from tests.real.forgetting.making import Ended, Family, Homes
from tests.real.forgetting.stores import HISTORY

pytestmark = pytest.mark.real


@pytest.mark.rule("SR-22", "SR-24")
@pytest.mark.parametrize("ticked", [nothing_more, everything])
def test_forgetting_a_site_changes_what_was_shown(
    homes: Homes,
    home: Path,
    *,
    family: Family,
    ended: Ended,
    ticked: Callable[[Clearing], bool],
) -> None:
    """Rows of every table, entries of LevelDB, documents, files: equal to the steps."""
    before = homes[family, ended]
    done = forget(home, WHOLE_SITE, ticked)
    found = changes(before, home)
    assert found == previewed(before, done.plan.units)
    assert len(found) > 300


@pytest.mark.rule("SR-22", "SR-23")
def test_forgetting_a_sitting_changes_what_was_shown(
    homes: Homes, home: Path, family: Family, ended: Ended
) -> None:
    """The same for the last sitting."""
    before = homes[family, ended]
    with ExitStack() as stack:
        last, _ = session(home, stack).sittings()
    done = forget(home, Span(start=last.start, end=last.end))
    found = changes(before, home)
    assert found == previewed(before, done.plan.units)
    assert len(found) > 50


@pytest.mark.rule("SR-22")
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_one_row_more_is_seen(
    homes: Homes, home: Path, family: Family, ended: Ended
) -> None:
    """A row that a planted trigger would add is in no preview."""
    before = homes[family, ended]
    done = forget(home, WHOLE_SITE)
    store, _ = HISTORY[family]
    with closing(sqlite3.connect(home / store)) as opened, opened:
        opened.execute("CREATE TABLE planted(x)")
        opened.execute("INSERT INTO planted VALUES (1)")
    more = changes(before, home) - previewed(before, done.plan.units)
    assert {(each.store, each.table) for each in more} >= {
        (store, "planted"),
        (store, "sqlite_master"),
    }
