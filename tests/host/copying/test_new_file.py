"""A new file is there whole or not at all, and nothing else is touched."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hygiene.host import leftovers
from hygiene.host.copying import (
    AlreadyThereError,
    CannotSaveError,
    ElsewhereError,
    Target,
    _names,
    new_file,
    save,
)
from hygiene.host.elsewhere import Elsewhere

DATA = b"some lines\n" * 5000

KILLED_EVERYWHERE = """
import os, signal, sys
from hygiene.host import copying
from hygiene.host.copying import _names, new_file
path, data = sys.argv[1], b"some lines\\n" * 5000

def killed_at(line):
    left = line
    def trace(frame, event, argument):
        nonlocal left
        if frame.f_code.co_filename not in (_names.__file__, new_file.__file__):
            return None
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    copying.save(copying.Target.at(path), data)

def names():
    return sorted(os.listdir(os.path.dirname(path)))

line, absent, whole, remains = 0, 0, 0, 0
while True:
    line += 1
    child = os.fork()
    if not child:
        killed_at(line)
        os._exit(0)
    ended = os.WIFEXITED(os.waitpid(child, 0)[1])
    there = os.path.exists(path)
    if there:
        assert open(path, "rb").read() == data, line
        assert names() == ["sheet.txt"], (line, names())
        whole += 1
    else:
        assert not ended
        remains += len(names())
        absent += 1
        copying.save(copying.Target.at(path), data)
        assert names() == ["sheet.txt"], (line, names())
        assert open(path, "rb").read() == data, line
    os.unlink(path)
    if ended:
        print(absent, whole, remains)
        break
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to write to."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.rule("SR-34")
def test_a_new_file_holds_the_bytes_for_its_owner_only(place: Path) -> None:
    """And it is all that is there."""
    save(Target.at(f"{place}/sheet.txt"), DATA)
    assert (place / "sheet.txt").read_bytes() == DATA
    assert stat.S_IMODE((place / "sheet.txt").stat().st_mode) == 0o600
    assert names(place) == ["sheet.txt"]


def test_a_path_may_be_short(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder it is the one where one is."""
    monkeypatch.chdir(place)
    save(Target.at("sheet.txt"), b"x")
    assert (place / "sheet.txt").read_bytes() == b"x"


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling"])
def test_what_is_there_is_left_as_it_is(place: Path, kind: str) -> None:
    """Whatever has the name."""
    path = place / "sheet.txt"
    other = place / "other"
    other.write_text("mine")
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(other if kind == "link" else place / "nowhere")
    before = names(place)
    with pytest.raises(AlreadyThereError):
        Target.at(str(path))
    assert names(place) == before
    assert other.read_text() == "mine"


@pytest.mark.parametrize("one_step", [True, False], ids=["one-step", "fat"])
def test_a_name_that_is_taken_meanwhile_is_left_as_it_is(
    place: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    """Between the look and the write, and on a file system without the one step."""
    if not one_step:
        _without_one_step(monkeypatch)
    target = Target.at(f"{place}/sheet.txt")
    (place / "sheet.txt").write_text("mine")
    with pytest.raises(AlreadyThereError):
        save(target, DATA)
    assert (place / "sheet.txt").read_text() == "mine"
    assert names(place) == ["sheet.txt"]


def _without_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: bytes) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(_names, "_rename_exclusively", refuse)


def test_fat_has_no_links_and_no_one_step(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is needed."""
    _without_one_step(monkeypatch)

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "symlink", no_links)
    save(Target.at(f"{place}/sheet.txt"), DATA)
    assert (place / "sheet.txt").read_bytes() == DATA
    assert names(place) == ["sheet.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="the call of Linux")
def test_a_library_without_the_call_is_no_hindrance(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the C library is an old one."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    save(Target.at(f"{place}/sheet.txt"), DATA)
    assert (place / "sheet.txt").read_bytes() == DATA


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child to kill")
def test_killed_at_any_point_there_is_no_file_or_the_whole_file(place: Path) -> None:
    """A child is killed at every line in turn; the next run then writes the file and
    leaves nothing else.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-c", KILLED_EVERYWHERE, str(place / "sheet.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    absent, whole, remains = map(int, done.stdout.split())
    assert absent > 20
    assert whole > 3
    assert remains > 3


def test_only_what_a_dead_run_left_for_this_name_is_removed(place: Path) -> None:
    """A running one's, another name's, a link and the person's own stay. Folders go
    with all in them.
    """
    target = Target.at(f"{place}/sheet.txt")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    alive = os.getppid()
    mine, others = leftovers.beginning("sheet.txt"), leftovers.beginning("other.txt")
    stays = [
        f"{mine}{alive}.part",
        f"{mine}x.part",
        f"{others}{dead.pid}.part",
        "sheet.txt.part",
    ]
    for name in (*stays, f"{mine}{dead.pid}.part"):
        (place / name).write_text("left")
    (place / f"{mine}{dead.pid}0.part" / "01").mkdir(parents=True)
    (place / f"{mine}{dead.pid}0.part" / "01" / "History").write_text("left")
    (place / f"{mine}{dead.pid}1.part").symlink_to(place)
    save(target, DATA)
    assert names(place) == sorted([*stays, f"{mine}{dead.pid}1.part", "sheet.txt"])


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever it is noticed."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    if step == "rename":
        monkeypatch.setattr(_names, "_rename_exclusively", full)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(new_file, "_write_whole", full)
    with pytest.raises(CannotSaveError):
        save(Target.at(f"{place}/sheet.txt"), DATA)
    assert names(place) == []


@pytest.mark.rule("SR-34")
def test_a_disk_that_keeps_other_bytes_is_found_out(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One flipped bit, and the name is never given."""

    def flip(descriptor: int) -> None:
        os.pwrite(descriptor, bytes([DATA[3] ^ 1]), 3)

    monkeypatch.setattr(os, "fsync", flip)
    with pytest.raises(CannotSaveError):
        save(Target.at(f"{place}/sheet.txt"), DATA)
    assert names(place) == []


def test_leaving_while_it_writes_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C is no fault of the file."""

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_names, "rename_to_free_name", leave)
    with pytest.raises(KeyboardInterrupt):
        save(Target.at(f"{place}/sheet.txt"), DATA)
    assert names(place) == []


def test_no_folder_and_no_right_to_write(place: Path) -> None:
    """A folder that is not there, one that is a file, and one that is read-only."""
    (place / "file").write_text("x")
    for path in (place / "no" / "sheet.txt", place / "file" / "sheet.txt"):
        with pytest.raises(CannotSaveError):
            save(Target.at(str(path)), DATA)
    with pytest.raises(CannotSaveError):
        save(Target.at(f"{place}/{'x' * 300}.txt"), DATA)
    assert names(place) == ["file"]
    if sys.platform == "linux":
        with pytest.raises(CannotSaveError):
            save(Target.at("/proc/sheet.txt"), DATA)


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("where", list(Elsewhere))
def test_a_folder_whose_files_do_not_stay_here_is_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch, where: Elsewhere
) -> None:
    """Before anything is written."""
    monkeypatch.setattr(new_file, "elsewhere", lambda _: where)
    with pytest.raises(ElsewhereError) as raised:
        Target.at(f"{place}/sheet.txt")
    assert raised.value.where is where
    assert names(place) == []
