"""Looking changes nothing: not a byte, a name or a time."""

from __future__ import annotations

import os
import plistlib
from pathlib import Path

import pytest

from hygiene.contract import CannotLook, Platform, UserFolder
from hygiene.host.home import DiskHome
from hygiene.practice.hive import write_hive
from hygiene.practice.store import write_store
from tests.footprint import age, footprint
from tests.host.systems import LINUX

pytestmark = LINUX

TEXT = b'{"windows": [{"tabs": [1, 2]}]}'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one of everything that can be read."""
    root = tmp_path / "ana"
    profile = root / "AppData/Local/Browser"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_bytes(TEXT)
    (profile / "list.plist").write_bytes(plistlib.dumps({"a": [1]}))
    write_store(
        profile / "History",
        "CREATE TABLE urls(id, url)",
        rows={"urls": [(1, "https://one.example/")]},
        wal=True,
    )
    (root / "Pictures").mkdir()
    (root / "Pictures/one.jpg").write_bytes(b"\xff\xd8")
    (root / ".config").mkdir()
    (root / ".config/user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Pictures"\n')
    (root / "link").symlink_to("Pictures")
    (root / "out").symlink_to("/etc")
    os.mkfifo(root / "pipe")
    write_hive(root / "NTUSER.DAT", {r"Software\Thing": {"on": 1}})
    age(root)
    return root


def tour(home: DiskHome) -> list[object]:
    """Use every way of looking once, and return the answers."""
    answers: list[object] = [
        [entry.path for entry in home.find("*/*")],
        home.entry("link/one.jpg"),
        [
            home.read(f"{folder.path}/{name}".lstrip("/"), limit=1 << 20)
            for folder in home.walk("")
            for name in folder.files
        ],
        home.read("Pictures/one.jpg", limit=10),
        home.json("AppData/Local/Browser/Preferences"),
        list(
            home.json_items(
                "AppData/Local/Browser/Preferences", "windows.item.tabs.item"
            )
        ),
        home.plist("AppData/Local/Browser/list.plist"),
        home.query(
            "AppData/Local/Browser/History",
            lambda database: list(database.rows("SELECT url FROM urls")),
        ),
        [home.user_folder(which) for which in UserFolder],
        home.registry(r"Software\Thing"),
        home.running(["firefox"]),
    ]
    with home.open("Pictures/one.jpg") as file:
        answers.append(file.read_at(1, 1))
    for path in ("out/passwd", "pipe", "Pictures"):
        with pytest.raises(CannotLook), home.open(path):
            pass
    return answers


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("platform", [Platform.LINUX, Platform.WINDOWS])
def test_nothing_in_the_home_changes(home: Path, platform: Platform) -> None:
    """Every way of looking leaves bytes, names, modes and all times as they were."""
    before = footprint(home)
    answers = tour(DiskHome(home, platform))
    assert footprint(home) == before
    assert answers[7] == [("https://one.example/",)]
    assert answers[5] == [1, 2]


def test_the_listing_sees_a_plain_read(home: Path) -> None:
    """The comparison itself notices when somebody reads a file in the usual way."""
    before = footprint(home)
    (home / "Pictures/one.jpg").read_bytes()
    assert len(list((home / "Pictures").iterdir())) == 1
    changed = {path for path, mark in footprint(home).items() if mark != before[path]}
    assert changed == {str(home / "Pictures"), str(home / "Pictures/one.jpg")}
