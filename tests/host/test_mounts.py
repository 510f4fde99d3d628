"""Drives and shares below a home, that nobody picked."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

import psutil
import pytest

from hygiene.contract import CannotLook, Kind, Platform, Why
from hygiene.host.home import DiskHome
from hygiene.host.mounts import Mounts

if TYPE_CHECKING:
    from pathlib import Path

Partition = namedtuple("Partition", "mountpoint")  # noqa: PYI024 - psutil's own shape


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "ana"
    (root / "drive/photos").mkdir(parents=True)
    (root / "drive/one.jpg").write_bytes(b"")
    (root / "plain").mkdir()
    return root


def mounted(monkeypatch: pytest.MonkeyPatch, *points: Path) -> None:
    """Let the system say that something is mounted at `points`."""
    monkeypatch.setattr(
        psutil, "disk_partitions", lambda **_: [Partition(str(each)) for each in points]
    )


@pytest.mark.rule("SR-61")
def test_a_mount_of_the_live_home_is_not_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share or drive below the home is told of, and nothing in it is touched."""
    mounted(monkeypatch, root, root / "drive", root.parent)
    home = DiskHome(root, Platform.LINUX, live=True)
    entry = home.entry("drive")
    assert entry is not None
    assert (entry.kind, entry.why) == (Kind.FOLDER, Why.NOT_ASKED)
    assert [(each.path, each.why) for each in home.find("drive/*")] == [
        ("drive", Why.NOT_ASKED)
    ]
    for look in (
        lambda: home.read("drive/one.jpg", limit=1),
        lambda: list(home.walk("drive")),
        lambda: list(home.walk("drive/photos")),
    ):
        with pytest.raises(CannotLook) as refused:
            look()
        assert refused.value.why is Why.NOT_ASKED
    walked = list(home.walk(""))
    assert [folder.path for folder in walked] == ["", "drive", "plain"]
    assert [(each.path, each.why) for each in walked[1].skipped] == [
        ("drive", Why.NOT_ASKED)
    ]
    assert walked[1].files == ()


def test_a_mount_of_this_machine_says_nothing_of_another_home(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where devices do not differ, another home is looked at without asking."""
    mounted(monkeypatch, root / "drive")
    assert DiskHome(root, Platform.LINUX).read("drive/one.jpg", limit=1) == b""


class TestDevices:
    """A folder on another device than the home."""

    OTHER = -7

    def test_a_mount(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A drive that is mounted there is not looked at."""
        mounted(monkeypatch, root / "drive")
        assert Mounts(str(root), live=False).begins_at(str(root / "drive"), self.OTHER)

    def test_a_subvolume(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A part of the same file system with a number of its own is the home's."""
        mounted(monkeypatch, root)
        mounts = Mounts(str(root), live=False)
        assert not mounts.begins_at(str(root / "drive"), self.OTHER)
        assert not mounts.begins_at(str(root / "drive/photos"), self.OTHER)

    def test_nobody_knows(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the system does not tell its mounts, another device is not looked at."""

        def fails(**_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(psutil, "disk_partitions", fails)
        for live in (False, True):
            mounts = Mounts(str(root), live=live)
            assert mounts.begins_at(str(root / "drive"), self.OTHER)
            assert not mounts.begins_at(str(root / "plain"), root.stat().st_dev)
