"""Standard input, output and error: always there, and no character is a fault of ours."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

__all__ = ["mend_streams"]

_STREAMS = {"stdin": "r", "stdout": "w", "stderr": "w"}
"""In the order of their descriptors."""


def mend_streams() -> None:
    """Put the null device where one of them is closed, and let input and output replace
    a character that their encoding does not have.

    A closed one leaves its descriptor free: the next file that is opened would get it,
    and what is meant for the person would be written there.
    """
    for name, mode in _STREAMS.items():
        stream = getattr(sys, name)
        if stream is None:
            null = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115  kept open
            setattr(sys, name, null)
            setattr(sys, f"__{name}__", null)
        elif isinstance(stream, TextIOWrapper) and stream is not sys.stderr:
            stream.reconfigure(errors="replace")
