"""The Spanish guides: each says what the English one says, as calmly and as plainly."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hygiene import guides
from hygiene.guides import contents, search
from hygiene.guides.stems import stems
from tests.guides.pages import NAMES as ENGLISH_NAMES
from tests.guides.pages import PAGES as ENGLISH_PAGES
from tests.guides.pages import Page
from tests.guides.questions import SPANISH as QUESTIONS
from tests.guides.test_texts import KNOWN_MARKS, LONGEST_LIST, marks
from tests.words.language import SENTENCE_WORDS, blocks, numbers, words
from tests.words.spanish import (
    AVERAGE_WORDS,
    LEVEL,
    average,
    banned,
    english,
    hedged,
    level,
    orders,
    sentences,
    spanish,
    too_long,
)

NUMBER_PAGES = ("danger-now", "numbers")
LONGEST_PAGE = 850
"""Words: Spanish needs about a fifth more of them than English."""
MORE_POINTS = {"glossary": 2}
"""Words that are plain in English and not in Spanish: settings, and the saved sign-in."""


def pages() -> list[Page]:
    folder = files("hygiene_guides").joinpath("es")
    return sorted(
        (
            Page(each.name.removesuffix(".md"), each.read_text(encoding="utf-8"))
            for each in folder.iterdir()
            if each.name.endswith(".md")
        ),
        key=lambda page: page.name,
    )


PAGES = pages()
NAMES = [page.name for page in PAGES]
FIRST = {page.name: page for page in ENGLISH_PAGES}
every_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def own(page: Page) -> str:
    """What is shown, without the English lines."""
    return "\n\n".join(spanish(page.shown))


def headings(page: Page) -> list[str]:
    return re.findall(r"^## .+$", page.shown, re.MULTILINE)


def items(page: Page) -> list[str]:
    return re.findall(r"^(?:- |\d+\. )", page.shown, re.MULTILINE)


# --- the same page in another language


def test_every_guide_is_there() -> None:
    """No guide is in English only, and none in Spanish only."""
    assert set(NAMES) == set(ENGLISH_NAMES)


@pytest.mark.rule("SR-12")
@every_page
def test_header(page: Page) -> None:
    """The header is the English one with a title, words and facts of its own, and says
    that no human translator has looked at it.
    """
    header, first = dict(page.header), dict(FIRST[page.name].header)
    assert header.pop("translation") == "not yet reviewed by a human translator"
    for each in (header, first):
        each["facts"] = [
            (fact["certainty"], fact["checked_on"]) for fact in each.pop("facts", [])
        ]
    mine = ("title", "words")
    assert {key: header[key] for key in first if key not in mine} == {
        key: first[key] for key in first if key not in mine
    }
    assert set(header) == set(first)
    assert header["title"] != first["title"]
    assert page.shown.strip().splitlines()[0] == f"# {header['title']}"
    assert len(header["words"]) >= 8
    assert all(each == each.lower() for each in header["words"])


@pytest.mark.rule("SR-58")
@every_page
def test_facts_stand_in_the_text_and_unsure_ones_say_so(page: Page) -> None:
    """Word for word, with a word of doubt where the English has one."""
    text = " ".join(blocks(page.shown))
    for fact in page.header.get("facts", []):
        assert fact["text"] in text
        assert fact["certainty"] == "sure" or hedged(fact["text"]), fact["text"]


@every_page
def test_no_part_and_no_point_is_left_out(page: Page) -> None:
    """As many parts, and in all as many points of lists and of steps, as in English."""
    first = FIRST[page.name]
    assert len(headings(page)) == len(headings(first))
    more = MORE_POINTS.get(page.name, 0)
    assert items(page) == [*items(first), *["- "] * more]


@every_page
def test_more_leads_to_the_same_guides(page: Page) -> None:
    """The last part names the guides of the English page by their Spanish titles."""
    titles = {
        guide.slug: guide.title for group in contents("es") for guide in group.guides
    }
    first = guides.find(page.name, "en")
    assert first is not None
    section = page.shown.rpartition("## Para leer más\n")[2].strip().splitlines()
    assert section == [f"- {titles[slug]} ({slug})" for slug in first.more]


def test_the_groups_are_the_same() -> None:
    """Each group has a title of its own language, and the same guides in it."""
    for first, then in zip(contents("en"), contents("es"), strict=True):
        assert first.id == then.id
        assert first.title != then.title
        assert [each.slug for each in first.guides] == [
            each.slug for each in then.guides
        ]
        assert {each.language for each in then.guides} == {"es"}


@pytest.mark.rule("SR-12")
def test_the_reader_can_say_that_the_review_is_missing() -> None:
    """A translation waits for its review; an English page is none."""
    assert all(
        each.translation_waits for group in contents("es") for each in group.guides
    )
    assert not any(
        each.translation_waits for group in contents("en") for each in group.guides
    )


@pytest.mark.rule("SR-12", "SR-51")
@every_page
def test_numbers_are_told_in_both_languages(page: Page) -> None:
    """The pages of numbers hold the English line of each; the others that of each hotline
    and office. No number is new.
    """
    first = FIRST[page.name]
    told = " ".join(english(page.shown))
    for block in blocks(first.shown):
        found = numbers(block)
        if (
            found - (set() if page.name in NUMBER_PAGES else {"911"})
            or "emergency number" in block
        ):
            assert block in told
    assert numbers(own(page)) == numbers(first.shown)


@pytest.mark.rule("SR-12")
def test_consent_is_told_in_both_languages() -> None:
    """The sentences an advocate asks with stand in English under the Spanish ones."""
    page = next(each for each in PAGES if each.name == "advocate-scripts")
    wanted = blocks(FIRST[page.name].section("Consent"))
    assert english(page.section("Consentimiento")) == wanted
    assert len(wanted) >= 6


# --- what it says and how


@pytest.mark.rule("SR-11")
@every_page
def test_reads_easily(page: Page) -> None:
    """Level, longest sentence, average sentence and length are within the limits."""
    text = spanish(page.shown)
    assert level(text) >= LEVEL
    assert too_long(page.shown) == []
    lengths = [len(words(each)) for block in text for each in sentences(block)]
    assert max(lengths) <= SENTENCE_WORDS
    assert average(text) <= AVERAGE_WORDS
    assert 300 <= sum(lengths) <= LONGEST_PAGE


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@every_page
def test_no_promise_blame_or_shouting(page: Page) -> None:
    """No banned word, exclamation mark, word in capitals or familiar form."""
    assert banned(own(page)) == []


@pytest.mark.rule("SR-08")
@every_page
def test_no_orders(page: Page) -> None:
    """Must and should stand at most once on a page."""
    assert orders(own(page)) <= 1


@every_page
def test_only_simple_marks_and_short_lists(page: Page) -> None:
    """Headings, paragraphs, lists and bold; no list has more than seven points."""
    assert set(marks(MarkdownIt("commonmark").parse(page.shown))) <= KNOWN_MARKS
    assert not re.search(r"https?:|www\.|[`<>|]", page.shown)
    run = 0
    for line in page.shown.splitlines():
        run = run + 1 if re.match(r"(?:- |\d+\. )", line) else 0
        assert run <= LONGEST_LIST


@every_page
def test_shape(page: Page) -> None:
    """Each guide says first what it is for and ends with where to read more."""
    assert page.shown.strip().splitlines()[2].startswith("**Para qué sirve:** ")
    assert headings(page)[-1] == "## Para leer más"
    assert len(headings(page)) == len(set(headings(page)))


@pytest.mark.rule("SR-55")
@every_page
def test_an_action_can_be_left_and_may_be_noticed(page: Page) -> None:
    """Where there are choices, leaving things as they are is one of them, and the page
    says what someone may notice and what it does not do.
    """
    if not page.header["action"]:
        assert page.section("Sus opciones") == ""
        return
    assert "**dejarlo como está" in page.section("Sus opciones").lower()
    assert len(words(page.section("Lo que alguien podría notar"))) >= 20
    assert len(words(page.section("Lo que esto no hace"))) >= 20


# --- search


@pytest.mark.parametrize(("question", "slug"), QUESTIONS)
def test_the_right_guide_is_in_the_first_three(question: str, slug: str) -> None:
    """Questions of someone who had not seen the guides, spelled as people spell them."""
    assert slug in [hit.guide.slug for hit in search(question, "es")[:3]]


def test_every_guide_is_found_by_its_title() -> None:
    """The words of a title lead to that guide first."""
    for group in contents("es"):
        for guide in group.guides:
            assert search(guide.title, "es")[0].guide.slug == guide.slug


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("contrasenas", "contraseña"),
        ("borré", "borrar"),
        ("busque", "busco"),
        ("mensajes", "mensaje"),
        ("ijos", "hijo"),
        ("amenasas", "amenaza"),
        ("kito", "quitó"),
        ("conosca", "conozca"),
        ("vijilan", "vigila"),
        ("yamada", "llamadas"),
    ],
)
def test_spelling_by_ear_is_understood(typed: str, meant: str) -> None:
    """What sounds the same, in another form or without its accent, is the same word."""
    assert list(stems(typed, "es")) == list(stems(meant, "es"))


@pytest.mark.parametrize("question", ["", "¿?", "que de la el", "q x k", "zzzzqqqq"])
def test_words_that_say_nothing_find_nothing(question: str) -> None:
    """No words, small words and words like no other give no hits."""
    assert search(question, "es") == []


def test_each_language_has_its_own_small_words() -> None:
    """A small word of one language means something in the other."""
    assert list(stems("is el", "en")) == ["el"]
    assert list(stems("is el", "es")) == ["is"]


@given(st.text(max_size=60))
def test_any_question_gives_an_answer(question: str) -> None:
    """Whatever is typed, search answers with guides, each at most once."""
    slugs = [hit.guide.slug for hit in search(question, "es")]
    assert len(slugs) == len(set(slugs))
