"""What Mozilla's lists of profiles name."""

from __future__ import annotations

import pytest

from hygiene.contract.mozilla_profiles import NamedProfile, named_profiles


def test_each_named_path_is_told_once() -> None:
    """Sections of profiles have `Path`, those of installations `Default`."""
    text = (
        "\ufeff[Install1]\nDefault=Profiles/a\n[Profile1]\nDefault=1\nPath=Profiles/a\n"
        "[Profile0]\nPath=/home/u/b\n[General]\nVersion=2\n"
    )
    assert [each.path for each in named_profiles(text)] == ["Profiles/a", "/home/u/b"]


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("Profiles/a", ("data/firefox/Profiles/a",)),
        ("../kept/a", ("data/kept/a",)),
        ("../../../a", ()),
        ("/home/u/b", ("home/u/b", "u/b", "b")),
        ("C:\\Users\\u\\b", ("C:/Users/u/b", "Users/u/b", "u/b", "b")),
        ("/media/stick/b", ()),
        ("/home/../b", ()),
        ("/x" * 40, ()),
    ],
)
def test_where_a_named_folder_may_lie(path: str, folders: tuple[str, ...]) -> None:
    """Below the list itself, or at any tail of a path from a root; never outside."""
    assert NamedProfile(path).folders("data/firefox") == folders
