r"""The person's own registry (HKEY_CURRENT_USER): live, or out of the hive of a home."""

from __future__ import annotations

import io
import logging
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hygiene.contract.outcome import CannotLook, Why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hygiene.contract.home import RegistryValue

__all__ = ["LARGEST_HIVE", "Key", "hive_key", "live_key"]

LARGEST_HIVE = 64 << 20
"""Bytes of a hive that is read."""

_MOST_IN_ONE_KEY = 65_536
_LONGEST_READ = 1 << 20
"""Bytes of one value, at most (Windows documentation, "Registry element size limits")."""
_MOST_DATA = 16 << 20
"""Bytes of memory for the values of one key. In a hive that was made for it, thousands
of values stand in the same bytes.
"""

# Layout of the base block: msuhanov/regf, "Windows registry file format specification".
_MAGIC = b"regf"
_ROOT_OFFSET = slice(36, 40)
_BASE_BLOCK = 4096
_CELL_SIZE = 4
_SIGNATURE = 2
_KEY_SIGNATURE = b"nk"


@dataclass(frozen=True, slots=True)
class Key:
    """One key with all that stands right below it."""

    values: Mapping[str, RegistryValue] = field(default_factory=dict)
    subkeys: Sequence[str] = ()


def hive_key(hive: bytes, key: str, tick: Callable[[], None]) -> Key | None:
    """The key of a hive in memory, or None. Its transaction logs are not replayed.
    Raises `CannotLook`: `UNKNOWN_FORMAT` for a file that is no hive, `DAMAGED`.
    """
    if not hive.startswith(_MAGIC):
        raise CannotLook(Why.UNKNOWN_FORMAT if hive else Why.DAMAGED)
    # What it logs holds names from the home.
    logging.getLogger("regipy").setLevel(logging.CRITICAL + 1)
    record = _root(hive)
    for name in filter(None, key.split("\\")):
        record = _child(record, name, tick)
        if record is None:
            return None
    return Key(
        _values(_all(record.iter_values(trim_values=False), record.values_count, tick)),
        [each.name for each in _subkeys(record, tick)],
    )


class _Hive(io.BytesIO):
    """A hive in memory, of which no read is longer than a value can be."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = _LONGEST_READ if size is None or size < 0 else size
        return super().read(min(wanted, _LONGEST_READ))


def _root(hive: bytes) -> Any:
    from regipy import registry  # noqa: PLC0415

    parser: Any = registry
    offset = int.from_bytes(hive[_ROOT_OFFSET], "little") + _BASE_BLOCK + _CELL_SIZE
    if hive[offset : offset + _SIGNATURE] != _KEY_SIGNATURE:
        raise CannotLook(Why.DAMAGED)
    cell = parser.Cell(cell_type="nk", offset=offset + _SIGNATURE, size=_BASE_BLOCK)
    try:
        return parser.NKRecord(cell=cell, stream=_Hive(hive))
    except Exception:  # noqa: BLE001 - any bytes may stand there
        raise CannotLook(Why.DAMAGED) from None


def _child(record: Any, name: str, tick: Callable[[], None]) -> Any:
    wanted = name.lower()
    for child in _subkeys(record, tick):
        if child.name.lower() == wanted:
            return child
    return None


def _subkeys(record: Any, tick: Callable[[], None]) -> Iterator[Any]:
    return _all(record.iter_subkeys(), record.subkey_count, tick)


def _all(
    records: Iterator[Any], expected: int, tick: Callable[[], None]
) -> Iterator[Any]:
    """What the parser gives, and `DAMAGED` where it gives up."""
    for number in range(min(expected, _MOST_IN_ONE_KEY) + 1):
        tick()
        try:
            record = next(records)
        except StopIteration:
            if number < expected:
                break
            return
        except Exception:  # noqa: BLE001 - any bytes may stand there
            break
        yield record
    raise CannotLook(Why.DAMAGED)


def _values(records: Iterable[Any]) -> dict[str, RegistryValue]:
    """Values by name, "" for the key's own one. Raises `CannotLook(TOO_LARGE)`."""
    found: dict[str, RegistryValue] = {}
    left = _MOST_DATA
    for record in records:
        name = "" if record.name == "(default)" else record.name
        value = _plain(record.value)
        left -= _memory(value)
        if left < 0:
            raise CannotLook(Why.TOO_LARGE)
        if value is not None:
            found[name] = value
    return found


def _memory(value: RegistryValue | None) -> int:
    parts = value if isinstance(value, tuple) else ()
    return sys.getsizeof(value) + sum(map(sys.getsizeof, parts))


def _plain(value: object) -> RegistryValue | None:
    if isinstance(value, (str, int, bytes)):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(str(each) for each in value)
    return None


if sys.platform == "win32":
    import winreg

    def live_key(key: str) -> Key | None:
        """The key of the running person, or None. Raises `CannotLook`."""
        try:
            with winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_READ
            ) as handle:
                subkeys, values, _ = winreg.QueryInfoKey(handle)
                named = (winreg.EnumValue(handle, number) for number in range(values))
                found = {name: _plain(value) for name, value, _ in named}
                return Key(
                    {name: each for name, each in found.items() if each is not None},
                    [winreg.EnumKey(handle, number) for number in range(subkeys)],
                )
        except FileNotFoundError:
            return None
        except PermissionError:
            raise CannotLook(Why.DENIED) from None
        except OSError:
            # The key changed while it was listed.
            raise CannotLook(Why.LOCKED) from None

else:

    def live_key(key: str) -> Key | None:
        """There is no registry on this system."""
        del key
        return None
