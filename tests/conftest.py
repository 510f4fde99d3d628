"""What every test shares."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# These look at the program in a pseudo-terminal, or from outside by means that only
# Unix has (signals, resource limits, named pipes).
collect_ignore = (
    []
    if os.name == "posix"
    else [
        *("terminal", "plain", "real", "hostile", "host/test_json.py"),
        "test_both_front_ends.py",
    ]
)


@pytest.fixture(autouse=True)
def no_real_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every variable that names the person's home at an empty folder.

    The seam is the environment, because that is what platformdirs, pathlib and the
    programs that tests start all read; a patched function would miss the children.
    """
    home = tmp_path / "no-home"
    home.mkdir(mode=0o700)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        monkeypatch.delenv(name, raising=False)
    return home
