"""The same job as the screens in numbered lines, for screen readers and plain terminals.

Ordinary output only: no colour, no cursor movement, one idea a line (broken between
words where the terminal ends), until the end clears the window (SR-48).
"""

from hygiene.plain.reading import print_guide, print_sheet
from hygiene.plain.walk import run_plain

__all__ = ["print_guide", "print_sheet", "run_plain"]
