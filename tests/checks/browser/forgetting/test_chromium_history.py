"""What hangs on pages and visits in Chromium's `History` goes with them, and nothing
points to what is gone.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.contract import DeleteRows, Kept, Site, Span, UpdateRows
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    planned,
    steps_on,
    without,
)
from tests.checks.browser.forgetting.chrome import (
    FOLDER,
    LOOKALIKES,
    NOON,
    OTHER,
    SITE,
    WWW,
    profile_in,
)

WHOLE = Site(SITE, below=True)
MINUTE = timedelta(minutes=1)


def after(root: Path, subject: Site | Span = WHOLE) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of `History` once the plan is done."""
    steps = steps_on(planned(CHROMIUM, root, subject), "History")
    return without(root / FOLDER / "History", steps)


def change(root: Path, sql: str, *values: object) -> None:
    """Change a row by hand."""
    with closing(sqlite3.connect(root / FOLDER / "History")) as store, store:
        assert store.execute(sql, values).rowcount >= 1


def column(rows: list[tuple[Any, ...]], place: int) -> list[Any]:
    return [row[place] for row in rows]


def test_annotations_go_with_their_visits(tmp_path: Path) -> None:
    """Search terms and other notes of a visit are gone, those of other visits stay."""
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    profile.search("words", NOON, engine=f"https://{SITE}/find?q=").visit(
        f"https://{OTHER}/", NOON
    ).write()
    change(tmp_path, "INSERT INTO visit_source VALUES(1, 0), (3, 0)")
    rows = after(tmp_path)
    for table in ("content_annotations", "context_annotations", "visit_source"):
        assert column(rows[table], 0) == [3], table
    assert rows["keyword_search_terms"] == []


def test_nothing_points_to_what_is_gone(tmp_path: Path) -> None:
    """Visits that stay came from nowhere, have no segment and no link of the site."""
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON, typed=True)
    profile.visit(f"https://{OTHER}/a", NOON + MINUTE, came_from=f"https://{SITE}/")
    profile.visit(f"https://{OTHER}/b", NOON + 2 * MINUTE, typed=True)
    profile.visit(
        f"https://{OTHER}/c", NOON + 3 * MINUTE, came_from=f"https://{OTHER}/b"
    ).write()
    change(tmp_path, "UPDATE visits SET opener_visit = 1, segment_id = 1 WHERE id = 2")
    change(
        tmp_path,
        "UPDATE visits SET external_referrer_url = ? WHERE id = 3",
        f"https://{SITE}/out",
    )
    rows = after(tmp_path)
    with closing(sqlite3.connect(tmp_path / FOLDER / "History")) as store:
        names = column(store.execute("PRAGMA table_info(visits)").fetchall(), 1)
    kept = {row[0]: dict(zip(names, row, strict=True)) for row in rows["visits"]}
    assert set(kept) == {2, 3, 4}
    for pointer in ("from_visit", "opener_visit", "segment_id", "visited_link_id"):
        assert kept[2][pointer] == 0, pointer
    assert kept[3]["external_referrer_url"] == ""
    assert kept[4]["from_visit"] == 3
    assert kept[4]["visited_link_id"] == 2
    assert column(rows["visited_links"], 0) == [2]
    assert column(rows["segments"], 1) == [f"http://{OTHER}/b"]
    assert column(rows["segment_usage"], 1) == [2]


def test_a_link_on_a_page_of_the_site_goes(tmp_path: Path) -> None:
    """By its page or frame, though the page it leads to stays."""
    profile = profile_in(tmp_path).visit(f"https://{OTHER}/", NOON)
    profile.visit(f"https://{OTHER}/a", NOON, came_from=f"https://{OTHER}/").write()
    change(tmp_path, "UPDATE visited_links SET frame_url = ?", f"https://{WWW}/frame")
    rows = after(tmp_path)
    assert rows["visited_links"] == []
    assert len(rows["visits"]) == 2


