"""Variables that would make a library write files, logs or pictures (SR-43)."""

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
)


def forget_environment() -> None:
    """Unset them. Called before the first import of Textual, which reads them once.

    `ESCDELAY` writes nothing; a long one would only make Escape feel broken.
    """
    for name in tuple(os.environ):
        if name.startswith(_PREFIXES) or name in _NAMES:
            del os.environ[name]
