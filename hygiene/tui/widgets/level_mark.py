"""Levels and answers as a mark and a word: shape and word before colour (SR-09, SR-49)."""

from __future__ import annotations

from textual.content import Content

from hygiene.contract import Level
from hygiene.engine.results import Status

__all__ = ["LEVEL_MARKS", "STATUS_MARKS", "marked_word", "tone_of"]

LEVEL_MARKS = {
    Level.NOTE: "·",
    Level.WORTH_A_LOOK: "○",
    Level.IMPORTANT: "●",
    Level.READ_FIRST: "■",
}
STATUS_MARKS = {
    Status.FOUND: " ",
    Status.NOTHING_FOUND: "\u2013",
    Status.COULD_NOT_CHECK: "?",
    Status.PARTLY_CHECKED: "?",
}
_TONES = {
    Level.NOTE: "",
    Level.WORTH_A_LOOK: "",
    Level.IMPORTANT: "bold",
    Level.READ_FIRST: "bold $accent",
}


def tone_of(level: Level | None) -> str:
    """The style of a level's mark and word; of an answer without a level otherwise."""
    return "$muted" if level is None else _TONES[level]


def marked_word(level: Level, word: str) -> Content:
    """Mark and word of a level on one line."""
    return Content.styled(f"{LEVEL_MARKS[level]} {word}", tone_of(level))
