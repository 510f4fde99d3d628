"""Histories of shells, in the forms that they write themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

__all__ = ["bash", "fish", "powershell", "sample", "zsh"]

_SAMPLE = ("ls", "cd Documents", "hygiene check", "nano list.txt")


def bash(path: Path, commands: Sequence[str], when: datetime | None = None) -> None:
    """Bash 5.2, with time stamps where `when` is given."""
    stamp = "" if when is None else f"#{int(when.timestamp())}\n"
    _write(path, "".join(f"{stamp}{each}\n" for each in commands))


def zsh(path: Path, commands: Sequence[str], when: datetime | None = None) -> None:
    """Zsh 5.9, in the extended form where `when` is given."""
    stamp = "" if when is None else f": {int(when.timestamp())}:0;"
    lines = (each.replace("\n", "\\\n") for each in commands)
    _write(path, "".join(f"{stamp}{each}\n" for each in lines))


def fish(path: Path, commands: Sequence[str], when: datetime) -> None:
    """Fish 3.6."""
    lines = (each.replace("\\", "\\\\").replace("\n", "\\n") for each in commands)
    moment = int(when.timestamp())
    _write(path, "".join(f"- cmd: {each}\n  when: {moment}\n" for each in lines))


def powershell(path: Path, commands: Sequence[str]) -> None:
    """PSReadLine 2.3."""
    lines = (each.replace("\n", "`\r\n") for each in commands)
    _write(path, "".join(f"{each}\r\n" for each in lines))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    path.chmod(0o600)


def sample(root: Path, platform: Platform, now: datetime) -> None:
    """The history of the shell that this system opens by itself."""
    if platform is Platform.WINDOWS:
        folder = root / "AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine"
        powershell(folder / "ConsoleHost_history.txt", _SAMPLE)
    elif platform is Platform.MACOS:
        zsh(root / ".zsh_history", _SAMPLE, now)
    else:
        bash(root / ".bash_history", _SAMPLE, now)
