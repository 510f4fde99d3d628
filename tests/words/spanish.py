"""How Spanish words a person reads are measured: the Spanish half of `language.py`.

Level: Barrio-Cantalejo's INFLESZ scale (Anales del Sistema Sanitario de Navarra 31, 2,
2008, "Validacion de la Escala INFLESZ") over Szigriszt-Pazos' perspicuity, which textstat
counts. From 65 on a text is "bastante facil", what primary school reads: the six grades
that English is held to. We ask for 70, because Pyphen parts words where a line may break
and so counts some 4 in 100 syllables too few, which lifts a score by three to five points.
"""

from __future__ import annotations

import re

from textstat.textstat import textstatistics

from tests.words.language import SENTENCE_WORDS, blocks, words

LEVEL = 70.0
AVERAGE_WORDS = 16.0
LEVELED_FROM = 40
"""Words from which on a text is long enough for its level to mean something."""

ENGLISH = "In English: "
"""What an English line begins with that stands under a Spanish one (SR-12)."""

ACRONYMS = frozenset(
    {"NNEDV", "VAWA", "FVPSA", "VOCA", "STEP", "START", "JSON", "JPEG", "HEIC", "AVIF"}
)

_STAT = textstatistics()
_STAT.set_lang("es")
# Spanish syllables may be one letter long: o-tra, u-na.
_STAT.pyphen.left = _STAT.pyphen.right = 1

_END = re.compile(r"(?<=[.?!])[\"\u201d)]*\s+(?=[\"\u201c(]?[¿¡A-ZÀ-Ý0-9])")
_SHOUT = re.compile(r"\b[A-ZÀ-Ý]{4,}\b")

_PROMISES = (
    r"\ba salvo\b",
    r"\b(?:est(?:á|ará|ás)|qued(?:a|ará)|ya es) (?:del todo )?segur[oa]s?\b",
    r"\bsin (?:dejar )?(?:ningún )?(?:rastros?|huellas?|señales)\b",
    r"\bno deja (?:ningún )?(?:rastro|huella)",
    r"\b(?:está|queda|todo) limpi[oa]\b",
    r"\binvisibles?\b",
    r"\banónim[oa]s?\b|\banonimato\b|\banónimamente\b",
    r"\bindetectables?\b",
    r"\bimposible de (?:rastrear|encontrar|detectar)\b",
    r"\bgarantiz|\bgarantía",
    r"\b100 ?%",
    r"\b(?:completa|total|absoluta|entera|definitiva)mente\b",
    r"\b(?:del todo|por completo) (?:borrad|eliminad|protegid|segur)",
    r"\bnada (?:de qué|que) (?:preocuparse|temer)\b",
    r"\bno (?:se preocupe|hay (?:ningún )?(?:peligro|riesgo))\b",
    r"\bsin (?:ningún )?(?:riesgo|peligro)\b",
    r"\bnadie (?:lo )?(?:sabrá|notará|podrá (?:ver|saber|notar)|se dará cuenta)\b",
)
_BLAME = (
    r"\bdebió\b|\bdebería haber\b|\bhubiera (?:debido|tenido que)\b",
    r"\b(?:se le )?olvidó\b",
    r"\bdescuid|\bimprudente|\birresponsable",
    r"\bpor su culpa\b|\bsu (?:culpa|error|falta)\b",
    r"\bmal(?:os|as) (?:hábitos|costumbres)\b",
    r"\bcontraseñas? débil(?:es)?\b",
    r"\b(?:tiene que|debe|hay que) (?:borrar|cambiar|dejar|irse|llamar|contar|denunciar)\b",
)
_PEOPLE = (
    r"\b(?:él|ella|ellos|ellas)\b",
    r"\b(?:abusador|agresor|maltratador|acosador|tratante|victimari[oa]|víctima)(?:a|e?s|as)?\b",
    r"\b(?:su|el|un) (?:marido|esposo|novio|ex)\b",
)
_FAMILIAR = (
    r"\b(?:tú|ti|contigo|vos|vosotros|vuestr[oa]s?|tuy[oa]s?)\b",
    r"\b(?:tu|tus|te|os)\b",
    r"\b(?:puedes|quieres|tienes|debes|sabes|eres|haz|podrías|podés|tenés)\b",
)
_ELSEWHERE = (
    r"\bordenador(?:es)?\b",
    r"\bmóvil(?:es)?\b",
    r"\b(?:coger|coja|cogé|pinchar|pinche)\b",
    r"\bratón\b",
)
"""Words of one country, or rude in another."""
_IDIOMS = (
    r"\b(?:borrar|cubrir) (?:sus |las )?huellas\b",
    r"\bbanderas? rojas?\b",
    r"\bhuella digital\b",
    r"\bno hay moros\b",
    r"\bojo con\b",
)
BANNED = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (*_PROMISES, *_BLAME, *_PEOPLE, *_ELSEWHERE, *_IDIOMS)
)
FAMILIAR = tuple(re.compile(each, re.IGNORECASE) for each in _FAMILIAR)
"""Not used to the reader; menus of other programs may, between quotes."""
ALLOWED = ("nunca quiere decir sin riesgo", "enlace móvil")
"""Reviewed uses that deny the claim or name a product."""

