"""Logs: batches of changes that no table has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host.leveldb._numbers import sliced
from hygiene.host.leveldb._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract.home import Reader

__all__ = ["DELETED", "PUT", "changes"]

_HEADER = 12
"""Sequence number of the first change (8 bytes) and number of changes (4)."""

DELETED, PUT = 0, 1


def changes(file: Reader) -> Iterator[tuple[bytes, int, int, bytes]]:
    """Every change as key, sequence number, kind (`DELETED` or `PUT`) and value."""
    for batch in records(file):
        if len(batch) < _HEADER:
            raise CannotLook(Why.DAMAGED)
        sequence = int.from_bytes(batch[:8], "little")
        count = int.from_bytes(batch[8:_HEADER], "little")
        at = _HEADER
        while at < len(batch) and count:
            kind = batch[at]
            key, at = sliced(batch, at + 1)
            value = b""
            if kind == PUT:
                value, at = sliced(batch, at)
            elif kind != DELETED:
                raise CannotLook(Why.DAMAGED)
            yield key, sequence, kind, value
            sequence += 1
            count -= 1
        if count or at < len(batch):
            raise CannotLook(Why.DAMAGED)
