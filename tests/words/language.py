"""How the words a person reads are measured: sentences, grade, words that are banned.

One module for the catalogues and the guides, so that both are held to the same rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import textstat

GRADE = 6.0
SENTENCE_WORDS = 25
AVERAGE_WORDS = 15.0
GRADED_FROM = 40
"""Words from which on a text is long enough for its grade to mean something."""

ACRONYMS = frozenset(
    {"NNEDV", "VAWA", "FVPSA", "VOCA", "STEP", "START", "JSON", "JPEG", "HEIC", "AVIF"}
)
"""Words of four or more capitals that are names."""

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019.][^\W_]+)*")
_END = re.compile(r"(?<=[.?!])[\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]?[A-Z0-9])")
_PLACE = re.compile(r"\{(\w*)\}")
_MARKER = re.compile(r"^(?:[-*]|\d+[.)])\s+")
_SHOUT = re.compile(r"\b[A-Z]{4,}\b")

_PROMISES = (
    r"you(?:'re| are) (?:now )?safe\b",
    r"\bsafe now\b",
    r"\ball clear\b",
    r"\b(?:is|are|looks?|all|now|comes? back) clean\b",
    r"\bcleaned\b",
    r"\b(?:no|without(?: a| any)?) traces?\b",
    r"\bno signs? (?:is|are) left\b",
    r"\btraceless\b",
    r"\buntraceable\b",
    r"\bundetect(?:able|ed)\b",
    r"\binvisib(?:le|ly)\b",
    r"\banonym(?:ous|ously|ity)\b",
    r"\bguarantee",
    r"\b100 ?%",
    r"\b(?:completely|fully|totally) (?:removed|gone|deleted|cleared|protected|safe)\b",
    r"\bnothing to worry\b",
    r"\bforensic(?:ally)? (?:clean|proof)\b",
)
_BLAME = (
    r"\byou should(?: not)?(?:n't)? have\b",
    r"\byou (?:failed|forgot)\b",
    r"\bcareless",
    r"\breckless",
    r"\byour (?:mistake|fault)\b",
    r"\bbad habits?\b",
    r"\bweak passwords?\b",
    r"\byou (?:have to|need to|must) (?:delete|clear|change|stop|tell|leave|call)\b",
)
_PEOPLE = (
    r"\b(?:he|she|him|her|his|hers|himself|herself|he/she|s/he)\b",
    r"\b(?:your|the|an?) (?:abuser|trafficker|stalker)s?\b",
)
_IDIOMS = (
    r"\bcover(?:ing)? (?:your|their) tracks\b",
    r"\bburner\b",
    r"\bred flags?\b",
    r"\bin the clear\b",
    r"\bcoast is clear\b",
    r"\brule of thumb\b",
    r"\bkeep an eye\b",
    r"\bdigital footprints?\b",
)
BANNED = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (*_PROMISES, *_BLAME, *_PEOPLE, *_IDIOMS)
)

ALLOWED = (
    "it is no promise that you will be safe",
    "this does not make you invisible",
)
"""Reviewed uses that deny the claim; taken out of a text before it is looked at."""

_ORDERS = re.compile(r"\b(?:must|should)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|often|mostly|usually|seems?|some(?:times)?|look (?:for|in|under)"
    r"|named like|likely|unsure|not sure)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.])\(?\d(?:[\s().\u2010-\u2015-]{0,2}\d){2,}(?![\w])")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEYS = re.compile(r"\d(?: \d)+")


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be counted about one text."""

    words: int
    longest: int
    average: float
    grade: float


def blocks(markdown: str) -> list[str]:
    """The paragraphs and list items of `markdown`, each on one line; headings are left out."""
    found: list[str] = []
    open_block = False
    for line in markdown.splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            open_block = False
        elif open_block and not _MARKER.match(text):
            found[-1] += " " + text
        else:
            found.append(_MARKER.sub("", text))
            open_block = True
    return [each.replace("**", "") for each in found]


def sentences(text: str) -> list[str]:
    """The sentences of one block."""
    return [each for each in _END.split(text) if _WORD.search(each)]


def words(text: str) -> list[str]:
    """The words of `text`; a number or a place to fill in is one word."""
    return _WORD.findall(_PLACE.sub(r" \1x ", text))


def measure(text_blocks: list[str]) -> Measure:
    """Count over all blocks; a block without an end mark ends a sentence too."""
    filled = [_PLACE.sub("12", each) for each in text_blocks]
    parts = [each for block in filled for each in sentences(block)]
    lengths = [len(words(each)) for each in parts] or [0]
    whole = " ".join(
        each if each[-1] in ".?!" else each.rstrip(":,;") + "." for each in parts
    )
    return Measure(
        words=sum(lengths),
        longest=max(lengths),
        average=sum(lengths) / len(lengths),
        grade=float(textstat.flesch_kincaid_grade(whole)) if whole else 0.0,
    )


def too_long(text: str) -> list[str]:
    """The sentences of `text` that are over the limit."""
    return [
        each
        for block in blocks(text)
        for each in sentences(block)
        if len(words(each)) > SENTENCE_WORDS
    ]


def banned(text: str) -> list[str]:
    """What stands in `text` that may not: promises, blame, a gender, idioms, shouting."""
    lowered = " ".join(text.split())
    for each in ALLOWED:
        lowered = re.sub(re.escape(each), " ", lowered, flags=re.IGNORECASE)
    found = [hit.group() for rule in BANNED for hit in rule.finditer(lowered)]
    if "!" in lowered:
        found.append("!")
    found += [each for each in _SHOUT.findall(lowered) if each not in ACRONYMS]
    return found


def orders(text: str) -> int:
    """How often `text` says must or should."""
    return len(_ORDERS.findall(text))


def hedged(text: str) -> bool:
    """Whether `text` says that it is not sure."""
    return _HEDGE.search(text) is not None


def numbers(text: str) -> set[str]:
    """The digits of everything in `text` that could be a number to call or text.

    Years and dates are none; neither are keys to press (`1 2 3`), nor anything under
    three digits.
    """
    runs = _DIGITS.findall(_DATE.sub(" ", text))
    found = {re.sub(r"\D", "", each) for each in runs if not _KEYS.fullmatch(each)}
    return {each for each in found if not (len(each) == 4 and _YEAR.fullmatch(each))}
