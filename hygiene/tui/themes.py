"""Two sets of colours, and none.

Every text colour has a contrast of at least 4.5 on every background it may stand on.
One accent; levels differ by word, mark and weight first.
"""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "NO_COLOUR", "THEMES"]


def _variables(
    *, muted: str, quiet: str, cursor: str, cursor_text: str, accent: str
) -> dict[str, str]:
    """`muted` is text that stands back, `quiet` a surface hardly off the background."""
    return {
        "muted": muted,
        "quiet": quiet,
        "cursor": cursor,
        "cursor-text": cursor_text,
        "scrollbar": muted,
        "scrollbar-hover": accent,
        "scrollbar-active": accent,
        "scrollbar-background": quiet,
        "scrollbar-background-hover": quiet,
        "scrollbar-background-active": quiet,
    }


DARK = Theme(
    name="dark",
    dark=True,
    primary="#8fcabf",
    accent="#8fcabf",
    foreground="#dbe1e6",
    background="#161b20",
    surface="#161b20",
    panel="#222a31",
    variables=_variables(
        muted="#9aa7b1",
        quiet="#1e252b",
        cursor="#2f4a4b",
        cursor_text="#ffffff",
        accent="#8fcabf",
    ),
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#0b5f55",
    accent="#0b5f55",
    foreground="#20272c",
    background="#faf8f4",
    surface="#faf8f4",
    panel="#ece9e2",
    variables=_variables(
        muted="#56616a",
        quiet="#f1eee8",
        cursor="#cfe3de",
        cursor_text="#10201d",
        accent="#0b5f55",
    ),
)

_NONE = "ansi_default"
NO_COLOUR = Theme(
    name="no-colour",
    ansi=True,
    primary=_NONE,
    foreground=_NONE,
    background=_NONE,
    surface=_NONE,
    panel=_NONE,
    variables=_variables(
        muted=_NONE, quiet=_NONE, cursor=_NONE, cursor_text=_NONE, accent=_NONE
    )
    | {
        "ansi-background": _NONE,
        "ansi-foreground": _NONE,
        "border": _NONE,
        "border-blurred": _NONE,
        "input-cursor-background": _NONE,
        "input-cursor-foreground": _NONE,
        "input-cursor-text-style": "reverse",
    },
)
"""For `NO_COLOR`: the terminal's own two colours; the cursor is reversed."""

THEMES = (DARK, LIGHT, NO_COLOUR)
