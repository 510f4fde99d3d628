"""The list that goes with copies: for people, and for programs.

It holds no name of the person, the account or the computer, and no path above the home.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hygiene.contract.phrases import SOURCE_LANGUAGE, Phrases
from hygiene.contract.untrusted import clean

if TYPE_CHECKING:
    from hygiene.host.copying.report import Failed, Saved

__all__ = ["FILES", "About", "lists"]

FILES = ("list-of-files.txt", "list-of-files.json")
_SCHEMA = 1
_LONGEST_PATH = 4096
_ROOM = "_" * 40


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the list says of the saving itself. `now` gives the moment in this
    computer's time zone; `made_up` says that the home is one for practice.
    """

    version: str
    now: Callable[[], datetime]
    language: str = SOURCE_LANGUAGE
    made_up: bool = False


def lists(
    about: About, saved: Sequence[Saved], failed: Sequence[Failed]
) -> dict[str, bytes]:
    """The bytes of each file of `FILES`, by its name."""
    now = about.now()
    text = "\n".join(_lines(about, now, saved, failed)) + "\n"
    document = _document(about, now, saved, failed)
    machine = json.dumps(document, ensure_ascii=True, indent=2) + "\n"
    return dict(zip(FILES, (text.encode(), machine.encode()), strict=True))


class _Words:
    """Sentences in the person's language, and in English beside it."""

    def __init__(self, language: str) -> None:
        first = Phrases("hygiene", language)
        second = Phrases("hygiene", SOURCE_LANGUAGE)
        self._both = (first,) if language == SOURCE_LANGUAGE else (first, second)

    def lines(self, *keys: str) -> Iterator[str]:
        """Each sentence in every language, one a line."""
        for key in keys:
            yield from (each.say(key) for each in self._both)

    def label(self, key: str, value: object) -> str:
        """What stands before a value, and the value."""
        return f"{' / '.join(each.say(key) for each in self._both)}: {value}"


def _lines(
    about: About, now: datetime, saved: Sequence[Saved], failed: Sequence[Failed]
) -> Iterator[str]:
    words = _Words(about.language)
    yield from words.lines("manifest.title")
    yield ""
    if about.made_up:
        yield from words.lines("manifest.made-up")
    yield from words.lines(
        "manifest.what", "manifest.read-back", "manifest.not-an-image"
    )
    yield from words.lines("manifest.leave-as-they-are")
    yield ""
    yield words.label("manifest.saved-on", _moment(now))
    yield words.label("manifest.saved-with", f"hygiene {about.version}")
    yield words.label("manifest.files", len(saved))
    for number, each in enumerate(saved, 1):
        yield ""
        yield f"{number}. {_shown(each.path)}"
        yield from (f"   {line}" for line in _file_lines(words, each))
    if failed:
        yield ""
        yield from words.lines("manifest.not-saved")
        for one in failed:
            yield f"- {_shown(one.path)}"
            yield from (f"  {line}" for line in words.lines(one.key))
    yield ""
    yield from words.lines("manifest.by-hand")
    for key in (
        "manifest.who-saved",
        "manifest.when",
        "manifest.who-received",
        "manifest.when",
    ):
        yield ""
        yield words.label(key, _ROOM)


def _file_lines(words: _Words, each: Saved) -> Iterator[str]:
    yield words.label("manifest.copy", each.copy)
    yield words.label("manifest.size", each.size)
    if each.modified is not None:
        yield words.label("manifest.modified", _utc(each.modified))
    yield words.label("manifest.copied", _moment(each.copied))
    yield words.label("manifest.digest", f"SHA-256 {each.digest}")
    yield words.label("manifest.copy-digest", f"SHA-256 {each.digest}")


def _document(
    about: About, now: datetime, saved: Sequence[Saved], failed: Sequence[Failed]
) -> dict[str, object]:
    return {
        "schema": _SCHEMA,
        "program": {"name": "hygiene", "version": about.version},
        "saved": now.isoformat(timespec="seconds"),
        "made_up": about.made_up,
        "files": [
            {
                "source": _shown(each.path),
                "copy": each.copy,
                "size": each.size,
                "modified": each.modified and each.modified.isoformat(),
                "copied": each.copied.isoformat(timespec="seconds"),
                "sha256_source": each.digest,
                "sha256_copy": each.digest,
            }
            for each in saved
        ],
        "not_saved": [
            {"source": _shown(each.path), "why": each.key.rpartition(".")[2]}
            for each in failed
        ],
    }


def _shown(path: str) -> str:
    return clean(path, _LONGEST_PATH)


def _moment(moment: datetime) -> str:
    """In UTC, and as the clock of this computer showed it."""
    return f"{_utc(moment)} ({moment.isoformat(' ', 'seconds')})"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
