"""Where the person's own folders lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Platform, UserFolder, Why
from hygiene.host.home import DiskHome
from hygiene.practice.hive import write_hive

if TYPE_CHECKING:
    from pathlib import Path

USUAL = {
    Platform.LINUX: ["Desktop", "Documents", "Downloads", "Pictures", "Videos"],
    Platform.MACOS: ["Desktop", "Documents", "Downloads", "Pictures", "Movies"],
    Platform.WINDOWS: ["Desktop", "Documents", "Downloads", "Pictures", "Videos"],
}


@pytest.mark.parametrize("platform", Platform)
def test_the_usual_names(tmp_path: Path, platform: Platform) -> None:
    """Where nothing says otherwise the folders have the names of their system."""
    for name in USUAL[platform]:
        (tmp_path / name).mkdir()
    home = DiskHome(tmp_path, platform)
    assert [home.user_folder(which) for which in UserFolder] == USUAL[platform]


@pytest.mark.parametrize("platform", Platform)
def test_folders_that_are_not_there(tmp_path: Path, platform: Platform) -> None:
    """A folder that is not there is None, also where a file has its name."""
    (tmp_path / "Pictures").write_bytes(b"")
    home = DiskHome(tmp_path, platform)
    assert [home.user_folder(which) for which in UserFolder] == [None] * 5


def outside(home: DiskHome, which: UserFolder) -> bool:
    """Whether the folder is answered as one that lies outside the home."""
    path = home.user_folder(which)
    assert path is not None
    entry = home.entry(path)
    assert entry is not None
    with pytest.raises(CannotLook) as refused:
        list(home.walk(path))
    return entry.why is refused.value.why is Why.NOT_ASKED


class TestLinux:
    """`user-dirs.dirs` says where the folders are, in the person's own language."""

    LINES = """
# a comment: XDG_PICTURES_DIR="$HOME/Wrong"
XDG_DESKTOP_DIR="$HOME/Schreibtisch"
XDG_DOWNLOAD_DIR="$HOME/a \\"b\\""
 XDG_PICTURES_DIR = "$HOME/Wrong"
XDG_PICTURES_DIR="$HOME/Bilder/Meine"
XDG_DOCUMENTS_DIR="$HOME/"
XDG_VIDEOS_DIR="/mnt/large/Videos"
"""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        root = tmp_path / "ana"
        for name in (".config", "Schreibtisch", 'a "b"', "Bilder/Meine", "Documents"):
            (root / name).mkdir(parents=True)
        (root / ".config/user-dirs.dirs").write_text(self.LINES)
        return root

    @pytest.mark.parametrize("live", [False, True])
    def test_renamed_and_moved(self, root: Path, live: bool) -> None:
        """The last line for a folder counts; the home itself means the usual place."""
        home = DiskHome(root, Platform.LINUX, live=live)
        assert home.user_folder(UserFolder.DESKTOP) == "Schreibtisch"
        assert home.user_folder(UserFolder.DOWNLOADS) == 'a "b"'
        assert home.user_folder(UserFolder.PICTURES) == "Bilder/Meine"
        assert home.user_folder(UserFolder.DOCUMENTS) == "Documents"

    def test_moved_out_of_the_home(self, root: Path) -> None:
        """A folder that lies elsewhere is said to be not looked at."""
        assert outside(DiskHome(root, Platform.LINUX), UserFolder.VIDEOS)

    def test_named_but_not_there(self, root: Path) -> None:
        """A folder that was named and taken away is None."""
        (root / "Schreibtisch").rmdir()
        assert DiskHome(root, Platform.LINUX).user_folder(UserFolder.DESKTOP) is None

    def test_variables_of_the_live_home(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A variable goes before the file, in the live home only."""
        (root / "Other").mkdir()
        monkeypatch.setenv("XDG_DESKTOP_DIR", str(root / "Other"))
        live = DiskHome(root, Platform.LINUX, live=True)
        assert live.user_folder(UserFolder.DESKTOP) == "Other"
        other = DiskHome(root, Platform.LINUX)
        assert other.user_folder(UserFolder.DESKTOP) == "Schreibtisch"

    @pytest.mark.parametrize(
        "text", [b"\xff\0XDG_DESKTOP_DIR", b'XDG_DESKTOP_DIR="', b""]
    )
    def test_a_file_that_says_nothing(self, root: Path, text: bytes) -> None:
        """What cannot be understood leaves the usual names."""
        (root / ".config/user-dirs.dirs").write_bytes(text)
        (root / "Desktop").mkdir()
        home = DiskHome(root, Platform.LINUX)
        assert home.user_folder(UserFolder.DESKTOP) == "Desktop"

    def test_a_folder_that_leads_out_by_dots(self, root: Path) -> None:
        """Dots in the file lead no further than anywhere else."""
        (root / ".config/user-dirs.dirs").write_text(
            'XDG_DESKTOP_DIR="$HOME/../bob/Desktop"\n'
        )
        (root.parent / "bob/Desktop").mkdir(parents=True)
        assert outside(DiskHome(root, Platform.LINUX), UserFolder.DESKTOP)


@given(
    st.binary()
    | st.text().map(lambda text: f'XDG_DESKTOP_DIR="{text}"'.encode("utf-8", "replace"))
)
def test_any_user_dirs_file_is_an_answer(root_of_any: Path, text: bytes) -> None:
    """Whatever stands in the file, the answer is a path that can be asked about."""
    (root_of_any / ".config/user-dirs.dirs").write_bytes(text)
    home = DiskHome(root_of_any, Platform.LINUX)
    path = home.user_folder(UserFolder.DESKTOP)
    assert path is None or home.entry(path) is not None


@pytest.fixture(scope="module")
def root_of_any(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("any") / "ana"
    (root / ".config").mkdir(parents=True)
    (root / "Desktop").mkdir()
    return root


class TestWindows:
    """The registry of the home says where the folders are."""

    KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"

    @pytest.fixture
    def home(self, tmp_path: Path) -> DiskHome:
        for name in ("OneDrive/Desktop", "Downloads", "Desktop", "Pics", "Videos"):
            (tmp_path / name).mkdir(parents=True)
        write_hive(
            tmp_path / "NTUSER.DAT",
            {
                self.KEY: {
                    "Desktop": r"%USERPROFILE%\OneDrive\Desktop",
                    "{374DE290-123F-4565-9164-39C4925E467B}": r"%UserProfile%\downloads",
                    "My Pictures": r"C:\Users\ana\Pics",
                    "Personal": r"D:\Documents",
                }
            },
        )
        return DiskHome(tmp_path, Platform.WINDOWS)

    def test_moved(self, home: DiskHome) -> None:
        """Folders in the cloud's folder, by absolute path and not named at all."""
        assert home.user_folder(UserFolder.DESKTOP) == "OneDrive/Desktop"
        assert home.user_folder(UserFolder.DOWNLOADS) == "Downloads"
        assert home.user_folder(UserFolder.PICTURES) == "Pics"
        assert home.user_folder(UserFolder.VIDEOS) == "Videos"

    def test_moved_to_another_drive(self, home: DiskHome) -> None:
        """A folder that lies elsewhere is said to be not looked at."""
        assert outside(home, UserFolder.DOCUMENTS)

    def test_a_damaged_hive(self, tmp_path: Path) -> None:
        """Without a registry the usual names stand."""
        (tmp_path / "Desktop").mkdir()
        (tmp_path / "NTUSER.DAT").write_bytes(b"regf")
        home = DiskHome(tmp_path, Platform.WINDOWS)
        assert home.user_folder(UserFolder.DESKTOP) == "Desktop"