def test_a_link_that_was_followed_at_other_times_too_stays(tmp_path: Path) -> None:
    """It is counted anew, and the visit that stays leads to it as before; visits that go
    are not changed first.
    """
    profile = profile_in(tmp_path).visit(f"https://{OTHER}/", NOON - MINUTE)
    for at in (NOON - MINUTE, NOON):
        profile.visit(f"https://{OTHER}/a", at, came_from=f"https://{OTHER}/")
    profile.visit(f"https://{OTHER}/b", NOON, came_from=f"https://{OTHER}/a").write()
    change(tmp_path, "UPDATE visits SET visited_link_id = 1 WHERE id IN (2, 3)")
    change(tmp_path, "UPDATE visited_links SET visit_count = 2 WHERE id = 1")
    then = Span(start=NOON, end=NOON + MINUTE)
    steps = steps_on(planned(CHROMIUM, tmp_path, then), "History")
    updated = {
        key
        for each in steps
        if isinstance(each, UpdateRows) and each.table == "visits"
        for key, _ in each.rows
    }
    assert not updated
    rows = after(tmp_path, then)
    before = without(tmp_path / FOLDER / "History", ())
    assert rows["visits"] == [each for each in before["visits"] if each[0] in {1, 2}]
    [link] = rows["visited_links"]
    assert link == (*before["visited_links"][0][:-1], 1)


def test_segments_are_not_told_by_a_name_that_lost_its_www(tmp_path: Path) -> None:
    """A segment of `www.` is named without it: exact forgetting of the host keeps it
    while its page stays, and takes one whose page is gone.
    """
    profile = profile_in(tmp_path).visit(f"https://{WWW}/", NOON, typed=True)
    profile.visit(f"https://{OTHER}/", NOON, typed=True).write()
    change(
        tmp_path, "INSERT INTO segments(name, url_id) VALUES(?, 99)", f"http://{SITE}/"
    )
    rows = after(tmp_path, Site(SITE))
    assert column(rows["segments"], 2) == [1, 2]
    assert column(after(tmp_path)["segments"], 2) == [2]


def test_groups_of_visits(tmp_path: Path) -> None:
    """A group that loses all visits goes; one that keeps some loses its name."""
    profile = profile_in(tmp_path)
    for host in (SITE, OTHER, LOOKALIKES[0], WWW):
        profile.visit(f"https://{host}/", NOON)
    profile.cluster(f"about {SITE}", f"https://{SITE}/")
    profile.cluster(f"{SITE} and more", f"https://{SITE}/", f"https://{OTHER}/")
    profile.cluster("others", f"https://{OTHER}/", f"https://{LOOKALIKES[0]}/").write()
    change(
        tmp_path, "INSERT INTO cluster_visit_duplicates VALUES(1, 2), (2, 1), (2, 3)"
    )
    change(
        tmp_path, "INSERT INTO cluster_visit_duplicates VALUES(3, 1), (1, 4), (2, 4)"
    )
    rows = after(tmp_path)
    assert [row[:4] for row in rows["clusters"]] == [
        (2, 1, "", ""),
        (3, 1, "others", "others"),
    ]
    assert [row[:2] for row in rows["clusters_and_visits"]] == [(2, 2), (3, 2), (3, 3)]
    assert column(rows["cluster_keywords"], 1) == ["others"]
    assert rows["cluster_visit_duplicates"] == [(2, 3)]


def test_summaries_that_tell_of_it_go(tmp_path: Path) -> None:
    """A written summary with a visit of the site goes whole; another stays."""
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    profile.visit(f"https://{OTHER}/", NOON + MINUTE)
    profile.journey("both", NOON, NOON + MINUTE).journey("other", NOON + MINUTE).write()
    rows = after(tmp_path)
    for table in ("journeys", "journey_history_entries"):
        assert column(rows[table], 0) == ["journey-other"], table
    assert column(rows["journey_continuation_queries"], 2) == ["other"]


def test_notes_for_sync_go_unless_a_visit_of_that_moment_stays(tmp_path: Path) -> None:
    """They are kept by the moment of a visit, which two pages may share."""
    profile = profile_in(tmp_path).visit(f"https://{SITE}/", NOON)
    profile.visit(f"https://{SITE}/b", NOON + MINUTE)
    profile.visit(f"https://{OTHER}/", NOON + MINUTE).write()
    change(
        tmp_path,
        "INSERT INTO history_sync_metadata SELECT DISTINCT visit_time, x'00' FROM visits",
    )
    rows = after(tmp_path)
    assert column(rows["history_sync_metadata"], 0) == [column(rows["visits"], 2)[0]]


@pytest.mark.parametrize(
    "where", ["referrer", "site_url", "tab_url", "tab_referrer_url", "chain"]
)
def test_a_download_goes_for_any_address_it_has(tmp_path: Path, where: str) -> None:
    """With all its addresses and parts; the download of another site stays."""
    profile = profile_in(tmp_path).download(f"https://{OTHER}/a", NOON)
    profile.download(f"https://{LOOKALIKES[0]}/b", NOON + MINUTE).write()
    change(tmp_path, "INSERT INTO downloads_slices VALUES(1, 0, 1, 1), (1, 9, 1, 1)")
    if where == "chain":
        sql = "UPDATE downloads_url_chains SET url = ? WHERE id = 1"
    else:
        sql = f"UPDATE downloads SET {where} = ? WHERE id = 1"
    change(tmp_path, sql, f"https://{WWW}/x")
    rows = after(tmp_path)
    for table in ("downloads", "downloads_url_chains"):
        assert column(rows[table], 0) == [2], table
    assert rows["downloads_slices"] == []


