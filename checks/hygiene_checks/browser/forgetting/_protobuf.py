"""Texts inside messages of Protocol Buffers whose definition is not needed.

Encoding: a message is a row of tagged fields; a field of wire type 2 has a length and
that many bytes, which are a text, raw bytes or a message again.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["texts_in"]

_DEEPEST = 12
_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_FIXED = {_FIXED_64: 8, _FIXED_32: 4}
_LONGEST_NUMBER = 10
_KIND = 7
_FIELD = 3


def texts_in(message: bytes, depth: int = 0) -> Iterator[str]:
    """Every field, at any depth, that can be read as text. A message that is cut off or
    is none gives those before the place where that shows.
    """
    if depth > _DEEPEST:
        return
    place = 0
    while place < len(message):
        tag, place = _number(message, place)
        kind = tag & _KIND
        if place < 0 or not tag >> _FIELD:
            return
        if kind == _BYTES:
            length, place = _number(message, place)
            if place < 0 or place + length > len(message):
                return
            content = message[place : place + length]
            place += length
            yield from _text(content)
            yield from texts_in(content, depth + 1)
        elif kind in _FIXED:
            place += _FIXED[kind]
        elif kind == _VARINT:
            _, place = _number(message, place)
            if place < 0:
                return
        else:
            return


def _text(content: bytes) -> Iterator[str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if text.isprintable():
        yield text


def _number(message: bytes, place: int) -> tuple[int, int]:
    """A number of variable length and the place after it, which is -1 at the end."""
    value = 0
    for step in range(_LONGEST_NUMBER):
        if place + step >= len(message):
            return 0, -1
        byte = message[place + step]
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return value, place + step + 1
    return 0, -1
