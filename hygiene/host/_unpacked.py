"""The UTF-8 text of a JSON file, piece by piece, also of Mozilla's compressed form."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host import mozlz4

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract.home import Reader

__all__ = ["pieces"]

_PIECE = 64 << 10
_READ_AT_ONCE = 16 << 20
"""Of the compressed block, which is needed whole."""


def pieces(reader: Reader, limit: int | None) -> Iterator[bytes]:
    """Valid UTF-8 without a byte order mark; what does not decode becomes U+FFFD.
    Raises `CannotLook`: `TOO_LARGE` above `limit` bytes, packed or unpacked.
    """
    if limit is not None and reader.size > limit:
        raise CannotLook(Why.TOO_LARGE)
    packed = mozlz4.is_packed(reader.read_at(0, mozlz4.HEADER))
    raw = _unpacked(reader, limit) if packed else _plain(reader)
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    for piece in raw:
        # A piece may be less than one character; to the parser no bytes mean the end.
        if text := decoder.decode(piece):
            yield text.encode()
    if text := decoder.decode(b"", final=True):
        yield text.encode()


def _plain(reader: Reader) -> Iterator[bytes]:
    for offset in range(0, reader.size, _PIECE):
        yield reader.read_at(offset, _PIECE)


def _unpacked(reader: Reader, limit: int | None) -> Iterator[bytes]:
    header = reader.read_at(0, mozlz4.HEADER)
    most = mozlz4.LARGEST_UNPACKED if limit is None else limit
    size = mozlz4.size_of(header, reader.size - mozlz4.HEADER, most)
    text = mozlz4.unpacked_block(_block(reader), size)
    for offset in range(0, len(text), _PIECE):
        # Reads nothing, and says that work goes on.
        reader.read_at(0, 0)
        yield bytes(text[offset : offset + _PIECE])


def _block(reader: Reader) -> bytes:
    end = min(reader.size, mozlz4.LARGEST_UNPACKED)
    offsets = range(mozlz4.HEADER, end, _READ_AT_ONCE)
    return b"".join(reader.read_at(offset, _READ_AT_ONCE) for offset in offsets)
