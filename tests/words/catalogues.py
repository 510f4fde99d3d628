"""Every English catalogue of the project, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Entry:
    """One text of a catalogue; a plural is one entry for each form."""

    key: str
    text: str


@dataclass(frozen=True)
class Catalogue:
    """One `en.po`. `stem` names the package it belongs to."""

    path: Path

    @property
    def stem(self) -> str:
        return self.path.parents[1].name


CATALOGUES = [
    Catalogue(path)
    for pattern in ("hygiene/words/en.po", "checks/hygiene_checks/*/words/en.po")
    for path in sorted(ROOT.glob(pattern))
]


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """All texts in the order of the file, its header left out."""
    with catalogue.path.open("rb") as file:
        for message in read_po(file, locale="en"):
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = message.string or ""
            for text in (forms,) if isinstance(forms, str) else forms:
                yield Entry(key, text)
