"""The guides: contents, where to start, one page, search, and a page as plain
text.

The pages themselves are the package `hygiene_guides`, reached by name as a resource and
never imported from here, so that they can be installed, edited or zipped on their own.
"""

from hygiene.guides.notes import notes
from hygiene.guides.page import Guide
from hygiene.guides.plain import plain_text
from hygiene.guides.searching import Hit, search
from hygiene.guides.shelf import Group, NoGuidesError, contents, find
from hygiene.guides.start import Worry, start

__all__ = [
    "Group",
    "Guide",
    "Hit",
    "NoGuidesError",
    "Worry",
    "contents",
    "find",
    "notes",
    "plain_text",
    "search",
    "start",
]
