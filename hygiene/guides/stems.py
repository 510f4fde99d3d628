"""Words as people mean them: no accents, no small words, endings taken off.

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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class _Rules:
    """How one language is read. `small` words say nothing about what is asked; the
    first of `endings` that fits is taken off; `sounds` are ends of what is left that
    are written in two ways.
    """

    small: frozenset[str]
    endings: tuple[str, ...]
    sounds: tuple[tuple[str, str], ...]


_ENGLISH = _Rules(
    small=_words(
        """
        a all am an and any are as at be been but by can cannot could did do does for
        from had has have he her him his how i if in into is it its me my no not of off
        on or our out own she so somebody someone that the their them there they this to
        up us was we what when where which who why will with would you your
        """
    ),
    endings=("ings", "ing", "ies", "ed", "es", "s", "y", "e"),
    # `messag` from message, messages and messaging alike; `typ` from type and typed.
    sounds=(("e", ""),),
)
# "Dónde" and "estoy" are no small words: "no sé dónde estoy" would say nothing.
_SPANISH = _Rules(
    small=_words(
        """
        a al algo alguien algun alguna algunas algunos ante aqui asi aun aunque cada como
        con cual cuales cualquier cuando de del desde e el ella ellas ellos en entre era
        es esa esas ese eso esos esta estan estar estas este esto estos ha hace hacer
        hago han hasta hay he la las le les lo los mas me mi mis mucho muy nada ni no nos
        o os otra otras otro otros para pero por porque pueda puede pueden puedo pues que
        quien quienes se sea ser si sin sobre solo son soy su sus tal tambien tan te
        tener tengo ti tiene tienen todo todos tu tus u un una unas uno unos usted va van
        voy y ya yo
        """
    ),
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
    # `busc` from busco and busqué; `pag` from pago and pague; `rastre`, `chate`.
    sounds=(("qu", "c"), ("gu", "g"), ("z", "c")),
)
_RULES = {SOURCE_LANGUAGE: _ENGLISH, "es": _SPANISH}


def stems(text: str, language: str = SOURCE_LANGUAGE) -> Iterator[str]:
    """The stems of `text` in order, without its small words."""
    rules = _rules(language)
    for word in _WORD.findall(_folded(text)):
        if word not in rules.small:
            yield _stem(word, rules)


@cache
def small_stems(language: str = SOURCE_LANGUAGE) -> frozenset[str]:
    """The stems of the small words, so that a misspelled one is known as such."""
    rules = _rules(language)
    return frozenset(_stem(each, rules) for each in rules.small)


def _rules(language: str) -> _Rules:
    return _RULES.get(language, _ENGLISH)


def _folded(text: str) -> str:
    """In small letters and without accents: people leave them out as they type."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(each for each in parts if unicodedata.category(each) != "Mn")


def _stem(word: str, rules: _Rules) -> str:
    for ending in rules.endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return _same_sound(word[: -len(ending)], rules)
    return word


def _same_sound(rest: str, rules: _Rules) -> str:
    for end, same in rules.sounds:
        if rest.endswith(end) and len(rest) > SHORTEST:
            return rest.removesuffix(end) + same
    return rest
