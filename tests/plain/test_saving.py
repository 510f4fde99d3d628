"""Saving copies in plain lines: warnings first, where to, and what became of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hygiene.contract import Untrusted
from hygiene.engine.evidence import Saving
from hygiene.host.copying.report import (
    CopyReport,
    Failed,
    Refused,
    Saved,
    SaveRefused,
)
from hygiene.host.drives import Drive
from hygiene.plain import walk
from hygiene.plain.console import Ended
from tests.plain.made_up import NOW, READY, TYPE, Made, Typing, everything

STICK = Drive(Untrusted("STICK"), "/media/stick", 12_400_000_000, writable=True)
CLOSED = Drive(Untrusted("CARD"), "/media/card", 10**9, writable=False)
PASSPHRASE = "correct horse battery"  # noqa: S105 - made up
WHOLE = CopyReport(
    "copies-1",
    (Saved(path="a", copy="a", size=1, modified=NOW, copied=NOW, digest="00"),),
)
TORN = CopyReport(failed=(Failed("secret/path", "evidence.failed-gone"),))


@dataclass
class Drives:
    """Which drives are there, and what saving comes to."""

    there: Sequence[Drive] = (STICK, CLOSED)
    report: CopyReport = WHOLE
    refused: Refused | None = None
    saved: list[Saving] = field(default_factory=list)

    def save(self, saving: Saving, tell: Callable[[int, int], None]) -> CopyReport:
        """Note what was asked for."""
        tell(0, 1)
        if self.refused is not None:
            raise SaveRefused(self.refused)
        self.saved.append(saving)
        return self.report


@pytest.fixture
def drives(made: Made) -> Drives:
    """Of the made-up home."""
    found = Drives()
    vars(made.session).update(drives=lambda: found.there, save_copies=found.save)
    return found


@pytest.mark.rule("SR-33", "SR-28")
def test_a_copy_of_what_would_go_is_saved_to_a_drive(
    made: Made, drives: Drives, said: Callable[[], str]
) -> None:
    """Warnings before anything is picked; then the plan goes on, without asking for a
    copy any more.
    """
    made.forget("3", "example.org", "u", "s", "1", "1", "b", "14")
    told = said()
    warned = told.index("Someone could find the drive")
    assert warned < told.index("1. STICK: 12.4 GB free") < told.index("1 Save now.")
    assert told.index("The copies are saved as copies-1.") < told.rindex(TYPE)
    assert told.count("You could save a copy first.") == 1
    [saving] = drives.saved
    assert saving.drive is STICK
    assert "firefox/abc/pages" in saving.stores
    assert "chromium/Default/cookies" not in saving.stores
    assert made.cleared != []


@pytest.mark.rule("SR-34")
def test_a_copy_that_is_not_whole_closes_the_way_to_clearing(
    made: Made, drives: Drives, said: Callable[[], str]
) -> None:
    """Why is told, the path only behind a key; a whole copy opens it again."""
    drives.report = TORN

    def mend() -> None:
        drives.report = WHOLE

    made.forget(*READY, "s", "1", "1", "m", "b", "14")
    told = said()
    before, after = told.split("m More.\nb Back. x Leave now.\n")
    assert "It is not there any more." in before
    assert "secret/path" not in before
    assert "secret/path: It is not there any more." in after
    assert "Clearing waits until all of it is saved." in after
    assert TYPE not in after
    assert made.cleared == []
    made.forget("3", "example.org", "s", "1", "1", "b", mend, "s", "1", "1", "b", "14")
    assert made.cleared != []


@pytest.mark.rule("SR-33")
def test_a_folder_wants_to_be_typed_in_full_and_a_passphrase_twice(
    made: Made, drives: Drives, tmp_path: Path, said: Callable[[], str]
) -> None:
    """What is typed of it is hidden, and what differs or is short is asked for anew."""
    typing = Typing(
        [
            *(*READY, "s", "f", "Desktop", str(tmp_path)),
            *("short", PASSPHRASE, f"{PASSPHRASE}s", PASSPHRASE, PASSPHRASE),
            *("1", "b"),
        ]
    )
    _walk(made, typing)
    told = said()
    for line in (
        "That was not the whole path of a folder",
        "That was shorter than 12 characters",
        "The two were not the same.",
    ):
        assert told.count(line) == 1
    assert typing.hid == ["short", PASSPHRASE, f"{PASSPHRASE}s", *[PASSPHRASE] * 2]
    assert PASSPHRASE not in told
    [saving] = drives.saved
    assert (saving.folder, saving.passphrase) == (str(tmp_path), PASSPHRASE)


@pytest.mark.rule("SR-33")
def test_a_passphrase_is_taken_as_it_was_typed(
    made: Made, drives: Drives, tmp_path: Path
) -> None:
    """Spaces around it count: whoever opens the file elsewhere types them again."""
    spaced = f" {PASSPHRASE} "
    _walk(made, Typing([*READY, "s", "f", str(tmp_path), *[spaced] * 2, "1", "b"]))
    [saving] = drives.saved
    assert saving.passphrase == spaced


@pytest.mark.rule("SR-33", "SR-48")
def test_each_question_for_the_passphrase_says_how_to_go_back(
    made: Made, drives: Drives, tmp_path: Path, said: Callable[[], str]
) -> None:
    """Enter alone, at the first one and at the second; the places stand there again."""
    way = (*READY, "s", "f", str(tmp_path))
    _walk(made, Typing([*way, "", "f", str(tmp_path), PASSPHRASE, ""]))
    told = said()
    assert told.count("Enter alone goes back. x Leave now.") == 3
    assert told.count("1. STICK") == 3
    assert drives.saved == []


def _walk(made: Made, typing: Typing) -> None:
    walked = walk._Walk(made.session, typing)
    with contextlib.suppress(Ended):
        walked.gate(forget=True)


@pytest.mark.rule("SR-33")
def test_without_a_drive_nothing_falls_back_by_itself(
    made: Made, drives: Drives, said: Callable[[], str]
) -> None:
    """It says so; `a` looks again, `b` goes back to the plan."""
    drives.there = ()

    def plug() -> None:
        drives.there = (STICK,)

    made.forget(*READY, "s", "1", "a", plug, "a", "b", "14")
    told = said()
    assert told.count("No drive that you can take away was found.") == 2
    assert told.count("1. STICK") == 1
    assert drives.saved == []
    assert made.cleared != []


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("why", Refused)
def test_every_refusal_is_told_and_leads_back_to_the_places(
    made: Made, drives: Drives, said: Callable[[], str], why: Refused
) -> None:
    """Nothing was begun, so clearing is not closed either."""
    drives.refused = why
    made.forget(*READY, "s", "1", "1", "b", "14")
    told = said()
    sentence = made.session.facts.app.say(f"evidence.refused-{why}")
    assert not sentence.startswith("evidence.")
    assert sentence in told
    assert told.count("1. STICK") == 2
    assert made.cleared != []


def test_a_drive_closed_to_writing_says_so(
    made: Made, drives: Drives, said: Callable[[], str]
) -> None:
    """And the other places stand there again."""
    made.forget(*READY, "s", "2")
    assert "That place is closed to writing." in said()
    assert drives.saved == []


def test_the_overview_saves_what_stands_behind_a_check(
    made: Made, drives: Drives, said: Callable[[], str]
) -> None:
    """One of them, or all; nothing is saved before the last question."""
    made.check(
        "3", "c", "1", "1", "b", "b", "c", "1", "1", "1", "b", "c", "a", "1", "1"
    )
    told = said()
    assert "1. Pages you visited: " in told
    profiles = ("Default", "Profile 1")
    histories = tuple(f".config/chromium/{each}/History" for each in profiles)
    assert [each.stores for each in drives.saved] == [histories, histories]
    assert made.planner.planned == everything()
