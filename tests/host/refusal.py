"""Files that the system refuses to this person."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

__all__ = ["shut"]


def shut(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take all permissions of `path` away. Root passes every permission, so for root
    the refusal is played at the two calls that ask for one.
    """
    path.chmod(0)
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    opens, access = os.open, os.access
    inside = str(path)

    def refusing(name: Any, *args: Any, **kwargs: Any) -> int:
        if str(name) == inside or str(name).startswith(f"{inside}/"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opens(name, *args, **kwargs)

    def without(name: Any, *args: Any, **kwargs: Any) -> bool:
        return str(name) != inside and access(name, *args, **kwargs)

    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.setattr(os, "access", without)
