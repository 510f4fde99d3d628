"""What an earlier clearing could not finish is finished by the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygiene.contract import Clearing, Platform, RemoveTree, Site, Span
from hygiene.host.home import DiskHome
from hygiene.host.leftovers import name_of
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene_checks.browser.history import HistoryCheck

PROFILE = USER_DATA[Platform.LINUX] + "/Default"
ENDED = 4_000_000
"""More than Linux has processes."""


def left(root: Path, folder: str, name: str, *, files: int = 0) -> str:
    """Something under the name that a writer gives: a folder with files, or a file."""
    path = f"{folder}/{name_of(name, ENDED)}"
    (root / folder).mkdir(parents=True, exist_ok=True)
    if not files:
        (root / path).write_bytes(b"half")
    for number in range(files):
        (root / path / "deep").mkdir(parents=True, exist_ok=True)
        (root / path / "deep" / str(number)).touch()
    return path


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("subject", [Site("gone.example"), Span()])
def test_it_is_planned_for_whatever_is_cleared_next(
    tmp_path: Path, subject: Site | Span
) -> None:
    """Folders and files, in the profile and in the caches; nothing that looks alike."""
    ChromiumProfile(tmp_path / PROFILE).write()
    wanted = {
        left(tmp_path, PROFILE, "Sessions", files=3),
        left(tmp_path, f"{PROFILE}/IndexedDB", "a.leveldb", files=2),
        left(tmp_path, PROFILE, "Preferences"),
        left(tmp_path, ".cache/chromium/Default", "Cache", files=1),
    }
    for alike in (".part", ".0123456789ab-x.part", ".0123456789ab-1.part.bak"):
        (tmp_path / PROFILE / alike).write_bytes(b"mine")
    home = DiskHome(tmp_path, Platform.LINUX)
    check = HistoryCheck()
    planned = (
        check.plan_site(home, subject)
        if isinstance(subject, Site)
        else check.plan_span(home, subject)
    )
    removed = {
        step.store: each.counts
        for each in planned
        if isinstance(each, Clearing)
        for step in each.steps
        if isinstance(step, RemoveTree) and step.store.endswith(".part")
    }
    assert set(removed) == wanted
    assert sorted(each["files"] for each in removed.values()) == [1, 1, 2, 3]
