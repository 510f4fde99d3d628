"""The language this computer speaks."""

from __future__ import annotations

import os
import sys

__all__ = ["system_language"]

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set decides (POSIX, Base Definitions, 8.2)."""


def system_language() -> str:
    """The two letters of the system's language, such as `es`; whatever they are, they
    need not name a language that we have words for.
    """
    told = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return (told or _of_windows())[:2]


def _of_windows() -> str:
    """Windows sets none of the variables: the language its own windows are in."""
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415  only there
    import locale  # noqa: PLC0415

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(number, "")
