"""Names for every drive."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.host.copying.safe_names import safe_path

NAME = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1)
FITS = re.compile(r'[^\x00-\x1f<>:"\\|?*\x7f-\uffff]{1,130}')


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("Sessions/Tabs_1", "Sessions/Tabs_1"),
        ("https+++a.example^partitionKey=x", "https+++a.example^partitionKey=x"),
        ("a:b?c", "a%3Ab%3Fc"),
        ("50%", "50%25"),
        ("end.", "end%2E"),
        ("end ", "end%20"),
        ("..", ".%2E"),
        ("ñandú", "%C3%B1and%C3%BA"),
        (os.fsdecode(b"\xff"), "%FF"),
        ("tab\there", "tab%09here"),
    ],
)
def test_what_a_drive_cannot_hold_is_spelled_out(path: str, safe: str) -> None:
    """The rest stays as it is."""
    assert safe_path(path, set()) == safe


@given(st.lists(st.lists(NAME, min_size=1, max_size=3), max_size=20))
def test_any_name_fits_and_no_two_are_one(paths: list[list[str]]) -> None:
    """Also where upper and lower case are the same."""
    taken: set[str] = set()
    made = [safe_path("/".join(each), taken) for each in paths]
    assert len({each.casefold() for each in made}) == len(paths)
    for each in made:
        assert all(FITS.fullmatch(name) for name in each.split("/"))


def test_long_names_are_cut_and_stay_apart() -> None:
    """By a digest of the whole."""
    taken: set[str] = set()
    one, two = (safe_path("x" * 300 + each, taken) for each in "ab")
    assert one != two
    assert max(len(one), len(two)) <= 130


def test_names_that_differ_in_case_alone_stay_apart() -> None:
    """One of them gets a number."""
    taken: set[str] = set()
    assert [safe_path(each, taken) for each in ("Log", "log", "LOG")] == [
        "Log",
        "log~2",
        "LOG~3",
    ]
