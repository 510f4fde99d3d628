"""Mozilla's compressed form of a document.

Firefox 153, toolkit/components/lz4: eight bytes, the size of the text as 32 bits little
endian, then one LZ4 block without a frame.
"""

from __future__ import annotations

from typing import Final

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._joined import joined

__all__ = [
    "HEADER",
    "LARGEST_UNPACKED",
    "is_packed",
    "packed",
    "size_of",
    "unpacked",
    "unpacked_block",
]

_MAGIC: Final = b"mozLz40\0"
HEADER: Final = len(_MAGIC) + 4
"""Bytes before the block."""

LARGEST_UNPACKED: Final = 128 << 20
"""Bytes that a compressed document may say it holds."""

_BEST_RATIO = 255
"""No LZ4 block holds more than this many times its own size."""


def is_packed(data: bytes) -> bool:
    """Whether a file that begins so has this form."""
    return data.startswith(_MAGIC)


def size_of(header: bytes, block: int, limit: int = LARGEST_UNPACKED) -> int:
    """Bytes of the text before a block of `block` bytes. Raises `CannotLook`:
    `TOO_LARGE` above `limit`, `DAMAGED`.
    """
    size = int.from_bytes(header[len(_MAGIC) : HEADER], "little")
    if size > min(LARGEST_UNPACKED, limit):
        raise CannotLook(Why.TOO_LARGE)
    if size > block * _BEST_RATIO:
        raise CannotLook(Why.DAMAGED)
    return size


def unpacked(data: bytes) -> bytes:
    """The text of a whole file. Raises `CannotLook`."""
    size = size_of(data[:HEADER], len(data) - HEADER)
    return joined([unpacked_block(memoryview(data)[HEADER:], size)])


def unpacked_block(block: bytes | memoryview, size: int) -> memoryview:
    """The text of one block that says it holds `size` bytes. Raises `CannotLook`."""
    # The library lets other threads run while it works, so one call may be long.
    import cramjam  # noqa: PLC0415 - only compressed documents need it

    try:
        return memoryview(cramjam.lz4.decompress_block(block, output_len=size))
    except Exception:  # noqa: BLE001 - any bytes may stand there
        raise CannotLook(Why.DAMAGED) from None


def packed(text: bytes) -> bytes:
    """The whole file of a text."""
    import cramjam  # noqa: PLC0415 - only compressed documents need it

    block = cramjam.lz4.compress_block(text, store_size=False)
    return joined((_MAGIC, len(text).to_bytes(4, "little"), memoryview(block)))
