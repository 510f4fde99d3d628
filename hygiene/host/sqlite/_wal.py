"""Write-ahead logs: which log it is, and whether something was added to it.

SQLite reads the log itself; here it is only told apart from others. Layout: section
"The Write-Ahead Log" of SQLite's file format document.
"""

from __future__ import annotations

import hashlib
import struct

from hygiene.host.sqlite._parts import Part

__all__ = ["HEADER_SIZE", "frames", "generation"]

HEADER_SIZE = 32
_FRAME_HEADER_SIZE = 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_NUMBER = struct.Struct(">I")
_SALTS = slice(16, 24)
_FRAME_SALTS = slice(8, 16)
_NO_PAGE = bytes(4)


def generation(header: bytes) -> bytes | None:
    """What tells this run of the log from every other: its header, with salts that
    change each time the log begins anew. None if it is no header of a log.
    """
    if len(header) < HEADER_SIZE:
        return None
    header = header[:HEADER_SIZE]
    order = _MAGIC.get(_NUMBER.unpack_from(header)[0])
    if order is None:
        return None
    words = struct.unpack(f"{order}6I", header[:24])
    a = b = 0
    for even, odd in zip(words[::2], words[1::2], strict=True):
        a = (a + even + b) & 0xFFFFFFFF
        b = (b + odd + a) & 0xFFFFFFFF
    return header if (a, b) == struct.unpack(">2I", header[24:]) else None


def frames(log: Part) -> bytes:
    """A digest of the frames of this run: the same if none was added or replaced."""
    header = log.read_at(0, HEADER_SIZE)
    if len(header) < HEADER_SIZE:
        return b""
    step = _FRAME_HEADER_SIZE + _NUMBER.unpack_from(header, 8)[0]
    digest = hashlib.sha256(header)
    for at in range(HEADER_SIZE, log.size, step):
        frame = log.read_at(at, _FRAME_HEADER_SIZE)
        if frame[_FRAME_SALTS] != header[_SALTS] or frame.startswith(_NO_PAGE):
            break
        digest.update(frame)
    return digest.digest()
