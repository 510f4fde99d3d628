"""Small text formats: what they say, and that no text makes them slow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract.formats import ini_sections, mozilla_prefs

PREFS = r"""// Mozilla User Preferences
// user_pref("in.comment", 1);
/* user_pref("in.block", 1); */
# user_pref("in.hash", 1);
user_pref("is.true", true);user_pref('single', "x\"y\n\u0041\x42");
user_pref( "number" , -5 ) ;
user_pref("text", "http://x/user_pref(\"inside\", 1) // no comment");
pref("plain", false, locked);
user_pref("huge", 99999999999999999999999999);
user_pref("twice", 1);
user_pref("twice", 2);
user_pref("broken", );
user_pref("last", true);
"""


def test_prefs_of_every_kind() -> None:
    """Truths, numbers and texts come out; comments and broken lines do not."""
    assert mozilla_prefs(PREFS) == {
        "is.true": True,
        "single": 'x"y\nAB',
        "number": -5,
        "text": 'http://x/user_pref("inside", 1) // no comment',
        "plain": False,
        "twice": 2,
        "last": True,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ini_sections_in_order(end: str) -> None:
    """Sections keep their order; comments and lines without a value are passed over."""
    lines = ("\ufeffalone = 1", "[A]", "; no", "x=1=2", "word", "x = 3", "[B]", "y=")
    assert list(ini_sections(end.join(lines))) == [
        ("", {"alone": "1"}),
        ("A", {"x": "3"}),
        ("B", {"y": ""}),
    ]


@given(st.text(alphabet="user_pref(\"'\\, \n;truefals/*#[]=19"))
def test_any_text_has_an_answer(text: str) -> None:
    """No text raises, and no name comes from nowhere."""
    mozilla_prefs(text)
    assert sum(len(values) for _, values in ini_sections(text)) <= text.count("=")


@pytest.mark.parametrize(
    "piece",
    [
        'user_pref("',
        "user_pref(",
        "user_pref('user_pref(\"",
        '"\\',
        "/*",
        "user_pref(\n",
        'user_pref("a", "',
        "user_",
    ],
)
@pytest.mark.parametrize("read", [mozilla_prefs, lambda text: list(ini_sections(text))])
def test_a_million_openings_end(piece: str, read: Callable[[str], object]) -> None:
    """A text looked through once for each opening would not end within this test."""
    assert read(piece * 1_000_000) in ({}, [("", {})])
