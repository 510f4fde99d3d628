"""Clearing in homes that somebody prepared: nothing goes but what was shown."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path

import pytest

from hygiene.engine.applying import Result
from tests.differ import changes
from tests.failure_modes import homes
from tests.failure_modes.homes import CHROMIUM, FIREFOX, SITE, WHOLE
from tests.forgetting import everything, forget
from tests.host.systems import POSIX
from tests.host.writing.carrying import tree
from tests.previews import previewed

pytestmark = [POSIX, pytest.mark.rule("SR-22", "SR-30")]

VALUES = (
    *(None, 0, -1, 2**63 - 1, -(2**63), 1e308, float("inf"), "", "\0", "1e999"),
    *("\x1b[31mX\x07", "\u202e\u2066a\nb", b"", b"\xff\xfe", "https://[::1"),
    *(f"https://{SITE}/", f"https://{SITE}/".encode(), f"http://a@b@{SITE}", "=cmd|x"),
    *(f"https://{SITE}:99999999999/", "javascript:0", "a" * 5000),
)
"""What no program writes where numbers, times and addresses are wanted."""


def _is_sqlite(path: Path) -> bool:
    return path.is_file() and path.read_bytes().startswith(b"SQLite format 3\0")


def _spoil(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path)) as store, store:
        tables = store.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND sql LIKE 'CREATE TABLE%' AND sql NOT LIKE '%WITHOUT ROWID%'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for _ in range(chance.choice((1, 3, 10, 40))):
            (table,) = chance.choice(tables)
            columns = store.execute(f'PRAGMA table_info("{table}")').fetchall()
            rows = store.execute(f'SELECT rowid FROM "{table}"').fetchall()
            if not rows:
                continue
            column, (row,) = chance.choice(columns)[1], chance.choice(rows)
            # Some of them break a rule of the table.
            with suppress(sqlite3.Error):
                store.execute(
                    f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?',
                    (chance.choice(VALUES), row),
                )


def test_any_value_may_stand_in_any_cell(tmp_path: Path) -> None:
    """Whatever was changed had been shown, and no check crashed over it."""
    chance = random.Random(11)
    for number in range(8):
        root = homes.home(tmp_path / f"home{number}")
        for path in sorted((root / CHROMIUM).rglob("*")):
            if _is_sqlite(path):
                _spoil(path, chance)
        before = shutil.copytree(root, tmp_path / f"before{number}", symlinks=True)
        done = forget(root, WHOLE, everything)
        assert isinstance(done.result, Result)
        assert "crashed" not in {each.why.value for each in done.plan.not_reached}
        assert changes(before, root) <= previewed(before, done.plan.units)


def _moved_out(root: Path, outside: Path, name: str) -> None:
    """A link in the place of a file or folder, to where it lies now."""
    shutil.move(root / name, outside / "moved")
    (root / name).symlink_to(outside / "moved")


def _second_name(root: Path, outside: Path, name: str) -> None:
    (outside / "moved").hardlink_to(root / name)


OUTWARD: Mapping[str, tuple[Callable[[Path, Path, str], None], str]] = {
    "the profile": (_moved_out, CHROMIUM),
    "the history": (_moved_out, f"{CHROMIUM}/History"),
    "settings": (_moved_out, f"{CHROMIUM}/Preferences"),
    "entries": (_moved_out, f"{CHROMIUM}/Local Storage/leveldb"),
    "a cache": (_moved_out, f"{CHROMIUM}/Cache"),
    "data of the site": (_moved_out, f"{FIREFOX}/storage/default/https+++{SITE}"),
    "a second history": (_second_name, f"{CHROMIUM}/History"),
    "second settings": (_second_name, f"{CHROMIUM}/Preferences"),
}


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("what", OUTWARD)
def test_what_lies_out_of_the_home_stays_as_it_is(tmp_path: Path, what: str) -> None:
    """To the last byte, and the other browser is cleared all the same."""
    root, outside = homes.home(tmp_path / "home"), tmp_path / "outside"
    outside.mkdir()
    lead, name = OUTWARD[what]
    lead(root, outside, name)
    before = tree(outside)
    done = forget(root, WHOLE, everything)
    assert tree(outside) == before
    assert done.plan.pages
    assert done.result.not_done == ()


def test_folders_and_pipes_in_the_places_of_files(tmp_path: Path) -> None:
    """None is waited for, gone into or removed; all that can be cleared is."""
    whole = homes.home(tmp_path / "whole")
    names = [
        f"{store}{end}"
        for store in (f"{CHROMIUM}/History", f"{FIREFOX}/places.sqlite")
        for end in ("", "-journal", "-wal")
    ]
    names += [f"{CHROMIUM}/Preferences", f"{FIREFOX}/prefs.js"]
    for number, name in enumerate(names):
        for kind, make in (("folder", os.mkdir), ("pipe", os.mkfifo)):
            root = tmp_path / f"{number}-{kind}"
            shutil.copytree(whole, root, symlinks=True)
            root.chmod(0o700)
            (root / name).unlink(missing_ok=True)
            make(root / name)
            done = forget(root, WHOLE, everything)
            assert done.result.not_done == ()
            assert (root / name).exists()
            assert (root / name).is_dir() == (kind == "folder")
