"""A made-up home, a stick, and copies of the one on the other."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hygiene.contract import Platform
from hygiene.host.copying import About, CopyReport, Sources, Work, archive_out, copy_out
from hygiene.host.home import DiskHome
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile
from tests.host.mount_tables import Computer, with_a_stick

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CHROMIUM", "FIREFOX", "NOW", "PHRASE", "STORES", "Places", "names"]

NOW = datetime(2026, 11, 22, 20, 0, 30, tzinfo=timezone(timedelta(hours=-6)))
"""A moment that is another day in UTC."""
CHANGED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CHROMIUM = ".config/chromium/Default"
FIREFOX = ".config/mozilla/firefox/abcd.default"
STORES = (f"{CHROMIUM}/History", f"{CHROMIUM}/Sessions", f"{FIREFOX}/places.sqlite")
PHRASE = "four words are enough"


def build(home: Path) -> None:
    """Two profiles; the newest rows of one stand in its log; a folder of two levels."""
    chromium = ChromiumProfile(home / CHROMIUM)
    chromium.visit("https://site.example/", CHANGED).write()
    firefox = FirefoxProfile(home / FIREFOX)
    firefox.visit("https://site.example/", CHANGED).write(newest_in_wal=True)
    sessions = home / CHROMIUM / "Sessions"
    for name, data in (("Session_1", b"SNSS\1"), ("old/Tabs_1", b"SNSS\3"), ("e", b"")):
        (sessions / name).parent.mkdir(parents=True, exist_ok=True)
        (sessions / name).write_bytes(data)
    stamp = CHANGED.timestamp()
    for path in sorted((home / ".config").rglob("*")):
        os.utime(path, (stamp, stamp))


@dataclass
class Places:
    """A computer with a home and a stick."""

    root: Path
    computer: Computer = field(init=False)
    home_class: Callable[..., DiskHome] = DiskHome

    def __post_init__(self) -> None:
        for each in (self.home, self.stick, self.papers):
            each.mkdir(parents=True)
        self.computer = with_a_stick(self.root.parent / "sys", self.stick)
        build(self.home)

    @property
    def home(self) -> Path:
        return self.root / "home" / "maria-canary"

    @property
    def stick(self) -> Path:
        return self.root / "media" / "maria-canary" / "STICK"

    @property
    def papers(self) -> Path:
        """A folder on this computer."""
        return self.root / "papers"

    def sources(self, *stores: str) -> Sources:
        home = self.home_class(self.home, Platform.LINUX)
        return Sources(home, str(self.home), stores or STORES)

    def about(self, language: str = "en", *, made_up: bool = False) -> About:
        return About(
            version="0.1.0", now=lambda: NOW, language=language, made_up=made_up
        )

    def copy(
        self, *stores: str, work: Work | None = None, mount: str = ""
    ) -> CopyReport:
        """Copies to the stick, or what is mounted somewhere else."""
        work, mount = work or Work(), mount or str(self.stick)
        return copy_out(self.sources(*stores), mount, self.about(), work)

    def archive(
        self,
        *stores: str,
        work: Work | None = None,
        folder: str = "",
        phrase: str = PHRASE,
    ) -> CopyReport:
        """One encrypted file in a folder on this computer."""
        work, folder = work or Work(), folder or str(self.papers)
        return archive_out(self.sources(*stores), folder, phrase, self.about(), work)

    def truth(self, *stores: str) -> dict[str, str]:
        """The files of the stores, by their paths, with their digests."""
        found = {}
        for store in stores or STORES:
            top = self.home / store
            beside = [top.with_name(top.name + each) for each in ("-wal", "-journal")]
            for path in (*top.rglob("*"), top, *beside):
                if path.is_file():
                    name = path.relative_to(self.home).as_posix()
                    found[name] = digest(path)
        return found

    def listed(self, report: CopyReport) -> dict[str, Any]:
        """The list for programs."""
        path = self.stick / report.name / "list-of-files.json"
        document: dict[str, Any] = json.loads(path.read_text("ascii"))
        return document


def digest(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*"))
