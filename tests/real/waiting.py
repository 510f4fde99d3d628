"""Waiting for what another program does."""

from __future__ import annotations

import time
from pathlib import Path

__all__ = ["wait_for"]


def wait_for(path: Path, patience: float = 30.0) -> None:
    """Wait until a file is there, for `patience` seconds."""
    until = time.monotonic() + patience
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} never came"
        time.sleep(0.05)
