"""Units on one file that is replaced whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import EditJson, Kind, Refusal, ReplaceFile
from hygiene.host.json_edits import CannotEdit, edited_document
from hygiene.host.writing import _ground
from hygiene.host.writing._failures import Refused
from hygiene.host.writing._files import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hygiene.host.spots import Spot
    from hygiene.host.writing._stamps import Stamp
    from hygiene.host.writing._stopping import Stopping

__all__ = ["JsonWork", "ReplaceWork"]


@dataclass(frozen=True, slots=True)
class _FileWork:
    spot: Spot

    def refuse(self) -> None:
        """Raise if the file is not ours to write to."""
        _ground.refuse_other_than(Kind.FILE, self.spot)
        _ground.refuse_second_name(self.spot.real)
        _ground.refuse_unless_writable(self.spot.real)


@dataclass(frozen=True, slots=True)
class ReplaceWork(_FileWork):
    """Other bytes for the file at `spot`."""

    step: ReplaceFile

    def needs(self) -> int:
        """The new bytes stand beside the old ones."""
        return len(self.step.after)

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Put the new bytes in the place of the old ones."""
        del stamp, stopping
        replace_file(self.spot, self.step.before, lambda _: self.step.after)


@dataclass(frozen=True, slots=True)
class JsonWork(_FileWork):
    """Members taken out of the JSON document at `spot`, or set, by all of the steps."""

    steps: Sequence[EditJson]

    def refuse(self) -> None:
        """Raise if the file is not ours to write to, or the steps contradict."""
        _FileWork.refuse(self)
        if len({step.before for step in self.steps}) != 1:
            raise Refused(Refusal.CHANGED)

    def needs(self) -> int:
        """The new document is hardly larger than the old one."""
        return 2 * os.lstat(self.spot.real).st_size

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Put the edited document in the place of the old one."""
        del stamp, stopping
        replace_file(self.spot, self.steps[0].before, self._edited)

    def _edited(self, old: bytes) -> bytes:
        remove = [path for step in self.steps for path in step.remove]
        put = [each for step in self.steps for each in step.put]
        try:
            return edited_document(old, remove, put)
        except CannotEdit:
            # The same bytes, and yet the steps do not fit them: a plan of something
            # that is not known well enough.
            raise Refused(Refusal.UNKNOWN_FORMAT) from None
