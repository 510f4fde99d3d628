"""Whatever stands in a table and whatever is asked for: the rows of a model go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.contract import DeleteRows, Refusal, SqlValue
from tests.host.writing.carrying import FOLDER, refused

_TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=9)
_VALUES: st.SearchStrategy[SqlValue] = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.sampled_from(["https://a.example/", "%", "_", "'", '"', "A", "a", "é", "1"]),
    _TEXT,
    st.binary(max_size=9),
)


def _same(one: SqlValue, other: SqlValue) -> bool:
    """Equal as SQLite compares values that have no type of a column."""
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return (numbers or type(one) is type(other)) and one == other


@pytest.mark.rule("SR-30")
@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(_VALUES, max_size=30),
    keys=st.lists(_VALUES, min_size=1, max_size=8),
    known=st.integers(0, 5),
    wrong=st.sampled_from([0, 0, 0, 1]),
)
def test_the_rows_that_hold_a_key_go(
    values: list[SqlValue], keys: list[SqlValue], known: int, wrong: int
) -> None:
    """Just those; and with a wrong count of them, none."""
    keys += values[:known]
    kept = [each for each in values if not any(_same(each, key) for key in keys)]
    gone = len(values) - len(kept)
    with TemporaryDirectory() as folder:
        path = Path(folder) / FOLDER / "store"
        path.parent.mkdir(parents=True)
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE t(value)")
            db.executemany("INSERT INTO t VALUES(?)", [(each,) for each in values])
            db.commit()
        store = f"{FOLDER}/store"
        step = DeleteRows(
            store=store, table="t", key="value", keys=tuple(keys), rows=gone + wrong
        )
        found = refused(Path(folder), step)
        assert found == ((store, Refusal.CHANGED) if wrong else None)
        with closing(sqlite3.connect(path)) as db:
            left = [row[0] for row in db.execute("SELECT value FROM t ORDER BY rowid")]
        assert repr(left) == repr(values if wrong else kept)
