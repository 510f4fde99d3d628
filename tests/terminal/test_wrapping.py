"""Lines are broken between words where the terminal ends, and nowhere else."""

from __future__ import annotations

import fcntl
import io
import itertools
import os
import pty
import struct
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest
from rich.cells import cell_len

from hygiene.contract.phrases import Phrases
from hygiene.terminal.wrapping import fitted, line_width

SPANISH = Phrases("hygiene", "es").say("gate.what")
WIDE = "\u65e5\u672c\u8a9e \u306e \u6587\u5b57 " * 9
KEYS = "m More. t Choose what goes. /word Narrow. l Leave it as it is. x Leave now."


@contextmanager
def window(columns: int) -> Iterator[TextIO]:
    """What writes to a terminal of so many columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with os.fdopen(slave, "w") as stream:
        yield stream
    os.close(master)


@pytest.mark.rule("SR-48")
@pytest.mark.parametrize("columns", [20, 37, 60, 70])
@pytest.mark.parametrize("text", [SPANISH, WIDE, KEYS], ids=["es", "wide", "keys"])
def test_no_word_is_cut_and_no_line_reaches_the_edge(text: str, columns: int) -> None:
    """Put together again the lines are the text; one more word would not have fit."""
    with window(columns) as stream:
        lines = fitted(text, stream).split("\n")
    assert " ".join(lines) == text.strip()
    assert len(lines) > 1
    assert max(map(cell_len, lines)) < columns
    if text != KEYS:
        for line, after in itertools.pairwise(lines):
            assert cell_len(f"{line} {after.split()[0]}") >= columns


@pytest.mark.rule("SR-48")
def test_a_key_stands_on_one_line_with_what_it_does() -> None:
    """At every width, each key is followed by a word; an article at the end of a line
    inside a sentence is no key.
    """
    for columns in range(16, 90):
        with window(columns) as stream:
            lines = fitted(KEYS, stream).split("\n")
        for key in ("m More.", "t Choose", "/word Narrow.", "l Leave", "x Leave"):
            assert any(key in line for line in lines), (key, lines)
    with window(18) as stream:
        assert fitted("Nobody has seen a word.", stream) == "Nobody has seen a\nword."


def test_rows_of_a_list_stay_behind_their_number() -> None:
    """Numbers, marks and spaces; lines that were parted before stay so."""
    text = "12. one two three\n- four five six\n  seven eight nine\n\nten eleven twelve"
    with window(14) as stream:
        assert fitted(text, stream).split("\n") == [
            *("12. one two", "    three", "- four five", "  six"),
            *("  seven eight", "  nine", "", "ten eleven", "twelve"),
        ]


def test_a_long_name_stays_whole() -> None:
    """A path can be read and copied; it stays beside its number."""
    path = ".config/made-up/" + "long-name" * 9
    with window(40) as stream:
        assert fitted(f"3. {path}: why", stream) == f"3. {path}:\n   why"
        assert fitted(f"It is {path}", stream) == f"It is\n{path}"


def test_only_a_terminal_that_knows_its_size_has_lines() -> None:
    """What goes into a pipe, a file or a strange terminal is as it was."""
    text = "word " * 99
    assert fitted(text, io.StringIO()) == text
    for columns in (0, 1):
        with window(columns) as stream:
            assert line_width(stream) is None
            assert fitted(text, stream) == text
    with window(2) as stream:
        assert fitted("ab cd", stream) == "ab\ncd"
