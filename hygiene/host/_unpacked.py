"""The UTF-8 text of a JSON file, piece by piece, also of Mozilla's compressed form."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hygiene.contract.home import Reader

__all__ = ["LARGEST_UNPACKED", "pieces"]

LARGEST_UNPACKED = 128 << 20
"""Bytes that a compressed document may say it holds."""

_PIECE = 64 << 10
_READ_AT_ONCE = 16 << 20
"""Of the compressed block, which is needed whole."""

# Firefox 153, toolkit/components/lz4: these bytes, the size of the text as 32 bits
# little endian, then one LZ4 block without a frame.
_MAGIC = b"mozLz40\0"
_HEADER = len(_MAGIC) + 4
_BEST_RATIO = 255
"""No LZ4 block holds more than this many times its own size."""


def pieces(reader: Reader, limit: int | None) -> Iterator[bytes]:
    """Valid UTF-8 without a byte order mark; what does not decode becomes U+FFFD.
    Raises `CannotLook`: `TOO_LARGE` above `limit` bytes, packed or unpacked.
    """
    if limit is not None and reader.size > limit:
        raise CannotLook(Why.TOO_LARGE)
    packed = reader.read_at(0, _HEADER).startswith(_MAGIC)
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
    claimed = int.from_bytes(reader.read_at(len(_MAGIC), 4), "little")
    if claimed > min(LARGEST_UNPACKED, limit or LARGEST_UNPACKED):
        raise CannotLook(Why.TOO_LARGE)
    if claimed > (reader.size - _HEADER) * _BEST_RATIO:
        raise CannotLook(Why.DAMAGED)
    text = memoryview(_block(reader, claimed))
    for offset in range(0, len(text), _PIECE):
        # Reads nothing, and says that work goes on.
        reader.read_at(0, 0)
        yield bytes(text[offset : offset + _PIECE])


def _block(reader: Reader, size: int) -> bytes:
    # The library lets other threads run while it unpacks, so one call may be long.
    import cramjam  # noqa: PLC0415 - only compressed documents need it

    offsets = range(_HEADER, min(reader.size, LARGEST_UNPACKED), _READ_AT_ONCE)
    packed = b"".join(reader.read_at(offset, _READ_AT_ONCE) for offset in offsets)
    try:
        return bytes(cramjam.lz4.decompress_block(packed, output_len=size))
    except Exception:  # noqa: BLE001 - any bytes may stand there
        raise CannotLook(Why.DAMAGED) from None
