r"""Where shells keep the lines that were typed, and how the lines stand in the file.

Bash 5.2 (one line each; before it `#SECONDS` where time stamps are on, and then a command
may have several lines: see `_open_commands`), Zsh 5.9 (plain, or `: SECONDS:LASTED;`
before the command; a command goes on after a backslash at the end of a line), Fish 3.6
(`- cmd: ` with `when:` and `paths:` below it; a line end is written `\n`), PSReadLine 2.3
of PowerShell (a command goes on after a backtick at the end of a line).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeAlias

from hygiene.contract import Platform
from hygiene_checks.program._open_commands import goes_on

__all__ = ["PLACES", "Shell", "Typed"]


@dataclass(frozen=True, slots=True)
class Typed:
    """One command: the bytes of the file from `start` to `end`, its text, its moment."""

    start: int
    end: int
    text: str
    when: datetime | None = None


Parse: TypeAlias = Callable[[bytes], Iterator[Typed]]


@dataclass(frozen=True, slots=True)
class Shell:
    """A program that keeps typed lines, and the names of its running processes."""

    name: str
    id: str
    parse: Parse
    processes: tuple[str, ...]


_BASH_STAMP = re.compile(rb"#(\d{1,12})[ \t]*\r?\n?")
_ZSH_STAMP = re.compile(rb": (\d{1,12}):\d+;")
_MOST_LINES = 200
"""Lines of one command; more are taken to be several commands."""
_ESCAPED = re.compile(r"\\(.)")
_FISH_WHEN = re.compile(rb"\n  when: (\d{1,12})")


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, with its line end."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield start, end
        start = end


def _moment(seconds: bytes) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").rstrip("\r\n")


def _bash(data: bytes) -> Iterator[Typed]:
    stamp: tuple[int, bytes] | None = None
    body = 0
    for start, end in _lines(data):
        found = _BASH_STAMP.fullmatch(data, start, end)
        if found is not None:
            if stamp is not None:
                yield from _stamped(data, stamp[0], body, start, _moment(stamp[1]))
            stamp, body = (start, found[1]), end
        elif stamp is None:
            yield Typed(start, end, _text(data[start:end]))
    if stamp is not None:
        yield from _stamped(data, stamp[0], body, len(data), _moment(stamp[1]))


def _stamped(
    data: bytes, start: int, body: int, end: int, when: datetime | None
) -> Iterator[Typed]:
    """The command below a time stamp, with all its lines; then those that a Bash without
    time stamps wrote below it.
    """
    while start < end:
        stop = _line_end(data, body, end)
        lines = 1
        while stop < end and lines < _MOST_LINES and goes_on(_text(data[body:stop])):
            stop = _line_end(data, stop, end)
            lines += 1
        yield Typed(start, stop, _text(data[body:stop]), when)
        start, body, when = stop, stop, None


def _line_end(data: bytes, start: int, end: int) -> int:
    return data.find(b"\n", start, end) + 1 or end


def _going_on(data: bytes, mark: bytes) -> Iterator[tuple[int, int]]:
    """Where each command begins and ends; a line that ends in `mark` goes on."""
    first: int | None = None
    for start, end in _lines(data):
        first = start if first is None else first
        if not data[start:end].rstrip(b"\r\n").endswith(mark):
            yield first, end
            first = None
    if first is not None:
        yield first, len(data)


def _zsh(data: bytes) -> Iterator[Typed]:
    for start, end in _going_on(data, b"\\"):
        found = _ZSH_STAMP.match(data, start, end)
        body = start if found is None else found.end()
        text = _text(_unmetafied(data[body:end]))
        yield Typed(start, end, text, None if found is None else _moment(found[1]))


def _unmetafied(data: bytes) -> bytes:
    """Zsh writes some bytes as 0x83 and the byte with its sixth bit turned."""
    return re.sub(
        rb"\x83(.)", lambda found: bytes([found[1][0] ^ 32]), data, flags=re.DOTALL
    )


def _fish(data: bytes) -> Iterator[Typed]:
    begins = [found.start() for found in re.finditer(rb"^- cmd: ", data, re.MULTILINE)]
    for start, end in pairwise([*begins, len(data)]):
        entry = data[start:end]
        command = entry.removeprefix(b"- cmd: ").partition(b"\n")[0]
        text = _ESCAPED.sub(_plain, _text(command))
        when = _FISH_WHEN.search(entry)
        yield Typed(start, end, text, None if when is None else _moment(when[1]))


def _plain(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] == "n" else escaped[1]


def _powershell(data: bytes) -> Iterator[Typed]:
    for start, end in _going_on(data, b"`"):
        yield Typed(start, end, _text(data[start:end].removeprefix(b"\xef\xbb\xbf")))


_BASH = Shell("Bash", "bash", _bash, ("bash",))
_ZSH = Shell("Zsh", "zsh", _zsh, ("zsh",))
_FISH = Shell("Fish", "fish", _fish, ("fish",))
_POWERSHELL = Shell(
    "PowerShell", "powershell", _powershell, ("pwsh", "pwsh.exe", "powershell.exe")
)
_OF_UNIX = {
    ".bash_history": _BASH,
    ".sh_history": _BASH,
    ".zsh_history": _ZSH,
    ".histfile": _ZSH,
    ".zhistory": _ZSH,
    ".config/zsh/.zsh_history": _ZSH,
    ".local/share/zsh/history": _ZSH,
    ".zsh_sessions/*.history": _ZSH,
    ".bash_sessions/*.history": _BASH,
    ".local/share/fish/fish_history": _FISH,
    "{data}/fish/fish_history": _FISH,
    ".local/share/powershell/PSReadLine/*_history.txt": _POWERSHELL,
}
PLACES: Mapping[Platform, Mapping[str, Shell]] = {
    Platform.LINUX: _OF_UNIX,
    Platform.MACOS: _OF_UNIX,
    Platform.WINDOWS: {
        "{config}/Microsoft/Windows/PowerShell/PSReadLine/*_history.txt": _POWERSHELL,
        ".bash_history": _BASH,
    },
}
"""Patterns of the files, and the shell that writes each."""
