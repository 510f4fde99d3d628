"""Whether a primary password guards the sign-ins of a Firefox-family profile.

NSS keeps in `key4.db`, table `metaData`, row `password`, column `item2`, a known text
encrypted with the primary password. The DER around it names how often the password is
hashed, in plain. Since NSS 3.48 that is 10,000 times or more with a password and once
without (seen in Firefox 153 and with certutil 3.87). NSS before 3.48 wrote 1 for both,
together with an older algorithm, so a 1 there tells nothing. Nothing is decrypted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Database, Home, SqlValue, Switch, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["guarded", "primary_password"]

_INTEGER, _OBJECT_ID, _SEQUENCE = 0x02, 0x06, 0x30
_LONG_FORM = 0x80
_LENGTH_BYTES = 4
_PBES2 = bytes.fromhex("2a864886f70d01050d")
"""1.2.840.113549.1.5.13, RFC 8018 section A.4."""


def primary_password(home: Home, path: str) -> Switch:
    """The state of the primary password in the `key4.db` at `path`. Raises `CannotLook`."""
    return guarded(home.query(path, _check_entry))


def _check_entry(database: Database) -> SqlValue:
    if "item2" not in database.columns("metaData"):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    query = "SELECT item2 FROM metaData WHERE id = 'password'"
    return next((value for (value,) in database.rows(query)), None)


def guarded(entry: SqlValue) -> Switch:
    """What the DER of one check entry tells. UNKNOWN for anything it does not."""
    try:
        newer, times = _hashed(entry if isinstance(entry, bytes) else b"")
    except (ValueError, IndexError):
        return Switch.UNKNOWN
    if times > 1:
        return Switch.ON
    return Switch.OFF if newer and times == 1 else Switch.UNKNOWN


def _hashed(entry: bytes) -> tuple[bool, int]:
    """Whether the newer scheme is used, and how often the password is hashed:
    `{{algorithm, parameters}, text}`, and in the newer scheme (PBES2) the parameters
    are `{{key derivation, parameters}, cipher}`; both end in `{salt, times, ...}`.
    """
    algorithm, parameters = _algorithm(_inside(_inside(entry, 0), 0))
    newer = algorithm == _PBES2
    if newer:
        _, parameters = _algorithm(_inside(parameters, 0))
    return newer, int.from_bytes(_inside(parameters, 1, _INTEGER), signed=True)


def _algorithm(content: bytes) -> tuple[bytes, bytes]:
    (first, name), (second, parameters) = list(_elements(content))[:2]
    if (first, second) != (_OBJECT_ID, _SEQUENCE):
        raise ValueError
    return name, parameters


def _inside(content: bytes, index: int, tag: int = _SEQUENCE) -> bytes:
    """What the element at `index` holds; it must have this tag."""
    found, inner = list(_elements(content))[index]
    if found != tag:
        raise ValueError
    return inner


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER element, in order. Raises on one that is cut short."""
    at = 0
    while at < len(content):
        tag, length, at = content[at], content[at + 1], at + 2
        if length & _LONG_FORM:
            size = length & ~_LONG_FORM
            if not 0 < size <= _LENGTH_BYTES:
                raise ValueError
            length, at = int.from_bytes(content[at : at + size]), at + size
        if at + length > len(content):
            raise ValueError
        yield tag, content[at : at + length]
        at += length
