"""Writes a Windows registry hive, such as `NTUSER.DAT`, for a made-up home.

Layout: msuhanov/regf, "Windows registry file format specification", version 1.5.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["write_hive"]

Value: TypeAlias = str | int | bytes | tuple[str, ...]

_BASE_BLOCK = 4096
_BIN_HEADER = 32
_KEY_RECORD = 76
_NONE = 0xFFFFFFFF
_INLINE = 0x80000000
_LONGEST_INLINE = 4
_LONGEST_DATA = 16_344
_MOST_DWORD = 0xFFFFFFFF

_REG_SZ, _REG_BINARY, _REG_DWORD, _REG_MULTI_SZ, _REG_QWORD = 1, 3, 4, 7, 11
_ROOT_FLAGS, _ASCII_NAME = 0x0C, 0x20

_SECURITY = struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)
"""An empty self-relative security descriptor."""


@dataclass(slots=True)
class _Key:
    values: dict[str, Value] = field(default_factory=dict)
    below: dict[str, _Key] = field(default_factory=dict)


def write_hive(path: Path, keys: Mapping[str, Mapping[str, Value]]) -> None:
    r"""Write a hive with `keys`, by path (`Software\Microsoft`), each with its values:
    `str` as REG_SZ, `int` as REG_DWORD or REG_QWORD, `bytes` as REG_BINARY, a tuple of
    `str` as REG_MULTI_SZ; "" names a key's own value. Data over 16,344 bytes is refused.
    """
    root = _Key()
    for name, values in keys.items():
        key = root
        for part in filter(None, name.split("\\")):
            key = key.below.setdefault(part, _Key())
        key.values.update(values)
    path.write_bytes(_Writer().hive(root, path.name))


class _Writer:
    """Lays cells one after the other into one bin."""

    def __init__(self) -> None:
        self._cells = bytearray()
        self._security = 0

    def hive(self, root: _Key, name: str) -> bytes:
        offset = self._key("ROOT", root, _NONE, _ROOT_FLAGS)
        free = -(len(self._cells) + _BIN_HEADER) % _BASE_BLOCK
        if free:
            self._cells += struct.pack("<i", free).ljust(free, b"\0")
        size = _BIN_HEADER + len(self._cells)
        header = struct.pack("<4sIIIIQI", b"hbin", 0, size, 0, 0, 0, 0)
        return _base_block(offset, size, name) + header + self._cells

    def _add(self, data: bytes) -> int:
        """Write one cell and return its offset."""
        offset = _BIN_HEADER + len(self._cells)
        size = -(-(len(data) + 4) // 8) * 8
        self._cells += struct.pack("<i", -size) + data.ljust(size - 4, b"\0")
        return offset

    def _key(self, name: str, key: _Key, parent: int, flags: int = 0) -> int:
        # Children name their parent's offset, so a key's own cell comes first.
        written, is_ascii = _spelled(name)
        cell = self._add(bytes(_KEY_RECORD) + written)
        self._security = self._security or self._add_security()
        values = self._values(key)
        below = self._below(key, cell)
        record = struct.pack(
            "<2sHQ4xIIIIIIIIIIIII4xHH",
            b"nk",
            flags | (_ASCII_NAME if is_ascii else 0),
            0,
            parent,
            len(key.below),
            0,
            below,
            _NONE,
            len(key.values),
            values,
            self._security,
            _NONE,
            *_longest(key),
            len(written),
            0,
        )
        start = cell - _BIN_HEADER + 4
        self._cells[start : start + len(record)] = record
        return cell

    def _add_security(self) -> int:
        here = _BIN_HEADER + len(self._cells)
        ring = struct.pack("<2sxxIIII", b"sk", here, here, 1, len(_SECURITY))
        return self._add(ring + _SECURITY)

    def _below(self, key: _Key, parent: int) -> int:
        if not key.below:
            return _NONE
        listed = sorted(key.below.items(), key=lambda item: item[0].upper())
        leaf = struct.pack("<2sH", b"lf", len(listed))
        for name, child in listed:
            hint = name[:4].encode("ascii", "replace").ljust(4, b"\0")
            leaf += struct.pack("<I4s", self._key(name, child, parent), hint)
        return self._add(leaf)

    def _values(self, key: _Key) -> int:
        if not key.values:
            return _NONE
        offsets = [self._value(name, value) for name, value in key.values.items()]
        return self._add(struct.pack(f"<{len(offsets)}I", *offsets))

    def _value(self, name: str, value: Value) -> int:
        kind, data = _encoded(value)
        if len(data) > _LONGEST_DATA:
            raise ValueError(name)
        if len(data) <= _LONGEST_INLINE:
            size = len(data) | _INLINE
            place = int.from_bytes(data, "little")
        else:
            size, place = len(data), self._add(data)
        written, is_ascii = _spelled(name)
        record = struct.pack(
            "<2sHIIIHH", b"vk", len(written), size, place, kind, int(is_ascii), 0
        )
        return self._add(record + written)


def _base_block(root: int, size: int, name: str) -> bytes:
    start = struct.pack("<4sIIQIIIIIII", b"regf", 1, 1, 0, 1, 5, 0, 1, root, size, 1)
    block = (start + name.encode("utf-16-le")[:62]).ljust(508, b"\0")
    checksum = 0
    for (word,) in struct.iter_unpack("<I", block):
        checksum ^= word
    # Zero and all ones are never written.
    checksum = {0: 1, _NONE: _NONE - 1}.get(checksum, checksum)
    return (block + struct.pack("<I", checksum)).ljust(_BASE_BLOCK, b"\0")


def _spelled(name: str) -> tuple[bytes, bool]:
    """A name as it is stored, and whether that is one byte a character."""
    if name.isascii():
        return name.encode("ascii"), True
    return name.encode("utf-16-le"), False


def _encoded(value: Value) -> tuple[int, bytes]:
    match value:
        case str():
            return _REG_SZ, f"{value}\0".encode("utf-16-le")
        case bytes():
            return _REG_BINARY, value
        case int() if value <= _MOST_DWORD:
            return _REG_DWORD, value.to_bytes(4, "little")
        case int():
            return _REG_QWORD, value.to_bytes(8, "little")
        case _:
            text = "".join(f"{each}\0" for each in value) + "\0"
            return _REG_MULTI_SZ, text.encode("utf-16-le")


def _longest(key: _Key) -> tuple[int, int, int, int]:
    """Bytes of the longest subkey name, class name, value name and value below a key."""
    names = max((2 * len(name) for name in key.below), default=0)
    values = max((2 * len(name) for name in key.values), default=0)
    data = max((len(_encoded(each)[1]) for each in key.values.values()), default=0)
    return names, 0, values, data
