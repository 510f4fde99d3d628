"""Text that came from the machine, safe to show and hard to leak by accident."""

from __future__ import annotations

import unicodedata
from functools import total_ordering

__all__ = ["REPLACEMENT", "SHOWN_LENGTH", "Untrusted", "clean"]

REPLACEMENT = "\ufffd"
SHOWN_LENGTH = 200
"""Characters of one piece of text that are ever shown; the rest becomes an ellipsis."""

_ELLIPSIS = "\u2026"
_SPACES = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_MARKS_IN_A_ROW = 4


def clean(text: str, limit: int = SHOWN_LENGTH) -> str:
    """Return `text` as printable characters on one line, at most `limit` of them.

    White space becomes a space; control characters, undecodable bytes and private
    characters become U+FFFD; invisible formatting (bidi controls, zero-width
    characters, tags) is dropped. `clean(clean(x)) == clean(x)`.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        if character in _SPACES:
            shown = " "
        else:
            category = unicodedata.category(character)
            if category == "Cf":
                continue
            marks = marks + 1 if category in {"Mn", "Me"} else 0
            if marks > _MARKS_IN_A_ROW:
                continue
            shown = REPLACEMENT if category[0] == "C" else character
            if category in {"Zs", "Zl", "Zp"}:
                shown = " "
        kept.append(shown)
        if len(kept) > limit:
            return "".join(kept[: limit - 1]) + _ELLIPSIS
    return "".join(kept)


@total_ordering
class Untrusted:
    """A name, path or label read from the machine.

    `str()` gives the cleaned form, `repr()` hides the text altogether, so that it
    cannot reach a screen raw or stand in a traceback. `raw` is for comparing and
    for plans only. Bytes are taken as UTF-8; what does not decode is kept as
    surrogates in `raw` and shown as U+FFFD.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: str | bytes) -> None:
        self._raw = (
            raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw
        )

    @property
    def raw(self) -> str:
        """The text as it was found. Never print it."""
        return self._raw

    def __str__(self) -> str:
        return clean(self._raw)

    def __repr__(self) -> str:
        return "Untrusted(\u2026)"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Untrusted) and self._raw == other._raw

    def __lt__(self, other: Untrusted) -> bool:
        return self._raw < other._raw

    def __hash__(self) -> int:
        return hash(self._raw)
