"""Carries out the steps of a plan, a store at a time, whole or not at all: the first of
the two places that write.

Whatever moment it is stopped or killed at, a store is as before or as after once its own
program has opened it: SQLite has its journal, LevelDB its `CURRENT`, other files are
written beside and renamed, folders are renamed before they are emptied.
"""

from hygiene.host.leftovers import is_leftover
from hygiene.host.writing._stamps import Stamp
from hygiene.host.writing._stopping import Stopped
from hygiene.host.writing._writer import Writer

__all__ = ["Stamp", "Stopped", "Writer", "is_leftover"]
