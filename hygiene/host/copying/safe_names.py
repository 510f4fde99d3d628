"""Names that every drive can hold, and that stay apart where case does not count."""

from __future__ import annotations

import hashlib
import os
import re

__all__ = ["safe_path"]

_LONGEST = 120
_KEPT = 40
# What FAT and Windows do not take (MS-FSCC 2.1.5.2), the sign that is used instead, and
# everything that is not plain ASCII.
_STRANGE = re.compile(rb'[^ -~]|[<>:"/\\|?*%]|[. ]$')


def safe_path(path: str, taken: set[str]) -> str:
    """`path` with each of its names made safe. It is added to `taken`; where one of the
    same letters is there, this one gets a number.
    """
    wanted = "/".join(map(_safe, path.split("/")))
    found, number = wanted, 1
    while found.casefold() in taken:
        number += 1
        found = f"{wanted}~{number}"
    taken.add(found.casefold())
    return found


def _safe(name: str) -> str:
    raw = os.fsencode(name)
    made = _STRANGE.sub(lambda found: b"%%%02X" % found[0][0], raw).decode("ascii")
    if len(made) <= _LONGEST:
        return made
    return f"{made[:_KEPT]}~{hashlib.sha256(raw).hexdigest()[:12]}"
