"""Copies on a drive are what the stores are, or they are not there."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, Why
from hygiene.host.copying import Work, _disk
from hygiene.host.home import DiskHome
from tests.footprint import age, footprint
from tests.host.copying.places import (
    FIREFOX,
    STORES,
    Places,
    digest,
    names,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.host.opening import OpenFile

HISTORY, SESSIONS, PLACES = STORES

WATCHED = """
import os, sys
from pathlib import Path
from tests.host.copying.places import Places
places = Places(Path(sys.argv[1]))
places.computer.set_up(setattr)
places.archive()  # everything is imported before the watch begins
for each in places.papers.iterdir():
    each.unlink()
events = []
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def watch(event, args):
    if event == "open" and isinstance(args[2], int) and args[2] & writing:
        events.append((event, args[0]))
    elif event.startswith(("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link",
            "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime",
            "os.setxattr", "shutil.", "tempfile.", "subprocess.", "socket.", "os.fork")):
        events.append((event, *args[:2]))
sys.addaudithook(watch)
report = places.copy() if sys.argv[2] == "copy" else places.archive()
told = [(event, *map(str, paths)) for event, *paths in list(events)]
assert report.complete
print(repr(told))
"""


@pytest.mark.rule("SR-34")
def test_copies_are_the_bytes_of_the_files(places: Places) -> None:
    """Log beside its store included, and the list says so."""
    report = places.copy()
    assert report.complete
    assert {each.path: each.digest for each in report.saved} == places.truth()
    assert f"{PLACES}-wal" in places.truth()
    folder = places.stick / report.name
    for each in report.saved:
        assert (
            digest(folder / each.copy) == each.digest == digest(places.home / each.path)
        )
        status = (folder / each.copy).stat()
        assert status.st_size == each.size
        assert each.modified is not None
        assert status.st_mtime == pytest.approx(each.modified.timestamp())


@pytest.mark.rule("SR-34")
def test_the_list_can_be_checked_by_other_programs(places: Places) -> None:
    """By sha256sum, with what the list for programs says; nothing stands unlisted."""
    report = places.copy()
    folder = places.stick / report.name
    listed = places.listed(report)["files"]
    lines = "".join(f"{each['sha256_copy']}  {each['copy']}\n" for each in listed)
    there = {each for each in names(folder) if (folder / each).is_file()}
    assert {each["copy"] for each in listed} == there - {
        "list-of-files.txt",
        "list-of-files.json",
    }
    if shutil.which("sha256sum"):
        subprocess.run(
            ["sha256sum", "--check", "--strict"],
            input=lines.encode(),
            cwd=folder,
            check=True,
            capture_output=True,
        )


@pytest.mark.rule("SR-21", "SR-33")
def test_names_on_the_drive_tell_nothing(places: Places) -> None:
    """A day, and numbers; what is there already is left as it is."""
    mine = places.stick / "copies-2026-11-22"
    mine.write_text("mine")
    (places.stick / "copies-2026-11-22-2").mkdir()
    report = places.copy()
    assert report.name == "copies-2026-11-22-3"
    assert mine.read_text() == "mine"
    assert sorted(each.name for each in places.stick.iterdir()) == [
        "copies-2026-11-22",
        "copies-2026-11-22-2",
        "copies-2026-11-22-3",
    ]
    assert names(places.stick / "copies-2026-11-22-2") == []
    tops = {each.name for each in (places.stick / report.name).iterdir()}
    assert tops == {"01", "02", "03", "list-of-files.txt", "list-of-files.json"}


@pytest.mark.rule("SR-13", "SR-34")
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_the_home_is_as_it_was(places: Places, way: str) -> None:
    """Bytes, times of change and of reading, names, modes."""
    age(places.home)
    before = footprint(places.home)
    assert getattr(places, way)().complete
    assert footprint(places.home) == before


@pytest.mark.rule("SR-21", "SR-33")
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_nothing_is_written_anywhere_else(tmp_path: Path, way: str) -> None:
    """Every call that could change a file names the chosen place; no program starts."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED, str(tmp_path / "computer"), way],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert done.returncode == 0, done.stderr
    told: list[tuple[str, ...]] = eval(done.stdout)  # noqa: S307 - our own words
    chosen = {
        "copy": "computer/media/maria-canary/STICK/",
        "archive": "computer/papers/",
    }[way]
    assert len(told) > 3
    wrong = [
        each
        for each in told
        if not all(f"/{chosen}" in f"{path}/" for path in each[1:] if "/" in path)
        and not each[0].startswith("shutil.rmtree")
    ]
    assert wrong == []


