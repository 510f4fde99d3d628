"""What only macOS knows: the folders whose reading makes the system ask."""

from __future__ import annotations

from fnmatch import fnmatchcase

__all__ = ["asks_before"]

# Apple Platform Security, "Controlling app access to files", and the services of
# tccutil(1): Desktop, Documents, Downloads, file providers, Photos, Contacts,
# Calendars, Reminders, and since macOS 14 the data of other apps. Full Disk Access
# (Safari, Mail, Messages) never asks: it answers that the operation is not permitted.
_ASKS = (
    ("desktop",),
    ("documents",),
    ("downloads",),
    ("pictures", "*.photoslibrary"),
    ("library", "mobile documents"),
    ("library", "cloudstorage"),
    ("library", "containers", "*"),
    ("library", "group containers", "*"),
    ("library", "application support", "addressbook"),
    ("library", "calendars"),
    ("library", "reminders"),
)
_DEEPEST = max(map(len, _ASKS))


def asks_before(path: str) -> bool:
    """Whether macOS puts up a question before a program may list or read the folder
    at `path`, which is relative to the home (SR-62). Not so for what lies below it.
    """
    names = path.casefold().split("/", _DEEPEST)
    return any(
        len(names) == len(guarded) and all(map(fnmatchcase, names, guarded))
        for guarded in _ASKS
    )
