"""Guides as lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hygiene import guides
from hygiene.contract.phrases import Phrases
from hygiene.wiring import WrongUsage

if TYPE_CHECKING:
    from hygiene.plain.console import Console

__all__ = ["print_guide", "read_guides"]


def print_guide(picked: str | None, language: str) -> int:
    """Print the contents, or one guide, and return the exit status.

    Raises `WrongUsage` for a guide that is not there.
    """
    if picked is None:
        lines = contents_lines(language)
    else:
        guide = guides.find(picked, language)
        if guide is None:
            raise WrongUsage("usage.guide")
        lines = [guides.plain_text(guide)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def contents_lines(language: str) -> list[str]:
    """The contents by group, in one running number."""
    lines = [Phrases("hygiene", language).say("guides.title")]
    for group in guides.contents(language):
        lines += ["", group.title]
        lines += [f"{guide.number}. {guide.title}" for guide in group.guides]
    return lines


def read_guides(console: Console, language: str, words: Phrases) -> None:
    """Let the person read: contents, a guide, a search; until `b`."""
    console.say(*contents_lines(language), "", words.say("plain.guides-keys"))
    numbers = {
        str(guide.number)
        for group in guides.contents(language)
        for guide in group.guides
    }
    while (answer := console.ask({*numbers, "b"}, free="/")) != "b":
        if answer.startswith("/"):
            hits = guides.search(answer[1:], language)
            found = [f"{hit.guide.number}. {hit.guide.title}" for hit in hits]
            console.say(*found or [words.say("guides.no-hit")])
        elif (guide := guides.find(answer, language)) is not None:
            console.say("", guides.plain_text(guide))
        console.say("", words.say("plain.guides-keys"))
