"""Writes new files where the person says: the second of the two modules that write.

Nothing that is there already is ever changed.
"""

from hygiene.host.copying.archive import LEAST_LETTERS, archive_out
from hygiene.host.copying.faithful import copy_out
from hygiene.host.copying.lists import About
from hygiene.host.copying.new_file import (
    AlreadyThereError,
    CannotSaveError,
    ElsewhereError,
    Target,
    save,
)
from hygiene.host.copying.report import CopyReport, Failed, Refused, Saved, SaveRefused
from hygiene.host.copying.sources import Sources
from hygiene.host.copying.work import Stopped, Work

__all__ = [
    "LEAST_LETTERS",
    "About",
    "AlreadyThereError",
    "CannotSaveError",
    "CopyReport",
    "ElsewhereError",
    "Failed",
    "Refused",
    "SaveRefused",
    "Saved",
    "Sources",
    "Stopped",
    "Target",
    "Work",
    "archive_out",
    "copy_out",
    "save",
]
