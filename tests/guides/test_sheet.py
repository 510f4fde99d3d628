"""A guide on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from hygiene.contract.phrases import Phrases
from hygiene.guides import Guide, contents, find
from hygiene.guides.pieces import pieces
from hygiene.guides.sheet import KINDS, sheet
from hygiene.guides.terms import explained

WORDS = Phrases("hygiene", "en")
ALL = [each for group in contents() for each in group.guides]
every_guide = pytest.mark.parametrize("guide", ALL, ids=lambda each: each.slug)
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))

MAY_STAND = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "ol"),
    *("li", "div", "span"),
}


class Reader(HTMLParser):
    """What a browser would make of a page: elements, their marks, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.setdefault(self.open[-1], []).append(data)


def guide(slug: str, language: str = "en") -> Guide:
    found = find(slug, language)
    assert found is not None
    return found


def words(text: str) -> str:
    return " ".join(text.split())


@every_kind
@every_guide
def test_a_sheet_has_the_whole_guide(guide: Guide, kind: str) -> None:
    """Title, review date, every piece of the text, its terms, and the disclaimer."""
    text = sheet(guide, kind, "en")
    if kind == ".html":
        read = Reader(text)
        body = [
            each for tag, each in read.texts.items() if tag not in {"title", "style"}
        ]
        text = " ".join(each for some in body for each in some)
    text = words(text)
    assert guide.title in text
    for marker, piece in explained(guide):
        assert piece in text, marker
    assert "Last looked over on 23 Nov 2026." in text
    assert WORDS.say("disclaimer.general") in text
    assert WORDS.say("disclaimer.review") in text
    assert f"({guide.more[0]})" not in text


@pytest.mark.rule("SR-20", "SR-59")
@every_guide
def test_a_page_opens_and_fetches_nothing(guide: Guide) -> None:
    """Only plain elements, no address of any kind, and a rule that forbids the rest."""
    page = sheet(guide, ".html", "en")
    read = Reader(page)
    assert read.open == []
    assert set(read.elements) <= MAY_STAND
    assert read.attributes <= {"lang", "charset", "http-equiv", "content", "class"}
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|//|url\(|@import|javascript|src=|href=", page)


def test_a_page_prints_black_on_white_on_both_papers() -> None:
    """No colour but the two, and no size of paper is asked for."""
    style = Reader(sheet(guide("leaving"), ".html", "en")).texts["style"][0]
    assert set(re.findall(r"#\w+", style)) == {"#000", "#fff"}
    assert "@page { margin: 18mm; }" in style
    assert "A4" not in style


def test_the_window_of_a_page_does_not_name_the_guide() -> None:
    """A browser keeps the titles of what it opened."""
    read = Reader(sheet(guide("leaving"), ".html", "en"))
    assert read.texts["title"] == [WORDS.say("sheet.title")]


@every_kind
def test_there_is_room_for_numbers_once(kind: str) -> None:
    """Empty lines under a heading of their own, unless the guide has such lines."""
    title = WORDS.say("sheet.numbers")
    plain = sheet(guide("leaving"), kind, "en")
    assert plain.count(title) == 1
    room = plain.partition(title)[2]
    assert len(re.findall(r'class="row"|^_+ +_+$', room, re.MULTILINE)) == 8
    numbers = sheet(guide("numbers"), kind, "en")
    assert numbers.count(title) == 1
    assert "A friend: ____" in numbers
    assert 'class="row"' not in numbers


@every_guide
def test_a_text_sheet_is_lines_of_printable_text(guide: Guide) -> None:
    """As narrow as a page of paper."""
    for line in sheet(guide, ".txt", "en").splitlines():
        assert line.isprintable()
        assert len(line) <= 72
        assert line == line.rstrip()


def test_marks_of_the_page_in_a_text_are_only_text() -> None:
    """Whatever stands in a guide, nothing of it becomes an element."""
    odd = replace(
        guide("leaving"), title="<b>&", body="<script>x\n\n- <a href=y>\n\n## M"
    )
    read = Reader(sheet(odd, ".html", "en"))
    assert set(read.elements) <= MAY_STAND
    assert read.texts["h1"] == ["<b>&"]
    assert "<script>x" in read.texts["p"]
    assert "<a href=y>" in read.texts["li"]


def test_lists_are_lists() -> None:
    """Points and numbered points are not mixed."""
    made = replace(
        guide("leaving"), body="T\n\n- a\n- b\n\n1. c\n\n## H\n\n- d\n\n## M"
    )
    page = sheet(made, ".html", "en").replace("\n", "")
    assert "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol><h2>H</h2>" in page


@pytest.mark.rule("SR-12", "SR-57")
@every_kind
def test_what_is_to_be_known_of_a_guide_stands_above_it(kind: str) -> None:
    """An old review, a translation nobody reviewed, a guide that is not translated."""
    old = replace(guide("leaving"), reviewed_on=date(2020, 2, 29))
    assert WORDS.say("screens.guides.old") in words(sheet(old, kind, "en"))
    spanish = Phrases("hygiene", "es")
    waits = words(sheet(guide("danger-now", "es"), kind, "es"))
    assert spanish.say("screens.guides.translation") in waits
    english = words(sheet(guide("leaving"), kind, "es"))
    assert spanish.say("screens.guides.english") in english
    fresh = words(sheet(guide("leaving"), kind, "en"))
    for key in ("old", "translation", "english"):
        assert WORDS.say(f"screens.guides.{key}") not in fresh


def test_a_page_says_its_language() -> None:
    """A screen reader speaks it so."""
    assert '<html lang="es">' in sheet(guide("danger-now", "es"), ".html", "es")
    assert next(pieces(guide("danger-now", "es").text))[1] in words(
        sheet(guide("danger-now", "es"), ".txt", "es")
    )
