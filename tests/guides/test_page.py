"""How one guide's file is read."""

from __future__ import annotations

from datetime import date

import pytest

from hygiene.guides.page import Guide, read

SOURCE = """<!--
+++
slug = "a-page"
title = "A page"
audience = "both"
group = "first"
order = 2
reviewed_on = 2024-02-29
reviewer = "not yet reviewed by an advocate"
words = ["one", "two words"]
more_keys = "are left alone"
+++
-->

# A page

**What this is for:** a test.

## Part

- a point (with a remark)

## More

- Another page (another-page)
- A third (third)
"""


@pytest.fixture
def guide() -> Guide:
    return read(SOURCE, "en")


def test_header_and_body(guide: Guide) -> None:
    """The header gives the facts, the body starts after the title."""
    assert (guide.slug, guide.title, guide.order) == ("a-page", "A page", 2)
    assert guide.words == ("one", "two words")
    assert guide.language == "en"
    assert guide.body.startswith("**What this is for:** a test.\n")


def test_more_is_the_last_section_alone(guide: Guide) -> None:
    """Brackets in other lists are no slugs, and the text ends before the section."""
    assert guide.more == ("another-page", "third")
    assert guide.text.endswith("- a point (with a remark)\n")


@pytest.mark.rule("SR-57")
def test_a_guide_is_old_after_twelve_months(guide: Guide) -> None:
    """The day itself a year later is still fresh, the next day is not."""
    assert not guide.may_be_out_of_date(date(2025, 2, 28))
    assert guide.may_be_out_of_date(date(2025, 3, 1))


@pytest.mark.parametrize(
    "text", ["", "# A page\n\nNo header.", SOURCE.replace("+++", "---")]
)
def test_a_file_that_is_no_guide_is_refused(text: str) -> None:
    """A page without its header is an error of whoever built the package."""
    with pytest.raises(ValueError, match="header"):
        read(text, "en")
