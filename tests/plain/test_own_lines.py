"""What the program leaves itself, in plain lines: its own typed lines, and the page."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Platform
from hygiene.contract.phrases import Phrases
from hygiene.host.home import DiskHome
from hygiene.host.recording import Recording
from hygiene.plain import walk
from hygiene.plain.console import Ended
from hygiene.practice import shells
from hygiene.report import left_behind
from hygiene.wiring import Options, Session
from tests.plain.made_up import Made, Typed, Typing, paragraphs

WHEN = datetime(2026, 11, 20, 12, 30).astimezone(UTC)
OTHERS = ["ls hygiene", "nano list.txt"]
LINES = [OTHERS[0], "hygiene check", OTHERS[1], "hygiene"]

MISSED = "Someone who knows the list of typed lines may see that some are missing."
WRITTEN_BACK = (
    "A window for typed lines that is open now may write its last lines back when it"
    " closes."
)

PAGE = ("3", "1")
"""From the gate to the page of the one check that is run here."""

PLAN = (*PAGE, "1", "1")
"""To the plan for the lines of the first history."""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A history with two lines of ours in it."""
    shells.bash(tmp_path / ".bash_history", LINES, WHEN)
    return tmp_path / ".bash_history"


def go(root: Path, *typed: Typed, language: str = "en", look_only: bool = False) -> int:
    """Walk from the gate with the check of the program's own footprint; how many things
    that were agreed to failed.
    """
    options = Options(
        checks=("own-footprint",),
        home=root,
        platform=Platform.LINUX,
        language=language,
        look_only=look_only,
    )
    with ExitStack() as stack:
        walked = walk._Walk(Session(options, stack), Typing([*typed]))
        with contextlib.suppress(Ended):
            walked.gate()
        return len(walked.failed)


@pytest.mark.rule("SR-22", "SR-26", "SR-27", "SR-46")
def test_the_number_takes_out_our_lines_and_nothing_else(
    history: Path, said: Callable[[], str]
) -> None:
    """Finding, choice, plan, question, number, result; the rest stays as it was."""
    bare = history.with_name("bare")
    shells.bash(bare, OTHERS, WHEN)
    assert go(history.parent, *PLAN, "n", "2") == 0
    told = said()
    for line in (
        "1. These lines alone",
        "2. Leave it as it is",
        "2 typed lines of what you picked, on 20 Nov 2026, 12:30, in Bash.",
        "This cannot be undone.",
        "Someone may notice that this is missing.",
        f"{MISSED} {WRITTEN_BACK}",
        "You can stop here. Nothing has changed yet.",
        "To clear, type 2.",
        "Done: 2 typed lines.",
    ):
        assert told.splitlines().count(line) == 1, line
    assert "Among them" not in told
    assert history.read_bytes() == bare.read_bytes()


@pytest.mark.rule("SR-12")
def test_consent_stands_in_both_languages(
    history: Path, said: Callable[[], str]
) -> None:
    """In Spanish each of those sentences has its English line."""
    go(history.parent, *PLAN, "n", "2", language="es")
    told = said()
    assert "1. Solo estas líneas\n2. Dejarlo como está" in told
    for line in (
        "2 typed lines of what you picked",
        "This cannot be undone.",
        "Someone may notice that this is missing.",
        "Someone who knows the list of typed lines",
        "You can stop here.",
        "To clear, type 2.",
        "Done: 2 typed lines.",
    ):
        assert told.count(f"\nIn English: {line}") == 1, line
    assert b"hygiene check" not in history.read_bytes()


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("typed", ["1", "3", "b", "l", "", "yes"])
def test_nothing_but_the_number_takes_them_out(history: Path, typed: str) -> None:
    """The file is as it was."""
    before = history.read_bytes()
    go(history.parent, *PLAN, "n", typed)
    assert history.read_bytes() == before


@pytest.mark.rule("SR-02")
def test_look_only_offers_nothing(history: Path, said: Callable[[], str]) -> None:
    """The lines are shown as a finding, and no choice stands below."""
    go(history.parent, *PAGE, "1", look_only=True)
    told = said()
    assert "Typed lines that start this program, 2 items." in told
    assert "These lines alone" not in told