def test_a_history_without_the_newer_tables(tmp_path: Path) -> None:
    """Tables that an age of the browser did not have are not asked for."""
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).visit(
        f"https://{OTHER}/", NOON
    ).write()
    with closing(sqlite3.connect(tmp_path / FOLDER / "History")) as store:
        for (table,) in store.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT IN ('urls', 'visits', 'meta') AND name NOT LIKE 'sqlite%'"
        ).fetchall():
            store.execute(f"DROP TABLE {table}")
    rows = after(tmp_path)
    assert column(rows["urls"], 1) == [f"https://{OTHER}/"]
    assert column(rows["visits"], 0) == [2]


def test_pages_without_visits_and_visits_without_zero(tmp_path: Path) -> None:
    """Rows of the site whose visits are gone go, too, and are counted as records."""
    profile_in(tmp_path).page_without_visits(f"https://{SITE}/").visit(
        f"https://{OTHER}/", NOON
    ).write()
    (pages,) = clearings(planned(CHROMIUM, tmp_path, WHOLE), Kept.PAGES)
    assert dict(pages.counts) == {"records": 1}
    assert column(after(tmp_path)["urls"], 1) == [f"https://{OTHER}/"]


_HOSTS = (SITE, WWW, OTHER, *LOOKALIKES)
_VISITS = st.lists(
    st.tuples(
        st.sampled_from(_HOSTS),
        st.integers(0, 3),
        st.integers(0, 200),
        st.booleans(),
        st.none() | st.sampled_from(_HOSTS),
    ),
    min_size=1,
    max_size=25,
)


def _visited(root: Path, visits: list[tuple[str, int, int, bool, str | None]]) -> None:
    profile = profile_in(root)
    for host, page, minute, typed, came_from in visits:
        profile.visit(
            f"https://{host}/{page}",
            NOON + minute * MINUTE,
            typed=typed,
            came_from=f"https://{came_from}/0" if came_from else "",
        )
    profile.write()


@pytest.mark.rule("SR-23")
@given(visits=_VISITS, below=st.booleans())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_row_of_another_site_is_named(
    tmp_path: Path, visits: list[tuple[str, int, int, bool, str | None]], below: bool
) -> None:
    """Whatever was visited: pages and visits that go are those of the site, all of them,
    and what points between the rest is as before.
    """
    _visited(tmp_path, visits)
    site = Site(SITE, below=below)
    mine = {f"https://{each}/" for each in ((SITE, WWW) if below else (SITE,))}
    history = tmp_path / FOLDER / "History"
    before = without(history, ())
    rows = after(tmp_path, site)
    kept = {row for row in before["urls"] if not row[1].startswith(tuple(mine))}
    assert set(rows["urls"]) == kept
    pages = {row[0] for row in kept}
    visits_kept = {row[0] for row in before["visits"] if row[1] in pages}
    assert {row[0] for row in rows["visits"]} == visits_kept
    for now in rows["visits"]:
        assert now[3] == 0 or now[3] in visits_kept
    untouched = [
        row
        for row in before["visits"]
        if row[0] in visits_kept and row[3] in visits_kept
    ]
    there = {row[0]: row for row in rows["visits"]}
    assert all(there[row[0]][3] == row[3] for row in untouched)
    for table in ("content_annotations", "context_annotations"):
        assert {row[0] for row in rows[table]} == visits_kept


def test_steps_are_in_order_and_name_rows_once(tmp_path: Path) -> None:
    """Keys are sorted, each once, and as many as the rows they stand for."""
    _visited(tmp_path, [(SITE, n % 4, n, n % 2 == 0, OTHER) for n in range(40)])
    steps = steps_on(planned(CHROMIUM, tmp_path, WHOLE), "History")
    assert len(steps) > 5
    for step in steps:
        if isinstance(step, DeleteRows):
            keys = list(step.keys)
            assert step.rows >= len(keys)
        else:
            assert isinstance(step, UpdateRows)
            keys = [key for key, _ in step.rows]
        numbers = [each for each in keys if isinstance(each, int)]
        assert keys == sorted(set(numbers))
