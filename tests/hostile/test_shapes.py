"""No shape of a home makes the program hang, crash, or take a gigabyte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Platform
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.picture_files import BUILDERS
from tests.hostile.files import CHROMIUM, store
from tests.hostile.looking import MEMORY, Look, look
from tests.hostile.shapes import SHAPES
from tests.plain.conversation import Conversation

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="links, limits and names of Linux"
)

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HISTORY, WORDS, PASSWORDS, CHATS, PHOTOS = (
    "browser-history",
    "autocomplete",
    "saved-passwords",
    "chat-logs",
    "photo-geotags",
)
ALL = (HISTORY, WORDS, PASSWORDS, CHATS, PHOTOS)
BROWSERS = (HISTORY, WORDS, PASSWORDS)
CHROME = {
    Platform.LINUX: ".config/google-chrome",
    Platform.MACOS: "Library/Application Support/Google/Chrome",
    Platform.WINDOWS: "AppData/Local/Google/Chrome/User Data",
}

Reasons = Mapping[str, set[str]]
"""By check, why something could not be looked at."""


def _for(checks: tuple[str, ...], *reasons: str) -> Reasons:
    return {check: set(reasons) for check in checks}


EXPECTED: Mapping[str, Reasons] = {
    "views without end": _for((*BROWSERS, CHATS), "unknown-format"),
    "virtual tables": _for((HISTORY,), "unknown-format"),
    "columns that are made up": _for((HISTORY, PASSWORDS), "unknown-format"),
    "rows without end": _for((HISTORY, PASSWORDS), "damaged"),
    "counts without end": _for((WORDS,), "timed-out"),
    "rows by the million": _for(BROWSERS, "too-large"),
    "joins of everything": _for((CHATS,), "too-large"),
    "texts that take long": {},
    "documents 100 000 deep": _for((*BROWSERS, PHOTOS), "damaged"),
    "documents that unpack": {
        HISTORY: {"unknown-format", "too-large"},
        WORDS: {"unknown-format"},
        PASSWORDS: {"unknown-format"},
    },
    "lists that hold themselves": {
        HISTORY: {"damaged", "unknown-format"},
        CHATS: {"damaged"},
    },
    "xml that grows": _for((PASSWORDS, CHATS), "unknown-format"),
    "settings of a million lines": _for(BROWSERS, "too-large"),
    "profiles by the million": {
        HISTORY: {"not-asked", "too-large"},
        WORDS: {"not-asked", "too-large"},
        PASSWORDS: {"not-asked", "too-large"},
        CHATS: {"not-asked"},
    },
    "values in the same bytes": _for((WORDS,), "too-large"),
    "keys in a ring": _for((WORDS, PASSWORDS), "damaged"),
    "folders by the thousand": {},
    "links without number": _for(ALL, "not-asked"),
    "folders in folders": {
        PASSWORDS: {"not-supported"},
        CHATS: {"not-supported"},
        PHOTOS: {"damaged", "not-supported"},
    },
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder that is taken away at once: some of these are large."""
    root = tmp_path / "home"
    root.mkdir()
    yield root
    # What Python brings along for this is recursive.
    subprocess.run(["rm", "-rf", str(root)], check=True)


def _plant_witnesses(root: Path, platform: Platform) -> None:
    """A profile and a picture like anybody's, beside the attack."""
    profile = ChromiumProfile(root / CHROME[platform] / "Witness")
    profile.visit("https://site.example/", AT).form_word("town", "word", AT)
    profile.login("https://site.example/", "me", AT).write()
    (root / "Witness").mkdir()
    (root / "Witness/here.jpg").write_bytes(BUILDERS["jpg"]((12.0, 13.0)))


def _seen_of_witnesses(seen: Look) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for check in ALL:
        for each in seen.check(check)["findings"]:
            witness = "Witness" in (each.get("profile"), each["program"])
            if witness and each["counts"]:
                found[check] = {name: n for name, n in each["counts"].items() if n}
    return found


WITNESSES = {
    HISTORY: {"sites": 1, "pages": 1, "visits": 1, "sittings": 1},
    WORDS: {"entries": 1},
    PASSWORDS: {"logins": 1},
    PHOTOS: {"photos": 1, "with_place": 1},
}


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("shape", SHAPES)
def test_it_ends_small_and_says_what_it_could_not_look_at(
    home: Path, shape: str
) -> None:
    """In time, below 1 GB, with the right reasons; what is beside it is counted."""
    platform = SHAPES[shape](home) or Platform.LINUX
    _plant_witnesses(home, platform)
    seen = look(home, platform, "--json", "--items")
    assert seen.status == 0
    assert seen.memory < MEMORY
    reasons = {check: set(seen.missed(check).values()) for check in ALL}
    assert {check: each for check, each in reasons.items() if each} == EXPECTED[shape]
    assert _seen_of_witnesses(seen) == WITNESSES


def test_a_list_that_holds_itself_is_counted(home: Path) -> None:
    """Two entries, one of them the list itself."""
    SHAPES["lists that hold themselves"](home)
    seen = look(home, Platform.MACOS, "--json", "browser-history")
    assert seen.counts("browser-history", "Safari") == {"downloads": 2}


def test_sittings_by_the_million_take_no_gigabyte(home: Path) -> None:
    """Visits half an hour apart for sixty years, told in a terminal."""
    store(
        home / CHROMIUM / "History",
        "CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT);"
        "CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER);"
        "INSERT INTO urls VALUES(1, 'http://a/');"
        "INSERT INTO visits WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
        " FROM n LIMIT 1000000) SELECT i, 1, 11644473600000000 + i * 1860000000 FROM n;",
    )
    _plant_witnesses(home, Platform.LINUX)
    with Conversation("--home", str(home), "--platform", "linux") as talk:
        talk.until("x leaves at once, on every page.")
        talk.answer("3", "a Look again. b Back. x Leave now.")
        assert "Google Chrome" in talk.answer("t", "b Back. x Leave now.")
        assert _peak(talk.session.pid) < MEMORY


def _peak(pid: int) -> int:
    """Bytes that a process had in memory at most."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    (kilobytes,) = [each.split()[1] for each in lines if each.startswith("VmHWM:")]
    return int(kilobytes) << 10


def test_all_the_worst_at_once(home: Path) -> None:
    """Side by side they take no gigabyte either."""
    for shape in (
        "rows by the million",
        "documents that unpack",
        "joins of everything",
    ):
        SHAPES[shape](home)
    seen = look(home, Platform.LINUX, "--json", "--items")
    assert seen.status == 0
    assert seen.memory < MEMORY
