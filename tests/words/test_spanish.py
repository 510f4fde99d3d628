"""The Spanish sentences: none is missing, and all are as calm and plain as the English."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from hygiene.contract.phrases import Phrases, languages
from hygiene.wiring import language
from hygiene.words.system import system_language
from tests.words.catalogues import CATALOGUES, Catalogue, Entry, entries
from tests.words.language import blocks, numbers, words
from tests.words.spanish import (
    ALLOWED,
    LEVEL,
    LEVELED_FROM,
    banned,
    hedged,
    level,
    orders,
    sentences,
    too_long,
)

PAIRS = [(each, Catalogue(each.path.with_name("es.po"))) for each in CATALOGUES]
SPANISH = [spanish for _, spanish in PAIRS]
IDS = [each.stem for each in CATALOGUES]

every_pair = pytest.mark.parametrize(("english", "spanish"), PAIRS, ids=IDS)
every_catalogue = pytest.mark.parametrize("catalogue", SPANISH, ids=IDS)


def forms(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The texts of each key, one for each plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for each in entries(catalogue):
        found[each.key] = (*found.get(each.key, ()), each.text)
    return found


def report(english: Catalogue, spanish: Catalogue) -> list[str]:
    """A line for each string that Spanish lacks, leaves empty, or has too many."""
    wanted, there = forms(english), forms(spanish)
    return [
        *(f"missing: {key}" for key in wanted.keys() - there.keys()),
        *(f"not in English: {key}" for key in there.keys() - wanted.keys()),
        *(f"empty: {key}" for key, texts in there.items() if not all(texts)),
        *(
            f"plural forms: {key}"
            for key in wanted.keys() & there.keys()
            if len(wanted[key]) != len(there[key])
        ),
    ]


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@pytest.mark.rule("SR-12")
@every_pair
def test_nothing_is_missing(english: Catalogue, spanish: Catalogue) -> None:
    """Each key has its text, in as many forms as in English, and there is no other."""
    assert report(english, spanish) == []


def test_a_gap_would_be_reported() -> None:
    """Against a catalogue of other keys every key is a line of the report."""
    lines = report(PAIRS[0][0], SPANISH[-1])
    assert "missing: gate.title" in lines
    assert f"not in English: {next(entries(SPANISH[-1])).key}" in lines


@every_pair
def test_places_to_fill_in_are_the_same(english: Catalogue, spanish: Catalogue) -> None:
    """Every `{name}` of a text stands in its translation, and no other."""
    wanted, there = forms(english), forms(spanish)
    assert {
        key: texts
        for key, texts in there.items()
        if [places(each) for each in texts] != [places(each) for each in wanted[key]]
    } == {}


@pytest.mark.rule("SR-12")
@every_catalogue
def test_the_missing_review_is_told(catalogue: Catalogue) -> None:
    """The header says that no human translator has looked at it."""
    header = catalogue.path.read_text(encoding="utf-8").partition("\n\n")[0]
    assert '"X-Translation: not yet reviewed by a human translator\\n"' in header
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in header


@pytest.mark.rule("SR-12", "SR-51")
@every_pair
def test_numbers_to_call_are_told_in_both_languages(
    english: Catalogue, spanish: Catalogue
) -> None:
    """A sentence with such a number holds the English one as well."""
    there = forms(spanish)
    assert [
        each.key
        for each in entries(english)
        if numbers(each.text) and each.text not in " ".join(there[each.key])
    ] == []


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@every_catalogue
def test_no_promise_blame_or_shouting(catalogue: Catalogue) -> None:
    """No banned word, exclamation mark, word in capitals or familiar form."""
    assert {
        each.key: found for each in entries(catalogue) if (found := banned(each.text))
    } == {}


@pytest.mark.rule("SR-08")
@every_catalogue
def test_no_orders(catalogue: Catalogue) -> None:
    """Must and should stand at most once in a text."""
    assert [each.key for each in entries(catalogue) if orders(each.text) > 1] == []


@pytest.mark.rule("SR-11")
@every_catalogue
def test_sentences_are_short(catalogue: Catalogue) -> None:
    """No sentence has more than 25 words."""
    assert {
        each.key: found for each in entries(catalogue) if (found := too_long(each.text))
    } == {}


@pytest.mark.rule("SR-11")
@every_catalogue
def test_texts_read_easily(catalogue: Catalogue) -> None:
    """A long text by itself, and all of a catalogue as one, are on the level."""

    def hard(each: Entry) -> bool:
        return len(words(each.text)) > LEVELED_FROM and level(blocks(each.text)) < LEVEL

    assert [each.key for each in entries(catalogue) if hard(each)] == []
    assert (
        level([block for each in entries(catalogue) for block in blocks(each.text)])
        >= LEVEL
    )


@pytest.mark.rule("SR-10", "SR-55")
@every_catalogue
def test_leaving_it_is_a_choice(catalogue: Catalogue) -> None:
    """Wherever choices are given, leaving things as they are is one."""
    choices = [
        each
        for each in entries(catalogue)
        if each.key.endswith(".choices") and not each.key.startswith("question.")
    ]
    assert [each.key for each in choices if "como está" not in each.text] == []


# --- the program speaks it


def _run(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", *arguments],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return done.stdout


def test_spanish_is_offered() -> None:
    """The program and every check speak it."""
    assert languages("hygiene") == ("en", "es")
    for each in ("browser", "chat", "photos"):
        assert languages(f"hygiene_checks.{each}") == ("en", "es")


def test_a_run_in_spanish_has_no_english_line() -> None:
    """Every line of the overview is another one than in English."""
    spanish, english = (
        set(_run("check", "--practice", "--plain", "--lang", each).splitlines())
        for each in ("es", "en")
    )
    assert len(spanish) >= 15
    assert spanish & english == {""}
    assert "No se ha cambiado nada." in spanish


def test_the_language_of_the_system_is_spoken() -> None:
    """LC_ALL comes before LANG; a language without words is English."""
    spanish = _run("checks", LC_ALL="", LC_MESSAGES="", LANG="es_MX.UTF-8")
    assert "1. browser-history: Páginas que visitó." in spanish
    for each in ("C", "de_DE.UTF-8"):
        assert "Pages you visited" in _run("checks", LC_ALL=each, LANG="es_MX.UTF-8")


def test_what_was_asked_for_comes_before_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked for English on a Spanish system, the program speaks English."""
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    assert system_language() == "es"
    assert language(None) == "es"
    assert language("en") == "en"


