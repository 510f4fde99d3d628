"""Patterns: what they match, in which order, and what is said on the way."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Entry, Kind, Platform, Why
from hygiene.host.home import DiskHome
from tests.host.deep import deep_folders
from tests.host.refusal import shut


def made(root: Path, *paths: str) -> Path:
    """`root` with these empty files in it."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")
    return root


def found(root: Path, pattern: str, platform: Platform = Platform.LINUX) -> list[str]:
    """The paths that match."""
    return [entry.path for entry in DiskHome(root, platform).find(pattern)]


MATCHES = {
    "a name": ("b/one", ["b/one"]),
    "all in name order": ("*", [".hidden", "B", "[x]", "a", "b"]),
    "inside one name only": ("*/*", ["a/one", "a/two", "b/deep", "b/one"]),
    "one letter": ("?/one", ["a/one", "b/one"]),
    "in the middle": ("b/d*p/x", ["b/deep/x"]),
    "brackets are themselves": ("[x]", ["[x]"]),
    "brackets with a star": ("[*", ["[x]"]),
    "not there": ("c/*", []),
    "below a file": ("B/*", []),
    "slashes too many": ("/b//one/".strip("/"), ["b/one"]),
    "the home itself": ("", [""]),
    "case matters": ("A/one", []),
}


@pytest.mark.parametrize(("pattern", "paths"), MATCHES.values(), ids=MATCHES)
def test_what_matches(tmp_path: Path, pattern: str, paths: list[str]) -> None:
    """Stars and question marks match inside one name, everything else is literal."""
    root = made(
        tmp_path / "ana", "a/one", "a/two", "b/one", "b/deep/x", "B", ".hidden", "[x]"
    )
    assert found(root, pattern) == paths


def test_an_entry_tells_size_and_time(tmp_path: Path) -> None:
    """A file's size and time of change come with it; a folder has no size."""
    root = made(tmp_path / "ana", "a/one")
    (root / "a/one").write_bytes(b"123")
    os.utime(root / "a/one", (0, 86_400))
    os.utime(root / "a", (0, 0))
    day = datetime(1970, 1, 2, tzinfo=UTC)
    home = DiskHome(root, Platform.LINUX)
    assert list(home.find("a/*")) == [Entry("a/one", Kind.FILE, 3, day)]
    assert home.entry("a") == Entry(
        "a", Kind.FOLDER, -1, datetime(1970, 1, 1, tzinfo=UTC)
    )


BASES = {
    (Platform.LINUX, "config"): ".config",
    (Platform.LINUX, "data"): ".local/share",
    (Platform.LINUX, "cache"): ".cache",
    (Platform.LINUX, "local"): ".local/share",
    (Platform.MACOS, "config"): "Library/Application Support",
    (Platform.MACOS, "data"): "Library/Application Support",
    (Platform.MACOS, "cache"): "Library/Caches",
    (Platform.MACOS, "local"): "Library/Application Support",
    (Platform.WINDOWS, "config"): "AppData/Roaming",
    (Platform.WINDOWS, "data"): "AppData/Roaming",
    (Platform.WINDOWS, "cache"): "AppData/Local",
    (Platform.WINDOWS, "local"): "AppData/Local",
}


@pytest.mark.parametrize(("platform", "base"), BASES)
def test_bases(tmp_path: Path, platform: Platform, base: str) -> None:
    """Each base stands for the folder of its system."""
    path = f"{BASES[platform, base]}/thing"
    root = made(tmp_path / "ana", path)
    assert found(root, f"{{{base}}}/*", platform) == [path]


def test_an_unknown_base_is_a_mistake(tmp_path: Path) -> None:
    """A check that names no base of the table is wrong, not unlucky."""
    with pytest.raises(ValueError, match="roaming"):
        found(tmp_path, "{roaming}/x")


class TestVariables:
    """The live home's XDG variables move its bases."""

    def test_both_places_are_searched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A moved base is searched first, and the usual one as well."""
        root = made(tmp_path / "ana", "conf/x", ".config/x")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "conf"))
        home = DiskHome(root, Platform.LINUX, live=True)
        assert [each.path for each in home.find("{config}/x")] == [
            "conf/x",
            ".config/x",
        ]

    @pytest.mark.parametrize("value", ["", "conf", "./conf"])
    def test_only_absolute_values_count(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        """The specification says that a relative value is to be ignored."""
        root = made(tmp_path / "ana", "conf/x", ".config/x")
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        home = DiskHome(root, Platform.LINUX, live=True)
        assert [each.path for each in home.find("{config}/x")] == [".config/x"]

    def test_a_place_outside_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A base outside the home is named as not looked at."""
        root = made(tmp_path / "ana", ".config/x")
        made(tmp_path / "bob", "x")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "bob"))
        home = DiskHome(root, Platform.LINUX, live=True)
        assert [(each.path, each.why) for each in home.find("{config}/x")] == [
            ("XDG_CONFIG_HOME", Why.NOT_ASKED),
            (".config/x", None),
        ]

    def test_another_home_has_its_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """This machine's variables say nothing about a home that is not the live one."""
        root = made(tmp_path / "ana", "conf/x", ".config/x")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "conf"))
        assert found(root, "{config}/x") == [".config/x"]


class TestOnTheWay:
    """Folders that cannot be gone through are answered themselves."""

    def test_a_folder_that_is_denied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A folder without permission is an entry; the search goes on beside it."""
        root = made(tmp_path / "ana", "a/x/one", "a/y/one", "a/z/one")
        shut(root / "a/y", monkeypatch)
        entries = DiskHome(root, Platform.LINUX).find("a/*/o*")
        assert [(each.path, each.why) for each in entries] == [
            ("a/x/one", None),
            ("a/y", Why.DENIED),
            ("a/z/one", None),
        ]
        assert found(root, "a/*/o*")[1] == "a/y"

    def test_a_link_out(self, tmp_path: Path) -> None:
        """A link that leaves the home is an entry, whatever may stand behind it."""
        root = made(tmp_path / "ana", "a/x/one")
        made(tmp_path / "bob", "one")
        (root / "a/y").symlink_to(tmp_path / "bob")
        entries = DiskHome(root, Platform.LINUX).find("a/*/one")
        assert [(each.path, each.why) for each in entries] == [
            ("a/x/one", None),
            ("a/y/one", Why.NOT_ASKED),
        ]

    def test_a_file_without_permission(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file that may not be read says so before it is opened."""
        root = made(tmp_path / "ana", "one")
        shut(root / "one", monkeypatch)
        assert [each.why for each in DiskHome(root, Platform.LINUX).find("*")] == [
            Why.DENIED
        ]


def test_a_pattern_a_thousand_deep(tmp_path: Path) -> None:
    """Depth is no matter of recursion."""
    with deep_folders(tmp_path, 1000) as path:
        assert found(tmp_path, "d/" + "*/" * 999 + "*") == [path]
