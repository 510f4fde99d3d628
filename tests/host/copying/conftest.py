"""What the tests of copies share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.host.copying.places import Places

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A computer with a home and a stick."""
    made = Places(tmp_path / "computer")
    made.computer.set_up(monkeypatch.setattr)
    return made
