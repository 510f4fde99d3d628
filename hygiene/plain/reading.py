"""Guides as lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from hygiene import guides
from hygiene.contract.phrases import Phrases
from hygiene.guides.plain import WIDTH
from hygiene.terminal.wrapping import fitted, line_width
from hygiene.wiring import NotCarriedOut, WrongUsage

if TYPE_CHECKING:
    from hygiene.guides import Guide
    from hygiene.plain.console import Console

__all__ = ["guide_lines", "print_guide", "print_sheet", "read_guides"]


def print_guide(picked: str | None, language: str) -> int:
    """Print the contents, or one guide, and return the exit status.

    Raises `WrongUsage` for a guide that is not there.
    """
    if picked is None:
        lines = contents_lines(language)
    else:
        lines = guide_lines(_picked(picked, language), language)
    sys.stdout.write(fitted("\n".join(lines)) + "\n")
    return 0


def print_sheet(picked: str | None, file: str, language: str) -> int:
    """Write a sheet for a printer into the new file `file`; return the exit status.

    What a file can give away is said first, on standard error (SR-33). Raises
    `WrongUsage` for what cannot be meant and `NotCarriedOut` when it cannot be written.
    """
    from hygiene.guides import sheet  # noqa: PLC0415 - only here
    from hygiene.host import copying  # noqa: PLC0415 - only here

    words = Phrases("hygiene", language)
    if picked is None:
        raise WrongUsage("usage.print-guide")
    guide = _picked(picked, language)
    kind = os.path.splitext(file)[1].lower()
    if kind not in sheet.KINDS:
        raise WrongUsage("usage.print-kind")
    data = sheet.sheet(guide, kind, language).encode()
    try:
        target = copying.Target.at(file)
        sys.stderr.write(fitted(words.say("sheet.warning"), sys.stderr) + "\n")
        sys.stderr.flush()
        copying.save(target, data)
    except copying.ElsewhereError as error:
        raise WrongUsage(f"usage.print-{error.where.value}") from error
    except copying.AlreadyThereError as error:
        raise WrongUsage("usage.print-there") from error
    except copying.CannotSaveError as error:
        raise NotCarriedOut("failed.print") from error
    sys.stdout.write(fitted(words.say("sheet.done")) + "\n")
    return 0


def _picked(picked: str, language: str) -> Guide:
    guide = guides.find(picked, language)
    if guide is None:
        raise WrongUsage("usage.guide")
    return guide


def guide_lines(guide: Guide, language: str) -> list[str]:
    """What is to be known about a guide, and the guide, as wide as the terminal is."""
    words = Phrases("hygiene", language)
    notes = [words.say(each) for each in guides.notes(guide, language)]
    width = min(WIDTH, line_width() or WIDTH)
    return [*notes, *([""] if notes else []), guides.plain_text(guide, width)]


def contents_lines(language: str) -> list[str]:
    """Where to start, then the contents by group, in one running number."""
    words = Phrases("hygiene", language)
    lines = [words.say("guides.title"), "", words.say("guides.start")]
    for worry in guides.start(language):
        lines += ["", worry.sentence]
        lines += [f"{guide.number}. {guide.title}" for guide in worry.guides]
    lines += ["", words.say("guides.all")]
    for group in guides.contents(language):
        lines += ["", group.title]
        lines += [f"{guide.number}. {guide.title}" for guide in group.guides]
    return [*lines, "", words.say("disclaimer.general")]


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
            console.say("", *guide_lines(guide, language))
        console.say("", words.say("plain.guides-keys"))
