"""Saving copies: drives first, warnings before, a passphrase nobody sees, a true end."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from hygiene.contract import Group, Platform, Untrusted
from hygiene.contract.phrases import Phrases
from hygiene.host.copying.report import (
    CopyReport,
    Failed,
    Refused,
    Saved,
    SaveRefused,
)
from hygiene.host.drives import Drive
from hygiene.practice.home import build
from hygiene.tui.screens.copies import Copies
from hygiene.tui.screens.finding import FindingPage
from hygiene.tui.screens.overview import Overview
from hygiene.tui.screens.plan import PlanPage
from hygiene.tui.widgets.consent import Ask, Consent
from hygiene.tui.widgets.door import Door
from hygiene.tui.widgets.row_list import RowList
from hygiene.wiring import Options, Session
from tests.tui.forgetting import at_forget, forgetting, named
from tests.tui.seeing import seen, until, words
from tests.tui.visits import SIZES, SaidCheck, app, history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from hygiene.engine.evidence import Saving

WORDS = Phrases("hygiene", "en")
STICK = Drive(Untrusted("KINGSTON"), "/media/stick", 14_600_000_000, writable=True)
FULL = Drive(Untrusted("[b]old\x1b[0m"), "/media/old", 3_000_000, writable=False)
PASSPHRASE = "four words of mine"  # noqa: S105 - made up
TALL = (80, 40)


def _report(*failed: Failed) -> CopyReport:
    saved = Saved(
        path=".config/chromium/Default/History",
        copy="a",
        size=4096,
        modified=None,
        copied=datetime(2026, 11, 23, tzinfo=UTC),
        digest="0" * 64,
    )
    return CopyReport("copies-1", (saved,), failed)


@dataclass
class Saver:
    """What a session would save, and how it ends."""

    drives: tuple[Drive, ...] = (STICK, FULL)
    report: CopyReport = field(default_factory=_report)
    refuses: Refused | None = None
    saved: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)
    go: threading.Event | None = None
    stopped: bool = False

    def save(self, saving: Saving, tell: Callable[[int, int], None]) -> CopyReport:
        """Tell how far it is, wait if told to, end."""
        if self.refuses is not None:
            raise SaveRefused(self.refuses)
        tell(2_000_000, 8_000_000)
        while self.go is not None and not self.go.wait(0.01):
            try:
                tell(2_000_000, 8_000_000)
            except Exception:
                self.stopped = True
                raise
        mount = "" if saving.drive is None else saving.drive.mount
        self.saved.append((mount, saving.folder, saving.passphrase, saving.stores))
        return self.report


def saving(saver: Saver | None = None) -> tuple[Session, Saver]:
    """A session that saves in memory."""
    saver = saver or Saver()
    held, _, _ = forgetting()
    vars(held).update(drives=lambda: saver.drives, save_copies=saver.save)
    return held, saver


async def at_copies(pilot: Pilot[bool]) -> Copies:
    """From the gate of check to the drives."""
    await pilot.press("l")
    await until(pilot, lambda: "6 of 6" in seen(pilot.app))
    await pilot.press("c")
    return await drives_shown(pilot)


async def drives_shown(pilot: Pilot[bool]) -> Copies:
    """Wait for them."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Copies))
    page = pilot.app.screen
    assert isinstance(page, Copies)
    await until(pilot, lambda: WORDS.say("evidence.here") in words(pilot.app))
    return page


async def type_in(pilot: Pilot[bool], id: str, text: str) -> None:
    """Type a line and enter it."""
    await until(pilot, lambda: bool(pilot.app.screen.query(f"#{id}")))
    pilot.app.screen.query_one(f"#{id}", Input).value = text
    await pilot.press("enter")
    await pilot.pause()


async def through(pilot: Pilot[bool], name: str) -> None:
    """Through a door."""
    [door] = [each for each in pilot.app.screen.query(Door) if each.name == name]
    door.focus()
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_drives_come_first_and_a_folder_here_last(size: tuple[int, int]) -> None:
    """With their room; names from the machine stay text."""
    held, _ = saving()
    async with app(held).run_test(size=size) as pilot:
        page = await at_copies(pilot)
        rows = [row.title for row in page.query_one(RowList)._rows]
        assert rows == [
            WORDS.say("evidence.drive-line", label="KINGSTON", free="14.6 GB"),
            WORDS.say("evidence.drive-line", label="[b]old\ufffd[0m", free="3 MB"),
            WORDS.say("evidence.here"),
        ]
        assert "14.6 GB" in seen(pilot.app)


