"""Whether a command of Bash goes on with the next line.

Bash writes a command of several lines as it was typed where it writes time stamps too
(`lithist`, quoted line ends), and nothing in the file tells its lines from those that a
Bash without time stamps wrote below it (histfile.c of Readline 8.2). What the shell itself
would wait for tells: an open quotation, a loop that has no end yet.
"""

from __future__ import annotations

import re

__all__ = ["goes_on"]

_LONGEST = 20_000
"""Characters of a command that are looked at; a longer one is taken to have ended."""
_TOKEN = re.compile(
    r"""\\.|'[^']*'|"(?:\\.|[^"\\])*"|\$'(?:\\.|[^'\\])*'
    |(?P<open>\\\Z|\$?'|")|\#[^\n]*
    |<<<|<<-?[ \t]*\\?['"]?(?P<until>[A-Za-z_]\w*)['"]?
    |&&|\|\||[|&;(){}\n<$]|[^\s\\'"|&;(){}<$]+""",
    re.DOTALL | re.VERBOSE,
)
_OPENS = {"for": 1, "while": 1, "until": 1, "select": 1, "if": 1, "case": 1, "{": 1}
_ENDS = {"done": -1, "fi": -1, "esac": -1, "}": -1}
_BEFORE_A_COMMAND = frozenset(
    {
        *("", "\n", ";", "&", "&&", "||", "|", "(", "{", ")", "!", "time"),
        *("do", "then", "else", "elif", "if", "while", "until"),
    }
)
_WAIT_FOR_MORE = frozenset({"&&", "||", "|"})


def goes_on(command: str) -> bool:
    """Whether the shell would wait for another line. Where that is hard to tell it says
    no: then fewer lines belong together, and fewer go.
    """
    if len(command) > _LONGEST:
        return False
    depth = parentheses = 0
    last = ""
    for found in _TOKEN.finditer(command):
        word = found[0]
        if found["open"]:
            return True
        if found["until"] and not parentheses:
            end = re.compile(rf"^\t*{found['until']}$", re.MULTILINE)
            if not end.search(command, found.end()):
                return True
        if word[0] == "#" or (word == "\n" and last in _WAIT_FOR_MORE):
            continue
        if word in "()":
            parentheses = max(0, parentheses + (1 if word == "(" else -1))
        elif last in _BEFORE_A_COMMAND:
            depth = max(0, depth + _OPENS.get(word, 0) + _ENDS.get(word, 0))
        last = word
    return depth > 0 or parentheses > 0 or last in _WAIT_FOR_MORE
