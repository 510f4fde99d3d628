"""The page on which a person writes by hand what happened."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hygiene.guides import find
from hygiene.guides.sheet import KINDS, sheet

pytestmark = pytest.mark.rule("SR-35")

FIELDS = {
    "en": (
        *("Date", "Time", "Place", "Before it", "Then", "Words that were said"),
        *("Device, account", "Who saw or heard it", "Number of a police report"),
    ),
    "es": (
        *("Fecha", "Hora", "Lugar", "Antes", "Palabras que se dijeron"),
        *("Dispositivo, cuenta", "Quién lo vio o lo oyó", "Número de la denuncia"),
    ),
}
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", sorted(FIELDS))
def test_it_has_room_for_everything(language: str, kind: str) -> None:
    """Each field stands on the sheet, with a line behind it, and nothing is filled in."""
    guide = find("incident-page", language)
    assert guide is not None
    made = sheet(guide, kind, language)
    for each in FIELDS[language]:
        assert re.search(rf"{each}[^\n:]*: ____", made), each
    assert "2026-" not in made


def test_the_program_has_no_place_to_type_it() -> None:
    """No field of several lines is anywhere on the screens."""
    used = {
        name
        for path in (ROOT / "hygiene").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    assert "Input" in used
    assert "TextArea" not in used
