"""Rollback journals: the pages as they were before a change that is not finished.

Layout: section "The Rollback Journal" of SQLite's file format document; played back as
pager.c of SQLite 3.54 does. At the start of a sector stands a header: magic, number of
records, first value of the checksums, pages of the database before the change, sector
size, page size. Behind it stand the records: page number, page, checksum.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hygiene.contract import CannotLook, Why
from hygiene.host.sqlite._parts import Part, Torn

__all__ = ["HEADER_SIZE", "Originals", "RolledBack", "originals", "transaction"]

HEADER_SIZE = 28
_HEADER = struct.Struct(">8sIIIII")
_MAGIC = bytes.fromhex("d9d505f920a163d7")
_NUMBER = struct.Struct(">I")
_SHORT = struct.Struct(">H")
_PAGE_SIZES = frozenset(1 << n for n in range(9, 17))
_SECTOR_SIZES = frozenset(1 << n for n in range(5, 17))
_LARGEST_PAGE = 1 << 16
_PAGE_SIZE_AT = 16
_LOCK_BYTE = 0x40000000
_AS_MANY_AS_FIT = 0xFFFFFFFF
_SUMMED_EVERY = 200
_TICK_EVERY = 256


@dataclass(frozen=True, slots=True)
class Originals:
    """A database of `pages` pages of `page_size` bytes, and where in the journal the
    original of a page stands: page number to offset.
    """

    page_size: int
    pages: int
    places: dict[int, int] = field(default_factory=dict)


def transaction(header: bytes) -> bytes | None:
    """What tells the transaction of a journal from every other. None when there is none
    to undo: the journal is empty, its header wiped, or it is something else.
    """
    if len(header) < HEADER_SIZE:
        return None
    magic, _, checksum, pages, sector, page_size = _HEADER.unpack_from(header)
    # Before SQLite 3.5.9 the page size was left out.
    known = page_size in _PAGE_SIZES or page_size == 0
    if magic != _MAGIC or not known or sector not in _SECTOR_SIZES:
        return None
    return _HEADER.pack(magic, 0, checksum, pages, sector, page_size)


def originals(journal: Part, main: Part, tick: Callable[[], None]) -> Originals | None:
    """What rolling `main` back would restore, or None if there is no transaction.
    Raises `CannotLook` where that depends on other files.
    """
    first = journal.read_at(0, HEADER_SIZE)
    if transaction(first) is None:
        return None
    if _names_a_super_journal(journal):
        # SQLite rolls back while the file of that name is there, and else does not. It
        # may lie anywhere, and no program that we read changes stores that way.
        raise CannotLook(Why.UNKNOWN_FORMAT)
    _, _, _, pages, sector, page_size = _HEADER.unpack(first)
    found = Originals(page_size or _page_size(main), pages)
    last = _LOCK_BYTE // found.page_size
    for done, (page, place) in enumerate(_records(journal, sector, found.page_size)):
        if page in {0, last + 1}:
            break
        if page <= pages:
            found.places.setdefault(page, place)
        if done % _TICK_EVERY == 0:
            tick()
    return found


def _names_a_super_journal(journal: Part) -> bool:
    """Whether the journal ends with such a name: page number of the lock byte, name,
    its length, its checksum, magic (SQLite 3.54, pager.c, `readSuperJournal`).
    """
    end = journal.read_at(max(0, journal.size - len(_MAGIC)), len(_MAGIC))
    return end == _MAGIC


def _page_size(main: Part) -> int:
    (size,) = _SHORT.unpack(main.read_at(_PAGE_SIZE_AT, _SHORT.size).ljust(2, b"\0"))
    return size if size in _PAGE_SIZES else _LARGEST_PAGE


def _records(journal: Part, sector: int, page_size: int) -> Iterator[tuple[int, int]]:
    """Page number and offset of each record, up to the first that is not whole."""
    record = page_size + 2 * _NUMBER.size
    at = 0
    while at + sector <= journal.size:
        header = journal.read_at(at, HEADER_SIZE)
        # It may be shorter by now than when it was measured.
        if len(header) < HEADER_SIZE or not header.startswith(_MAGIC):
            return
        _, count, start, *_ = _HEADER.unpack(header)
        at += sector
        if count == _AS_MANY_AS_FIT:
            count = (journal.size - at) // record
        for _ in range(count):
            data = journal.read_at(at, record)
            if len(data) < record or not _is_sound(data, start):
                return
            yield _NUMBER.unpack_from(data)[0], at + _NUMBER.size
            at += record
        at = -(-at // sector) * sector


def _is_sound(record: bytes, start: int) -> bool:
    page = record[_NUMBER.size : -_NUMBER.size]
    total = start + sum(page[len(page) - _SUMMED_EVERY : 0 : -_SUMMED_EVERY])
    (expected,) = _NUMBER.unpack_from(record, len(record) - _NUMBER.size)
    return bool(total & 0xFFFFFFFF == expected)


class RolledBack:
    """The main file as it would be after rolling back."""

    def __init__(self, main: Part, journal: Part, known: Originals) -> None:
        self._main = main
        self._journal = journal
        self._known = known
        self.size = known.pages * known.page_size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        length = min(length, self.size - offset)
        page_size = self._known.page_size
        parts = []
        while length > 0:
            page, start = divmod(offset, page_size)
            part = self._within(page + 1, start, min(length, page_size - start))
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(parts)

    def _within(self, page: int, start: int, length: int) -> bytes:
        place = self._known.places.get(page)
        if place is not None:
            part = self._journal.read_at(place + start, length)
            if len(part) < length:
                raise Torn
            return part
        offset = (page - 1) * self._known.page_size + start
        # A file cut short is as long again after rolling back, with nothing in it.
        return self._main.read_at(offset, length).ljust(length, b"\0")
