"""Two sets of colours, and none. One accent; levels differ by word, mark and weight."""

from __future__ import annotations

from textual.theme import Theme

from hygiene.tui import colours
from hygiene.tui.colours import Colours

__all__ = ["DARK", "LIGHT", "NO_COLOUR", "THEMES"]

_NONE = "ansi_default"


def _variables(of: Colours) -> dict[str, str]:
    return {
        "muted": of.muted,
        "quiet": of.quiet,
        "cursor": of.cursor,
        "cursor-text": of.cursor_text,
        "scrollbar": of.muted,
        "scrollbar-hover": of.accent,
        "scrollbar-active": of.accent,
        "scrollbar-background": of.quiet,
        "scrollbar-background-hover": of.quiet,
        "scrollbar-background-active": of.quiet,
    }


def _theme(name: str, of: Colours, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=of.accent,
        accent=of.accent,
        foreground=of.text,
        background=of.background,
        surface=of.background,
        panel=of.panel,
        variables=_variables(of),
    )


DARK = _theme("dark", colours.DARK, dark=True)
LIGHT = _theme("light", colours.LIGHT, dark=False)

NO_COLOUR = Theme(
    name="no-colour",
    ansi=True,
    primary=_NONE,
    foreground=_NONE,
    background=_NONE,
    surface=_NONE,
    panel=_NONE,
    variables=_variables(Colours(*[_NONE] * 8))
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
