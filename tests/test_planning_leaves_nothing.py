"""A plan changes nothing: not a byte, not a time, in any layout."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Platform, Site, Span
from hygiene.practice.home import build
from hygiene.wiring import Options, open_session
from tests.footprint import age, footprint

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.rule("SR-13", "SR-22")
@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("subject", [Site("library.example", below=True), Span()])
def test_a_plan_leaves_the_home_as_it_was(
    tmp_path: Path, platform: Platform, subject: Site | Span
) -> None:
    """Folders that would be removed keep the time when they were last listed, too."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    build(home, platform, NOW)
    age(home)
    before = footprint(home)
    with open_session(Options(home=home, platform=platform)) as session:
        plan = session.plan(subject)
        assert plan.count
        assert session.in_use(plan) == ()
    assert footprint(home) == before
