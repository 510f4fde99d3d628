"""Built once, and one bare system for all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.portable.rooms import Room, build_room

ROOT = Path(__file__).parents[2]


def built(folder: Path) -> Path:
    """The folder for a drive, made by the documented command."""
    command = [
        sys.executable,
        "-P",
        str(ROOT / ".github/portable/build.py"),
        str(folder),
    ]
    subprocess.run(command, check=True)
    return folder / "hygiene"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, built once."""
    return built(tmp_path_factory.mktemp("drive"))


@pytest.fixture(scope="session")
def room(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The bare system with that folder on a drive."""
    return build_room(tmp_path_factory.mktemp("bare") / "root", folder)
