"""Files that stand in the cloud are never fetched."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host import _open_folder, placeholders, tree
from hygiene.host.home import DiskHome
from hygiene.host.placeholders import is_placeholder

if TYPE_CHECKING:
    from pathlib import Path

MARKS = {
    "offline": {"st_file_attributes": 0x1020},
    "recall on open": {"st_file_attributes": 0x40020},
    "recall on access": {"st_file_attributes": 0x400020},
    "dataless": {"st_flags": 0x40000040},
}


@pytest.mark.rule("SR-61")
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_marks_of_a_placeholder(mark: dict[str, int]) -> None:
    """Each mark that Windows and macOS set is known."""
    status: Any = SimpleNamespace(**mark)
    assert is_placeholder(status)


@pytest.mark.parametrize(
    "mark", [{}, {"st_file_attributes": 0x2020}, {"st_flags": 0x40}]
)
def test_ordinary_files_have_none(mark: dict[str, int]) -> None:
    """Other attributes, or none, mean that the file is here."""
    status: Any = SimpleNamespace(**mark)
    assert not is_placeholder(status)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskHome:
    """A home in which a file and a folder are placeholders; opening them fails."""
    (tmp_path / "p/cloud").mkdir(parents=True)
    (tmp_path / "p/cloud/inside").write_bytes(b"")
    (tmp_path / "p/cloud.jpg").write_bytes(b"")
    (tmp_path / "p/here.jpg").write_bytes(b"here")
    faked = {
        (tmp_path / "p/cloud").stat().st_ino,
        (tmp_path / "p/cloud.jpg").stat().st_ino,
    }
    monkeypatch.setattr(placeholders, "EXIST_HERE", True)
    for module in (tree, _open_folder):
        monkeypatch.setattr(
            module, "is_placeholder", lambda status: status.st_ino in faked
        )
    opens = os.open

    def watching(path: Any, *args: Any, **kwargs: Any) -> int:
        assert "cloud" not in str(path)
        return opens(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", watching)
    return DiskHome(tmp_path, Platform.WINDOWS)


@pytest.mark.rule("SR-61")
def test_placeholders_are_told_and_not_opened(home: DiskHome) -> None:
    """They are answered as online only, on every way to them, walked to or not."""
    assert [(each.path, each.why) for each in home.find("p/*")] == [
        ("p/cloud", Why.ONLINE_ONLY),
        ("p/cloud.jpg", Why.ONLINE_ONLY),
        ("p/here.jpg", None),
    ]
    for _ in range(2):
        for path in ("p/cloud.jpg", "p/cloud/inside", "p/cloud"):
            with pytest.raises(CannotLook) as refused, home.open(path):
                pass
            assert refused.value.why is Why.ONLINE_ONLY
        folders = list(home.walk("p"))
        assert [
            (each.path, each.why) for folder in folders for each in folder.skipped
        ] == [("p/cloud", Why.ONLINE_ONLY)]
    assert home.read("p/here.jpg", limit=9) == b"here"


@pytest.mark.rule("SR-61")
def test_placeholders_met_on_a_walk_are_not_opened(home: DiskHome) -> None:
    """Nor are they while their folder is gone through."""
    walk = home.walk("p")
    assert next(walk).files == ["cloud.jpg", "here.jpg"]
    with pytest.raises(CannotLook) as refused, home.open("p/cloud.jpg"):
        pass
    assert refused.value.why is Why.ONLINE_ONLY
    assert home.read("p/here.jpg", limit=9) == b"here"
