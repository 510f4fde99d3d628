"""Lines that a person types, read so that something else can be done while none comes."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from hygiene.terminal._windows_lines import Lines
else:
    from hygiene.terminal._posix_lines import Lines

__all__ = ["Lines"]
