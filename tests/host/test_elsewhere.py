"""Folders whose files do not stay on this computer."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from hygiene.host.elsewhere import Elsewhere, elsewhere

pytestmark = pytest.mark.rule("SR-33")


def mounts(monkeypatch: pytest.MonkeyPatch, *rows: tuple[str, str, str]) -> None:
    """A mount table of (place, kind, options)."""
    made = [
        SimpleNamespace(mountpoint=place, fstype=kind, opts=options)
        for place, kind, options in rows
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: made)


@pytest.fixture(autouse=True)
def one_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with one disk of its own, whatever this one is."""
    mounts(monkeypatch, ("/", "ext4", "rw"))


@pytest.mark.parametrize(
    "name",
    [
        *("OneDrive", "OneDrive - Some Company", "OneDrive-Personal", "Dropbox"),
        *("Dropbox (Personal)", "Google Drive", "GoogleDrive-me@mail.example"),
        *("My Drive", "iCloudDrive", "Library/Mobile Documents/com~apple~CloudDocs"),
        *("Library/CloudStorage/Other", "Nextcloud", "ownCloud", "MEGA", "MEGAsync"),
        *("pCloudDrive", "pCloud Drive", "Box", "Box Sync", "Box-Box"),
    ],
)
def test_folders_of_the_known_programs(tmp_path: Path, name: str) -> None:
    """By their names, in any case, at any depth below."""
    for path in (tmp_path / name, tmp_path / name.upper() / "papers" / "new"):
        path.mkdir(parents=True)
        assert elsewhere(str(path)) is Elsewhere.CLOUD


@pytest.mark.parametrize(
    "name", ["Documents", "Boxes", "megabytes", "dropped", "my drives", "cloud"]
)
def test_other_folders_stay_here(tmp_path: Path, name: str) -> None:
    """Also where a name only looks alike."""
    path = tmp_path / name
    path.mkdir()
    assert elsewhere(str(path)) is None


@pytest.mark.parametrize(
    "mark",
    [
        *(".dropbox.cache", ".shortcut-targets-by-id", ".tmp.driveupload"),
        *(".nextcloudsync.log", ".owncloudsync.log", ".megaignore", ".stfolder"),
    ],
)
def test_a_copied_folder_of_any_name_is_known_by_its_marks(
    tmp_path: Path, mark: str
) -> None:
    """The mark stands at the top, the folder may be far below it."""
    deep = tmp_path / "some" / "where"
    deep.mkdir(parents=True)
    assert elsewhere(str(deep)) is None
    (tmp_path / mark).mkdir()
    assert elsewhere(str(deep)) is Elsewhere.CLOUD


def test_a_link_into_such_a_folder_counts_and_so_does_one_of_its_name(
    tmp_path: Path,
) -> None:
    """What the path says and where it leads are both looked at."""
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").mkdir()
    (tmp_path / "into").symlink_to(tmp_path / "Dropbox")
    (tmp_path / "OneDrive").symlink_to(tmp_path / "plain")
    assert elsewhere(str(tmp_path / "into")) is Elsewhere.CLOUD
    assert elsewhere(str(tmp_path / "OneDrive")) is Elsewhere.CLOUD
    assert elsewhere(str(tmp_path / "plain")) is None


def test_where_onedrive_says_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the folder is called."""
    folder = tmp_path / "Mine" / "papers"
    folder.mkdir(parents=True)
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "Mine"))
    assert elsewhere(str(folder)) is Elsewhere.CLOUD
    assert elsewhere(str(tmp_path)) is None


def test_a_macs_own_folders_that_icloud_took_over(
    no_real_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents only when iCloud holds a folder of that name."""
    monkeypatch.setattr("sys.platform", "darwin")
    documents = no_real_home / "Documents"
    documents.mkdir()
    assert elsewhere(str(documents)) is None
    held = no_real_home / "Library/Mobile Documents/com~apple~CloudDocs/Documents"
    held.mkdir(parents=True)
    assert elsewhere(str(documents)) is Elsewhere.CLOUD
    assert elsewhere(str(no_real_home)) is None


@pytest.mark.parametrize(
    "kind",
    [
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs"),
        *("fuse.rclone", "fuse.gvfsd-fuse", "fuse.unheard-of", "macfuse"),
    ],
)
def test_file_systems_of_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A FUSE that is not known to be local counts as one; its neighbours do not."""
    far, near = tmp_path / "far", tmp_path / "farther"
    for each in (far / "below", near):
        each.mkdir(parents=True)
    mounts(monkeypatch, ("/", "ext4", "rw"), (str(far), kind, "rw"))
    assert elsewhere(str(far)) is Elsewhere.NETWORK
    assert elsewhere(str(far / "below")) is Elsewhere.NETWORK
    assert elsewhere(str(near)) is None


@pytest.mark.parametrize("kind", ["vfat", "exfat", "fuseblk", "fuse.gocryptfs", "apfs"])
def test_file_systems_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """USB drives and encrypted folders are local."""
    mounts(monkeypatch, ("/", "ext4", "rw"), (str(tmp_path), kind, "rw"))
    assert elsewhere(str(tmp_path)) is None


def test_the_nearest_and_latest_mount_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive inside a share is a drive; a share over a drive is a share."""
    inner = tmp_path / "usb"
    inner.mkdir()
    mounts(monkeypatch, (str(tmp_path), "nfs", "rw"), (str(inner), "vfat", "rw"))
    assert elsewhere(str(inner)) is None
    mounts(monkeypatch, (str(inner), "vfat", "rw"), (str(inner), "cifs", "rw"))
    assert elsewhere(str(inner)) is Elsewhere.NETWORK


def test_what_windows_calls_remote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter for a share has the kind of the disk behind it."""
    mounts(monkeypatch, (str(tmp_path), "NTFS", "rw,remote"))
    assert elsewhere(str(tmp_path)) is Elsewhere.NETWORK


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (r"\\server\share\papers", Elsewhere.NETWORK),
        (r"\\?\UNC\server\share\papers", Elsewhere.NETWORK),
        (r"\\?\C:\papers", None),
        (r"C:\Users\me\OneDrive\papers", Elsewhere.CLOUD),
        (r"C:\Users\me\papers", None),
    ],
)
def test_windows_paths(
    monkeypatch: pytest.MonkeyPatch, path: str, where: Elsewhere | None
) -> None:
    """A share by its two strokes, also in the long form of a path."""
    monkeypatch.setattr("os.path.realpath", lambda each, **_: each)
    assert elsewhere(path) is where


def test_a_placeholder_folder_is_in_the_cloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that the system itself marks as only announced here."""
    monkeypatch.setattr("hygiene.host.elsewhere.is_placeholder", lambda _: True)
    assert elsewhere(str(tmp_path)) is Elsewhere.CLOUD


def test_a_system_that_does_not_tell_its_mounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No guess is made."""

    def silent(**_: object) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "disk_partitions", silent)
    with pytest.raises(OSError):  # noqa: PT011 - any will do
        elsewhere(str(tmp_path))
