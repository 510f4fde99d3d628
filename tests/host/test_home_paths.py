"""Where a path leads: inside the home, or nowhere at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hygiene.contract import CannotLook, Kind, Platform, Why
from hygiene.host.home import DiskHome
from tests.host.systems import LINUX, POSIX


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home beside another one."""
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob/secret").write_text("not ours")
    root = tmp_path / "ana"
    (root / "a/b").mkdir(parents=True)
    (root / "a/b/file").write_text("ours")
    return root


@pytest.fixture
def home(root: Path) -> DiskHome:
    return DiskHome(root, Platform.LINUX)


def why(home: DiskHome, path: str) -> Why:
    """Why `path` cannot be opened."""
    with pytest.raises(CannotLook) as refused, home.open(path):
        pass
    return refused.value.why


LINKS = {
    "to a file": ("link", "a/b/file", "link"),
    "to a folder": ("link", "a", "link/b/file"),
    "up and down": ("a/link", "../a/b", "a/link/file"),
    "through a link": ("a/link", "./b/../../link2", "a/link/file"),
    "by the own name": ("link", "../ana/a", "link/b/file"),
}


@pytest.mark.parametrize(("name", "target", "path"), LINKS.values(), ids=LINKS)
def test_links_inside_are_followed(
    root: Path, home: DiskHome, name: str, target: str, path: str
) -> None:
    """A link that stays in the home is gone through, and the path stays as asked."""
    (root / "link2").symlink_to("a/b")
    (root / name).symlink_to(target)
    entry = home.entry(path)
    assert entry is not None
    assert (entry.path, entry.kind, entry.size, entry.why) == (path, Kind.FILE, 4, None)
    assert home.read(path, limit=10) == b"ours"


def test_an_absolute_link_inside_is_followed(root: Path, home: DiskHome) -> None:
    """A link by its absolute path may come home again."""
    (root / "link").symlink_to(root / "a")
    assert home.read("link/b/file", limit=10) == b"ours"


OUT = {
    "absolute": ("../../bob", "link/secret"),
    "relative": ("../bob", "link/secret"),
    "a file": ("../bob/secret", "link"),
    "gone": ("/nowhere/at/all", "link"),
    "neighbour with the same start": ("../ana2", "link/x"),
    "twice": ("a/out", "link/secret"),
}


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize(("target", "path"), OUT.values(), ids=OUT)
def test_links_out_are_answered_not_followed(
    root: Path, home: DiskHome, target: str, path: str
) -> None:
    """A link that leaves the home is told of, and never opened."""
    (root.parent / "ana2").mkdir()
    (root / "a/out").symlink_to("../../bob")
    (root / "link").symlink_to(target)
    entry = home.entry(path)
    assert entry is not None
    assert (entry.path, entry.why) == (path, Why.NOT_ASKED)
    assert why(home, path) is Why.NOT_ASKED
    with pytest.raises(CannotLook):
        home.read(path, limit=10)
    with pytest.raises(CannotLook):
        list(home.walk(path))


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("path", ["../bob/secret", "a/../../bob/secret", "/etc/passwd"])
def test_no_argument_leads_out(home: DiskHome, path: str) -> None:
    """Neither dots nor an absolute path reach anything outside."""
    assert why(home, path) is Why.NOT_ASKED
    assert [entry.why for entry in home.find(path)] == [Why.NOT_ASKED]


def test_dots_inside_are_fine(home: DiskHome) -> None:
    """A path may go up as long as it stays in the home."""
    entry = home.entry("a/b/../../a/./b/file")
    assert entry is not None
    assert entry.path == "a/b/file"


def test_an_absolute_path_of_the_home_is_understood(root: Path, home: DiskHome) -> None:
    """Programs write absolute paths into their own lists."""
    entry = home.entry(str(root / "a/b/file"))
    assert entry is not None
    assert entry.path == "a/b/file"


def test_a_home_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    """The home itself may be a link; paths by either name lead into it."""
    (tmp_path / "me").symlink_to(root)
    (root / "link").symlink_to(tmp_path / "me/a")
    home = DiskHome(tmp_path / "me", Platform.LINUX)
    assert home.read("link/b/file", limit=10) == b"ours"
    assert home.read(str(root / "a/b/file"), limit=10) == b"ours"


