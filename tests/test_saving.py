"""Saving copies through a session, as front ends do it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from hygiene import wiring
from hygiene.contract import (
    Clearing,
    Kept,
    Place,
    Platform,
    RemoveTree,
    Site,
    Untrusted,
)
from hygiene.engine.decision import Proof, Wanted
from hygiene.engine.evidence import Saving, stores_of
from hygiene.engine.planning import Plan
from hygiene.host.copying import Refused, SaveRefused, Stopped
from hygiene.terminal import terminal
from tests.host.copying.places import PHRASE, names
from tests.host.mount_tables import with_a_stick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hygiene.wiring import Session

HISTORY = ".config/chromium/Default/History"
CHROMIUM = Place(
    program="Chromium",
    program_id="chromium",
    folder=".config/chromium/Default",
    profile=Untrusted("Default"),
    tried=True,
)
PLAN = Plan(
    Site("weather.example"),
    (
        Clearing(
            key="pages",
            kept=Kept.PAGES,
            place=CHROMIUM,
            store=HISTORY,
            steps=(RemoveTree(store=HISTORY),),
            counts={"pages": 2},
        ),
    ),
)


def nobody(done: int, whole: int) -> None:
    """Nobody watches."""
    del done, whole


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is plugged in."""
    folder = tmp_path / "STICK"
    folder.mkdir()
    with_a_stick(tmp_path / "sys", folder).set_up(monkeypatch.setattr)
    return folder


@pytest.fixture
def session() -> Iterator[Session]:
    """A session with a home for practice."""
    options = wiring.Options(practice=True, platform=Platform.LINUX)
    with wiring.open_session(options) as opened:
        yield opened


@pytest.mark.rule("SR-28", "SR-33", "SR-34")
def test_what_a_plan_would_clear_can_be_saved_first(
    session: Session, stick: Path
) -> None:
    """To the stick that is there; then the number is asked for."""
    decision = session.decide(PLAN)
    decision.answer_proof(Proof.NOT_SURE)
    assert decision.copy_first
    saving = Saving(stores_of(decision.plan))
    (drive,) = session.drives()
    assert (str(drive.label), drive.mount) == ("STICK", str(stick))
    saving.pick(drive)
    report = session.save_copies(saving, nobody)
    decision.copy_ended(complete=report.complete)
    assert decision.wanted is Wanted.NUMBER
    copy = stick / report.name / "01" / "History"
    assert copy.read_bytes() == (session.root / HISTORY).read_bytes()
    made_up = "These files are made up, for practice."
    assert made_up in (stick / report.name / "list-of-files.txt").read_text()


@pytest.mark.rule("SR-34")
def test_a_copy_that_is_not_the_file_closes_the_way_to_clearing(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right number gives no consent, until a whole copy is there."""
    decision = session.decide(PLAN)
    decision.answer_proof(Proof.YES)
    saving = Saving(stores_of(decision.plan))
    saving.pick(session.drives()[0])

    def flip(descriptor: int) -> None:
        os.pwrite(descriptor, b"\xff", 0)

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", flip)
        report = session.save_copies(saving, nobody)
    assert [each.path for each in report.failed] == [HISTORY]
    decision.copy_ended(complete=report.complete)
    assert decision.wanted is Wanted.COPY
    assert decision.type_number(str(PLAN.count)) is None
    assert names(stick) == []
    decision.copy_ended(complete=session.save_copies(saving, nobody).complete)
    assert decision.type_number(str(PLAN.count)) is not None


@pytest.mark.rule("SR-33")
def test_a_folder_here_gets_one_encrypted_file(
    session: Session, tmp_path: Path
) -> None:
    """With the passphrase that was typed twice."""
    folder = tmp_path / "papers"
    folder.mkdir()
    saving = Saving((HISTORY,))
    saving.type_folder(str(folder))
    saving.type_passphrase(PHRASE)
    saving.type_again(PHRASE)
    report = session.save_copies(saving, nobody)
    assert report.complete
    assert names(folder) == [report.name]
    assert report.name.endswith(".7z")


@pytest.mark.rule("SR-33")
def test_without_the_drive_nothing_is_saved_elsewhere(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was taken out after it was picked."""
    saving = Saving((HISTORY,))
    saving.pick(session.drives()[0])
    with_a_stick(stick.parent / "other", stick.parent / "gone").set_up(
        monkeypatch.setattr
    )
    with pytest.raises(SaveRefused) as raised:
        session.save_copies(saving, nobody)
    assert raised.value.why is Refused.NO_DRIVE
    assert names(stick) == []


@pytest.mark.rule("SR-36", "SR-38")
def test_leaving_takes_back_what_was_written(session: Session, stick: Path) -> None:
    """The act of leaving waits until the stick is as it was."""
    saving = Saving((HISTORY,))
    saving.pick(session.drives()[0])
    begun = threading.Event()
    left: list[list[str]] = []

    def leave() -> None:
        begun.wait(10)
        terminal._stop_work()
        left.append(names(stick))

    leaving = threading.Thread(target=leave)

    def tell(done: int, whole: int) -> None:
        if done > whole / 2 and not begun.is_set():
            begun.set()
            leaving.join(0.05)

    leaving.start()
    with pytest.raises(Stopped):
        session.save_copies(saving, tell)
    leaving.join()
    assert left == [[]]
