"""Whether what this window shows may be kept or seen elsewhere (SR-45).

Told from variables that the programs set, and on Linux from the name of the program
that started this one: nothing is started and no list of programs is read.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from hygiene.host._source import FdSource
from hygiene.host.opening import open_quietly

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Recording", "recording"]


class Recording(StrEnum):
    """What was noticed."""

    RECORDER = "recorder"
    """A program that writes down all that a window shows."""
    KEEPER = "keeper"
    """A program that keeps a window when it is closed."""
    REMOTE = "remote"
    """Another computer shows this window."""


# tmux(1), screen(1), zellij, script(1) of BSD, asciinema 2 and 3, ttyrec; OpenSSH's
# sshd(8), Mosh; Remote Desktop on Windows; xrdp and Chrome Remote Desktop.
_VARIABLES = {
    Recording.RECORDER: ("SCRIPT", "ASCIINEMA_REC", "ASCIINEMA_SESSION", "TTYREC"),
    Recording.REMOTE: (
        *("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "MOSH_CONNECTION"),
        *("XRDP_SESSION", "CHROME_REMOTE_DESKTOP_SESSION"),
    ),
    Recording.KEEPER: ("TMUX", "STY", "ZELLIJ"),
}
_PARENTS = {
    "script": Recording.RECORDER,
    "asciinema": Recording.RECORDER,
    "ttyrec": Recording.RECORDER,
    "tmux: server": Recording.KEEPER,
    "screen": Recording.KEEPER,
    "dtach": Recording.KEEPER,
    "abduco": Recording.KEEPER,
    "sshd": Recording.REMOTE,
}
_LONGEST = 4096
_STEPS = 4
"""Programs between a window and this one: a shell, a launcher, and room for two more."""


def recording(variables: Mapping[str, str] = os.environ) -> Recording | None:
    """The strongest sign there is, or None. None does not mean that nobody watches."""
    found = {
        kind
        for kind, names in _VARIABLES.items()
        if any(variables.get(name) for name in names)
    }
    if variables.get("SESSIONNAME", "").upper().startswith("RDP"):
        found.add(Recording.REMOTE)
    found |= _from_parents()
    return next((each for each in Recording if each in found), None)


def _from_parents() -> set[Recording]:
    """What the programs above this one are. proc(5), on Linux alone."""
    found: set[Recording] = set()
    if sys.platform != "linux":
        return found
    process = os.getppid()
    for _ in range(_STEPS):
        try:
            line = _read(f"/proc/{process}/stat")
        except OSError:
            break
        name, _, rest = line.partition("(")[2].rpartition(")")
        if name in _PARENTS:
            found.add(_PARENTS[name])
        process = int(rest.split()[1])
        if process <= 1:
            break
    return found


def _read(path: str) -> str:
    with FdSource(open_quietly(path)) as file:
        return file.read_at(0, _LONGEST).decode("utf-8", "replace")
