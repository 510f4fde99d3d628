"""Small text formats that more than one check reads. Standard library only, and the
time each takes grows with the length of the text alone, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

__all__ = ["Pref", "ini_sections", "mozilla_prefs"]

Pref: TypeAlias = bool | int | str

# Where something begins that is a preference, a comment, or a text to step over.
_BEGIN = re.compile(r"//|#|/\*|[\"']|(?:\b(?:user_|sticky_)?pref)[ \t]*\(")
_TEXT = r"\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'"
# A text that never ends is stepped over as well: looked through once, not once a quote.
_QUOTED = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*+\"?|'(?:[^'\\\r\n]|\\.)*+'?")
_PREF = re.compile(
    rf"\s*+({_TEXT})\s*+,\s*+({_TEXT}|true\b|false\b|[-+]?\d{{1,19}})\s*+[,)]"
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_PLAIN = {"n": "\n", "r": "\r"}


def mozilla_prefs(text: str) -> dict[str, Pref]:
    """The preferences in a `prefs.js` or `user.js`, by name; the last one of a name
    counts. What is no preference is passed over.

    The file holds only values that differ from the program's own defaults. Grammar of
    Firefox 153 (`modules/libpref/parser`): `user_pref("name", value);` with a text,
    a whole number, `true` or `false`, and `//`, `#` and `/* */` comments.
    """
    found: dict[str, Pref] = {}
    position = 0
    while begin := _BEGIN.search(text, position):
        position = begin.end()
        if begin[0].endswith("("):
            if pref := _PREF.match(text, position):
                found[_unquoted(pref[1])] = _value(pref[2])
                position = pref.end()
        elif begin[0] in {'"', "'"}:
            if quoted := _QUOTED.match(text, begin.start()):
                position = quoted.end()
        else:
            position = _after(text, "*/" if begin[0] == "/*" else "\n", position)
    return found


def _after(text: str, end: str, position: int) -> int:
    there = text.find(end, position)
    return len(text) if there < 0 else there + len(end)


def _value(written: str) -> Pref:
    if written in {"true", "false"}:
        return written == "true"
    return _unquoted(written) if written[0] in "\"'" else int(written)


def _unquoted(written: str) -> str:
    return _ESCAPE.sub(_character, written[1:-1])


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _PLAIN.get(escape[3], escape[3])


def ini_sections(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The sections of an INI file in their order, each with its values by name. Names
    are as written; the last value of a name counts; lines before the first section
    stand in a section named "". Lines that fit nothing are passed over.
    """
    name = ""
    values: dict[str, str] = {}
    for line in text.removeprefix("\ufeff").splitlines():
        line = line.strip()  # noqa: PLW2901
        if line.startswith("[") and line.endswith("]"):
            yield name, values
            name, values = line[1:-1], {}
        elif line and line[0] not in "#;" and "=" in line:
            key, _, value = line.partition("=")
            values[key.strip()] = value.strip()
    yield name, values
