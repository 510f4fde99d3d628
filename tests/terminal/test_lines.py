"""Lines that are typed, in a terminal and through a pipe."""

from __future__ import annotations

import os
import pty
import termios

import pytest

from hygiene.terminal.lines import Lines


def test_lines_come_one_at_a_time_also_when_they_came_together() -> None:
    """The last one counts without its end; then there is no more."""
    reads, writes = os.pipe()
    lines = Lines(reads)
    assert lines.read(0) is None
    os.write(writes, "uno\ndos\n\ntré".encode())
    assert [lines.read(), lines.read(0), lines.read(0)] == ["uno", "dos", ""]
    assert lines.read(0) is None
    os.close(writes)
    assert lines.read() == "tré"
    with pytest.raises(EOFError):
        lines.read()
    os.close(reads)


def test_half_a_line_is_waited_for() -> None:
    """What was typed without Enter is not read as a line, and not lost."""
    reads, writes = os.pipe()
    lines = Lines(reads)
    os.write(writes, b"exam")
    assert lines.read(0) is None
    os.write(writes, b"ple.org\n\xff\n")
    assert lines.read(0) == "example.org"
    assert lines.read(0) == "\ufffd"
    os.close(writes)
    os.close(reads)


@pytest.mark.rule("SR-33")
def test_what_is_typed_hidden_is_not_shown() -> None:
    """Neither the passphrase nor a part of it; afterwards typing is shown again."""
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    lines = Lines(slave)
    with lines.hidden():
        os.write(master, b"a long passphrase\n")
        assert lines.read() == "a long passphrase"
    assert termios.tcgetattr(slave) == before
    os.write(master, b"seen\n")
    assert lines.read() == "seen"
    shown = os.read(master, 1000)
    assert b"passphrase" not in shown
    assert b"seen" in shown
    os.close(master)
    os.close(slave)


def test_a_pipe_can_be_read_hidden_too() -> None:
    """There is nothing to switch off."""
    reads, writes = os.pipe()
    os.write(writes, b"x\n")
    with Lines(reads).hidden():
        assert Lines(reads).read() == "x"
    os.close(writes)
    os.close(reads)
