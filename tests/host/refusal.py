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
    inside, around = str(path), path.parent.stat()

    def refusing(
        name: Any, *args: Any, dir_fd: int | None = None, **kwargs: Any
    ) -> int:
        whole = str(name)
        if dir_fd is not None and os.path.samestat(os.fstat(dir_fd), around):
            whole = str(path.parent / name)
        if whole == inside or whole.startswith(f"{inside}/"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opens(name, *args, dir_fd=dir_fd, **kwargs)

    def without(name: Any, *args: Any, **kwargs: Any) -> bool:
        return str(name) != inside and access(name, *args, **kwargs)

    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.setattr(os, "access", without)
