"""Walking down a folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from hygiene.contract import CannotLook, Folder, Kind, Platform, Why
from hygiene.host.home import DiskHome
from tests.host.deep import deep_folders
from tests.host.refusal import shut
from tests.host.systems import POSIX


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "ana"
    for path in ("p/b/2", "p/b/1", "p/a/x/deep", "p/z", "p/.h"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")
    return root


def walked(root: Path, path: str = "p") -> list[Folder]:
    return list(DiskHome(root, Platform.LINUX).walk(path))


def skipped(root: Path) -> list[tuple[str, Kind, Why | None]]:
    """What the walk did not go into."""
    return [
        (entry.path, entry.kind, entry.why)
        for folder in walked(root)
        for entry in folder.skipped
    ]


def test_folders_and_files_in_name_order(root: Path) -> None:
    """Each folder comes before what is in it, its files by name."""
    assert [(each.path, list(each.files)) for each in walked(root)] == [
        ("p", [".h", "z"]),
        ("p/a", []),
        ("p/a/x", ["deep"]),
        ("p/b", ["1", "2"]),
    ]


def test_the_whole_home(root: Path) -> None:
    """The empty path is the home itself."""
    assert [each.path for each in walked(root, "")][:3] == ["", "p", "p/a"]


@pytest.mark.parametrize("path", ["nope", "p/z", "p/z/x"])
def test_no_such_folder(root: Path, path: str) -> None:
    """Nothing is walked where no folder is."""
    assert walked(root, path) == []


def test_links_are_not_followed(root: Path) -> None:
    """Links inside the home are passed by, those that leave it are named."""
    (root / "p/to-file").symlink_to("z")
    (root / "p/to-folder").symlink_to("b")
    (root / "p/round").symlink_to("..")
    (root / "p/gone").symlink_to("nothing")
    (root / "p/out").symlink_to("/etc")
    assert [each.path for each in walked(root)] == ["p", "p/a", "p/a/x", "p/b"]
    assert skipped(root) == [("p/out", Kind.OTHER, Why.NOT_ASKED)]
    assert walked(root)[0].files == [".h", "z"]


@POSIX
def test_pipes_and_sockets_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is neither file nor folder is not among the files."""
    os.mkfifo(root / "p/pipe")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("p/sock")
    assert walked(root)[0].files == [".h", "z"]
    assert skipped(root) == [
        ("p/pipe", Kind.OTHER, Why.NOT_SUPPORTED),
        ("p/sock", Kind.OTHER, Why.NOT_SUPPORTED),
    ]


def test_a_folder_without_permission(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be listed is named, and the walk goes on."""
    shut(root / "p/a", monkeypatch)
    assert [each.path for each in walked(root)] == ["p", "p/a", "p/b"]
    assert skipped(root) == [("p/a", Kind.FOLDER, Why.DENIED)]


def test_a_start_without_permission(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the start itself may not be listed there is no answer but that."""
    shut(root / "p", monkeypatch)
    with pytest.raises(CannotLook) as refused:
        walked(root)
    assert refused.value.why is Why.DENIED


def test_a_thousand_deep(root: Path) -> None:
    """Depth is no matter of recursion, and the deepest file can be opened."""
    with deep_folders(root / "p", 1000) as path:
        home = DiskHome(root, Platform.LINUX)
        last = max(home.walk("p"), key=lambda folder: folder.path.count("/"))
        assert f"{last.path}/{last.files[0]}" == f"p/{path}"
        assert home.read(f"p/{path}", limit=9) == b"here"


@pytest.mark.skipif(not hasattr(os, "fchdir"), reason="needs folders by descriptor")
def test_deeper_than_the_system_can_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where paths grow too long for the system, the walk says so and ends."""
    monkeypatch.chdir(root / "p")
    name = "n" * 250
    for _ in range(20):
        Path(name).mkdir()
        monkeypatch.chdir(name)
    folders = walked(root)
    assert skipped(root)[0][1:] == (Kind.FOLDER, Why.NOT_SUPPORTED)
    assert 10 < len(folders) < 30
