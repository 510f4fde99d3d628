"""Units on one key below HKEY_CURRENT_USER."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import Refusal
from hygiene.host.writing._failures import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hygiene.contract import SetRegistryValue
    from hygiene.host.home import DiskHome
    from hygiene.host.writing._stamps import Stamp
    from hygiene.host.writing._stopping import Stopping

__all__ = ["RegistryWork"]


@dataclass(frozen=True, slots=True)
class RegistryWork:
    """Values of one key of the running person's own registry."""

    home: DiskHome
    steps: Sequence[SetRegistryValue]

    def refuse(self) -> None:
        """Raise unless it is the live home of a Windows computer."""
        if sys.platform != "win32" or not self.home.live:
            raise Refused(Refusal.NOT_SUPPORTED)

    def needs(self) -> int:
        """No more than what is there."""
        return 0

    def carry_out(self, stamp: Stamp, stopping: Stopping) -> None:
        """Set or remove the values, one after the other."""
        del stamp, stopping
        for step in self.steps:
            _set(step)


if sys.platform == "win32":
    import winreg

    from hygiene.contract import RegistryValue

    def _set(step: SetRegistryValue) -> None:
        with winreg.OpenKey(
            winreg.HKEY_CURRENT_USER, step.store, 0, winreg.KEY_READ | winreg.KEY_WRITE
        ) as key:
            if step.value is None:
                winreg.DeleteValue(key, step.name)
            else:
                kind, value = _typed(step.value)
                winreg.SetValueEx(key, step.name, 0, kind, value)

    def _typed(value: RegistryValue) -> tuple[int, str | int | bytes | list[str]]:
        if isinstance(value, str):
            return winreg.REG_SZ, value
        if isinstance(value, int):
            return winreg.REG_DWORD, value
        if isinstance(value, bytes):
            return winreg.REG_BINARY, value
        return winreg.REG_MULTI_SZ, list(value)

else:

    def _set(step: SetRegistryValue) -> None:
        del step
        raise Refused(Refusal.NOT_SUPPORTED)