@pytest.mark.rule("SR-33")
async def test_without_a_drive_it_says_so_and_nothing_else_happens() -> None:
    """And looks again when one is plugged in."""
    held, saver = saving(Saver(drives=()))
    async with app(held).run_test(size=TALL) as pilot:
        await at_copies(pilot)
        assert WORDS.say("evidence.no-drive") in words(pilot.app)
        saver.drives = (STICK,)
        await pilot.press("a")
        await until(pilot, lambda: "KINGSTON" in seen(pilot.app))
        assert WORDS.say("evidence.no-drive") not in words(pilot.app)
        assert saver.saved == []


@pytest.mark.rule("SR-33")
async def test_before_saving_to_a_drive_the_warnings_stand() -> None:
    """The focus rests on Not now; Save here saves."""
    held, saver = saving()
    async with app(held).run_test(size=TALL) as pilot:
        await at_copies(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(Door)))
        told = words(pilot.app)
        for key in ("drive-found", "drive-record", "whole", "give"):
            assert WORDS.say(f"evidence.warn-{key}") in told
        assert isinstance(pilot.app.focused, Door)
        assert pilot.app.focused.name == "not-now"
        assert "KINGSTON: 14.6 GB free" in told
        assert saver.saved == []
        await through(pilot, "save")
        said = WORDS.say("evidence.done", name="copies-1")
        await until(pilot, lambda: said in words(pilot.app))
        assert WORDS.say("evidence.done-eject") in words(pilot.app)
        [(mount, folder, passphrase, stores)] = saver.saved
        assert (mount, folder, passphrase) == ("/media/stick", "", "")
        assert ".config/chromium/Default/History" in stores
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)


async def test_a_drive_that_is_closed_to_writing_is_not_taken() -> None:
    """The drives stand there still."""
    held, saver = saving()
    async with app(held).run_test(size=TALL) as pilot:
        await at_copies(pilot)
        await pilot.press("down", "enter")
        said = WORDS.say("evidence.refused-closed")
        await until(pilot, lambda: said in words(pilot.app))
        assert "KINGSTON" in seen(pilot.app)
        assert saver.saved == []


@pytest.mark.rule("SR-33")
async def test_a_folder_here_is_typed_in_full_and_a_passphrase_twice() -> None:
    """Nobody sees it; too short and not the same are said; then one file is saved."""
    held, saver = saving()
    async with app(held).run_test(size=(100, 40)) as pilot:
        await at_copies(pilot)
        await pilot.press("end", "enter")
        await type_in(pilot, "folder", "Documents")
        assert WORDS.say("evidence.folder-in-full") in words(pilot.app)
        await type_in(pilot, "folder", "/home/ana/papers")
        told = words(pilot.app)
        for key in ("watched", "file-found", "lost", "whole", "give"):
            assert WORDS.say(f"evidence.warn-{key}") in told
        assert WORDS.say("evidence.warn-drive-found") not in told
        await type_in(pilot, "passphrase", "too short")
        assert WORDS.say("evidence.passphrase-short") in words(pilot.app)
        await type_in(pilot, "passphrase", PASSPHRASE)
        await type_in(pilot, "again", "four words of thine")
        assert WORDS.say("evidence.passphrase-differs") in words(pilot.app)
        await type_in(pilot, "passphrase", PASSPHRASE)
        await type_in(pilot, "again", PASSPHRASE)
        assert saver.saved == []
        await through(pilot, "save")
        await until(pilot, lambda: len(saver.saved) == 1)
        assert saver.saved[0][:3] == ("", "/home/ana/papers", PASSPHRASE)


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids=str)
async def test_what_is_typed_and_what_is_answered_are_in_view(
    size: tuple[int, int],
) -> None:
    """However much stands above: the line to type, what was wrong with it, the doors."""
    held, saver = saving()
    async with app(held).run_test(size=size) as pilot:
        page = await at_copies(pilot)
        body = page.query_one("Body")
        await pilot.press("end", "enter")
        await type_in(pilot, "folder", "/home/ana/papers")
        await type_in(pilot, "passphrase", "too short")
        assert WORDS.say("evidence.passphrase") in words(pilot.app)
        assert WORDS.say("evidence.passphrase-short") in words(pilot.app)
        field = page.query_one("#passphrase")
        assert pilot.app.focused is field
        assert body.region.contains_region(field.region)
        assert words(pilot.app).index(WORDS.say("evidence.title")) > 0
        await type_in(pilot, "passphrase", PASSPHRASE)
        await type_in(pilot, "again", PASSPHRASE)
        assert WORDS.say("evidence.here") in words(pilot.app)
        for door in page.query(Door):
            assert body.region.contains_region(door.region)
        await pilot.press("right", "enter")
        await until(pilot, lambda: len(saver.saved) == 1)


