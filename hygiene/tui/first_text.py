"""What stands on the screen while Textual loads: the first lines of a page, where the
page will have them. Imports nothing of Textual.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hygiene.terminal.leave_key import leave_key_name
from hygiene.tui.colours import DARK, LIGHT

if TYPE_CHECKING:
    from hygiene.contract.phrases import Phrases

__all__ = ["first_text"]

_NAME = "hygiene"
_MARGIN = "  "
_TRUE_COLOUR = {"truecolor", "24bit"}


def first_text(
    words: Phrases, title: str, leave_key: int, theme: str | None = None
) -> str:
    """Name, way out and the sentence `title`, in the theme's colours where the terminal
    shows them.

    Elsewhere in the terminal's own, so that nothing has to be known of its palette.
    """
    leave = f"{words.say('gate.leave')}  {leave_key_name(leave_key)}"
    room = _width() - 2 * len(_MARGIN) - len(_NAME) - len(leave)
    first = _MARGIN + _NAME + " " * max(1, room) + leave
    below = _MARGIN + words.say(title)
    return f"{_colours(theme)}\x1b[2J\x1b[H{first}\r\n\r\n{below}"


def _width() -> int:
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return 80


def _colours(theme: str | None) -> str:
    if os.environ.get("NO_COLOR") or os.environ.get("COLORTERM") not in _TRUE_COLOUR:
        return ""
    colours = LIGHT if theme == "light" else DARK
    return f"\x1b[38;2;{_parts(colours.text)};48;2;{_parts(colours.background)}m"


def _parts(colour: str) -> str:
    return ";".join(str(part) for part in bytes.fromhex(colour[1:]))
