"""What stands in the list that goes with copies."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from hygiene.contract.phrases import Phrases
from hygiene.host.copying import About, Failed, Saved
from hygiene.host.copying.lists import FILES, lists
from tests.host.copying.places import CHANGED, NOW

pytestmark = pytest.mark.rule("SR-34")

SAVED = (
    Saved(
        path=".config/chromium/Default/History",
        copy="01/History",
        size=204800,
        modified=CHANGED,
        copied=NOW,
        digest="a1" * 32,
    ),
    Saved(
        path="Pictures/odd\x1b[2J\u202ename.jpg",
        copy="02/odd%1B[2J%E2%80%AEname.jpg",
        size=0,
        modified=None,
        copied=NOW,
        digest="b2" * 32,
    ),
)
FAILED = (Failed(".config/chromium/Default/Cookies", "evidence.failed-changed"),)

ENGLISH = f"""\
Copies of files

These are copies of single files, byte for byte, as they stood on one computer.
Each file was read twice, and its copy was read back. All three were the same.
This is not a forensic image of the computer.
It helps to leave these copies as they are, and to open only a second copy.

Saved: 2026-11-23 02:00:30 UTC (2026-11-22 20:00:30-06:00)
Saved with: hygiene 0.1.0
Files: 2

1. .config/chromium/Default/History
   Copy: 01/History
   Size in bytes: 204800
   Last changed: 2026-11-20 10:00:00 UTC
   Copied: 2026-11-23 02:00:30 UTC (2026-11-22 20:00:30-06:00)
   Check number of the file: SHA-256 {"a1" * 32}
   Check number of the copy: SHA-256 {"a1" * 32}

2. Pictures/odd\ufffd[2Jname.jpg
   Copy: 02/odd%1B[2J%E2%80%AEname.jpg
   Size in bytes: 0
   Copied: 2026-11-23 02:00:30 UTC (2026-11-22 20:00:30-06:00)
   Check number of the file: SHA-256 {"b2" * 32}
   Check number of the copy: SHA-256 {"b2" * 32}

Not saved:
- .config/chromium/Default/Cookies
  It changed again and again while it was copied. A program may be at work on it.

To fill in by hand:

Who saved this: ________________________________________

When: ________________________________________

Who received it: ________________________________________

When: ________________________________________
"""


def about(language: str = "en", *, made_up: bool = False) -> About:
    return About(version="0.1.0", now=lambda: NOW, language=language, made_up=made_up)


def text(language: str = "en", *, made_up: bool = False) -> str:
    made = lists(about(language, made_up=made_up), SAVED, FAILED)
    return made[FILES[0]].decode()


def test_the_list_for_people() -> None:
    """Every line of it."""
    assert text() == ENGLISH


def test_in_another_language_english_stands_beside() -> None:
    """Each sentence in both, each label in both, each value once."""
    words = Phrases("hygiene", "es")
    lines = text("es").splitlines()
    for line in ENGLISH.splitlines():
        label, colon, value = line.partition(": ")
        if colon and not line.startswith("-"):
            assert any(
                each.strip().endswith(f" / {label.strip()}: {value}") for each in lines
            ), line
        else:
            assert line in lines
    for key in ("title", "what", "read-back", "not-an-image", "by-hand"):
        assert words.say(f"manifest.{key}") in lines
    assert f"{words.say('manifest.size')} / Size in bytes: 204800" in text("es")


def test_a_home_for_practice_is_called_so() -> None:
    """On the second line of all, so that nobody takes it for proof."""
    sentence = Phrases("hygiene").say("manifest.made-up")
    assert text(made_up=True).splitlines()[2] == sentence
    assert sentence not in text()


def test_the_list_for_programs() -> None:
    """ASCII; every field; what people read stands in it by its key."""
    made = lists(about(made_up=True), SAVED, FAILED)[FILES[1]].decode("ascii")
    assert json.loads(made) == {
        "schema": 1,
        "program": {"name": "hygiene", "version": "0.1.0"},
        "saved": "2026-11-22T20:00:30-06:00",
        "made_up": True,
        "files": [
            {
                "source": ".config/chromium/Default/History",
                "copy": "01/History",
                "size": 204800,
                "modified": "2026-11-20T10:00:00+00:00",
                "copied": "2026-11-22T20:00:30-06:00",
                "sha256_source": "a1" * 32,
                "sha256_copy": "a1" * 32,
            },
            {
                "source": "Pictures/odd\ufffd[2Jname.jpg",
                "copy": "02/odd%1B[2J%E2%80%AEname.jpg",
                "size": 0,
                "modified": None,
                "copied": "2026-11-22T20:00:30-06:00",
                "sha256_source": "b2" * 32,
                "sha256_copy": "b2" * 32,
            },
        ],
        "not_saved": [
            {"source": ".config/chromium/Default/Cookies", "why": "failed-changed"}
        ],
    }


@pytest.mark.parametrize("offset", ["+00:00", "+05:30", "-09:30"])
def test_moments_are_told_in_utc_and_as_the_clock_showed_them(offset: str) -> None:
    """Whatever the time zone."""
    now = datetime.fromisoformat(f"2026-03-01T12:00:00{offset}")
    made = lists(About(version="0.1.0", now=lambda: now), SAVED, ())[FILES[0]].decode()
    utc = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    assert f"Saved: {utc} (2026-03-01 12:00:00{offset})" in made
