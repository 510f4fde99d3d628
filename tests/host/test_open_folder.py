"""Files are opened from the folder that a walk is in."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import psutil
import pytest

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host.home import DiskHome
from tests.host.systems import POSIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hygiene.contract import Folder

pytestmark = POSIX

MOST_KEPT = 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home beside another one."""
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob/file").write_text("not ours")
    (tmp_path / "bob/secret").write_text("not ours")
    root = tmp_path / "ana"
    (root / "p/q").mkdir(parents=True)
    (root / "p/file").write_text("ours")
    (root / "p/other").write_text("other")
    (root / "p/q/file").write_text("below")
    return root


@pytest.fixture
def home(root: Path) -> DiskHome:
    return DiskHome(root, Platform.LINUX)


@pytest.fixture
def walk(home: DiskHome) -> Iterator[Folder]:
    """A walk that has listed the folder `p`, and is still in it."""
    walk = home.walk("p")
    assert next(walk).files == ["file", "other"]
    return walk


def answer(home: DiskHome, path: str) -> bytes | Why:
    """What is read at `path`, or why not."""
    try:
        return home.read(path, limit=10)
    except CannotLook as error:
        return error.why


def held() -> int:
    """Descriptors that this process has open."""
    return psutil.Process().num_fds()


REPLACED: dict[str, tuple[Callable[[Path], object], bytes | Why]] = {
    "a file": (lambda path: path.write_text("new"), b"new"),
    "nothing": (lambda path: None, Why.LOCKED),  # noqa: ARG005 - as the others
    "a link inside": (lambda path: path.symlink_to("other"), b"other"),
    "a link out": (lambda path: path.symlink_to("../../bob/file"), Why.NOT_ASKED),
    "a pipe": (lambda path: os.mkfifo(path), Why.NOT_SUPPORTED),  # noqa: PLW0108 - not on every system
    "a folder": (lambda path: path.mkdir(), Why.UNKNOWN_FORMAT),
}


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize(("put", "told"), REPLACED.values(), ids=REPLACED)
@pytest.mark.usefixtures("walk")
def test_what_took_the_place_of_a_listed_file(
    root: Path,
    home: DiskHome,
    put: Callable[[Path], object],
    told: bytes | Why,
) -> None:
    """It is answered as what it is now; a link out of the home is never followed."""
    assert answer(home, "p/file") == b"ours"
    (root / "p/file").unlink()
    put(root / "p/file")
    assert answer(home, "p/file") == told


@pytest.mark.rule("SR-13")
@pytest.mark.usefixtures("walk")
def test_a_link_out_took_the_place_of_the_folder(root: Path, home: DiskHome) -> None:
    """What was listed is read where it is now; nothing is read through the link."""
    (root / "p").rename(root / "old")
    (root / "p").symlink_to("../bob")
    assert answer(home, "p/file") == b"ours"
    assert answer(home, "p/secret") is Why.NOT_ASKED


@pytest.mark.usefixtures("walk")
def test_the_folder_is_gone(root: Path, home: DiskHome) -> None:
    """Its files are gone with it."""
    for path in ("p/file", "p/other", "p/q/file"):
        (root / path).unlink()
    (root / "p/q").rmdir()
    (root / "p").rmdir()
    assert answer(home, "p/file") is Why.LOCKED


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("p/..", Why.UNKNOWN_FORMAT),
        ("p/.", Why.UNKNOWN_FORMAT),
        ("p/", Why.UNKNOWN_FORMAT),
        ("p/../../bob/file", Why.NOT_ASKED),
        ("p/a\0b", Why.LOCKED),
        ("p/\ud800", Why.LOCKED),
        ("p/" + "x" * 300, Why.LOCKED),
        ("p/q/file", b"below"),
    ],
)
@pytest.mark.usefixtures("walk")
def test_other_paths_go_the_longer_way(
    home: DiskHome, path: str, told: bytes | Why
) -> None:
    """Whatever is no file of that folder is answered as without a walk."""
    assert answer(home, path) == told


@pytest.mark.usefixtures("walk")
def test_another_walk_through_the_same_folder(root: Path, home: DiskHome) -> None:
    """When it ends the first one goes on as before."""
    assert [each.path for each in home.walk("p")] == ["p", "p/q"]
    (root / "p").rename(root / "old")
    assert answer(home, "p/file") == b"ours"


@pytest.mark.usefixtures("walk")
def test_another_walk_through_another_folder_of_the_name(
    root: Path, home: DiskHome
) -> None:
    """The folder that was listed last is the one that is read."""
    (root / "p").rename(root / "old")
    (root / "p").mkdir()
    (root / "p/file").write_text("new")
    again = home.walk("p")
    assert next(again).files == ["file"]
    assert answer(home, "p/file") == b"new"


def test_a_walk_gives_its_folders_back(root: Path, home: DiskHome) -> None:
    """Few folders are open at a time, and none once the walk ended or is forgotten."""
    for number in range(200):
        (root / f"p/{number}").mkdir()
    before = held()
    for _ in home.walk(""):
        assert held() - before <= MOST_KEPT
    assert held() == before
    walk = home.walk("")
    next(walk)
    next(walk)
    assert held() > before
    del walk
    assert held() == before


def test_readers_beside_the_walk(root: Path, home: DiskHome) -> None:
    """Threads that lag behind the walk read each file as itself, and leave none open."""
    paths = [f"p/{number:03}/{name}" for number in range(60) for name in "abcd"]
    for path in paths:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(path)
    before = held()
    told: list[tuple[str, bytes | Why]] = []

    def read(some: list[str]) -> None:
        for path in some:
            told.append((path, answer(home, path)))

    readers = [threading.Thread(target=read, args=(paths[at::4],)) for at in range(4)]
    walk = home.walk("p")
    for number, _ in enumerate(walk):
        if number == 1:
            for reader in readers:
                reader.start()
    for reader in readers:
        reader.join()
    assert dict(told) == {path: path.encode() for path in paths}
    assert held() == before
