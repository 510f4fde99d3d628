"""Where copies may not go, and what is left when a saving ends early."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from hygiene.host.copying import (
    CopyReport,
    Refused,
    SaveRefused,
    Stopped,
    Work,
)
from tests.footprint import footprint
from tests.host.copying.places import Places, names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A real file system of so many bytes."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def may_mount() -> bool:
    """Whether this process could mount something."""
    return sys.platform == "linux" and os.geteuid() == 0


@pytest.mark.skipif(not may_mount(), reason="only root can mount a small disk")
@pytest.mark.parametrize("told", [True, False], ids=["asked-before", "found-out"])
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_a_really_full_disk_is_left_as_it_was(
    places: Places, monkeypatch: pytest.MonkeyPatch, way: str, told: bool
) -> None:
    """Room is asked for before; a disk that fills up meanwhile is found out."""
    place = places.stick if way == "copy" else places.papers
    if not told:
        monkeypatch.setattr(
            "hygiene.host.copying.place.refuse_without_room", lambda *_: None
        )
    with small_disk(place, "1m"):
        if told:
            with pytest.raises(SaveRefused) as raised:
                getattr(places, way)()
            assert raised.value.why is Refused.NO_ROOM
        else:
            report: CopyReport = getattr(places, way)()
            assert not report.complete
            assert {each.key for each in report.failed} == {"evidence.failed-full"}
        assert names(place) == []


def refused(places: Places, way: str, **options: str) -> Refused:
    """Why a saving is refused; nothing is changed by it."""
    before = footprint(places.root)
    with pytest.raises(SaveRefused) as raised:
        getattr(places, way)(**options)
    assert footprint(places.root) == before
    return raised.value.why


@pytest.mark.rule("SR-33")
def test_only_a_removable_drive_takes_copies_in_the_open(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a folder of this computer, not a folder of the drive, not a drive that is
    gone, and no other place in its stead.
    """
    for mount in (places.papers, places.home, "/", places.stick / "folder"):
        assert refused(places, "copy", mount=str(mount)) is Refused.NO_DRIVE
    places.computer.mounts.pop()
    places.computer.set_up(monkeypatch.setattr)
    assert refused(places, "copy") is Refused.NO_DRIVE


@pytest.mark.rule("SR-33")
def test_the_drive_with_the_home_takes_none(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that lies on the stick itself."""
    places.computer.mount("/dev/sdb1", places.root / "home")
    places.computer.set_up(monkeypatch.setattr)
    assert refused(places, "copy", mount=str(places.root / "home")) is Refused.NO_DRIVE
    assert refused(places, "copy") is Refused.NO_DRIVE


@pytest.mark.rule("SR-33")
def test_a_drive_that_is_copied_to_a_cloud_takes_none(places: Places) -> None:
    """By the mark at its top."""
    (places.stick / ".stfolder").mkdir()
    assert refused(places, "copy") is Refused.CLOUD


@pytest.mark.rule("SR-33")
def test_a_drive_that_is_closed_to_writing_takes_none(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its little switch is on."""
    device, where, kind, _ = places.computer.mounts.pop()
    places.computer.mount(device, where, kind, "ro")
    places.computer.set_up(monkeypatch.setattr)
    assert refused(places, "copy") is Refused.CLOSED


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("name", ["OneDrive", "Dropbox", "Nextcloud"])
def test_a_folder_that_is_copied_to_a_cloud_takes_none(
    places: Places, name: str
) -> None:
    """Encrypted or not."""
    folder = places.papers / name / "deep"
    folder.mkdir(parents=True)
    assert refused(places, "archive", folder=str(folder)) is Refused.CLOUD


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.rclone"])
def test_a_folder_on_a_network_takes_none(
    places: Places, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """By the kind of its mount."""
    places.computer.mount("server:/files", places.papers, kind)
    places.computer.set_up(monkeypatch.setattr)
    assert refused(places, "archive") is Refused.NETWORK


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("phrase", ["", "elevensigns"])
def test_there_is_no_file_without_a_long_passphrase(
    places: Places, phrase: str
) -> None:
    """Whatever a front end lets through."""
    assert refused(places, "archive", phrase=phrase) is Refused.SHORT


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("folder", ["papers", "", "/no/such/folder"])
def test_a_folder_is_typed_in_full_and_is_there(places: Places, folder: str) -> None:
    """Nothing is made on the way to it."""
    assert refused(places, "archive", folder=folder or ".") is Refused.NO_FOLDER


@pytest.mark.rule("SR-36", "SR-38")
@pytest.mark.parametrize("way", ["copy", "archive"])
@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.95])
def test_what_a_watcher_raises_takes_everything_back(
    places: Places, way: str, at: float
) -> None:
    """Going back, at any point."""

    class GoneBackError(Exception):
        pass

    def tell(done: int, whole: int) -> None:
        if done >= at * whole:
            raise GoneBackError

    with pytest.raises(GoneBackError):
        getattr(places, way)(work=Work(tell))
    assert names(places.stick) == names(places.papers) == []


@pytest.mark.rule("SR-36", "SR-38")
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_leaving_takes_everything_back(places: Places, way: str) -> None:
    """From another thread, which waits until it is so."""
    begun, left = threading.Event(), threading.Event()
    seen: list[list[str]] = []

    def leave() -> None:
        begun.wait(10)
        work.stop(10)
        seen.append([*names(places.stick), *names(places.papers)])
        left.set()

    def tell(done: int, whole: int) -> None:
        if done > whole / 2:
            begun.set()
            while not work.stopping:
                left.wait(0.001)

    work = Work(tell)
    thread = threading.Thread(target=leave)
    thread.start()
    with work, pytest.raises(Stopped):
        getattr(places, way)(work=work)
    thread.join()
    assert seen == [[]]


def test_progress_goes_up_to_the_end(places: Places) -> None:
    """In bytes, over reading, writing and comparing."""
    told: list[tuple[int, int]] = []
    places.copy(work=Work(lambda done, whole: told.append((done, whole))))
    assert {whole for _, whole in told} == {told[-1][0]}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
