"""Tests that only some systems can run."""

from __future__ import annotations

import os
import sys

import pytest

__all__ = ["LINUX", "POSIX"]

POSIX = pytest.mark.skipif(
    os.name == "nt",
    reason="Windows has no pipes in folders and no descriptors to count",
)
LINUX = pytest.mark.skipif(
    sys.platform != "linux",
    reason="only Linux keeps access times, odd names and upper and lower case apart",
)