@pytest.mark.parametrize(
    "path",
    [
        "nope",
        "a/b/file/x",
        "loop",
        "dangling",
        "a\0b",
        "\ud800",
        "x" * 300,
        "x/" * 3000,
    ],
)
def test_nothing_there(root: Path, home: DiskHome, path: str) -> None:
    """What is not there is no entry, and opening it says that it is gone."""
    (root / "loop").symlink_to("loop")
    (root / "dangling").symlink_to("127.0.0.1:+4711")
    assert home.entry(path) is None
    assert list(home.find(path)) == []
    assert list(home.walk(path)) == []
    assert why(home, path) is Why.LOCKED


@POSIX
def test_what_is_no_file(root: Path, home: DiskHome) -> None:
    """A pipe is not supported and never waited for; a folder is no known format."""
    os.mkfifo(root / "pipe")
    entry = home.entry("pipe")
    assert entry is not None
    assert (entry.kind, entry.size, entry.why) == (Kind.OTHER, -1, Why.NOT_SUPPORTED)
    assert why(home, "pipe") is Why.NOT_SUPPORTED
    assert why(home, "a") is Why.UNKNOWN_FORMAT
    with pytest.raises(CannotLook) as refused:
        home.query("pipe", lambda database: database.tables())
    assert refused.value.why is Why.NOT_SUPPORTED


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes devices"
)
def test_a_device_is_not_opened(root: Path, home: DiskHome) -> None:
    """A device is not supported, whatever it would give."""
    os.mknod(root / "zero", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    assert why(home, "zero") is Why.NOT_SUPPORTED


@LINUX
def test_names_that_do_not_decode(root: Path, home: DiskHome) -> None:
    """Bytes that are no text stand as surrogates and lead back to the file."""
    Path(os.fsdecode(bytes(root) + b"/a/\xff\xfe")).write_bytes(b"odd")
    (folder,) = (each for each in home.walk("a") if each.path == "a")
    assert folder.files == ["\udcff\udcfe"]
    assert home.read(f"a/{folder.files[0]}", limit=10) == b"odd"


def test_a_replaced_folder_is_looked_at_again(root: Path, home: DiskHome) -> None:
    """What a walk has seen is not trusted once another folder or a link stands there."""
    assert [folder.path for folder in home.walk("a")] == ["a", "a/b"]
    (root / "a/b").rename(root / "old")
    (root / "a/b").mkdir()
    (root / "a/b/file").write_text("new")
    assert home.read("a/b/file", limit=10) == b"new"
    (root / "a/b").rename(root / "older")
    (root / "a/b").symlink_to("../../bob")
    assert why(home, "a/b/secret") is Why.NOT_ASKED


class TestWindowsNames:
    """Names of the windows layout match without regard to case."""

    @pytest.fixture
    def home(self, root: Path) -> DiskHome:
        (root / "AppData/Local/Ärger").mkdir(parents=True)
        (root / "AppData/Local/Ärger/History").write_text("ours")
        return DiskHome(root, Platform.WINDOWS)

    @pytest.mark.parametrize(
        "path", ["appdata/LOCAL/ärger/history", "AppData/Local/Ärger/History"]
    )
    def test_case_does_not_matter(self, home: DiskHome, path: str) -> None:
        """Any spelling finds the file, and the answer has the one on disk."""
        spelled = ["AppData/Local/Ärger/History"]
        entry = home.entry(path)
        assert entry is not None
        assert [entry.path] == spelled
        assert [each.path for each in home.find(path)] == spelled
        assert [each.path for each in home.find("{cache}/ä*/HIST?RY")] == spelled
        assert home.read(path, limit=9) == b"ours"

    @LINUX
    def test_the_exact_name_comes_first(self, root: Path, home: DiskHome) -> None:
        """Where two names differ by case only, the one that was asked for wins."""
        (root / "AppData/LOCAL").mkdir()
        entry = home.entry("AppData/LOCAL")
        assert entry is not None
        assert entry.path == "AppData/LOCAL"

    def test_a_new_file_is_seen(self, root: Path, home: DiskHome) -> None:
        """A name that came after the folder was listed is found as well."""
        assert home.entry("appdata/local/new") is None
        (root / "AppData/Local/New").write_text("")
        os.utime(root / "AppData/Local", ns=(0, 12345))
        assert home.entry("appdata/local/new") is not None

    @LINUX
    def test_elsewhere_case_matters(self, root: Path) -> None:
        """A linux home does not take one name for the other."""
        assert DiskHome(root, Platform.LINUX).entry("A/B") is None
