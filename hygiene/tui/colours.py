"""The colours of both themes, where the first text can have them before Textual loads."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DARK", "LIGHT", "Colours"]


# No dataclass: importing those would take a fifth of the time until the first text.
class Colours(NamedTuple):
    """Six-digit colours. `muted` is text that stands back, `quiet` a surface hardly off
    the background, `cursor` and `cursor_text` the row or door one is on.

    Every text has a contrast of at least 4.5 on every surface it may stand on.
    """

    background: str
    text: str
    muted: str
    accent: str
    panel: str
    quiet: str
    cursor: str
    cursor_text: str


DARK = Colours(
    background="#161b20",
    text="#dbe1e6",
    muted="#9aa7b1",
    accent="#8fcabf",
    panel="#222a31",
    quiet="#1e252b",
    cursor="#2f4a4b",
    cursor_text="#ffffff",
)

LIGHT = Colours(
    background="#faf8f4",
    text="#20272c",
    muted="#56616a",
    accent="#0b5f55",
    panel="#ece9e2",
    quiet="#f1eee8",
    cursor="#cfe3de",
    cursor_text="#10201d",
)
