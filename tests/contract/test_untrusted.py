"""Text from the machine never reaches anyone raw."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import Untrusted, clean
from hygiene.contract.untrusted import SHOWN_LENGTH

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_shown_text_is_printable_and_short(text: str) -> None:
    """Whatever a name holds, only visible characters on one line come out."""
    shown = str(Untrusted(text))
    assert len(shown) <= SHOWN_LENGTH
    categories = {unicodedata.category(each) for each in shown}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """A text cleaned on two floors reads the same."""
    assert clean(clean(text)) == clean(text)


@given(st.binary())
def test_any_bytes_are_taken(data: bytes) -> None:
    """Names that are not UTF-8 are kept for plans and shown with U+FFFD."""
    text = Untrusted(data)
    assert text.raw.encode("utf-8", "surrogateescape") == data
    str(text).encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("one\ntwo\tthree", "one two three"),
        ("pass\u202eword", "password"),
        ("\u200b\ufeffname", "name"),
        (b"caf\xe9", "caf\ufffd"),
        ("e" + "\u0301" * 90, "e" + "\u0301" * 4),
        ("[bold]x[/]", "[bold]x[/]"),
        ("x" * 300, "x" * (SHOWN_LENGTH - 1) + "\u2026"),
    ],
)
def test_hostile_names(raw: str | bytes, shown: str) -> None:
    """Escape sequences, bidi, zero-width, mark piles and length are tamed."""
    assert str(Untrusted(raw)) == shown


@pytest.mark.rule("SR-38")
def test_a_traceback_would_not_show_the_text() -> None:
    """`repr` hides what `str` shows."""
    assert "secret" not in repr(Untrusted("secret"))
    assert "secret" not in repr([Untrusted("secret")])


def test_equal_texts_are_equal() -> None:
    """Comparison goes by the raw text."""
    assert Untrusted("a") == Untrusted(b"a")
    assert Untrusted("a") != "a"
    assert Untrusted("a") < Untrusted("b")
    assert hash(Untrusted("a")) == hash(Untrusted("a"))
    assert f"{Untrusted('a'):>3}" == "  a"
