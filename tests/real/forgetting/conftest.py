"""Real profiles, made once; each test works on copies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forgetting import Forgotten
from tests.real.browsers import program
from tests.real.forgetting.display import display
from tests.real.forgetting.making import (
    Ended,
    Family,
    Homes,
    Making,
    copy_home,
    make_homes,
)
from tests.real.forgetting.ways import Cleared, Way, clear
from tests.real.forgetting.web import Identity, identity, serving

LEFT: set[str] = set()
"""Lines that are printed when all tests are done."""


@pytest.fixture(scope="session")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the profiles lie: `HYGIENE_HOMES` names a folder that keeps them from one
    run to the next.
    """
    kept = os.environ.get("HYGIENE_HOMES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("homes")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def making(_folder: Path) -> Iterator[Making]:
    """The web that browsers see, and a screen for them."""
    for needed in ("chromium", "firefox-esr", "Xvfb", "xdotool", "bleachbit"):
        program(needed)
    who = Identity(_folder / "tls")
    if not who.folder.exists():
        who.folder.mkdir()
        identity(who.folder)
    with serving(who) as port, display() as screen:
        yield Making(who, port, screen)


@pytest.fixture(scope="session")
def homes(_folder: Path, making: Making) -> Homes:
    """One home for each browser and each way in which it ended."""
    made = {
        (family, ended): _folder / family / ended
        for family in Family
        for ended in Ended
    }
    if all(home.exists() for home in made.values()):
        return made
    return make_homes(_folder, making.port, making.who)


@pytest.fixture(scope="session")
def cleared(homes: Homes, tmp_path_factory: pytest.TempPathFactory) -> Cleared:
    """Clears a copy of a home when it is first asked for."""
    done: dict[tuple[Family, Ended, Way], Forgotten] = {}

    def get(family: Family, ended: Ended, way: Way) -> Forgotten:
        asked = (family, ended, way)
        if asked not in done:
            folder = tmp_path_factory.mktemp("cleared")
            done[asked] = clear(copy_home(homes[family, ended], folder / "home"), way)
        return done[asked]

    return get


@pytest.fixture
def home(homes: Homes, family: Family, ended: Ended, tmp_path: Path) -> Path:
    """A copy of the home of this family and this end."""
    return copy_home(homes[family, ended], tmp_path / "home")


@pytest.fixture(params=list(Family))
def family(request: pytest.FixtureRequest) -> Family:
    """Each family of browsers."""
    found: Family = request.param
    return found


@pytest.fixture(params=list(Ended))
def ended(request: pytest.FixtureRequest) -> Ended:
    """Each way in which a browser ends."""
    found: Ended = request.param
    return found


@pytest.fixture(scope="session")
def told() -> set[str]:
    """Lines to print at the end of the run."""
    return LEFT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted."""
    if LEFT:
        terminalreporter.section("what is left of one site: times, files and names")
        for line in sorted(LEFT):
            terminalreporter.write_line(line)
