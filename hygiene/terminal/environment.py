"""Variables that mislead a library: into writing files, logs or pictures (SR-43), or
into drawing for another window than this one.
"""

import os

__all__ = ["forget_environment"]

_PREFIXES = ("TEXTUAL", "RICH_")
_NAMES = (
    "PYTHONSTARTUP",
    "PYTHONINSPECT",
    "PYTHONBREAKPOINT",
    "PYTHONASYNCIODEBUG",
    "PYTHONFAULTHANDLER",
    "PYTHONTRACEMALLOC",
    "SSLKEYLOGFILE",
    "ESCDELAY",
    "COLUMNS",
    "LINES",
)


def forget_environment() -> None:
    """Unset them. Called before the first import of Textual, which reads them once.

    The last three write nothing. A long `ESCDELAY` makes Escape feel broken; `COLUMNS`
    and `LINES` are believed before the terminal itself, whose size they may not have,
    and a huge one takes all the memory there is.
    """
    for name in tuple(os.environ):
        if name.startswith(_PREFIXES) or name in _NAMES:
            del os.environ[name]
