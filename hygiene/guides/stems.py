"""Words as people mean them: as they sound, without small words and endings.

Light on purpose: what two spellings of a word do not share, search makes up for by
reading an unknown word as the closest one that is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hygiene.contract.phrases import SOURCE_LANGUAGE

__all__ = ["SHORTEST", "small_stems", "stems"]

SHORTEST = 3
"""Letters that a stem keeps at least."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019")


@dataclass(frozen=True, slots=True)
class _Rules:
    """How one language is read: letters are replaced by how they sound, `small` words
    say nothing about what is asked, the first of `endings` that fits is taken off, and
    `loose` too where it then stands at the end.
    """

    small: str
    endings: tuple[str, ...]
    sounds: tuple[tuple[str, str], ...] = ()
    loose: str = "\0"


_ENGLISH = _Rules(
    small="""
        a all am an and any are as at be been but by can cannot cant could couldnt did
        didnt do does doesnt dont for from had has hasnt have havent he her him his how i
        if im in into is isnt it its ive me my no not of off on or our out own she so
        somebody someone that the their them there they theyre theyve this to up us was
        wasnt we what when which who why will with wont would wouldnt you your youre
        """,
    endings=("ings", "ing", "ies", "ed", "es", "s", "y", "e"),
    loose="e",  # `messag` from message and messaging, `typ` from type and typed
)
# "Dónde" and "estoy" are not small: "no sé dónde estoy" would say nothing. For the same
# reason "where" is not small in English.
_SPANISH = _Rules(
    small="""
        a al algo alguien algun alguna algunas algunos ante aqui asi aun aunque cada como
        con cual cuales cualquier cuando d de del desde e el ella ellas ellos en entre era
        es esa esas ese eso esos esta estan estar estas este esto estos ha hace hacer
        hago han hasta hay he i k la las le les lo los mas me mi mis mucho muy nada ni no
        nos o os otra otras otro otros para pero por porfavor porque pueda puede pueden
        puedo pues q que quien quienes se sea ser si sin sobre solo son soy su sus tal
        tambien tan te tener tengo ti tiene tienen todo todos tu tus u un una unas uno
        unos usted va van voy x xq y ya yo
        """,
    endings=(
        *("andome", "andolo", "iendome", "iendolo", "ariamos", "eriamos"),
        *("arlos", "arlas", "arles", "erlos", "erlas", "irlos", "irlas"),
        *("arlo", "arla", "arle", "arme", "arse", "erlo", "erla", "erme", "erse"),
        *("irlo", "irla", "irme", "irse", "iendo", "yendo", "ieron", "yeron"),
        *("abamos", "aban", "aron", "aria", "amos", "emos", "imos", "ando", "ados"),
        *("adas", "idos", "idas", "aba", "ado", "ada", "ido", "ida", "ian"),
        *("ar", "er", "ir", "an", "en", "as", "es", "os", "ia", "io", "ie"),
        *("a", "e", "i", "o", "s"),
    ),
    sounds=(  # ijo for hijo, amenasa for amenaza, kito for quitó, vuelbe for vuelve
        (r"(?<!c)h", ""),
        (r"qu(?=[ei])|q", "k"),
        (r"c(?=[ei])|z", "s"),
        (r"c(?!h)", "k"),
        (r"g(?=[ei])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"v", "b"),
        (r"ll", "y"),
        (r"([^r])\1", r"\1"),
    ),
)
_RULES = {SOURCE_LANGUAGE: _ENGLISH, "es": _SPANISH}


def stems(text: str, language: str = SOURCE_LANGUAGE) -> Iterator[str]:
    """The stems of `text` in order, without its small words."""
    rules, small = _rules(language), _small(language)
    for word in _heard(text, rules):
        if word not in small:
            yield _stem(word, rules)


@cache
def small_stems(language: str = SOURCE_LANGUAGE) -> frozenset[str]:
    """The stems of the small words, so that a misspelled one is known as such."""
    return frozenset(_stem(each, _rules(language)) for each in _small(language))


def _rules(language: str) -> _Rules:
    return _RULES.get(language, _ENGLISH)


@cache
def _small(language: str) -> frozenset[str]:
    rules = _rules(language)
    return frozenset(_heard(rules.small, rules))


def _heard(text: str, rules: _Rules) -> list[str]:
    """The words in small letters, as they sound, without the accents and apostrophes
    that people leave out as they type.
    """
    parts = unicodedata.normalize("NFD", text.lower().translate(_APOSTROPHES))
    plain = "".join(each for each in parts if unicodedata.category(each) != "Mn")
    for letters, sound in rules.sounds:
        plain = re.sub(letters, sound, plain)
    return _WORD.findall(plain)


def _stem(word: str, rules: _Rules) -> str:
    for ending in rules.endings:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST:
            return rest.removesuffix(rules.loose) if len(rest) > SHORTEST else rest
    return word
