"""Guides as lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hygiene.contract.phrases import Phrases
from hygiene.guides import Guides
from hygiene.wiring import WrongUsage

if TYPE_CHECKING:
    from hygiene.plain.console import Console

__all__ = ["print_guide", "read_guides"]


def print_guide(picked: str | None, language: str) -> int:
    """Print the contents, or one guide, and return the exit status.

    Raises `WrongUsage` for a guide that is not there.
    """
    guides = Guides(language)
    if picked is None:
        sys.stdout.write("\n".join(contents_lines(guides, language)) + "\n")
        return 0
    guide = guides.find(picked)
    if guide is None:
        raise WrongUsage("usage.guide")
    sys.stdout.write(guides.plain_text(guide) + "\n")
    return 0


def contents_lines(guides: Guides, language: str) -> list[str]:
    """The contents by group, in one running number."""
    words = Phrases("hygiene", language)
    lines = [words.say("guides.title")]
    for group in guides.contents():
        lines += ["", group.title]
        lines += [f"{guide.number}. {guide.title}" for guide in group.guides]
    return lines


def read_guides(
    console: Console, guides: Guides, language: str, words: Phrases
) -> None:
    """Let the person read: contents, a guide, a search; until `b`."""
    console.say(*contents_lines(guides, language), "", words.say("plain.guides-keys"))
    numbers = {str(each.number) for group in guides.contents() for each in group.guides}
    while (answer := console.ask({*numbers, "b"}, free="/")) != "b":
        if answer.startswith("/"):
            hits = guides.search(answer[1:])
            console.say(
                *(f"{hit.guide.number}. {hit.guide.title}" for hit in hits)
                or [words.say("guides.no-hit")]
            )
        elif (guide := guides.find(answer)) is not None:
            console.say("", guides.plain_text(guide))
        console.say("", words.say("plain.guides-keys"))