def test_moments_and_numbers_read_as_in_spanish() -> None:
    """Months, the order of a date and the word between the last two are the catalogue's."""
    words_ = Phrases("hygiene", "es")
    month = words_.say("month.1")
    assert (
        words_.say("moment.whole", day=3, month=month, year=2026, time="09:05")
        == "3 ene 2026, 09:05"
    )
    assert words_.say("list.and", most="Chrome", last="Safari") == "Chrome y Safari"
    assert words_.count("count.pages", 1) == "1 página"
    assert words_.count("count.pages", 1204) == "1,204 páginas"


# --- the measuring itself


def test_sentences_end_at_marks() -> None:
    """Also before an opening question mark and before a capital with an accent."""
    assert sentences("Mire ahí. ¿Quién es? Él no. Última vez.") == [
        "Mire ahí.",
        "¿Quién es?",
        "Él no.",
        "Última vez.",
    ]


def test_hard_words_lower_the_score() -> None:
    """Plain words are on the level, officialese is far under it."""
    assert level(["Puede mirar la lista. Puede dejarla como está."]) > LEVEL
    assert (
        level(["La comunicación organizacional requiere considerable análisis."]) < 40
    )


def test_english_lines_do_not_count() -> None:
    """They are held to the English rules."""
    assert too_long("In English: " + "word " * 40) == []
    assert len(too_long("palabra " * 26)) == 1


@pytest.mark.rule("SR-06", "SR-08", "SR-09")
@pytest.mark.parametrize(
    "text",
    [
        "Usted está a salvo.",
        "Ya está segura.",
        "No deja rastro.",
        "Se borra sin rastro.",
        "La computadora queda limpia.",
        "Así usted es invisible.",
        "100 % seguro",
        "Se lo garantizamos.",
        "Se borró completamente.",
        "No hay peligro.",
        "Nadie se dará cuenta.",
        "Usted debió cerrar la sesión.",
        "Se le olvidó salir.",
        "Es una contraseña débil.",
        "Tiene que borrar esto.",
        "Su abusador puede verlo.",
        "Él puede verlo.",
        "Pregúntele a ella.",
        "Puedes mirar.",
        "Tu teléfono",
        "En el ordenador",
        "Borre sus huellas: borrar huellas",
        "¡Mire esto!",
        "LEA esto PRIMERO",
    ],
)
def test_banned_words_are_seen(text: str) -> None:
    """Each kind of banned wording is found."""
    assert banned(text)


@pytest.mark.parametrize(
    "text",
    [
        "Una computadora más segura es otra.",
        "La otra persona puede notarlo.",
        "Quien use esta cuenta puede verlo.",
        "Muestra el lugar donde estuvo usted.",
        *ALLOWED,
    ],
)
def test_calm_words_are_let_through(text: str) -> None:
    """Words that only look like banned ones, and the reviewed uses, are allowed."""
    assert banned(text) == []


def test_orders_and_doubt_are_seen() -> None:
    """Must and should count, could does not; a word of doubt makes a text unsure."""
    assert orders("Debe salir. Hay que mirar. Puede mirar.") == 2
    assert hedged("Suele enviar un aviso.")
    assert not hedged("El menú está arriba.")