@pytest.mark.rule("SR-21", "SR-34")
def test_no_name_of_person_or_computer_stands_in_a_copy(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in a name nor in the lists; the home's own path neither."""
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME"):
        monkeypatch.setenv(name, "maria-canary")
    monkeypatch.setattr(os, "uname", lambda: ("maria-canary",) * 5, raising=False)
    report = places.copy(*STORES, "missing")
    folder = places.stick / report.name
    texts = [*names(places.stick), report.name]
    texts += [(folder / each).read_text() for each in names(folder) if "list" in each]
    assert len(texts) > 10
    assert [
        each for each in texts if "canary" in each or str(places.root) in each
    ] == []


def restless(
    places: Places, change: Callable[[], object], *, changes: int, path: str = HISTORY
) -> None:
    """Have `change` happen at the first so many looks into `path`."""
    left = changes

    class Home(DiskHome):
        def open(self, path_asked: str) -> OpenFile:
            nonlocal left
            file = super().open(path_asked)
            if path_asked == path and left:
                left -= 1
                change()
            return file

    places.home_class = Home


@pytest.mark.rule("SR-34")
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_a_file_that_changes_while_it_is_read_is_copied_again(
    places: Places, way: str
) -> None:
    """Its rows, and a log that comes beside it."""
    history = places.home / HISTORY

    def change() -> None:
        with history.open("ab") as file:
            file.write(b"more")
        history.with_name("History-wal").write_bytes(b"log")

    restless(places, change, changes=1)
    report = getattr(places, way)()
    assert report.complete
    assert {each.path: each.digest for each in report.saved} == places.truth()
    assert f"{HISTORY}-wal" in places.truth()


@pytest.mark.rule("SR-34")
def test_a_file_that_goes_on_changing_is_not_saved(places: Places) -> None:
    """Nothing of its store is left, the others are there, and the whole is not whole."""
    history = places.home / HISTORY

    def change() -> None:
        with history.open("ab") as file:
            file.write(b"more")

    restless(places, change, changes=1000)
    report = places.copy()
    assert [(each.path, each.key) for each in report.failed] == [
        (HISTORY, "evidence.failed-changed")
    ]
    assert not report.complete
    assert {each.path for each in report.saved} == set(places.truth(SESSIONS, PLACES))
    assert [each for each in names(places.stick) if "History" in each] == []
    assert places.listed(report)["not_saved"] == [
        {"source": HISTORY, "why": "failed-changed"}
    ]


@pytest.mark.rule("SR-34")
def test_one_changing_file_of_a_folder_leaves_out_itself_alone(places: Places) -> None:
    """The files of a folder mean something each for itself."""
    tabs = places.home / SESSIONS / "old" / "Tabs_1"

    def change() -> None:
        with tabs.open("ab") as file:
            file.write(b"more")

    path = f"{SESSIONS}/old/Tabs_1"
    restless(places, change, changes=1000, path=path)
    report = places.copy(SESSIONS)
    assert [each.path for each in report.failed] == [path]
    assert {each.path for each in report.saved} == {
        f"{SESSIONS}/Session_1",
        f"{SESSIONS}/e",
    }


@pytest.mark.rule("SR-34")
@pytest.mark.parametrize("way", ["copy", "archive"])
def test_a_file_that_cannot_be_read_is_told(places: Places, way: str) -> None:
    """A log that is closed takes its store along: half of one is no copy."""
    log = f"{PLACES}-wal"

    class Home(DiskHome):
        def open(self, path: str) -> OpenFile:
            if path in {log, f"{SESSIONS}/Session_1"}:
                raise CannotLook(Why.LOCKED)
            return super().open(path)

    places.home_class = Home
    report = getattr(places, way)()
    assert {each.path: each.key for each in report.failed} == {
        log: "why.locked",
        f"{SESSIONS}/Session_1": "why.locked",
    }
    assert not report.complete
    kept = {HISTORY, f"{SESSIONS}/old/Tabs_1", f"{SESSIONS}/e"}
    assert {each.path for each in report.saved} == kept


def test_a_store_that_is_gone_is_told(places: Places) -> None:
    """And where nothing is there at all, nothing is made."""
    report = places.copy("no/History", "no/folder")
    assert [(each.path, each.key) for each in report.failed] == [
        ("no/History", "evidence.failed-gone"),
        ("no/folder", "evidence.failed-gone"),
    ]
    assert (report.name, report.complete) == ("", False)
    assert names(places.stick) == []


def test_links_are_not_followed(places: Places, tmp_path: Path) -> None:
    """One that leads out of the home is told; what it leads to is not copied."""
    secret = tmp_path / "secret"
    secret.write_text("secret-canary")
    (places.home / SESSIONS / "out").symlink_to(secret)
    (places.home / SESSIONS / "folder").symlink_to(tmp_path)
    report = places.copy(SESSIONS)
    assert {each.path: each.key for each in report.failed} == {
        f"{SESSIONS}/out": "why.not-asked",
        f"{SESSIONS}/folder": "why.not-asked",
    }
    assert "secret-canary" not in str(
        [each.read_bytes() for each in places.stick.rglob("*") if each.is_file()]
    )


def test_a_store_behind_a_link_brings_the_log_beside_itself(places: Places) -> None:
    """SQLite keeps it beside the file, not beside the link."""
    moved = places.home / "moved"
    (places.home / FIREFOX).rename(moved)
    (places.home / FIREFOX).mkdir()
    (places.home / PLACES).symlink_to(moved / "places.sqlite")
    report = places.copy(PLACES)
    assert report.complete
    assert {each.path for each in report.saved} == {PLACES, "moved/places.sqlite-wal"}
    assert names(places.stick / report.name / "01") == [
        "places.sqlite",
        "places.sqlite-wal",
    ]


@pytest.mark.rule("SR-34")
@pytest.mark.parametrize("path", [HISTORY, f"{PLACES}-wal"])
def test_a_disk_that_keeps_other_bytes_is_found_out(
    places: Places, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """One flipped bit: not saved, and what is good stays."""
    size = (places.home / path).stat().st_size
    flip_in_files_of(monkeypatch, size)
    report = places.copy()
    assert [(each.path, each.key) for each in report.failed] == [
        (path, "evidence.failed-differs")
    ]
    assert not report.complete
    store = path.removesuffix("-wal")
    assert [each for each in report.saved if each.path.startswith(store)] == []
    assert {each.path for each in report.saved} >= set(places.truth(SESSIONS))


def flip_in_files_of(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """A disk that turns one bit of each file of this size around."""
    real = os.fsync

    def flip(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == size:
            os.pwrite(descriptor, bytes([os.pread(descriptor, 1, 0)[0] ^ 1]), 0)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flip)


@pytest.mark.rule("SR-34")
def test_a_list_that_is_not_what_was_written_takes_all_along(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies without a list to trust are not left behind."""
    real = _disk.read_back

    def other(path: str, work: Work) -> str:
        return "0" * 64 if "list-of-files" in path else real(path, work)

    monkeypatch.setattr(_disk, "read_back", other)
    report = places.copy()
    assert (report.name, report.saved, report.complete) == ("", (), False)
    assert {each.path for each in report.failed} == set(STORES)
    assert names(places.stick) == []


@pytest.mark.rule("SR-33", "SR-34")
@pytest.mark.parametrize("way", ["copy", "archive"])
@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_a_full_or_failing_place_is_left_as_it_was(
    places: Places, monkeypatch: pytest.MonkeyPatch, way: str, call: str
) -> None:
    """Wherever it is noticed, after a while."""
    left = 3 if call != "rename" else 0

    def fail(*_: object) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "full")
        return 0

    if call == "write" and way == "copy":
        monkeypatch.setattr(_disk, "_write_all", fail)
    elif call == "rename":
        monkeypatch.setattr("hygiene.host.copying._names.rename_to_free_name", fail)
    else:
        left = 0
        monkeypatch.setattr(os, "fsync", fail)
    report = getattr(places, way)()
    assert (report.name, report.saved, report.complete) == ("", (), False)
    assert [(each.path, each.key) for each in report.failed] == [
        (store, "evidence.failed-full") for store in STORES
    ]
    assert names(places.stick) == []
    assert names(places.papers) == []