@pytest.mark.rule("SR-15")
def test_the_lines_themselves_are_shown_on_request(
    history: Path, said: Callable[[], str]
) -> None:
    """After the warning, and only ours."""
    go(history.parent, *PAGE, "1")
    assert "hygiene check" not in said()
    go(history.parent, *PAGE, "1", "s", "1")
    told = said()
    assert "1. hygiene, last 20 Nov 2026, 12:30" in told
    assert "nano list.txt" not in told


@pytest.mark.rule("SR-46")
def test_while_the_shell_runs_it_says_what_will_happen(
    history: Path, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the finding; without it the sentence is not there."""
    sentence = "The open window may bring the last one back."
    go(history.parent, *PAGE, "1")
    assert sentence not in said()
    monkeypatch.setattr(DiskHome, "running", lambda _, names: "bash" in names)
    go(history.parent, *PAGE, "1")
    assert sentence in said()


@pytest.mark.rule("SR-29")
def test_a_file_with_a_second_name_is_left_as_it_is(
    history: Path, said: Callable[[], str]
) -> None:
    """It says why, and does not speak of a browser's menu."""
    history.with_name("second").hardlink_to(history)
    before = history.read_bytes()
    go(history.parent, *PLAN, "n", "2")
    told = said()
    assert history.read_bytes() == before
    assert "Bash, .bash_history: It may lie outside your own folders" in told
    assert "browser's own menu" not in told


def test_a_link_inside_the_home_stays_a_link(history: Path) -> None:
    """As those have it who keep such files in a folder of their own."""
    kept = history.with_name("kept")
    history.rename(kept)
    history.symlink_to("kept")
    assert go(history.parent, *PLAN, "n", "2") == 0
    assert history.readlink() == Path("kept")
    assert b"hygiene check" not in kept.read_bytes()


# --- the page of what stays


def _told(language: str = "en") -> list[tuple[str, list[str]]]:
    words = Phrases("hygiene", language)
    return [(mark, [*lines]) for mark, lines in left_behind.told(Platform.LINUX, words)]


@pytest.mark.rule("SR-44")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", [("m", "w"), (*PAGE, "w")], ids=["more", "check"])
def test_what_stays_is_told_line_by_line(
    tmp_path: Path, said: Callable[[], str], way: tuple[str, ...], language: str
) -> None:
    """From the page of more and from the check, below its marks; only of this system.
    `b` leads back to where one came from.
    """
    go(tmp_path, *way, language=language)
    page = said().split(f"\n{Phrases('hygiene', language).say('left.title')}\n")[-1]
    lines = [each for each in page.splitlines() if each]
    assert lines[0] == Phrases("hygiene", language).say("left.intro")
    marks = _told(language)
    wanted = [line for mark, told in marks for line in (mark, *told)]
    assert lines[1:-1] == wanted
    go(tmp_path, *way, "b", language=language)
    before, _, after = said().rpartition(f"{lines[-1]}\n\n")
    assert after.splitlines()[0] in before


def test_other_checks_do_not_lead_to_it(made: Made, said: Callable[[], str]) -> None:
    """Only the one about the program itself."""
    made.check("3", "1", "w")
    told = said()
    assert "What this program leaves behind" not in told
    assert paragraphs(told)[-1].count("That is not one of the choices here.") == 1


# --- a window that is kept or seen elsewhere


@pytest.mark.rule("SR-45")
@pytest.mark.parametrize("kind", [None, *Recording])
def test_the_gate_says_where_the_window_may_be_kept(
    made: Made, said: Callable[[], str], kind: Recording | None
) -> None:
    """One line, and none where nothing was noticed."""
    vars(made.session)["recording"] = kind
    made.check()
    words = Phrases("hygiene")
    told = said().splitlines()
    for each in Recording:
        assert told.count(words.say(f"recording.{each}")) == (each is kind)
