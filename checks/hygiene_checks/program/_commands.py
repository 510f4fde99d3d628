"""Whether a line that was typed into a shell starts this program, or puts it in."""

from __future__ import annotations

import re

__all__ = ["starts_this_program"]

_LONGEST = 20_000
"""Characters of one line that are read; nobody types more."""
_TOKENS = re.compile(r"""[;|&\n(){}]+|(?:"[^"]*"|'[^']*'|[^\s;|&(){}"'])+|["']""")
"""What parts commands from each other, and the words of them, quoted ones whole."""
_PARTING = frozenset(";|&\n(){}")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=|\$env:\w+\s*=")

_BEFORE_A_COMMAND = frozenset(
    {
        *("sudo", "doas", "exec", "command", "builtin", "time", "nohup", "nice", "env"),
        *("start", "call", "then", "do", "else", "!", "tsocks", "script"),
        *("if", "elif", "while", "until", "begin", "not", "and", "or"),
    }
)
"""What may stand before the name of a program without being one itself."""
_RUNS_A_MODULE = re.compile(r"(python|py|pypy)[\d.]*(w)?(\.exe)?")
_NAME = "hygiene"
"""Stands in whatever starts it or puts it in."""
_NAMES = frozenset({_NAME, f"{_NAME}.exe"})
_PACKAGE = re.compile(r"privacy[-_.]hygiene(\[.*\])?([=<>~!@].*)?|privacy_hygiene-\S+")
_INSTALLERS = frozenset({"pip", "pip3", "pipx", "uv", "uvx", "conda"})


def starts_this_program(line: str) -> bool:
    """Whether one of the commands of the line is this program by its own name, its
    module run by Python, or something that installs or removes its package. A line that
    only mentions the name (`ls hygiene`, `cat dental-hygiene.txt`) is not one.
    """
    line = line[:_LONGEST]
    return _NAME in line.lower() and any(map(_is_ours, _commands(line)))


def _commands(line: str) -> list[list[str]]:
    """The words of each command of a line."""
    commands: list[list[str]] = [[]]
    for token in _TOKENS.findall(line):
        if token[0] in _PARTING:
            commands.append([])
        else:
            commands[-1].append(token.strip("\"'"))
    return commands


def _is_ours(words: list[str]) -> bool:
    words = [*words]
    while words and (
        words[0] in _BEFORE_A_COMMAND
        or words[0].startswith("-")
        or _ASSIGNMENT.match(words[0])
    ):
        words.pop(0)
    if not words:
        return False
    name, rest = _last_part(words[0]), words[1:]
    if name in _NAMES:
        return True
    if _RUNS_A_MODULE.fullmatch(name):
        return _runs_us(rest)
    return name in _INSTALLERS and any(map(_PACKAGE.fullmatch, map(_last_part, rest)))


def _runs_us(words: list[str]) -> bool:
    """`python ... -m hygiene`, or `-m pip install privacy-hygiene`."""
    if "-m" not in words[:-1]:
        return any(_last_part(each) in _NAMES for each in words[:2])
    module, *rest = words[words.index("-m") + 1 :]
    if module.split(".")[0] == "hygiene":
        return True
    return module in _INSTALLERS and any(map(_PACKAGE.fullmatch, rest))


def _last_part(path: str) -> str:
    return re.split(r"[/\\]", path)[-1].lower()
