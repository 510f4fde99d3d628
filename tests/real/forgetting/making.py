"""Makes homes with real profiles: two sittings, one profile closed, one killed.

One browser drives through both: an earlier sitting ends with a clean close and is moved
back three days; in a last one it is killed, which is the first profile; opened again and
closed it is the second.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from tests.real.forgetting.browsing import earlier_sitting, last_sitting
from tests.real.forgetting.chromium import FOLDER, HeadedChromium
from tests.real.forgetting.display import Display, display
from tests.real.forgetting.earlier import move_back
from tests.real.forgetting.firefox import HeadedFirefox
from tests.real.forgetting.hosts import GREEN
from tests.real.forgetting.web import Identity

__all__ = ["Ended", "Family", "Homes", "Making", "copy_home", "make_homes"]

BACK = 3 * 24 * 3600
"""Seconds between the two sittings."""


class Family(StrEnum):
    """Whose profile it is."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"


class Ended(StrEnum):
    """How the browser ended."""

    CLOSED = "closed"
    KILLED = "killed"


@dataclass(frozen=True)
class Making:
    """What it takes to start the browsers again."""

    who: Identity
    port: int
    screen: Display

    def start(self, family: Family, home: Path) -> HeadedChromium | HeadedFirefox:
        """Open the profile of a home, as a person does."""
        if family is Family.CHROMIUM:
            return HeadedChromium(home, self.port, self.who.fingerprint, self.screen)
        return HeadedFirefox(home, self.port, self.screen)


Homes: TypeAlias = Mapping[tuple[Family, Ended], Path]


def make_homes(root: Path, port: int, who: Identity) -> Homes:
    """Drive both browsers at once, each on a screen of its own."""

    def make(family: Family) -> dict[tuple[Family, Ended], Path]:
        with display() as screen:
            return _make(family, root / family, Making(who, port, screen))

    with ThreadPoolExecutor() as pool:
        chromium, firefox = pool.map(make, Family)
    return chromium | firefox


def _make(
    family: Family, root: Path, making: Making
) -> dict[tuple[Family, Ended], Path]:
    home = root / "closed"
    home.mkdir(parents=True)
    first = time.time()
    browser = making.start(family, home)
    try:
        if isinstance(browser, HeadedFirefox):
            browser.trust(making.who.authority)
        earlier_sitting(browser)
        browser.close()
    finally:
        browser.kill()
    assert move_back(home, first, time.time(), BACK) > 100
    browser = making.start(family, home)
    try:
        last_sitting(browser)
        _wait_for_commit(family, home)
    finally:
        browser.kill()
    copy_home(home, root / "killed")
    browser = making.start(family, home)
    try:
        browser.open(f"https://{GREEN}/after")
        time.sleep(2)  # until icons and sessions are written
        browser.close()
    finally:
        browser.kill()
    return {
        (family, Ended.CLOSED): home,
        (family, Ended.KILLED): root / "killed",
    }


def copy_home(home: Path, to: Path) -> Path:
    """A copy with links, times and rights as they are."""
    shutil.copytree(home, to, symlinks=True, ignore=_sockets)
    return to


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_socket()]


def _wait_for_commit(family: Family, home: Path) -> None:
    """Chromium writes its history every ten seconds: wait for the newest page."""
    if family is Family.FIREFOX:
        time.sleep(2)
        return
    history = home / FOLDER / "Default/History"
    until = time.monotonic() + 40
    while not _has_page(history, f"https://{GREEN}/last"):
        assert time.monotonic() < until, "the history was never written"
        time.sleep(0.5)


def _has_page(history: Path, address: str) -> bool:
    """Whether a copy of the open store, its journal beside it, has the page."""
    copy = history.parents[3] / "History.copy"
    for side in ("", "-journal"):
        shutil.copyfile(f"{history}{side}", f"{copy}{side}")
    try:
        with closing(sqlite3.connect(copy)) as store:
            found = store.execute("SELECT 1 FROM urls WHERE url = ?", (address,))
            return found.fetchone() is not None
    except sqlite3.DatabaseError:
        return False
    finally:
        for side in ("", "-journal"):
            Path(f"{copy}{side}").unlink(missing_ok=True)
