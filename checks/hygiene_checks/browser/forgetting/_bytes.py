"""Whether raw bytes of a store name the site: for stores that have no rows.

What is compressed or encrypted cannot be seen this way; who asks knows which stores are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kind, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract import Home
    from hygiene_checks.browser.forgetting._naming import Names, Naming

__all__ = [
    "addresses_in",
    "holds_address",
    "mentioned_in",
    "mentioned_in_text",
    "mentions",
]

_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]{1,30}\Z")
_LONGEST_SCHEME = 31
_MARK = b"://"
_REST = re.compile(rb"[!-\[\]-~]{1,300}")
_PIECE = 1 << 20
_OVERLAP = 1024
_LETTER = 2
"""Bytes before a piece that tell whether a name begins there."""

_MOST = 256 << 20
"""Bytes that are looked through for one store."""

_PART_OF_NAME = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
)
_DOT = ord(".")


def addresses_in(raw: bytes) -> Iterator[str]:
    """Every text in the bytes that has the form of an address, also where it is written
    with two bytes a letter.
    """
    for view in (raw, raw[::2], raw[1::2]):
        yield from _addresses(view)


def _addresses(raw: bytes) -> Iterator[str]:
    """Found by the mark in the middle: a search for the beginning would try each letter
    of a long word, and hold up every other thread.
    """
    place = 0
    while (mark := raw.find(_MARK, place)) >= 0:
        scheme = _SCHEME.search(raw, max(place, mark - _LONGEST_SCHEME), mark)
        place = mark + len(_MARK)
        rest = _REST.match(raw, place) if scheme else None
        if scheme and rest:
            place = rest.end()
            yield raw[scheme.start() : place].decode("ascii")


def mentioned_in(raw: bytes, naming: Naming, *, first: bool = True) -> bool:
    """Whether the name of the site stands in the bytes as a whole host name, in 8 or 16
    bits a letter: neither as the end of another name nor as its beginning. Unless they
    are the `first` ones of a store, nothing is known of a name at their very start.
    """
    host = naming.hint.encode("ascii", "ignore")
    if not host:
        return False
    folded = raw.lower()
    views = [folded]
    wide = b"\0".join(host[place : place + 1] for place in range(len(host)))
    if wide in folded:
        views += [folded[::2], folded[1::2]]
    edge = 0 if first else ord("-")
    below = naming.site.below
    return any(_stands_alone(view, host, edge, below=below) for view in views)


def mentioned_in_text(text: object, naming: Naming) -> bool:
    """The same for a text; no for anything else."""
    return isinstance(text, str) and mentioned_in(
        text.encode("utf-8", "ignore"), naming
    )


def _stands_alone(raw: bytes, host: bytes, edge: int, *, below: bool) -> bool:
    place = raw.find(host)
    while place >= 0:
        before = raw[place - 1] if place else edge
        after = raw[place + len(host) : place + len(host) + 2]
        starts = before not in _PART_OF_NAME and (below or before != _DOT)
        if starts and not _goes_on(after):
            return True
        place = raw.find(host, place + 1)
    return False


def _goes_on(after: bytes) -> bool:
    """Whether a host name goes on with these bytes."""
    if not after:
        return False
    if after[0] == _DOT:
        return len(after) > 1 and after[1] in _PART_OF_NAME
    return after[0] in _PART_OF_NAME


def mentions(home: Home, path: str, naming: Naming) -> bool:
    """Whether a file, or a file in a folder, has the site's name in its raw bytes or in
    its own name. Raises `CannotLook`; `TOO_LARGE` where there is too much to look at.
    """
    return any(
        mentioned_in(file.rpartition("/")[2].encode("utf-8", "ignore"), naming)
        for file in _files(home, path)
    ) or any(
        mentioned_in(piece, naming, first=first) for piece, first in _pieces(home, path)
    )


def holds_address(home: Home, path: str, names: Names) -> bool:
    """Whether a file, or a file in a folder, has an address in its raw bytes that is
    named. Raises as `mentions` does.
    """
    return any(
        names.address(address)
        for piece, _ in _pieces(home, path)
        for address in addresses_in(piece)
    )


def _pieces(home: Home, path: str) -> Iterator[tuple[bytes, bool]]:
    """The bytes of all files, in pieces that overlap; with each, whether it is the first
    of its file. Raises `CannotLook`.
    """
    left = _MOST
    for file in _files(home, path):
        with home.open(file) as reader:
            for offset in range(0, reader.size, _PIECE):
                begin = max(0, offset - _LETTER)
                piece = reader.read_at(begin, _PIECE + _OVERLAP)
                left -= len(piece)
                if left < 0:
                    raise CannotLook(Why.TOO_LARGE)
                yield piece, not begin


def _files(home: Home, path: str) -> Iterator[str]:
    entry = home.entry(path)
    if entry is None:
        return
    if entry.why is not None:
        raise CannotLook(entry.why)
    if entry.kind is Kind.FILE:
        yield path
        return
    for folder in home.walk(path):
        for name in folder.files:
            yield f"{folder.path}/{name}"
