"""A guide as plain text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.guides import Guide, contents, find, plain_text
from tests.guides.pages import NAMES


def guide(body: str, title: str = "A title") -> Guide:
    return Guide(
        slug="a",
        title=title,
        group="first",
        order=1,
        audience="both",
        reviewed_on=date(2026, 11, 23),
        reviewer="nobody",
        words=(),
        language="en",
        body=body,
    )


def test_headings_lists_and_bold() -> None:
    """Headings stand on a line of their own, points start with a dash or a number,
    bold is plain, and a wrapped point stays under its text.
    """
    body = (
        "**First:** one\nparagraph.\n\n## Part\n\n- a **bold** point that goes on\n"
        "- two\n\n1. ten\n2. eleven\n\nEnd."
    )
    assert plain_text(guide(body), width=20) == (
        "A title\n\nFirst: one\nparagraph.\n\nPart\n\n- a bold point that\n  goes on\n"
        "- two\n\n1. ten\n2. eleven\n\nEnd.\n"
    )


def test_numbers_to_call_are_never_broken() -> None:
    """A number stays on one line however narrow the page is."""
    lines = plain_text(guide("Call 1-888-373-7888 now."), width=12).splitlines()
    assert "1-888-373-7888" in lines


@pytest.mark.rule("SR-48", "SR-59")
@pytest.mark.parametrize("width", [24, 40, 72])
@pytest.mark.parametrize("name", NAMES)
def test_every_guide_is_lines_of_printable_text(name: str, width: int) -> None:
    """Each line is printable, without marks, and as narrow as asked; only a word that
    is longer stands alone on its line.
    """
    found = find(name)
    assert found is not None
    text = plain_text(found, width)
    assert text.endswith("\n")
    for line in text.splitlines():
        assert line.isprintable()
        assert len(line) <= width or len(line.split()) == 1
        assert not line.startswith("#")
        assert "**" not in line
        assert line == line.rstrip()


def test_nothing_is_lost() -> None:
    """Every word of every guide stands in its plain text, in order; what is more are
    the explanations of its terms.
    """
    for group in contents():
        for each in group.guides:
            shown = iter(plain_text(each).replace("*", "").split())
            words = each.body.replace("**", "").replace("#", "").split()
            assert [
                word for word in each.title.split() + words if word not in shown
            ] == []


@given(st.text(), st.integers(min_value=1, max_value=90))
def test_any_text_comes_out_printable(body: str, width: int) -> None:
    """Whatever a page holds, only printable characters and newlines come out."""
    text = plain_text(guide(body), width)
    assert all(each == "\n" or each.isprintable() for each in text)