@pytest.mark.rule("SR-33", "SR-38")
async def test_a_passphrase_never_stands_on_the_screen() -> None:
    """Typed key by key, both times."""
    held, _ = saving()
    async with app(held).run_test(size=(100, 40)) as pilot:
        await at_copies(pilot)
        await pilot.press("end", "enter")
        await type_in(pilot, "folder", "/home/ana/papers")
        await until(pilot, lambda: bool(pilot.app.screen.query("#passphrase")))
        await pilot.press(*"sesame-sesame")
        assert "sesame" not in seen(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#again")))
        await pilot.press(*"sesame")
        assert "sesame" not in seen(pilot.app)


async def test_escape_goes_back_one_question_and_forgets() -> None:
    """From the passphrase to the drives, from there to the page before."""
    held, _ = saving()
    async with app(held).run_test(size=TALL) as pilot:
        page = await at_copies(pilot)
        await pilot.press("end", "enter")
        await type_in(pilot, "folder", "/home/ana/papers")
        await pilot.press("escape")
        await drives_shown(pilot)
        assert page._saving.folder == ""
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("why", Refused, ids=str)
async def test_a_refusal_is_explained_and_another_place_can_be_picked(
    why: Refused,
) -> None:
    """Nothing was written."""
    held, saver = saving(Saver(refuses=why))
    async with app(held).run_test(size=TALL) as pilot:
        await at_copies(pilot)
        await pilot.press("enter")
        await through(pilot, "save")
        said = WORDS.say(f"evidence.refused-{why}")
        assert not said.startswith("evidence.")
        await until(pilot, lambda: said in words(pilot.app))
        await drives_shown(pilot)
        assert saver.saved == []


async def test_saving_tells_how_far_it_is_and_escape_stops_it() -> None:
    """What was written is gone again; the drives stand there."""
    held, saver = saving(Saver(go=threading.Event()))
    async with app(held).run_test(size=TALL) as pilot:
        await at_copies(pilot)
        await pilot.press("enter")
        await through(pilot, "save")
        said = WORDS.say("screens.progress", done="2 MB", all="8 MB")
        await until(pilot, lambda: said in words(pilot.app))
        await pilot.press("escape")
        said = WORDS.say("screens.copies.stopped")
        await until(pilot, lambda: said in words(pilot.app))
        assert saver.stopped
        assert "KINGSTON" in seen(pilot.app)


# --- from a plan


async def copies_of_the_plan(pilot: Pilot[bool]) -> None:
    """Save copies of a plan's stores to the first drive, and come back."""
    await named(pilot)
    page = pilot.app.screen
    assert isinstance(page, PlanPage)
    await pilot.press("n", "s")
    await drives_shown(pilot)
    await pilot.press("enter")
    await through(pilot, "save")
    await until(pilot, lambda: bool(pilot.app.screen.query(Door)))
    await until(pilot, lambda: page.in_hand.decided.copied is not None)
    await pilot.press("escape")
    assert pilot.app.screen is page


@pytest.mark.rule("SR-28", "SR-34")
async def test_whole_copies_lead_back_to_the_plan() -> None:
    """Of the stores that the plan would change, as things are ticked."""
    held, saver = saving()
    async with at_forget(held).run_test(size=TALL) as pilot:
        await copies_of_the_plan(pilot)
        assert saver.saved[0][3] == (
            "chromium/Default/Favicons",
            "chromium/Default/Shortcuts",
            "chromium/Default/History",
        )
        assert pilot.app.screen.query_one(Consent).has_class(Ask.NUMBER.value)


@pytest.mark.rule("SR-34")
async def test_copies_that_are_not_whole_close_the_way_to_clearing() -> None:
    """What is missing stands behind a key; the plan asks for no number any more, and a
    second try that is whole opens it again.
    """
    failed = Failed("chromium/Default/History", "evidence.failed-differs")
    held, saver = saving(Saver(report=_report(failed)))
    async with at_forget(held).run_test(size=TALL) as pilot:
        await named(pilot)
        await pilot.press("n", "s")
        await drives_shown(pilot)
        await pilot.press("enter")
        await through(pilot, "save")
        said = WORDS.say("evidence.not-whole")
        await until(pilot, lambda: said in words(pilot.app))
        assert WORDS.say("evidence.not-whole-clear") in words(pilot.app)
        assert "chromium/Default/History" not in seen(pilot.app)
        await pilot.press("p")
        assert "chromium/Default/History" in seen(pilot.app)
        assert WORDS.say("evidence.failed-differs") in words(pilot.app)
        await pilot.press("escape")
        consent = pilot.app.screen.query_one(Consent)
        assert consent.has_class(Ask.NOTHING.value)
        saver.report = _report()
        await pilot.press("s")
        await drives_shown(pilot)
        await pilot.press("enter")
        await through(pilot, "save")
        said = WORDS.say("evidence.done-eject")
        await until(pilot, lambda: said in words(pilot.app))
        await pilot.press("escape")
        assert consent.has_class(Ask.NUMBER.value)


@pytest.mark.rule("SR-33", "SR-02")
async def test_copies_of_one_finding_are_one_key_away() -> None:
    """Of its own stores and no others; in look-only there is no such key."""
    check = SaidCheck("browser-history", Group.PAGES, [history()])
    for look_only in (False, True):
        held, _, _ = forgetting(said=[check])
        vars(held)["drives"] = lambda: (STICK,)
        held.look_only = look_only
        async with app(held).run_test(size=TALL) as pilot:
            await pilot.press("l")
            await until(pilot, lambda: "1 of 1" in seen(pilot.app))
            await pilot.press("enter", "c")
            if look_only:
                assert isinstance(pilot.app.screen, FindingPage)
                assert "save copies" not in seen(pilot.app)
                continue
            page = await drives_shown(pilot)
            assert page._saving.stores == (".config/chromium/Default/History",)


async def test_without_anything_found_there_is_nothing_to_save() -> None:
    """It says so, and nothing can be picked."""
    held, saver = saving()
    vars(held)["checks"] = []
    async with app(held).run_test(size=TALL) as pilot:
        await pilot.press("l", "c")
        said = WORDS.say("evidence.nothing")
        await until(pilot, lambda: said in words(pilot.app))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Overview)
        assert saver.saved == []


# --- for real


@pytest.mark.rule("SR-33", "SR-34")
async def test_a_locked_file_is_really_written(tmp_path: Path) -> None:
    """Into the folder that was typed, and nowhere else; the plan goes on after it."""
    root, place = tmp_path / "home", tmp_path / "place"
    root.mkdir()
    place.mkdir()
    build(root, Platform.LINUX, datetime.now(UTC))
    with ExitStack() as stack:
        held = Session(Options(home=root, platform=Platform.LINUX), stack)
        async with at_forget(held).run_test(size=(100, 50)) as pilot:
            await named(pilot, "news.example")
            page = pilot.app.screen
            assert isinstance(page, PlanPage)
            await pilot.press("s")
            await drives_shown(pilot)
            await pilot.press("end", "enter")
            await type_in(pilot, "folder", str(place))
            await type_in(pilot, "passphrase", PASSPHRASE)
            await type_in(pilot, "again", PASSPHRASE)
            await through(pilot, "save")
            await until(pilot, lambda: page.in_hand.decided.copied is not None)
            assert page.in_hand.decided.copied, words(pilot.app)
            [made] = place.iterdir()
            assert made.name in words(pilot.app)
