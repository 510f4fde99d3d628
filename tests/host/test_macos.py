"""Folders that macOS asks about stay unread until the person agrees."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import CannotLook, Kind, Platform, UserFolder, Why
from hygiene.host.home import DiskHome
from hygiene.host.macos import asks_before

if TYPE_CHECKING:
    from pathlib import Path

ASKED = [
    "Desktop",
    "Documents",
    "Downloads",
    "Pictures/Photos Library.photoslibrary",
    "Library/Mobile Documents",
    "Library/CloudStorage",
    "Library/Containers/com.apple.Safari",
    "Library/Group Containers/group.example",
    "Library/Application Support/AddressBook",
    "Library/Calendars",
    "Library/Reminders",
]
NOT_ASKED = ["Library/Containers", "Library/Safari", "Library/Messages", "Pictures"]


@pytest.mark.rule("SR-62")
@pytest.mark.parametrize("path", ASKED)
def test_folders_that_make_the_system_ask(path: str) -> None:
    """Each is known, in any spelling; what lies below is not asked about again."""
    assert asks_before(path)
    assert asks_before(path.upper())
    assert not asks_before(f"{path}/inside")


@pytest.mark.parametrize("path", [*NOT_ASKED, "", "Library", "Desktop 2"])
def test_folders_that_do_not(path: str) -> None:
    """Folders that are open, or that macOS refuses without asking, are not held back."""
    assert not asks_before(path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (*ASKED, *NOT_ASKED):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
        (tmp_path / path / "one.log").write_bytes(b"one")
    (tmp_path / "link").symlink_to("Desktop")
    return tmp_path


@pytest.fixture
def touched(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path in an asked folder that the system is bothered with."""
    bothered: list[str] = []

    def watch(name: str) -> None:
        call = getattr(os, name)

        def watching(path: Any, *args: Any, **kwargs: Any) -> Any:
            relative = str(path).removeprefix(f"{root}/")
            inside = any(relative.startswith(f"{each}/") for each in ASKED)
            if inside or (relative in ASKED and name in {"open", "scandir"}):
                bothered.append(f"{name} {relative}")
            return call(path, *args, **kwargs)

        monkeypatch.setattr(os, name, watching)

    for name in ("open", "stat", "lstat", "access", "readlink"):
        watch(name)
    return bothered


@pytest.mark.rule("SR-62")
def test_unread_until_agreed(root: Path, touched: list[str]) -> None:
    """Nothing in them is opened, listed or even asked for its size."""
    home = DiskHome(root, Platform.MACOS, live=True)
    for path in (*ASKED, "link"):
        entry = home.entry(path)
        assert entry is not None
        assert (entry.kind, entry.why) == (Kind.FOLDER, Why.DENIED)
        inside = home.entry(f"{path}/one.log")
        assert inside is not None
        assert inside.why is Why.DENIED
        assert [each.why for each in home.find(f"{path}/*.log")] == [Why.DENIED]
        for look in (
            lambda path=path: home.read(f"{path}/one.log", limit=9),
            lambda path=path: list(home.walk(path)),
        ):
            with pytest.raises(CannotLook) as refused:
                look()
            assert refused.value.why is Why.DENIED
    skipped = {each.path for folder in home.walk("") for each in folder.skipped}
    assert skipped == set(ASKED)
    assert touched == []


@pytest.mark.rule("SR-62")
def test_the_rest_is_read(root: Path) -> None:
    """What the system does not ask about is looked at before any agreement."""
    home = DiskHome(root, Platform.MACOS, live=True)
    assert [home.read(f"{path}/one.log", limit=9) for path in NOT_ASKED] == [b"one"] * 4


@pytest.mark.parametrize(
    ("platform", "live", "agreed"),
    [
        (Platform.MACOS, True, True),
        (Platform.MACOS, False, False),
        (Platform.LINUX, True, False),
    ],
)
def test_read_where_nobody_asks(
    root: Path, platform: Platform, live: bool, agreed: bool
) -> None:
    """After the person agreed, in a home on a drive, and on other systems they are read."""
    home = DiskHome(root, platform, live=live, agreed=agreed)
    assert [home.read(f"{path}/one.log", limit=9) for path in ASKED] == [b"one"] * len(
        ASKED
    )


def test_the_folder_is_named_all_the_same(root: Path) -> None:
    """Where the person's own folders are is no secret, so that a check can say which
    were not read.
    """
    home = DiskHome(root, Platform.MACOS, live=True)
    assert home.user_folder(UserFolder.DESKTOP) == "Desktop"
