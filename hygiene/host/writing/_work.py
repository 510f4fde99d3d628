"""What each kind of unit can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hygiene.host.writing._stamps import Stamp
    from hygiene.host.writing._stopping import Stopping

__all__ = ["Work"]


class Work(Protocol):
    """One unit, ready to be carried out."""

    def refuse(self) -> None:
        """Raise, most often `Refused`, if it cannot be carried out now. Changes
        nothing.
        """

    def needs(self) -> int:
        """Bytes of disk that it may need while it is carried out. Raises `OSError`."""

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Carry it out whole, on a store that is still as `stamp` says, or not at all.
        Raises one of `FAILURES`, `Refused` or `Stopped`.
        """
