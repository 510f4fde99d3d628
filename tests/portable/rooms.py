"""A bare Debian without Python and without a network, with a drive put in."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DRIVE", "HOME", "Room", "build_room"]

USER = 1000
HOME = "/home/person"
DRIVE = "/media/мой диск, ñ"

# Everything here is seen by the command alone: it has mounts, a network and process
# numbers of its own.
_ENTER = """
set -e
root=$1; drive=$2; user=$3; shift 3
mount --make-rprivate /
mount --bind "$drive" "$root/media/мой диск, ñ"
mount -o remount,bind,ro "$root/media/мой диск, ñ"
mount -t proc proc "$root/proc"
for device in null zero urandom tty; do mount --bind /dev/$device "$root/dev/$device"; done
# Not `exec`: the first process of such a room is spared every signal but one.
chroot --userspec="$user:$user" "$root" /usr/bin/env -i "$@"
exit $?
"""


@dataclass(frozen=True)
class Room:
    """The root of the bare system, and the folder on the drive."""

    root: Path
    drive: Path

    def command(self, *arguments: str, **variables: str) -> list[str]:
        """How the program is started there, with these arguments and variables."""
        return self.inside(f"{DRIVE}/hygiene", *arguments, **variables)

    def inside(self, *command: str, **variables: str) -> list[str]:
        """How any command is started there."""
        own = {"HOME": HOME, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"}
        named = [f"{name}={value}" for name, value in {**own, **variables}.items()]
        apart = ["unshare", "--net", "--mount", "--pid", "--fork", "sh", "-c", _ENTER]
        entered = [*apart, "enter", str(self.root), str(self.drive), str(USER)]
        return [*entered, *named, *command]

    def run(
        self, *arguments: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the program there until it ends, with nobody to answer."""
        return subprocess.run(
            self.command(*arguments, **variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def build_room(root: Path, drive: Path) -> Room:
    """Set up a minimal Debian below `root`."""
    subprocess.run(
        ["debootstrap", "--variant=minbase", "bookworm", str(root)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    home = root / HOME[1:]
    home.mkdir(parents=True)
    os.chown(home, USER, USER)
    with (root / "etc/passwd").open("a") as accounts:
        accounts.write(f"person:x:{USER}:{USER}::{HOME}:/bin/sh\n")
    (root / DRIVE[1:]).mkdir(parents=True)
    for device in ("null", "zero", "urandom", "tty"):
        (root / "dev" / device).touch()
    return Room(root, drive)
