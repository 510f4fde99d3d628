"""Where to start, by what worries a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract.phrases import SOURCE_LANGUAGE
from hygiene.guides.shelf import find, table

if TYPE_CHECKING:
    from hygiene.guides.page import Guide

__all__ = ["Worry", "start"]

_START = "start.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One worry in a sentence, and the guides to read for it in their order."""

    id: str
    sentence: str
    guides: tuple[Guide, ...]


def start(language: str = SOURCE_LANGUAGE) -> list[Worry]:
    """The worries in order. A sentence that `language` lacks is there in English."""
    sentences = {
        each["id"]: each["sentence"]
        for each in table(_START, language).get("worry", [])
    }
    return [
        Worry(
            id=each["id"],
            sentence=sentences.get(each["id"], each["sentence"]),
            guides=_guides(each["slugs"], language),
        )
        for each in table(_START, SOURCE_LANGUAGE).get("worry", [])
    ]


def _guides(slugs: list[str], language: str) -> tuple[Guide, ...]:
    found = (find(slug, language) for slug in slugs)
    return tuple(guide for guide in found if guide is not None)
