"""Files that stand in the cloud and are only announced here: opening one fetches it."""

from __future__ import annotations

import os

__all__ = ["EXIST_HERE", "is_placeholder"]

EXIST_HERE = any(
    hasattr(os.stat_result, name) for name in ("st_file_attributes", "st_flags")
)
"""Whether this system marks such files at all."""

# Windows SDK, winnt.h.
_OFFLINE = 0x1000
_RECALL_ON_OPEN = 0x40000
_RECALL_ON_DATA_ACCESS = 0x400000
_WINDOWS = _OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS
# macOS SDK, sys/stat.h.
_SF_DATALESS = 0x40000000


def is_placeholder(status: os.stat_result) -> bool:
    """Whether opening what has this status would fetch it (SR-61)."""
    return bool(
        getattr(status, "st_file_attributes", 0) & _WINDOWS
        or getattr(status, "st_flags", 0) & _SF_DATALESS
    )