_ORDERS = re.compile(
    r"\b(?:debe|deben|debería|deberían|tiene que|tienen que|hay que)\b", re.IGNORECASE
)
_HEDGE = re.compile(
    r"\b(?:pued[ea]n?|podrían?|quizá|tal vez|suelen?|muchas veces|a veces|casi"
    r"|busque|mire (?:en|bajo)|algo como|parece|algun[oa]s|por lo general)\b",
    re.IGNORECASE,
)


def spanish(markdown: str) -> list[str]:
    """The paragraphs and list items without the English lines."""
    return [each for each in blocks(markdown) if not each.startswith(ENGLISH)]


def english(markdown: str) -> list[str]:
    """The English lines, without what they begin with."""
    return [
        each.removeprefix(ENGLISH)
        for each in blocks(markdown)
        if each.startswith(ENGLISH)
    ]


def sentences(text: str) -> list[str]:
    """The sentences of one block."""
    return [each for each in _END.split(text) if words(each)]


def level(text_blocks: list[str]) -> float:
    """The INFLESZ score of all blocks; higher is easier."""
    parts = [each for block in text_blocks for each in sentences(block)]
    whole = " ".join(
        each if each[-1] in ".?" else each.rstrip(":,;") + "." for each in parts
    )
    return float(_STAT.szigriszt_pazos(re.sub(r"\{(\w*)\}", "12", whole)))


def average(text_blocks: list[str]) -> float:
    """Words in a sentence."""
    lengths = [len(words(each)) for block in text_blocks for each in sentences(block)]
    return sum(lengths) / len(lengths)


def too_long(text: str) -> list[str]:
    """The Spanish sentences of `text` that are over the limit."""
    return [
        each
        for block in spanish(text)
        for each in sentences(block)
        if len(words(each)) > SENTENCE_WORDS
    ]


def banned(text: str) -> list[str]:
    """What stands in `text` that may not: promises, blame, a gender, a word of one
    country, the familiar form, idioms, shouting.
    """
    plain = " ".join(text.split())
    for each in ALLOWED:
        plain = re.sub(re.escape(each), " ", plain, flags=re.IGNORECASE)
    found = [hit.group() for rule in BANNED for hit in rule.finditer(plain)]
    ours = re.sub(r'"[^"]*"', " ", plain)
    found += [hit.group() for rule in FAMILIAR for hit in rule.finditer(ours)]
    found += [each for each in "!¡" if each in plain]
    return found + [each for each in _SHOUT.findall(plain) if each not in ACRONYMS]


def orders(text: str) -> int:
    """How often `text` says must or should."""
    return len(_ORDERS.findall(text))


def hedged(text: str) -> bool:
    """Whether `text` says that it is not sure."""
    return _HEDGE.search(text) is not None
