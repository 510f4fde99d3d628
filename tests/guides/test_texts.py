"""What the guides say and how: shape, length, grade, words that may not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.guides.pages import NAMES, PAGES, Page
from tests.words.language import (
    AVERAGE_WORDS,
    SENTENCE_WORDS,
    banned,
    blocks,
    measure,
    orders,
    too_long,
    words,
)

every_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)

LONGEST_LIST = 7
KNOWN_MARKS = {
    "heading_open",
    "paragraph_open",
    "bullet_list_open",
    "ordered_list_open",
    "list_item_open",
    "strong_open",
    "inline",
    "text",
    "softbreak",
}
TECHNICAL = {
    "account",
    "add-on",
    "address bar",
    "advocate",
    "autocomplete",
    "backup",
    "bookmark",
    "browser",
    "cloud",
    "cookie",
    "family group",
    "forensic",
    "hash",
    "history",
    "linked device",
    "log",
    "primary password",
    "private window",
    "profile",
    "proof",
    "recovery phone",
    "reset",
    "router",
    "screen picture",
    "second step",
    "session",
    "spy program",
    "sync",
    "terminal",
    "tracker",
    "watching program",
}
"""Words that not everybody knows: each is explained in the glossary."""


def marks(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if not token.type.endswith("_close"):
            yield token.type
        yield from marks(token.children or [])


@pytest.mark.rule("SR-11")
@every_page
def test_reads_at_its_grade(page: Page) -> None:
    """Grade, longest sentence and average sentence are within the limits."""
    found = measure(blocks(page.shown))
    assert found.grade <= page.header["grade_target"]
    assert too_long(page.shown) == []
    assert found.longest <= SENTENCE_WORDS
    assert found.average <= AVERAGE_WORDS


@every_page
def test_length(page: Page) -> None:
    """A guide is long enough to help and short enough to read in a hurry."""
    assert 300 <= len(words(page.shown)) <= 700


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@every_page
def test_no_promise_blame_or_shouting(page: Page) -> None:
    """No banned word, exclamation mark or word in capitals, in the title or the text."""
    assert banned(page.shown) == []


@pytest.mark.rule("SR-08")
@every_page
def test_no_orders(page: Page) -> None:
    """Must and should stand at most once on a page."""
    assert orders(page.shown) <= 1


@every_page
def test_only_simple_marks(page: Page) -> None:
    """Headings, paragraphs, lists and bold; nothing that could open or fetch."""
    found = set(marks(MarkdownIt("commonmark").parse(page.shown)))
    assert found <= KNOWN_MARKS
    assert not re.search(r"https?:|www\.|[`<>|]", page.shown)


@pytest.mark.rule("SR-63")
@every_page
def test_no_command_that_carries_a_name(page: Page) -> None:
    """No page shows a way to give the program a site or a name on its command line."""
    assert "hygiene forget" not in page.shown
    assert not re.search(r"hygiene \w+ (?!--)\S*\.\S", page.shown)


@every_page
def test_lists_are_short(page: Page) -> None:
    """No list has more than seven points."""
    run = 0
    for line in [*page.shown.splitlines(), ""]:
        if re.match(r"(?:- |\d+\. )", line):
            run += 1
            assert run <= LONGEST_LIST
        else:
            run = 0


@every_page
def test_shape(page: Page) -> None:
    """Each guide says first what it is for and ends with where to read more."""
    lines = page.shown.strip().splitlines()
    assert lines[2].startswith("**What this is for:** ")
    headings = [each for each in lines if each.startswith("## ")]
    assert headings[-1] == "## More"
    assert len(headings) == len(set(headings))


@pytest.mark.rule("SR-55")
@every_page
def test_an_action_can_be_left_and_may_be_noticed(page: Page) -> None:
    """Where a guide has choices, leaving things as they are is one of them, and it says
    what someone may notice and what it does not do.
    """
    if not page.header["action"]:
        assert page.section("Your choices") == ""
        return
    assert "leave it as it is" in page.section("Your choices").lower()
    assert len(words(page.section("What someone may notice"))) >= 20
    assert len(words(page.section("What this does not do"))) >= 20


@pytest.mark.rule("SR-19")
@every_page
def test_no_promise_of_what_the_program_never_does(page: Page) -> None:
    """No page says that this program clears mail, chats, photos, backups or accounts."""
    assert not re.search(
        r"\b(?:this|the) (?:program|tool) (?:can|could|will|lets you|helps you) "
        r"(?:clear|remove|delete|forget)[^.]*\b(?:mail|chat|photo|backup|account)",
        page.shown,
        re.IGNORECASE,
    )


@pytest.mark.rule("SR-23", "SR-26")
def test_what_the_program_clears_is_told() -> None:
    """The four units, the plan, and the number that is typed."""
    page = next(each for each in PAGES if each.name == "browser-history")
    choices = page.section("Your choices")
    for each in ("one site, one sitting, one day, or all", "a plan", "the number"):
        assert each in choices


def test_technical_words_are_explained() -> None:
    """Each word of the list that a guide uses has a line in the glossary."""
    by_name = {page.name: page for page in PAGES}
    explained = re.findall(
        r"^- \*\*(.+?):\*\*", by_name["glossary"].shown, re.MULTILINE
    )
    known = {each.strip().lower() for line in explained for each in line.split(",")}
    known |= {"recovery phone" for each in known if each.startswith("recovery phone")}
    everything = " ".join(page.shown.lower() for page in PAGES)
    used = {each for each in TECHNICAL if re.search(rf"\b{each}s?\b", everything)}
    assert used >= TECHNICAL - {"profile"}
    assert used - known == set()


@pytest.mark.rule("SR-03")
def test_a_safer_device_is_defined() -> None:
    """The definition speaks of touching, of signing in, and of the time before; a
    library is the first choice.
    """
    page = next(each for each in PAGES if each.name == "safer-device")
    definition = page.section("What makes one safer")
    assert all(each in definition for each in ("touch", "sign in", "before"))
    assert page.section("Your choices").strip().startswith("1. **A public library")


@pytest.mark.rule("SR-04", "SR-40", "SR-44", "SR-57")
def test_limits_leave_key_and_traces_are_told() -> None:
    """The page on how the program works holds the five limits, what the leave key does
    and does not do, the three groups of what stays, and the missing review.
    """
    page = next(each for each in PAGES if each.name == "how-this-works")
    limits = page.section("What it cannot do")
    for each in (
        "this account on this computer",
        "cannot find every way",
        "leaves signs",
    ):
        assert each in limits
    assert "court expert or a lawyer" in limits
    leaving = page.section("Leaving in a hurry")
    for each in ("Ctrl+Q", "Escape", "does not hide", "watches the screen"):
        assert each in leaving
    stays = page.section("What this program leaves behind")
    for each in ("We prevent this", "You can clear this", "Nobody can hide this"):
        assert f"**{each}" in stays
    for each in ("Linux", "Mac", "Windows"):
        assert stays.count(each) >= 2
    known = page.section("Please know")
    for each in ("No survivor and no advocate", "not legal advice", "not linked"):
        assert each in known
    assert all(len(words(each)) <= 45 for each in blocks(known))
