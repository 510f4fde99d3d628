"""Copies of a whole profile that Chrome keeps of earlier versions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Kept, Platform, Site, Span, Stays
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene_checks.browser.history import HistoryCheck

ROOT = USER_DATA[Platform.LINUX]


@pytest.mark.rule("SR-25")
@pytest.mark.parametrize("subject", [Site("a.example"), Span()])
def test_they_are_named_as_staying(tmp_path: Path, subject: Site | Span) -> None:
    """Those of this profile, each version's."""
    profile = ChromiumProfile(tmp_path / ROOT / "Default")
    profile.visit("https://a.example/", datetime(2026, 11, 20, tzinfo=UTC)).write()
    for version, name in (
        ("155.0", "Default"),
        ("154.0", "Default"),
        ("154.0", "X"),
    ):
        folder = tmp_path / ROOT / "Snapshots" / version / name
        folder.mkdir(parents=True)
        (folder / "History").write_bytes(b"copy")
    home, check = DiskHome(tmp_path, Platform.LINUX), HistoryCheck()
    planned = (
        check.plan_site(home, subject)
        if isinstance(subject, Site)
        else check.plan_span(home, subject)
    )
    named = {
        each.store: each.count
        for each in planned
        if isinstance(each, Stays) and each.kept is Kept.BACKUPS
    }
    assert named == {
        f"{ROOT}/Snapshots/{version}/Default": 1 for version in ("154.0", "155.0")
    }
