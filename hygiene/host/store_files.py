"""The files of one SQLite store in a home."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook
from hygiene.host._source import FdSource, Signature
from hygiene.host.opening import cannot_look, open_quietly, refuse_unless_regular

if TYPE_CHECKING:
    from hygiene.host.spots import Spot
    from hygiene.host.tree import Tree

__all__ = ["FilesBeside"]


class FilesBeside:
    """The store at `path` of a home and what stands beside it; `sqlite.StoreFiles`."""

    def __init__(self, tree: Tree, path: str) -> None:
        self._tree = tree
        self._path = path

    def open(self, suffix: str) -> FdSource | None:
        """Open the file afresh by its name, or None if it is not there."""
        spot = self._spot(suffix)
        if spot is None:
            return None
        try:
            source = FdSource(open_quietly(spot.real))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot_look(error) from None
        try:
            refuse_unless_regular(os.fstat(source.fd))
        except CannotLook:
            source.close()
            raise
        return source

    def signature(self, suffix: str) -> Signature | None:
        """What stands under the name now, or None. Opens nothing."""
        spot = self._spot(suffix)
        return (
            None if spot is None or spot.status is None else Signature.of(spot.status)
        )

    def _spot(self, suffix: str) -> Spot | None:
        spot = self._tree.locate(self._path)
        if suffix and spot is not None and spot.real:
            # SQLite keeps these beside the file itself, not beside a link to it.
            spot = self._tree.locate(spot.real + suffix)
        if spot is not None and spot.status is not None:
            refuse_unless_regular(spot.status)
        if spot is not None and spot.why is not None:
            raise CannotLook(spot.why)
        return spot
