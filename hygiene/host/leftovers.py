"""How the files are called that a writer needs beside the one it writes, for as long as
it writes: neutral, and known again by a later run.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["beginning", "beside", "is_leftover", "name_of", "of_ended_runs"]

_DIGITS = 12
_ENDING = ".part"
_NAME = re.compile(rf"\.[0-9a-f]{{{_DIGITS}}}-([0-9]{{1,10}}){re.escape(_ENDING)}")


def name_of(name: str, process: int) -> str:
    """What that process calls its file or folder that belongs to `name`."""
    return f"{beginning(name)}{process}{_ENDING}"


def beginning(name: str) -> str:
    """How the names begin of all that belongs to `name`."""
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f".{digest[:_DIGITS]}-"


def beside(real: str) -> str:
    """The path of what this process writes, or moves away, beside the one at `real`."""
    folder, name = os.path.split(real)
    return os.path.join(folder, name_of(name, os.getpid()))


def is_leftover(name: str) -> bool:
    """Whether a name is one that a writer of ours gives for the time of its work."""
    return _NAME.fullmatch(name) is not None


def of_ended_runs(folder: str, name: str | None = None) -> Iterator[str]:
    """Paths of the files and folders in `folder` that runs left which were ended by
    force: those that belong to `name`, or all. Raises `OSError`.
    """
    start = "." if name is None else beginning(name)
    with os.scandir(folder) as entries:
        found = [
            each
            for each in entries
            if is_leftover(each.name) and each.name.startswith(start)
        ]
    for each in sorted(found, key=lambda entry: entry.name):
        if _is_ours(each) and not _runs(each.name):
            yield each.path


def _is_ours(entry: os.DirEntry[str]) -> bool:
    status = entry.stat(follow_symlinks=False)
    ours = not hasattr(os, "geteuid") or os.geteuid() in {0, status.st_uid}
    return ours and (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))


def _runs(name: str) -> bool:
    """Whether the process that gave the name still runs, and is another one."""
    import psutil  # noqa: PLC0415 - a slow import, and there is rarely anything to ask

    matched = _NAME.fullmatch(name)
    process = int(matched[1]) if matched else 0
    return process != os.getpid() and psutil.pid_exists(process)
