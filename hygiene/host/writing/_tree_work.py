"""Units that remove a file or a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Kind, Refusal
from hygiene.host import locks
from hygiene.host.windows import is_link
from hygiene.host.writing import _ground
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._trees import is_more_than_a_store, remove_tree

if TYPE_CHECKING:
    from hygiene.host.home import DiskHome
    from hygiene.host.spots import Spot
    from hygiene.host.writing._stamps import Stamp
    from hygiene.host.writing._stopping import Stopping

__all__ = ["TreeWork"]

_LOCK = "LOCK"
"""LevelDB's."""
_LOCKED = (".sqlite", ".db")


@dataclass(frozen=True, slots=True)
class TreeWork:
    """What stands at `spot`, with all below it."""

    home: DiskHome
    spot: Spot

    def refuse(self) -> None:
        """Raise if it is more than a store, leads elsewhere, or may not be removed."""
        if self._is_link() or self.spot.kind is Kind.OTHER:
            raise Refused(Refusal.LEADS_ELSEWHERE)
        if is_more_than_a_store(self.home, self.spot):
            raise Refused(Refusal.NOT_SUPPORTED)
        _ground.refuse_second_name(self.spot.real)
        _ground.refuse_unless_writable(self.spot.real)
        if self.spot.kind is Kind.FOLDER:
            self._refuse_what_is_below()
        else:
            _refuse_in_use(self.spot.real)

    def _is_link(self) -> bool:
        """Whether the last name of the path is a link: without what it leads to it would
        be in the way of the program.
        """
        folder, _, name = self.spot.path.rpartition("/")
        around = self.home.spot(folder)
        return around is None or is_link(os.lstat(os.path.join(around.real, name)))

    def _refuse_what_is_below(self) -> None:
        for entry in _ground.own_below(self.spot.real):
            if entry.is_folder:
                _ground.refuse_unless_writable(entry.path)
            elif not is_link(entry.status):
                _refuse_in_use(entry.path)

    def needs(self) -> int:
        """Nothing is written."""
        return 0

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Remove it."""
        del stamp
        remove_tree(self.spot.real, stopping.check)


def _refuse_in_use(real: str) -> None:
    """Raise `Refused` for what a program has locked: those that it locks by their names
    are asked for, and no others, because a cache has very many.
    """
    name = os.path.basename(real)
    if (name == _LOCK or name.endswith(_LOCKED)) and locks.in_use(real):
        raise Refused(Refusal.OPEN)
